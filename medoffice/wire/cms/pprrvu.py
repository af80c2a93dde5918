"""The RVU file as CSV (``PPRRVU2025_Oct.csv``): a preamble, a header row that starts HCPCS, then rows.

Traps: physician supervision, beside the conversion factor, holds ``09`` and looks like a number. The factor's
column is found by its header (``CONV`` above ``FACTOR``), it lies between 10 and 100, and it is the same in all rows.
From 2026 there is a file for QPP and one for others; the caller says which (``track``); and a pricing indicator
(``PRIC`` above ``IND``) moves all columns after it by one, as public readers of those files have it. A header that
stands over another column than it should is refused. Columns of the OPPS cap are read where the file has them.
"""

from decimal import Decimal
from typing import Final

from medoffice.billing.fees import RvuFile, RvuRow, Track
from medoffice.core import DateRange, InvalidValue
from medoffice.wire.cms.cells import edition_of, number, rows_of

KIND: Final = "RVU file"
_CODE: Final = 5
_WIDTH: Final = 28
_OPPS: Final = 31
_PRICING: Final = 23
"""Where the pricing indicator stands in a file that has one."""
_HEADS: Final = {3: "CODE", 5: "RVU", 6: "PE RVU", 8: "PE RVU", 10: "RVU", 18: "PROC", 19: "SURG", 23: "BASE"}
"""The last line of some headers, by the column in a file without pricing indicator."""


def read_pprrvu_csv(data: bytes, *, name: str, days: DateRange, track: Track) -> RvuFile:
    """Read the file.

    Raises:
        InvalidValue: when there is no header row, no conversion factor or no row; naming a row that is short,
            has no code or no number where one belongs or repeats a code; when its rows hold several factors.
    """
    cells = rows_of(data)
    top = next((n for n, row in enumerate(cells) if row and row[0].upper() == "HCPCS"), None)
    if top is None:
        raise InvalidValue(KIND, "no header row starts with HCPCS")
    column, shift = _factor_column(cells, top), _shift(cells, top)
    found: dict[tuple[str, str], RvuRow] = {}
    factors: dict[str, Decimal] = {}
    for at, row in enumerate(cells[top + 1 :], top + 2):
        if not any(row):
            continue
        if len(row) < _WIDTH + shift:
            raise InvalidValue(KIND, f"row {at}: it has fewer than {_WIDTH + shift} columns")
        factors.setdefault(row[column], number(row[column], KIND, at, "conversion factor"))
        add(found, _row([*row[:_PRICING], *row[_PRICING + shift :]] if shift else row, at), at)
    return finished(data, found, set(factors.values()), name=name, days=days, track=track)


def add(found: dict[tuple[str, str], RvuRow], row: RvuRow, at: int) -> None:
    """Keep a row.

    Raises:
        InvalidValue: when it has no code, or its code and modifier were there before.
    """
    if len(row.code) != _CODE or not row.code.isalnum():
        # A spreadsheet program drops the zeros in front.
        raise InvalidValue(KIND, f"row {at}: its code has not five letters and digits")
    if found.setdefault((row.code, row.modifier), row) is not row:
        raise InvalidValue(KIND, f"row {at}: its code and modifier were there before")


def finished(
    data: bytes,
    found: dict[tuple[str, str], RvuRow],
    factors: set[Decimal],
    *,
    name: str,
    days: DateRange,
    track: Track,
) -> RvuFile:
    """The file, once its factor is sane: one, and between 10 and 100 dollars (rows of 0 have none).

    Raises:
        InvalidValue: when it is not, or when there is no row.
    """
    told = factors - {Decimal(0)}
    if len(told) != 1 or not 10 <= (factor := told.pop()) <= 100:  # noqa: PLR2004
        raise InvalidValue(KIND, "its conversion factor is one number, between 10 and 100")
    return RvuFile(edition=edition_of(data, name, len(found), days), track=track, factor=factor, rows=found)


def _factor_column(cells: list[list[str]], top: int) -> int:
    for column, cell in enumerate(cells[top]):
        above = [row[column] for row in cells[:top] if len(row) > column]
        title = " ".join((*above, cell)).upper()
        if "FACTOR" in cell.upper() and "CONV" in title:
            return column
    raise InvalidValue(KIND, "no column is headed CONV FACTOR")


def _shift(cells: list[list[str]], top: int) -> int:
    heads = [cell.upper() for cell in cells[top]]
    above = [row[_PRICING].upper() for row in cells[:top] if len(row) > _PRICING]
    shift = int("PRIC" in " ".join((*above, *heads[_PRICING : _PRICING + 1])))
    for column, expected in _HEADS.items():
        at = column + shift * (column >= _PRICING)
        if at < len(heads) and heads[at] not in {"", expected}:
            raise InvalidValue(KIND, f"column {at + 1} is headed otherwise than in the files known")
    return shift


def _row(row: list[str], at: int) -> RvuRow:
    opps = row[_OPPS - 3 : _OPPS] if len(row) >= _OPPS else ["", "", ""]
    return RvuRow(
        code=row[0],
        modifier=row[1],
        status=row[3],
        work=number(row[5], KIND, at, "work"),
        nonfacility=number(row[6], KIND, at, "non-facility PE"),
        nonfacility_na=row[7] == "NA",
        facility=number(row[8], KIND, at, "facility PE"),
        facility_na=row[9] == "NA",
        malpractice=number(row[10], KIND, at, "MP"),
        pctc=row[13],
        global_days=row[14],
        multiple=row[18],
        bilateral=row[19],
        assistant=row[20],
        co_surgeon=row[21],
        team=row[22],
        endo_base=row[23],
        imaging=row[27].zfill(2),
        opps_nonfacility=number(opps[0], KIND, at, "OPPS non-facility PE"),
        opps_facility=number(opps[1], KIND, at, "OPPS facility PE"),
        opps_malpractice=number(opps[2], KIND, at, "OPPS MP"),
    )
