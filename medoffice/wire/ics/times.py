"""Days, wall times, instants and durations as iCalendar writes them (RFC 5545, sections 3.3.4 to 3.3.9)."""

import re
from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core import InvalidValue

_MOMENT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?", re.ASCII)
_DURATION: Final = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?", re.ASCII
)
_OFFSET: Final = re.compile(r"([+-])(\d{2})([0-5]\d)([0-5]\d)?", re.ASCII)
_LEAP: Final = 60


@attrs.frozen(kw_only=True)
class Moment:
    """A wall time; midnight for a day. ``is_utc`` when it is one of UTC, whatever zone stands beside it."""

    wall: datetime
    is_day: bool = False
    is_utc: bool = False


@attrs.frozen(kw_only=True)
class Length:
    """How long something lasts: days of the calendar, and on top of them elapsed time (RFC 5545, 3.3.6)."""

    days: int = 0
    elapsed: timedelta = timedelta()


def read_moments(text: str) -> list[Moment]:
    """Read days or times, with commas between them.

    Raises:
        InvalidValue: when one of them is neither.
    """
    return [_moment(part.strip().upper()) for part in text.split(",")]


def _moment(text: str) -> Moment:
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise InvalidValue("calendar time", "it is written as 20261124 or 20261124T150000")
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        # A leap second is the last one before it: Python's clocks have no others.
        wall = datetime(year, month, day, hour, minute, min(second, 59) if second == _LEAP else second)  # noqa: DTZ001
    except ValueError:
        raise InvalidValue("calendar time", "there is no such day or time") from None
    return Moment(wall=wall, is_day=found[4] is None, is_utc=found[7] == "Z")


def read_length(text: str) -> Length:
    """Read a duration such as ``PT30M`` or ``P1D``.

    Raises:
        InvalidValue: when it is none, or goes backward.
    """
    found = _DURATION.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()[1:]):
        raise InvalidValue("calendar duration", "it is written as PT30M or P1D")
    sign, weeks, days, hours, minutes, seconds = (part or "0" for part in found.groups())
    if sign == "-":
        raise InvalidValue("calendar duration", "an event does not end before it begins")
    elapsed = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    return Length(days=int(weeks) * 7 + int(days), elapsed=elapsed)


def read_offset(text: str) -> timedelta:
    """Read an offset from UTC such as ``-0500``.

    Raises:
        InvalidValue: when it is none, or a day or more.
    """
    found = _OFFSET.fullmatch(text.strip())
    if found is None or int(found[2]) >= 24:  # noqa: PLR2004
        raise InvalidValue("offset from UTC", "it is written as -0500")
    size = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -size if found[1] == "-" else size
