"""One event of somebody else's calendar: when it begins, how long it lasts, and at what other times it comes."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Final

import attrs

from medoffice.core import InvalidValue, TimeSlot
from medoffice.wire.ics.clocks import Clock, of_utc
from medoffice.wire.ics.lines import Component, Property
from medoffice.wire.ics.occurrences import Effort, occurrences
from medoffice.wire.ics.recurrence import Recurrence
from medoffice.wire.ics.times import Length, Moment, read_length, read_moments

_DAY: Final = timedelta(days=1)
_MARGIN: Final = timedelta(days=2)
"""More than any two clocks of the earth lie apart."""
ClockOf = Callable[[Property], Clock]
"""The clock of a property, by its TZID."""


@attrs.frozen(kw_only=True)
class Event:
    """What is busy about one VEVENT; walls are times on its own ``clock``."""

    uid: str = attrs.field(repr=False)
    sequence: int
    is_busy: bool
    replaces: datetime | None
    """The instant of the occurrence that it takes the place of."""
    changes_the_rest: bool
    start: Moment
    clock: Clock
    length: Length
    rules: tuple[str, ...] = attrs.field(repr=False)
    more: tuple[tuple[datetime, Clock], ...]
    """Further times (RDATE), each on the clock that its line names."""
    periods: tuple[TimeSlot, ...]
    """Further times that have a length of their own."""
    without: frozenset[datetime]
    without_days: frozenset[datetime]
    """Instants, and days (as midnights on the wall), that are left out (EXDATE)."""

    def slots(self, window: TimeSlot, effort: Effort) -> Iterator[tuple[datetime, TimeSlot]]:
        """Its occurrences that may meet a window, each after the instant at which it would begin.

        Raises:
            InvalidValue: when a rule is not one that is counted out, or a time lies outside the years 1 to 9999.
            WireError: when ``effort`` is used up.
        """
        for wall, clock in self._starts(window, effort):
            begin = clock(wall)
            if begin in self.without or datetime.combine(wall.date(), time.min) in self.without_days:
                continue
            yield from _slot(begin, self._end(wall, clock))
        for period in self.periods:
            if period.start not in self.without:
                yield period.start, period

    def first(self) -> Iterator[tuple[datetime, TimeSlot]]:
        """Its first occurrence alone."""
        yield from _slot(self.clock(self.start.wall), self._end(self.start.wall, self.clock))

    def _end(self, wall: datetime, clock: Clock) -> datetime:
        later = wall + timedelta(days=self.length.days) if self.length.days else wall
        return clock(later) + self.length.elapsed

    def _starts(self, window: TimeSlot, effort: Effort) -> Iterator[tuple[datetime, Clock]]:
        lasts = timedelta(days=self.length.days) + self.length.elapsed + _MARGIN
        earliest, latest = _shifted(window.start, -lasts), _shifted(window.end, _MARGIN)
        effort.spend(1 + len(self.more) + len(self.periods))
        yield self.start.wall, self.clock
        yield from self.more
        for text in self.rules:
            rule = Recurrence.parse(text)
            is_over = self._is_over(rule)
            for wall in occurrences(rule, self.start.wall, earliest=earliest, latest=latest, effort=effort):
                if is_over(wall):
                    break
                yield wall, self.clock

    def _is_over(self, rule: Recurrence) -> Callable[[datetime], bool]:
        if not rule.until:
            return lambda _: False
        (end,) = read_moments(rule.until)
        if end.is_day:
            return lambda wall: wall >= end.wall + _DAY
        if end.is_utc:
            return lambda wall: self.clock(wall) > of_utc(end.wall)
        return lambda wall: wall > end.wall


def _slot(begin: datetime, end: datetime) -> Iterator[tuple[datetime, TimeSlot]]:
    if end > begin:
        yield begin, TimeSlot(begin, end)


def _shifted(instant: datetime, by: timedelta) -> datetime:
    """A wall time at or about an instant, within the years that there are."""
    try:
        return (instant + by).replace(tzinfo=None)
    except OverflowError:
        return datetime(1, 1, 1) if by < timedelta() else datetime(9999, 12, 31)  # noqa: DTZ001


def read_event(component: Component, clock_of: ClockOf) -> Event:
    """Read a VEVENT; ``clock_of`` says what the wall times of a property mean.

    Raises:
        InvalidValue: when it cannot be told when it is.
    """
    begin = component.one("DTSTART")
    if component.is_torn or begin is None:
        raise InvalidValue("event", "it has no beginning, or one of its lines is none")
    start, clock = _moment(begin, clock_of)
    replaced = component.one("RECURRENCE-ID")
    more, periods = _more(component, clock_of)
    without, days = _without(component, start, clock_of)
    if component.one("EXRULE"):
        raise InvalidValue("event", "it leaves times out by a rule, which RFC 5545 has done away with")
    return Event(
        uid=component.text("UID"),
        sequence=_sequence(component.text("SEQUENCE")),
        is_busy=component.text("TRANSP").upper() != "TRANSPARENT"
        and component.text("STATUS").upper() != "CANCELLED",
        replaces=_instant(replaced, clock_of) if replaced else None,
        changes_the_rest=replaced is not None and "RANGE" in replaced.params,
        start=start,
        clock=clock,
        length=_length(component, start, clock, clock_of),
        rules=tuple(line.value for line in component.all("RRULE")),
        more=more,
        periods=periods,
        without=without,
        without_days=days,
    )


def _moment(line: Property, clock_of: ClockOf) -> tuple[Moment, Clock]:
    moments = read_moments(line.value)
    if len(moments) != 1:
        raise InvalidValue("event", "it begins and ends once")
    return moments[0], of_utc if moments[0].is_utc else clock_of(line)


def _instant(line: Property, clock_of: ClockOf) -> datetime:
    moment, clock = _moment(line, clock_of)
    return clock(moment.wall)


def _length(component: Component, start: Moment, clock: Clock, clock_of: ClockOf) -> Length:
    end, lasts = component.one("DTEND"), component.text("DURATION")
    if end is not None:
        until, its_clock = _moment(end, clock_of)
        if start.is_day and until.is_day:
            found = Length(days=(until.wall - start.wall).days)
        else:
            found = Length(elapsed=its_clock(until.wall) - clock(start.wall))
        if found.days < 0 or found.elapsed < timedelta():
            raise InvalidValue("event", "it ends before it begins")
        return found
    if lasts:
        return read_length(lasts)
    return Length(days=1) if start.is_day else Length()


def _more(
    component: Component, clock_of: ClockOf
) -> tuple[tuple[tuple[datetime, Clock], ...], tuple[TimeSlot, ...]]:
    more: list[tuple[datetime, Clock]] = []
    periods: list[TimeSlot] = []
    for line in component.all("RDATE"):
        for part in line.value.split(","):
            if "/" in part:
                periods.append(read_period(part, line, clock_of))
            else:
                (moment,) = read_moments(part)
                more.append((moment.wall, of_utc if moment.is_utc else clock_of(line)))
    return tuple(more), tuple(periods)


def read_period(text: str, line: Property, clock_of: ClockOf) -> TimeSlot:
    """Read a period of time: two times, or a time and a duration, with a slash between them.

    Raises:
        InvalidValue: when it is none.
    """
    first, _, second = text.partition("/")
    start = read_moments(first)[0]
    clock = of_utc if start.is_utc else clock_of(line)
    if "P" in second.upper():
        length = read_length(second)
        end = clock(start.wall + timedelta(days=length.days)) + length.elapsed
    else:
        end = clock(read_moments(second)[0].wall)
    return TimeSlot(clock(start.wall), end)


def _without(
    component: Component, start: Moment, clock_of: ClockOf
) -> tuple[frozenset[datetime], frozenset[datetime]]:
    instants: set[datetime] = set()
    days: set[datetime] = set()
    for line in component.all("EXDATE"):
        for moment in read_moments(line.value):
            if moment.is_day and not start.is_day:
                days.add(moment.wall)
            else:
                instants.add((of_utc if moment.is_utc else clock_of(line))(moment.wall))
    return frozenset(instants), frozenset(days)


def _sequence(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004
