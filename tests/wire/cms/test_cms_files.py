"""CMS's price files: rows read, the column trap, and errors that name the row."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from medoffice.billing.fees import (
    AnesthesiaFactor,
    FeeSchedule,
    Locality,
    NotForDay,
    OfficialTable,
    Priced,
    RvuFile,
    Track,
)
from medoffice.core import DateRange, InvalidValue
from medoffice.rules import NotListed
from medoffice.wire.cms import read_anes, read_gpci, read_pprrvu_csv, read_pprrvu_txt, read_zip5

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
    "0.11",
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


def test_the_pricing_indicator_of_2026_moves_what_follows() -> None:
    """A file with the column more says the same as one without; its 9 is no base code of an endoscopy."""
    family = [*ROW[:23], "45378", *ROW[24:]]
    wide = [[*row[:23], extra, *row[23:]] for row, extra in ((ABOVE, "PRIC"), (HEAD, "IND"), (family, "9"))]
    text = "\r\n".join(",".join(row) for row in wide)
    found = read_pprrvu_csv(text.encode(), name="made up", days=DAYS, track=Track.NON_QPP)
    assert found.rows == read(family).rows
    assert found.rows["99213", ""].endo_base == "45378"


def test_a_header_over_another_column_is_refused() -> None:
    """A column more that nobody knows of must not be read as its neighbour."""
    head = [*HEAD[:6], "RVU", *HEAD[7:]]
    with pytest.raises(InvalidValue, match="column 7"):
        read(ROW, head=head)


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
    fees = FeeSchedule(files=(rvus,), gpcis=read_gpci(GPCI, name="made up", days=DAYS))
    found = fees.price("99213", facility=False, locality=Locality("10112", "00"), on=date(2025, 11, 1))
    assert isinstance(found, Priced)
    assert (rvus.edition.rows, len(rvus.edition.sha256)) == (1, 64)


def test_fixed_width_says_the_same_as_csv() -> None:
    """The same row in both layouts is the same value."""
    line = list(" " * 171)
    for at, text in (
        (1, "99213"), (58, "A"), (60, "  1.30"), (67, "  1.35"), (76, "  0.57"), (85, " 0.10"), (103, "0"),
        (104, "XXX"), (116, "00000"), (133, " 32.3465"), (142, "09"), (146, "99"), (168, "0.11"),
    ):  # fmt: skip
        line[at - 1 : at - 1 + len(text)] = text
    data = ("HDR title\r\n" + "".join(line) + "\r\n").encode()
    fixed = read_pprrvu_txt(data, name="made up", days=DAYS, track=Track.ALL)
    assert (fixed.rows, fixed.factor) == (read(ROW).rows, Decimal("32.3465"))


def test_localities() -> None:
    """Anaesthesia factors and ZIP codes stand under their locality, with edition, digest and count."""
    place, day = Locality("10112", "00"), date(2025, 11, 1)
    factors = read_anes(b"Contractor,Locality\r\n10112 ,00 ,ALABAMA ,19.31 \r\n", name="made up", days=DAYS)
    found = factors.look_up(place, on=day)
    assert isinstance(found, AnesthesiaFactor)
    assert found.dollars == Decimal("19.31")
    codes = read_zip5(b"AL350041011200" + b" " * 61 + b"20254\r\n", name="made up", days=DAYS)
    assert codes.rows["35004"].locality == place
    for table in (factors, codes, read_gpci(GPCI, name="made up", days=DAYS)):
        assert (table.edition.rows, len(table.edition.sha256)) == (1, 64)


@pytest.mark.parametrize("read_file", [read_gpci, read_anes, read_zip5])
def test_an_empty_file_is_refused(read_file: Any) -> None:
    """No row is no table."""
    with pytest.raises(InvalidValue, match="no row"):
        read_file(b"", name="made up", days=DAYS)


@pytest.mark.parametrize(
    ("read_file", "data"),
    [
        (read_gpci, GPCI + GPCI),
        (read_anes, b"10112,00,ALABAMA,19.31\r\n10112,0,ALABAMA,20.31\r\n"),
        (read_zip5, b"AL350041011200\r\nAL350041011201\r\n"),
    ],
)
def test_a_locality_that_is_there_twice_is_refused(read_file: Any, data: bytes) -> None:
    """Which of two values holds is not for the loader to choose."""
    with pytest.raises(InvalidValue, match="there before"):
        read_file(data, name="made up", days=DAYS)


def test_a_look_up_for_another_day_says_so() -> None:
    """Indices, factors and ZIP codes of an edition are for its days; a missing row is another answer."""
    tables: tuple[tuple[OfficialTable[Any, Any], Any], ...] = (
        (read_gpci(GPCI, name="made up", days=DAYS), Locality("10112", "00")),
        (read_anes(b"10112,00,ALABAMA,19.31", name="made up", days=DAYS), Locality("10112", "00")),
        (read_zip5(b"AL350041011200", name="made up", days=DAYS), "35004"),
    )
    for table, key in tables:
        outside = table.look_up(key, on=date(2026, 1, 1))
        assert outside == NotForDay(table.edition, date(2026, 1, 1))
        assert table.look_up("nowhere", on=date(2025, 11, 1)) == NotListed(table.what)


def test_the_work_index_with_the_floor_is_taken_wherever_it_stands() -> None:
    """In early 2026 the index without the floor stands before it, and all that follows moves by one."""
    both = (
        b"Addendum E\r\nMAC,State,Locality Number,Locality Name,2026 PW GPCI (without 1.0 Floor),"
        b"2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI\r\n10112,AL,00,ALABAMA,0.988,1.000,0.869,0.575\r\n"
    )
    one = both.replace(b"2026 PW GPCI (without 1.0 Floor),", b"").replace(b"0.988,", b"")
    indices = [read_gpci(data, name="made up", days=DAYS).rows for data in (both, one)]
    assert indices[0] == indices[1] == read_gpci(GPCI, name="made up", days=DAYS).rows
    with pytest.raises(InvalidValue, match="headers"):
        read_gpci(both.replace(b"(with 1.0", b"(without 1.0"), name="made up", days=DAYS)
