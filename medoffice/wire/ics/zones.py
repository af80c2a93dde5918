"""The rules of a time zone over some years, as iCalendar writes them.

What is written is what the IANA database says: the changes of the zone's offset, found in the zone itself. Changes
that come year after year on the same weekday of a month become one rule; the others are written one by one. A rule is
never guessed from one year, and none is open at its end unless it still holds a year after the last event.

Each change stands where RFC 5545, section 3.6.5 wants it: at the wall time that the *old* offset shows.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue
from medoffice.wire.ics.library import icalendar

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""Local times are written for these years only; before them, zones have offsets of odd seconds."""
_SECOND: Final = timedelta(seconds=1)
_STEP: Final = timedelta(hours=12)
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
"""How long a rule runs on after its last change: some readers take the end, which is in UTC, for a local time."""
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@attrs.frozen(kw_only=True)
class Change:
    """One change of a zone's offset: the first instant (UTC) of the new one, and the offsets around it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool

    @property
    def wall(self) -> datetime:
        """What the clocks would show at that instant, had they not been changed."""
        return (self.at + self.before).replace(tzinfo=None)

    @property
    def kind(self) -> tuple[timedelta, timedelta, str, bool]:
        """What one rule can say of several changes."""
        return self.before, self.after, self.name, self.is_daylight


@lru_cache(maxsize=2048)
def changes_in(zone: ZoneInfo, year: int) -> tuple[Change, ...]:
    """The changes within a year of UTC, earliest first."""
    found = []
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    offset = _offset(moment - _SECOND, zone)
    while moment < end:
        if _offset(moment, zone) != offset:
            change = _change(moment - _STEP, moment, zone)
            found.append(change)
            offset = change.after
            moment = change.at
        moment = min(moment + _STEP, end - _SECOND) if moment < end - _SECOND else end
    return tuple(found)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _change(early: datetime, late: datetime, zone: ZoneInfo) -> Change:
    before = _offset(early, zone)
    while late - early > _SECOND:
        middle = early + (late - early) // 2 // _SECOND * _SECOND
        if _offset(middle, zone) == before:
            early = middle
        else:
            late = middle
    old, new = early.astimezone(zone), late.astimezone(zone)
    after = _offset(late, zone)
    # Ireland calls its summer time the standard; readers want the later clock to be the daylight one.
    return Change(
        at=late,
        before=before,
        after=after,
        name=new.tzname() or "",
        is_daylight=old.dst() != new.dst() and after > before,
    )


def rules_of(zone: ZoneInfo, first: datetime, last: datetime) -> "icalendar.Timezone":
    """The ``VTIMEZONE`` of a zone that holds from one instant to another, both included.

    Raises:
        InvalidValue: when one of them lies outside the years 1900 to 2200, or the zone has no name.
    """
    if not zone.key:
        raise InvalidValue("time zone", "a zone without an IANA name cannot be written")
    if not FIRST_YEAR < first.year <= last.year < LAST_YEAR:
        raise InvalidValue("calendar", f"local times lie after {FIRST_YEAR} and before {LAST_YEAR}")
    found = [change for year in range(first.year - 1, last.year + 2) for change in changes_in(zone, year)]
    start = datetime(first.year - 1, 1, 1, tzinfo=UTC)
    made = icalendar.Timezone()
    made.add("TZID", zone.key)
    made.add_component(_opening(zone, start - _SECOND))
    kinds: dict[tuple[timedelta, timedelta, str, bool], list[Change]] = {}
    for change in found:
        kinds.setdefault(change.kind, []).append(change)
    for changes in kinds.values():
        for run, rule in _runs(changes):
            is_open = run[-1].wall.year >= last.year + 1
            made.add_component(_observance(run, rule, is_open=is_open))
    return made


def _opening(zone: ZoneInfo, moment: datetime) -> "icalendar.cal.component.Component":
    local = moment.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    opening = icalendar.TimezoneStandard()
    opening.add("DTSTART", datetime.combine(local.date(), time.min))
    opening.TZOFFSETFROM = opening.TZOFFSETTO = offset
    opening.add("TZNAME", local.tzname() or zone.key)
    return opening


_Rule = tuple[int, int, int]
"""A month, the number of a weekday in it (-1: the last), and the weekday."""


def _rules(wall: datetime) -> set[_Rule]:
    """The rules that a change can follow."""
    found = {(wall.month, (wall.day + 6) // 7, wall.weekday())}
    if (wall + _WEEK).month != wall.month:
        found.add((wall.month, -1, wall.weekday()))
    return found


def _runs(changes: list[Change]) -> Iterator[tuple[list[Change], _Rule]]:
    """Changes in consecutive years that follow one rule at one time of day, as long as they do.

    Where two rules fit, "the last" is meant rather than "the fifth".
    """
    run: list[Change] = []
    rules: set[_Rule] = set()
    for change in changes:
        if run and change.wall.year == run[-1].wall.year + 1 and change.wall.time() == run[-1].wall.time():
            common = rules & _rules(change.wall)
            if common:
                run.append(change)
                rules = common
                continue
        if run:
            yield run, min(rules)
        run, rules = [change], _rules(change.wall)
    if run:
        yield run, min(rules)


def _observance(run: list[Change], rule: _Rule, *, is_open: bool) -> "icalendar.cal.component.Component":
    first = run[0]
    made = icalendar.TimezoneDaylight() if first.is_daylight else icalendar.TimezoneStandard()
    made.add("DTSTART", first.wall)
    made.TZOFFSETFROM, made.TZOFFSETTO = first.before, first.after
    made.add("TZNAME", first.name)
    if len(run) > 1:
        month, number, weekday = rule
        parts: dict[str, object] = {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": f"{number}{_DAYS[weekday]}"}
        made.add("RRULE", parts if is_open else parts | {"UNTIL": run[-1].at + _DAY})
    return made
