"""Every change of the clocks, zone by zone, and what must hold of hours around each.

A law over random days seldom meets the odd ones: half an hour at Lord Howe, midnight in Beirut, Ramadan in Morocco,
a change of the offset for good. Here all of them are looked up in the IANA data of the machine and tried.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import attrs

from medoffice.core import TimeSlot
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.hours import Hours, Weekly, first_showing
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.search import Availability, find
from medoffice.scheduling.visits import VisitType

_STEP: Final = timedelta(hours=6)
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
_NINE, _FIVE = time(9), time(17)
_QUARTER: Final = VisitType(code="quarter", name="Quarter of an hour", minutes=15)


@attrs.frozen(kw_only=True)
class ClockChange:
    """At ``instant`` the clocks of ``zone`` go from ``before`` ahead of UTC to ``after``."""

    zone: str
    instant: datetime
    before: timedelta
    after: timedelta

    @property
    def is_gap(self) -> bool:
        """Whether wall times are left out; otherwise some come twice."""
        return self.after > self.before

    def odd_times(self) -> Iterator[datetime]:
        """The wall times (without a zone), minute by minute, that do not exist or come twice."""
        first = (self.instant + min(self.before, self.after)).replace(tzinfo=None)
        for count in range(abs(self.after - self.before) // _MINUTE):
            yield first + count * _MINUTE


def zone_names() -> tuple[str, ...]:
    """The zones of the IANA data, aliases included, without the two that mean no place."""
    return tuple(sorted(available_timezones() - {"localtime", "Factory"}))


def clock_changes(zone: str, years: Iterable[int]) -> tuple[ClockChange, ...]:
    """The changes of a zone in some years, earliest first; those that cancel each other within six hours are missed."""
    rules, wanted = ZoneInfo(zone), sorted(years)
    start, end = datetime(wanted[0], 1, 1, tzinfo=UTC), datetime(wanted[-1] + 1, 1, 1, tzinfo=UTC)
    found, before = [], _offset(start, rules)
    while start < end:
        after = _offset(start + _STEP, rules)
        if after != before:
            instant = _first_with(after, start, start + _STEP, rules)
            found.append(ClockChange(zone=zone, instant=instant, before=before, after=after))
        start, before = start + _STEP, after
    return tuple(found)


@attrs.frozen(kw_only=True)
class Survey:
    """What was tried: zones, different histories of clocks, days, changes of either kind, wall times; and all faults."""

    zones: int
    histories: int
    days: int
    gaps: int
    overlaps: int
    odd_times: int
    faults: tuple[str, ...]


def survey(years: Iterable[int]) -> Survey:
    """Try every change in every zone; zones whose clocks always go alike (aliases, mostly) are tried once."""
    wanted = sorted(years)
    histories: dict[tuple[object, ...], tuple[str, tuple[ClockChange, ...]]] = {}
    for zone in zone_names():
        found = clock_changes(zone, wanted)
        at_first = _offset(datetime(wanted[0], 1, 1, tzinfo=UTC), ZoneInfo(zone))
        key = (at_first, *((each.instant, each.after) for each in found))
        histories.setdefault(key, (zone, found))
    changes = [change for _, found in histories.values() for change in found]
    days = [
        date(wanted[0], 1, 1) + count * _DAY
        for count in range((date(wanted[-1] + 1, 1, 1) - date(wanted[0], 1, 1)).days)
    ]
    return Survey(
        zones=len(zone_names()),
        histories=len(histories),
        days=len(days) * len(histories),
        gaps=sum(change.is_gap for change in changes),
        overlaps=sum(not change.is_gap for change in changes),
        odd_times=sum(1 for change in changes for _ in change.odd_times()),
        faults=(
            *(f"{change}: {fault}" for change in changes for fault in faults(change)),
            *(
                f"{zone} {day}: the hours have shifted"
                for zone, _ in histories.values()
                for day in shifted(zone, days)
            ),
        ),
    )


def shifted(zone: str, days: Iterable[date]) -> Iterator[date]:
    """The days on which a sign that says nine to five does not open at nine and close at five."""
    rules = ZoneInfo(zone)
    for day in days:
        for clock in (_NINE, _FIVE):
            shown = first_showing(day, clock, rules).astimezone(rules)
            if (shown.date(), shown.time()) != (day, clock):
                yield day


def faults(change: ClockChange) -> Iterator[str]:
    """What is wrong with hours around a change; nothing, where all is well.

    Every wall time that does not exist is the change itself, and every one that comes twice is its first showing. On the
    three days around it a sign with all 24 hours opens at just these hours where they exist, its stretches touch
    and fill the day, and the search offers each quarter of them once.
    """
    zone = ZoneInfo(change.zone)
    for wall in change.odd_times():
        expected = change.instant if change.is_gap else (wall - change.before).replace(tzinfo=UTC)
        if first_showing(wall.date(), wall.time(), zone) != expected:
            yield f"{wall:%H:%M} is not its one instant"
    middle = (change.instant + change.before).date()
    for day in (middle - _DAY, middle, middle + _DAY):
        yield from (f"{day}: {fault}" for fault in _faults_of(day, zone))


def _faults_of(day: date, zone: ZoneInfo) -> Iterator[str]:
    marks = [time(hour) for hour in range(24)]
    hours = tuple(
        Hours(weekday=day.weekday(), opens=opens, closes=closes)
        for opens, closes in pairwise([*marks, time.min])
    )
    doctor = Provider("dr-a", weekly=Weekly(zone=zone, hours=hours))
    calendar = Calendar(resources=(doctor,), visits=(_QUARTER,))
    slots = [opening.slot for opening in calendar.openings(doctor.id, day)]
    shown = {slot.start.astimezone(zone).time() for slot in slots}
    exist = {clock for clock in marks if _exists(datetime.combine(day, clock), zone)}
    if not exist <= shown:
        yield "an hour that exists does not open"
    if any(one.end != other.start for one, other in pairwise(slots)):
        yield "two hours that touch on the sign do not touch"
    whole = TimeSlot(first_showing(day, time.min, zone), first_showing(day + _DAY, time.min, zone))
    if not slots or (slots[0].start, slots[-1].end) != (whole.start, whole.end):
        yield "the hours do not fill the day"
    found = find(Availability(calendar), _QUARTER, window=whole, now=whole.start)
    quarters = [
        slot.start + count * _QUARTER.length
        for slot in slots
        for count in range(-(-slot.length // _QUARTER.length))
    ]
    if [start for start, _ in found.starts()] != [
        each for each in quarters if each <= whole.end - _QUARTER.length
    ]:
        yield "the search does not offer each quarter of the opened hours once"


def _exists(wall: datetime, zone: ZoneInfo) -> bool:
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    return instant.astimezone(zone).replace(tzinfo=None) == wall


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)


def _first_with(offset: timedelta, start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The first whole second from which the offset is that."""
    while end - start > timedelta(seconds=1):
        middle = start + (end - start) // 2
        start, end = (start, middle) if _offset(middle, zone) == offset else (middle, end)
    return end.replace(microsecond=0)
