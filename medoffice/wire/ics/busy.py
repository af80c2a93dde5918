"""When somebody is busy, out of the calendar that they keep elsewhere.

It is read so that nobody is booked twice: what cannot be read is a finding and never passed over in silence, and only
what says that it takes no time (TRANSP:TRANSPARENT, STATUS:CANCELLED, free/busy of type FREE) is left out. Of whom or
what an event is about, nothing is kept.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import Finding, InvalidValue, TimeSlot
from medoffice.wire.ics import findings as said
from medoffice.wire.ics.clocks import Clock, iana, nearly_iana, of_rules, of_zone
from medoffice.wire.ics.event import Event, read_event, read_period
from medoffice.wire.ics.lines import Component, Property, calendars
from medoffice.wire.ics.occurrences import Effort

STEPS: Final = 300_000
"""Occurrences and periods that are looked at in one file: twenty daily events over forty years."""
_MARGIN: Final = timedelta(days=400)
_BUSY: Final = frozenset(("BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE"))


@attrs.frozen(kw_only=True)
class BusyTimes:
    """The slots in which somebody is busy, in order and apart from each other, and what could not be read."""

    slots: tuple[TimeSlot, ...]
    findings: tuple[Finding, ...] = ()


def busy_times(data: bytes, *, window: TimeSlot, zone: ZoneInfo) -> BusyTimes:
    """The busy times of a file within a window.

    ``zone`` is that of the person whose calendar it is: days, and times that name no zone, are theirs. A zone is read
    by its IANA name, else by the rules that the file holds for it, else by its Windows name, else not at all. A
    wall time in the hour that is left out in spring is later by the change, also in a series.

    Raises:
        WireError: when the file is no iCalendar, was torn, is larger than ten megabytes, or recurs beyond measure.
    """
    reading = _Reading(window, zone)
    slots: list[TimeSlot] = []
    number = 0
    for calendar in calendars(data):
        events: list[tuple[str, Event]] = []
        reading.take_zones(calendar)
        is_cancelled = calendar.text("METHOD").upper() == "CANCEL"
        for part in calendar.parts:
            number += 1
            where = f"component {number}"
            if part.name == "VFREEBUSY":
                slots += reading.free_busy(part, where)
            elif part.name == "VEVENT" and not is_cancelled:
                events += ((where, event) for event in reading.event(part, where))
        slots += reading.occupied(events)
    return BusyTimes(slots=_merged(slots, window), findings=tuple(dict.fromkeys(reading.findings)))


class _Reading:
    """One file while it is read: what was found on the way, and how much effort is left."""

    def __init__(self, window: TimeSlot, zone: ZoneInfo) -> None:
        self.findings: list[Finding] = []
        self._window = window
        self._zone = zone
        self._effort = Effort(STEPS)
        self._described: dict[str, Component] = {}
        self._clocks: dict[str, Clock] = {}

    def take_zones(self, calendar: Component) -> None:
        """Keep the rules of the zones that a VCALENDAR describes; those of another one do not count in it."""
        parts = [part for part in calendar.parts if part.name == "VTIMEZONE"]
        self._described = {part.text("TZID").strip('"'): part for part in parts}
        self._clocks = {}

    def event(self, part: Component, where: str) -> Iterator[Event]:
        """The event of a VEVENT, or none and a finding."""
        try:
            event = read_event(part, self._clock_of(where))
        except _UnknownZone:
            self.findings.append(said.unknown_zone(where))
        except (InvalidValue, OverflowError) as trouble:
            self.findings.append(said.unreadable(where, _reason(trouble)))
        else:
            if event.changes_the_rest:
                self.findings.append(said.change_of_the_rest(where))
            yield event

    def free_busy(self, part: Component, where: str) -> Iterator[TimeSlot]:
        """The busy periods of a VFREEBUSY."""
        if part.is_torn:
            self.findings.append(said.unreadable(where, "one of its lines is none"))
        for line in part.all("FREEBUSY"):
            if line.params.get("FBTYPE", "BUSY").upper() == "FREE":
                continue
            for text in line.value.split(","):
                try:
                    yield read_period(text, line, self._clock_of(where))
                except (InvalidValue, OverflowError, _UnknownZone) as trouble:
                    self.findings.append(said.unreadable(where, _reason(trouble)))

    def occupied(self, events: list[tuple[str, Event]]) -> Iterator[TimeSlot]:
        """When the events of one VCALENDAR are, each change in the place of what it changes."""
        series, changed = _newest(events)
        for where, event in series:
            if event.is_busy:
                found = self._slots(where, event)
                yield from (slot for begin, slot in found if (event.uid, begin) not in changed)
        for where, event in changed.values():
            if event.is_busy:
                yield from (slot for _, slot in self._slots(where, event))

    def _slots(self, where: str, event: Event) -> Iterator[tuple[datetime, TimeSlot]]:
        try:
            yield from event.slots(self._window, self._effort)
        except InvalidValue as trouble:
            if trouble.kind != "recurrence":
                self.findings.append(said.unreadable(where, trouble.reason))
                return
            self.findings.append(said.unknown_recurrence(where, trouble.reason))
            yield from event.first()
        except OverflowError as trouble:
            self.findings.append(said.unreadable(where, _reason(trouble)))

    def _clock_of(self, where: str) -> Callable[[Property], Clock]:
        def clock_of(line: Property) -> Clock:
            name = line.params.get("TZID", "")
            if not name:
                return of_zone(self._zone)
            if name not in self._clocks:
                self._clocks[name] = self._clock(name, where)
            return self._clocks[name]

        return clock_of

    def _clock(self, name: str, where: str) -> Clock:
        zone = iana(name)
        described = self._described.get(name)
        if zone is None and described is not None:
            return self._described_clock(described)
        if zone is None:
            zone = nearly_iana(name)
            if zone is None:
                raise _UnknownZone
            self.findings.append(said.guessed_zone(where, zone.key))
        return of_zone(zone)

    def _described_clock(self, rules: Component) -> Clock:
        try:
            latest = (self._window.end + _MARGIN).replace(tzinfo=None)
            return of_rules(rules, latest=latest, effort=self._effort)
        except (InvalidValue, OverflowError):
            raise _UnknownZone from None


class _UnknownZone(Exception):
    """Nobody knows what a TZID means."""


def _reason(trouble: Exception) -> str:
    return trouble.reason if isinstance(trouble, InvalidValue) else "its time is outside the years 1 to 9999"


_Changes = dict[tuple[str, datetime], tuple[str, Event]]


def _newest(events: list[tuple[str, Event]]) -> tuple[list[tuple[str, Event]], _Changes]:
    """Of each event, and of each change of one occurrence, the one with the highest SEQUENCE, the last of equals."""
    nameless = [each for each in events if not each[1].uid]
    series: dict[str, tuple[str, Event]] = {}
    changed: _Changes = {}
    for where, event in events:
        if not event.uid:
            continue
        if event.replaces is None:
            known = series.get(event.uid)
            if known is None or known[1].sequence <= event.sequence:
                series[event.uid] = where, event
        else:
            key = event.uid, event.replaces
            other = changed.get(key)
            if other is None or other[1].sequence <= event.sequence:
                changed[key] = where, event
    return [*series.values(), *nameless], changed


def _merged(slots: list[TimeSlot], window: TimeSlot) -> tuple[TimeSlot, ...]:
    """The slots within the window, in order, those that meet or touch made one."""
    found: list[TimeSlot] = []
    for slot in sorted(slots, key=lambda each: each.start):
        if not slot.overlaps(window):
            continue
        start, end = max(slot.start, window.start), min(slot.end, window.end)
        if found and start <= found[-1].end:
            found[-1] = TimeSlot(found[-1].start, max(found[-1].end, end))
        else:
            found.append(TimeSlot(start, end))
    return tuple(found)
