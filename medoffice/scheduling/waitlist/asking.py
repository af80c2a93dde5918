"""The hours in which patients may be asked, and time that is counted in them alone.

Waves and expiries are measured in asking time, so an offer sent at seven in the evening does not lapse while its
patient sleeps. Hours are wall time; they become instants by the rule of :mod:`medoffice.scheduling.hours`.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue, as_instant, day_in
from medoffice.scheduling.hours import first_showing

_DAY: Final = timedelta(days=1)
_NOTHING: Final = timedelta(0)


def _weekdays(values: Iterable[int]) -> frozenset[int]:
    return frozenset(values)


@attrs.frozen(kw_only=True)
class AskingHours:
    """From when until when on which weekdays (Monday is 0) patients are asked; quiet hours are the rest.

    Raises:
        InvalidValue: when a time has a zone, ``until`` is not after ``since``, or no weekday is named.
    """

    zone: ZoneInfo
    since: time = time(8)
    until: time = time(20)
    weekdays: frozenset[int] = attrs.field(default=frozenset(range(7)), converter=_weekdays)

    def __attrs_post_init__(self) -> None:
        if self.since.tzinfo is not None or self.until.tzinfo is not None:
            raise InvalidValue("asking hours", "the zone is given apart from the clock times")
        if self.until <= self.since:
            raise InvalidValue("asking hours", "they end after they begin, on the same day")
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise InvalidValue("asking hours", "weekdays are some of 0 (Monday) to 6 (Sunday)")

    def next_moment(self, now: datetime) -> datetime:
        """The first instant from ``now`` on at which patients may be asked."""
        opens, _ = next(self._windows(now))
        return max(opens, as_instant(now))

    def is_quiet(self, now: datetime) -> bool:
        """Whether nobody is asked at an instant."""
        return self.next_moment(now) > now

    def after(self, now: datetime, length: timedelta) -> datetime:
        """The instant by which ``length`` of asking time has gone by; one that ends a day is that day's end."""
        left = length
        for opens, closes in self._windows(now):
            begin = max(opens, as_instant(now))
            if begin + left <= closes:
                return begin + left
            left -= closes - begin
        raise AssertionError("asking hours come again every week")

    def between(self, now: datetime, end: datetime, *, enough: timedelta) -> timedelta:
        """The asking time from ``now`` to ``end``, counted no further than ``enough``."""
        found = _NOTHING
        for opens, closes in self._windows(now):
            if opens >= end or found >= enough:
                break
            found += max(_NOTHING, min(closes, as_instant(end)) - max(opens, as_instant(now)))
        return min(found, enough)

    def _windows(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches that are not over at ``now``, earliest first, without end."""
        day = day_in(now, self.zone)
        while True:
            if day.weekday() in self.weekdays:
                opens, closes = _window(day, self.since, self.until, self.zone)
                if opens < closes and now < closes:
                    yield opens, closes
            day += _DAY


@lru_cache(maxsize=4096)
def _window(day: date, since: time, until: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return first_showing(day, since, zone), first_showing(day, until, zone)
