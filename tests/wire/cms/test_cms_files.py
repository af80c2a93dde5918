"""CMS's price files: rows read, the column trap, and errors that name the row."""

from datetime import date
from decimal import Decimal

import pytest

from medoffice.billing.fees import FeeSchedule, Locality, Priced, Track
from medoffice.core import DateRange, InvalidValue
from medoffice.wire.cms import RvuFile, read_anes, read_gpci, read_pprrvu_csv, read_pprrvu_txt, read_zip5

DAYS = DateRange(date(2025, 10, 1), date(2025, 12, 31))
ABOVE = [""] * 24 + ["CONV", "PHYSICIAN SUPERVISION"] + [""] * 5
HEAD = ["HCPCS", "MOD", *[""] * 22, "FACTOR", "PROCEDURES", *[""] * 5]
ROW = [
    "99213",
    "",
    "",
    "A",
    "",
    "1.30",
    "1.35",
    "",
    "0.57",
    "",
    "0.10",
    "2.75",
    "1.97",
    "0",
    "XXX",
    "",
    "",
    "",
    "0",
    "0",
    "0",
    "0",
    "0",
    "",
    "32.3465",
    "09",
    "0",
    "99",
    "0",
    "0",
    "0",
]
GPCI = b"Title\r\n10112,AL,00,Alabama,1.0,0.869,0.575\r\n"


def read(*rows: list[str], head: list[str] = HEAD) -> RvuFile:
    text = "\r\n".join(",".join(row) for row in (["Title"], ABOVE, head, *rows))
    return read_pprrvu_csv(text.encode(), name="made up", days=DAYS, track=Track.ALL)


def test_factor_is_found_by_its_header_and_not_the_09_beside_it() -> None:
    """Column 25 holds 09; the factor is 32.3465 even when the two columns change places."""
    assert read(ROW).factor == Decimal("32.3465")
    text = "\r\n".join(",".join([*r[:24], r[25], r[24], *r[26:]]) for r in (ABOVE, HEAD, ROW))
    swapped = read_pprrvu_csv(text.encode(), name="made up", days=DAYS, track=Track.QPP)
    assert swapped.factor == Decimal("32.3465")


def test_a_factor_of_9_is_refused() -> None:
    """A file whose factor column holds 09 is refused, not priced at a quarter."""
    with pytest.raises(InvalidValue, match="between 10 and 100"):
        read([*ROW[:24], "09", *ROW[25:]])


@pytest.mark.parametrize("bad", [ROW[:9], [*ROW[:5], "x", *ROW[6:]], [*ROW[:5], "NaN", *ROW[6:]], ROW])
def test_a_bad_row_is_named(bad: list[str]) -> None:
    """Short, not a number, not finite, or there twice: row 5."""
    with pytest.raises(InvalidValue, match="row 5"):
        read(ROW, bad)


def test_files_together_price_a_visit() -> None:
    """The RVU and GPCI files make a schedule with digest and row count."""
    rvus = read(ROW)
    fees = FeeSchedule(
        edition=rvus.edition, rows=rvus.rows, gpcis=read_gpci(GPCI), factors={rvus.track: rvus.factor}
    )
    found = fees.price("99213", facility=False, locality=Locality("10112", "00"), on=date(2025, 11, 1))
    assert isinstance(found, Priced)
    assert (rvus.edition.rows, len(rvus.edition.sha256)) == (1, 64)


def test_fixed_width_says_the_same_as_csv() -> None:
    """The same row in both layouts is the same value."""
    line = list(" " * 164)
    for at, text in (
        (1, "99213"), (58, "A"), (60, "  1.30"), (67, "  1.35"), (76, "  0.57"), (85, " 0.10"), (103, "0"),
        (104, "XXX"), (116, "00000"), (133, " 32.3465"), (142, "09"),
    ):  # fmt: skip
        line[at - 1 : at - 1 + len(text)] = text
    data = ("HDR title\r\n" + "".join(line) + "\r\n").encode()
    fixed = read_pprrvu_txt(data, name="made up", days=DAYS, track=Track.ALL)
    assert (fixed.rows, fixed.factor) == (read(ROW).rows, Decimal("32.3465"))


def test_localities() -> None:
    """Anaesthesia factors and ZIP codes stand under their locality."""
    place = Locality("10112", "00")
    assert read_anes(b"Contractor,Locality\r\n10112 ,00 ,ALABAMA ,19.31 \r\n")[place].dollars == Decimal(
        "19.31"
    )
    assert read_zip5(b"AL350041011200" + b" " * 61 + b"20254\r\n")["35004"].locality == place
    for read_file in (read_gpci, read_anes, read_zip5):
        with pytest.raises(InvalidValue):
            read_file(b"")
