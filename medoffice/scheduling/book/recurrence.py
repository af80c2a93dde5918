"""The starts of a series: a wall time on every n-th week, or on one weekday of every n-th month.

The clock time is that of the wall in ``zone`` on each day, so ten o'clock stays ten o'clock across a change of the
clocks; in the hour that does not exist, or comes twice, :func:`medoffice.scheduling.hours.first_showing` decides.
Days follow the rules of RFC 5545, section 3.3.10, with weeks that begin on Monday; the text form is an ``RRULE``.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.hours import first_showing

_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NTH: Final = frozenset((1, 2, 3, 4, 5, -1))
_MOST: Final = 366
_WEEK: Final = timedelta(days=7)
_YEAR: Final = 12


def _between(least: int, most: int, what: str) -> "attrs._ValidatorType[int]":
    def check(_: object, __: object, value: object) -> None:
        if type(value) is not int or not least <= value <= most:
            raise InvalidValue("recurrence", f"{what} is a whole number from {least} to {most}")

    return check


def _weekdays(values: Iterable[int]) -> frozenset[int]:
    return frozenset(values)


def _dates(values: Iterable[date]) -> frozenset[date]:
    return frozenset(values)


@attrs.frozen(kw_only=True)
class Recurrence:
    """``count`` starts at ``clock``, none before the day ``first``, on clocks of ``zone``.

    Without ``nth`` it is weekly: on ``weekdays`` (Monday is 0; none means that of ``first``) of every ``every``-th
    week from the week of ``first``. With ``nth`` (1 to 5, -1 for the last) it is monthly: on the nth of the one
    weekday in every ``every``-th month from that of ``first``; a month without a fifth one has no start.
    ``without`` are days left out, as for a holiday; they count towards ``count``, as ``EXDATE`` does.

    Raises:
        InvalidValue: when a number is out of its bounds, a weekday is not 0 to 6, the clock time carries a zone, or a
        monthly one has more than one weekday.
    """

    first: date
    clock: time
    zone: ZoneInfo
    count: int = attrs.field(validator=_between(1, _MOST, "how many"))
    every: int = attrs.field(default=1, validator=_between(1, 52, "every how many"))
    weekdays: frozenset[int] = attrs.field(default=frozenset(), converter=_weekdays)
    nth: int | None = None
    without: frozenset[date] = attrs.field(default=frozenset(), converter=_dates)

    def __attrs_post_init__(self) -> None:
        if self.clock.tzinfo is not None:
            raise InvalidValue("recurrence", "the zone is given apart from the clock time")
        if not self.weekdays <= frozenset(range(7)):
            raise InvalidValue("recurrence", "weekdays are 0 (Monday) to 6 (Sunday)")
        if self.nth is not None and (self.nth not in _NTH or len(self.weekdays) > 1):
            raise InvalidValue("recurrence", "a monthly one is on the 1st to 5th or last of one weekday")

    @classmethod
    def parse(cls, text: str, *, first: date, clock: time, zone: ZoneInfo) -> "Recurrence":
        """Read an ``RRULE`` of the two kinds: ``FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=10`` or
        ``FREQ=MONTHLY;BYDAY=2TU;COUNT=6``.

        Raises:
            InvalidValue: for any other rule, and for one without ``COUNT``.
        """
        parts = dict(
            part.partition("=")[::2] for part in text.strip().upper().removeprefix("RRULE:").split(";")
        )
        days = [day for day in parts.pop("BYDAY", "").split(",") if day]
        frequency = parts.pop("FREQ", "")
        count, every = parts.pop("COUNT", ""), parts.pop("INTERVAL", "1")
        if parts.pop("WKST", "MO") != "MO" or parts or not (count.isdecimal() and every.isdecimal()):
            raise InvalidValue("recurrence", "it has FREQ, COUNT, and perhaps INTERVAL and BYDAY")
        if not all(day[-2:] in _CODES for day in days):
            raise InvalidValue("recurrence", "BYDAY has MO TU WE TH FR SA SU")
        weekdays = frozenset(_CODES.index(day[-2:]) for day in days)
        places = {day[:-2] for day in days}
        nth = None
        if frequency == "MONTHLY" and len(days) == 1 and places <= {str(each) for each in _NTH}:
            nth = int(places.pop())
        elif frequency != "WEEKLY" or places - {""}:
            raise InvalidValue("recurrence", "it is weekly, or monthly on one weekday as in BYDAY=2TU")
        return cls(
            first=first,
            clock=clock,
            zone=zone,
            count=int(count),
            every=int(every),
            weekdays=weekdays,
            nth=nth,
        )

    def __str__(self) -> str:
        interval = f";INTERVAL={self.every}" if self.every != 1 else ""
        place = "" if self.nth is None else str(self.nth)
        days = ",".join(f"{place}{_CODES[day]}" for day in sorted(self._days))
        return f"FREQ={'WEEKLY' if self.nth is None else 'MONTHLY'}{interval};BYDAY={days};COUNT={self.count}"

    @property
    def _days(self) -> frozenset[int]:
        return self.weekdays or frozenset((self.first.weekday(),))

    def days(self) -> tuple[date, ...]:
        """The calendar days, rising.

        Raises:
            InvalidValue: when they would run past the year 9999.
        """
        try:
            found = islice(self._weekly() if self.nth is None else self._monthly(self.nth), self.count)
            return tuple(day for day in found if day not in self.without)
        except (OverflowError, ValueError):
            raise InvalidValue("recurrence", "it ends within the year 9999") from None

    def starts(self) -> tuple[datetime, ...]:
        """The instants (in UTC) at which the visits start, rising."""
        return tuple(first_showing(day, self.clock, self.zone) for day in self.days())

    def _weekly(self) -> Iterator[date]:
        monday = self.first - timedelta(days=self.first.weekday())
        while True:
            for weekday in sorted(self._days):
                day = monday + timedelta(days=weekday)
                if day >= self.first:
                    yield day
            monday += self.every * _WEEK

    def _monthly(self, nth: int) -> Iterator[date]:
        (weekday,) = self._days
        month = self.first.year * _YEAR + self.first.month - 1
        while True:
            day = _nth_weekday(month, weekday, nth)
            if day is not None and day >= self.first:
                yield day
            month += self.every


def _nth_weekday(month: int, weekday: int, nth: int) -> date | None:
    """The nth weekday of a month counted from year 0; None when that month has no fifth one."""
    first = date(month // _YEAR, month % _YEAR + 1, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    if nth > 0:
        day += (nth - 1) * _WEEK
        return day if day.month == first.month else None
    while (day + _WEEK).month == first.month:
        day += _WEEK
    return day
