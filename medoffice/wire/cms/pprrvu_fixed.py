"""The RVU file in fixed width (``PPRRVU*.txt``); positions are those of CMS's record layout RVU25D, from 1.

Of the malpractice units of the OPPS cap the layouts seen have lost the position. It is 166 to 171, as measured on
CMS's own file of January 2025, whose lines end there; a line that ends before has none.
"""

from decimal import Decimal

from medoffice.billing.fees import RvuFile, RvuRow, Track
from medoffice.core import DateRange, InvalidValue
from medoffice.wire.cms.cells import lines_of, number
from medoffice.wire.cms.pprrvu import KIND, add, finished

_LEAST = 140


def read_pprrvu_txt(data: bytes, *, name: str, days: DateRange, track: Track) -> RvuFile:
    """Read the file; rows that start HDR are its header.

    Raises:
        InvalidValue: naming a row that is short, has no code or no number where one belongs or repeats a code; or when the
            conversion factor is not one number between 10 and 100.
    """
    found: dict[tuple[str, str], RvuRow] = {}
    factors: set[Decimal] = set()
    for at, line in enumerate(lines_of(data), 1):
        if line.startswith("HDR") or not line.strip():
            continue
        if len(line) < _LEAST:
            raise InvalidValue(KIND, f"row {at}: it is shorter than {_LEAST} characters")
        factors.add(number(line[132:140], KIND, at, "conversion factor"))
        add(found, _row(line, at), at)
    return finished(data, found, factors, name=name, days=days, track=track)


def _row(line: str, at: int) -> RvuRow:
    return RvuRow(
        code=line[0:5].strip(),
        modifier=line[5:7].strip(),
        status=line[57:58],
        work=number(line[59:65], KIND, at, "work"),
        nonfacility=number(line[66:72], KIND, at, "non-facility PE"),
        nonfacility_na=line[72:74] == "NA",
        facility=number(line[75:81], KIND, at, "facility PE"),
        facility_na=line[81:83] == "NA",
        malpractice=number(line[84:89], KIND, at, "MP"),
        pctc=line[102:103],
        global_days=line[103:106],
        multiple=line[115:116],
        bilateral=line[116:117],
        assistant=line[117:118],
        co_surgeon=line[118:119],
        team=line[119:120],
        endo_base=line[127:132].strip(),
        imaging=line[145:147].strip().zfill(2),
        opps_nonfacility=number(line[151:157], KIND, at, "OPPS non-facility PE"),
        opps_facility=number(line[158:164], KIND, at, "OPPS facility PE"),
        opps_malpractice=number(line[165:171], KIND, at, "OPPS MP"),
    )
