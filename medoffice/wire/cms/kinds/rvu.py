"""Relative value units (``PPRRVU*.csv``, ``PPRRVU*.txt``), from 2026 in two parts: qpp and non-qpp."""

from typing import Final

from medoffice.billing.fees import RvuFile, Track
from medoffice.core import DateRange, InvalidValue
from medoffice.wire.cms.kinds.kind import TableKind, begins, of_year
from medoffice.wire.cms.pprrvu import KIND as NAME
from medoffice.wire.cms.pprrvu import read_pprrvu_csv
from medoffice.wire.cms.pprrvu_fixed import read_pprrvu_txt

_TWO_TRACKS: Final = 2026
"""From this year on there are two conversion factors (the facts of this project)."""


def track_of(name: str) -> Track:
    """Whose factor a file holds, by its name: ``PPRRVU2026_Jan_nonQPP.csv``, ``PPRRVU2026_Jan_QPP.csv``."""
    text = name.upper().replace("-", "").replace("_", "")
    if "NONQPP" in text:
        return Track.NON_QPP
    return Track.QPP if "QPP" in text else Track.ALL


def _read(data: bytes, *, name: str, days: DateRange, part: str) -> RvuFile:
    track = Track(part)
    if (track is Track.ALL) == (days.start.year >= _TWO_TRACKS):
        told = "two conversion factors: say --part qpp or --part non-qpp"
        one = "one conversion factor for all: say --part all"
        raise InvalidValue(NAME, f"in {days.start.year} there is {one if track is not Track.ALL else told}")
    of_year(NAME, data, r"(20\d\d) National Physician Fee Schedule", days)
    read = read_pprrvu_txt if data.startswith(b"HDR") else read_pprrvu_csv
    return read(data, name=name, days=days, track=track)


KIND: Final = TableKind(
    code="rvu",
    name="relative value units and conversion factor",
    recognises=begins(
        "PPRRVU", says=r"National Physician Fee Schedule Relative Value File|^HCPCS,MOD,.*FACTOR"
    ),
    read=_read,
    parts=tuple(track.value for track in Track),
    part_of=lambda name: track_of(name).value,
)
