"""Files by locality: price indices (GPCI, with the work floor of 1), anaesthesia factors, and ZIP codes.

Each gives a table with its edition, which says of a day outside that it is not for it.
"""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from medoffice.billing.fees import AnesthesiaFactor, Gpci, Locality, OfficialTable, ZipLocality
from medoffice.core import DateRange, InvalidValue
from medoffice.wire.cms.cells import edition_of, lines_of, number, rows_of

K = TypeVar("K")
V = TypeVar("V")

_USUAL: Final = (4, 5, 6)
"""Where work, practice expense and malpractice stand in a file without a header."""


def read_gpci(data: bytes, *, name: str, days: DateRange) -> OfficialTable[Locality, Gpci]:
    """Read MAC, state, locality, name, work, PE, MP; title rows are those without a five-digit MAC.

    The trap: in the first quarter of 2026 the file has the work index twice, without and with the floor of 1, so that
    the columns after it move. They are found by their headers (PW, PE, MP), and of two work indices the one with the
    floor is taken; a file that has only the one without is refused.

    Raises:
        InvalidValue: naming a row that is short, has no number where one belongs or repeats a locality; when a
            column is missing among the headers, or there is no row.
    """
    kind = "GPCI file"
    rows = rows_of(data)
    columns = _index_columns(rows, kind)
    found: dict[Locality, Gpci] = {}
    for at, row in _carriers(rows, kind, width=max(columns) + 1):
        work, practice, malpractice = (row[column] for column in columns)
        index = Gpci(
            work=number(work, kind, at, "work"),
            practice=number(practice, kind, at, "PE"),
            malpractice=number(malpractice, kind, at, "MP"),
        )
        _add(found, Locality(row[0], row[2].zfill(2)), index, kind, at)
    return _table(data, found, kind, "locality among the price indices", name, days)


def read_anes(data: bytes, *, name: str, days: DateRange) -> OfficialTable[Locality, AnesthesiaFactor]:
    """Read contractor, locality, name, conversion factor.

    Raises:
        InvalidValue: naming a row that is short, has no number where one belongs or repeats a locality; when there
            is no row.
    """
    kind = "anaesthesia file"
    found: dict[Locality, AnesthesiaFactor] = {}
    for at, row in _carriers(rows_of(data), kind, width=4):
        place = Locality(row[0], row[1].zfill(2))
        factor = AnesthesiaFactor(place, number(row[3], kind, at, "conversion factor"))
        _add(found, place, factor, kind, at)
    return _table(data, found, kind, "locality among the anaesthesia factors", name, days)


def read_zip5(data: bytes, *, name: str, days: DateRange) -> OfficialTable[str, ZipLocality]:
    """Read the fixed-width file of five-digit ZIP codes.

    Raises:
        InvalidValue: naming a row whose ZIP code or carrier is not five digits, or that repeats a ZIP code; when
            there is no row.
    """
    kind = "ZIP code file"
    found: dict[str, ZipLocality] = {}
    for at, line in enumerate(lines_of(data), 1):
        if not line.strip():
            continue
        code, carrier, place = line[2:7], line[7:12], line[12:14]
        if not (code + carrier + place).isdecimal() or len(line) < 14:  # noqa: PLR2004
            raise InvalidValue(kind, f"row {at}: ZIP code, carrier and locality are digits")
        where = ZipLocality(state=line[:2], locality=Locality(carrier, place), quarter=line[75:80])
        _add(found, code, where, kind, at)
    return _table(data, found, kind, "ZIP code among the localities", name, days)


def _index_columns(rows: Sequence[Sequence[str]], kind: str) -> tuple[int, int, int]:
    for row in rows:
        heads = [" ".join(cell.upper().split()) for cell in row]
        if not any("GPCI" in head for head in heads) or not any("LOCALITY" in head for head in heads):
            continue
        work = [n for n, head in enumerate(heads) if "PW GPCI" in head and "WITHOUT" not in head]
        practice = [n for n, head in enumerate(heads) if "PE GPCI" in head]
        malpractice = [n for n, head in enumerate(heads) if "MP GPCI" in head]
        if not len(work) == len(practice) == len(malpractice) == 1:
            raise InvalidValue(
                kind, "its headers do not name one work (with the floor), one PE, one MP index"
            )
        return work[0], practice[0], malpractice[0]
    return _USUAL


def _carriers(rows: Sequence[list[str]], kind: str, *, width: int) -> Iterator[tuple[int, list[str]]]:
    for at, row in enumerate(rows, 1):
        if row and len(row[0]) == 5 and row[0].isdecimal():  # noqa: PLR2004
            if len(row) < width:
                raise InvalidValue(kind, f"row {at}: it has fewer than {width} columns")
            yield at, row
        elif row and row[0].isdecimal() and len(row) >= width:
            # A spreadsheet program drops the zeros in front; the locality would be gone without a word.
            raise InvalidValue(kind, f"row {at}: its contractor has not five digits")


def _add(found: dict[K, V], key: K, value: V, kind: str, at: int) -> None:
    if key in found:
        raise InvalidValue(kind, f"row {at}: its locality or ZIP code was there before")
    found[key] = value


def _table(
    data: bytes, found: dict[K, V], kind: str, what: str, name: str, days: DateRange
) -> OfficialTable[K, V]:
    if not found:
        raise InvalidValue(kind, "it has no row")
    return OfficialTable(what=what, edition=edition_of(data, name, len(found), days), rows=found)
