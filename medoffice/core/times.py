"""Instants, stretches of time, and what a wall clock means where it is changed twice a year.

Instants are aware datetimes; a :class:`TimeSlot` keeps them in UTC, because Python compares two datetimes of the
same zone by their wall clock and so gets the hour wrong that comes twice. Wall times (an opening hour, a weekly
template) become instants at one place, :func:`at_wall_time`, under a stated policy.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Self

import attrs

from medoffice.core.errors import InvalidValue


def as_instant(moment: datetime) -> datetime:
    """The same instant in UTC.

    Raises:
        InvalidValue: when the datetime has no time zone, or UTC has no such year (1 to 9999).
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise InvalidValue("instant", "a datetime here needs a time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise InvalidValue("instant", "it is outside the years 1 to 9999") from None


def _instant(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise InvalidValue("instant", "it is a datetime with a time zone")
    return as_instant(value)


@attrs.frozen
class TimeSlot:
    """A stretch of time from ``start`` up to, but without, ``end``; both are held in UTC.

    Two slots that only touch do not overlap, so a day can be filled without gaps.
    """

    start: datetime = attrs.field(converter=_instant)
    end: datetime = attrs.field(converter=_instant)

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            raise InvalidValue("time slot", "its end is not after its start")

    @classmethod
    def lasting(cls, start: datetime, length: timedelta) -> Self:
        """The slot that begins at ``start`` and lasts ``length`` of elapsed time."""
        begin = as_instant(start)
        return cls(begin, begin + length)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 interval of two instants, ``2026-11-24T14:00:00Z/2026-11-24T14:30:00Z``.

        Raises:
            InvalidValue: for any other form, for a missing offset, or when the end is not after the start.
        """
        start, slash, end = text.strip().partition("/")
        try:
            return cls(datetime.fromisoformat(start), datetime.fromisoformat(end))
        except InvalidValue:
            raise
        except ValueError:
            slash_missing = "" if slash else " with a slash between them"
            raise InvalidValue("time slot", f"write two ISO 8601 instants{slash_missing}") from None

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}".replace("+00:00", "Z")

    @property
    def length(self) -> timedelta:
        """Elapsed time from start to end."""
        return self.end - self.start

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= as_instant(moment) < self.end

    def overlaps(self, other: "TimeSlot") -> bool:
        """Whether the two share any instant; touching is not sharing."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "TimeSlot") -> bool:
        """Whether the whole of ``other`` lies within this slot."""
        return self.start <= other.start and other.end <= self.end

    def widened(self, *, before: timedelta, after: timedelta) -> "TimeSlot":
        """The slot with time added at both ends, as for set-up and clean-up of a room."""
        return TimeSlot(self.start - before, self.end + after)


class Gap(Enum):
    """What a wall time means in the hour that the spring change leaves out."""

    LATER = "later"
    """The clock has moved on: 02:30 is read as 03:30."""
    REFUSE = "refuse"
    """There is no such time."""


class Twice(Enum):
    """What a wall time means in the hour that the autumn change repeats."""

    FIRST = "first"
    SECOND = "second"
    REFUSE = "refuse"


def at_wall_time(
    day: date, clock: time, zone: tzinfo, *, gap: Gap = Gap.LATER, twice: Twice = Twice.FIRST
) -> datetime:
    """The instant (in UTC) at which the clocks of ``zone`` show ``clock`` on ``day``.

    Raises:
        InvalidValue: when the clock time carries a zone of its own, when that time does not exist or exists
            twice and the policy for it is ``REFUSE``, or when UTC has no such year (1 to 9999).
    """
    if clock.tzinfo is not None:
        raise InvalidValue("wall time", "the zone is given apart from the clock time")
    first, second = (datetime.combine(day, clock.replace(fold=fold), tzinfo=zone) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return as_instant(first)
    # PEP 495: offsets differ at a change; before the change the offset is the smaller one only in a gap.
    does_not_exist = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != first.replace(tzinfo=None)
    if does_not_exist:
        if gap is Gap.REFUSE:
            raise InvalidValue("wall time", "the clocks skip this time on that day")
        return as_instant(first)
    if twice is Twice.REFUSE:
        raise InvalidValue("wall time", "the clocks show this time twice on that day")
    return as_instant(second if twice is Twice.SECOND else first)


def day_in(moment: datetime, zone: tzinfo) -> date:
    """The calendar day in ``zone`` at an instant."""
    return as_instant(moment).astimezone(zone).date()


def whole_day(day: date, zone: tzinfo) -> TimeSlot:
    """The slot from midnight to midnight in ``zone``: 23 or 25 hours long on the days of a change.

    Raises:
        InvalidValue: when the clocks of ``zone`` skip the whole day (Apia, 2011-12-30).
    """
    return TimeSlot(at_wall_time(day, time.min, zone), at_wall_time(day + timedelta(days=1), time.min, zone))
