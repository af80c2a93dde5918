"""What a fee look-up costs, and the load of 19,000 rows, beside a naive peer.

The peer reads the same bytes with ``csv`` into a dict of dicts of texts, and makes Decimals at each look-up: what an
office's script does. Every look-up asks for another code, so nothing is remembered between them; the amount is
rounded to the cent by both. Ours also checks the day, the status and the setting.
"""

import csv
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import cycle

from benchmarks.timing import interleaved, number, table
from medoffice.billing.fees import Edition, FeeSchedule, Gpci, Locality, OfficialTable, Priced, Track
from medoffice.core import DateRange
from medoffice.wire.cms import read_pprrvu_csv

ROWS, ROUNDS, CALLS = 19_000, 30, 2_000
DAY, HERE = date(2025, 10, 15), Locality("00000", "00")
DAYS = DateRange(date(2025, 10, 1), date(2025, 12, 31))
INDEX = {"work": Decimal("1.0"), "pe": Decimal("0.869"), "mp": Decimal("0.575")}


def made_up() -> bytes:
    """A file of the official layout with made-up rows."""
    head = ",".join(["HCPCS", "MOD", *[""] * 22, "CONV FACTOR", "PROCEDURES", *[""] * 5])
    row = ",,,A,,{}.30,1.35,,0.57,,0.10,0,0,0,XXX,,,,0,0,0,0,0,,32.3465,09,0,99,0,0,0"
    return "\n".join([head, *(f"{n:05}" + row.format(n % 30) for n in range(ROWS))]).encode()


def ours(data: bytes) -> FeeSchedule:
    """The file as a schedule."""
    read = read_pprrvu_csv(data, name="made up", days=DAYS, track=Track.ALL)
    here = Gpci(work=INDEX["work"], practice=INDEX["pe"], malpractice=INDEX["mp"])
    edition = Edition(name="made up", sha256="0" * 64, rows=1, days=DAYS)
    return FeeSchedule(
        files=(read,), gpcis=OfficialTable(what="locality", edition=edition, rows={HERE: here})
    )


def peers(data: bytes) -> dict[str, dict[str, str]]:
    """The file as a dict of dicts."""
    rows = list(csv.reader(data.decode().splitlines()))[1:]
    return {row[0]: {"work": row[5], "pe": row[6], "mp": row[10], "cf": row[24]} for row in rows}


def main() -> None:
    """Measure and print."""
    data = made_up()
    loads = interleaved(
        {"ours": lambda: ours(data), "naive": lambda: peers(data)},
        rounds=10,
        calls=1,
    )
    fees, naive = ours(data), peers(data)
    mine, theirs = cycle([f"{n:05}" for n in range(ROWS)]), cycle([f"{n:05}" for n in range(ROWS)])

    def look_up() -> None:
        found = fees.price(next(mine), facility=False, locality=HERE, on=DAY)
        if not isinstance(found, Priced):
            raise TypeError

    def with_cents() -> None:
        found = fees.price(next(mine), facility=False, locality=HERE, on=DAY)
        if not isinstance(found, Priced) or not found.amount:
            raise TypeError

    def naive_look_up() -> None:
        row = naive[next(theirs)]
        dollars = sum(Decimal(row[part]) * INDEX[part] for part in INDEX) * Decimal(row["cf"])
        dollars.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

    times = interleaved(
        {"price": look_up, "price and cents": with_cents, "naive": naive_look_up}, rounds=ROUNDS, calls=CALLS
    )
    table(
        ("what", "median µs", "a second", "times naive"),
        [
            (name, number(t.median * 1e6), number(1 / t.median), number(t.ratio_to(all_of["naive"])))
            for all_of in (loads, times)
            for name, t in all_of.items()
        ],
    )


if __name__ == "__main__":
    main()
