"""Somebody's calendar that is kept elsewhere, as absences here: what it says is noted, what it says no more is dropped."""

from collections.abc import Iterable
from typing import Final

import attrs

from medoffice.core.findings import Finding, Severity
from medoffice.core.ids import ResourceId
from medoffice.core.times import TimeSlot, day_in
from medoffice.ports.store import Transaction
from medoffice.scheduling.calendar import Absence, Calendar
from medoffice.scheduling.stretches import less
from medoffice.wire.ics import busy_times

ELSEWHERE: Final = "elsewhere"
"""Why somebody is away whose calendar elsewhere says so."""


@attrs.frozen(kw_only=True)
class BusyTaken:
    """What a calendar kept elsewhere changed here: absences noted and dropped, and what in it could not be read."""

    added: tuple[Absence, ...]
    dropped: tuple[Absence, ...]
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all of it was read. If not, nothing was dropped."""
        return _is_whole(self.findings)


def take(
    tx: Transaction, calendar: Calendar, resource: ResourceId, data: bytes, *, window: TimeSlot, why: str
) -> BusyTaken:
    """Make the absences of one ``why`` within a window what a file says.

    What of an absence lies outside of the window stays. An absence that began before it is not noted anew: its part
    within the window is what is compared.

    Raises:
        UnknownName: when there is no such resource; it suggests the nearest.
        InvalidValue: when ``why`` is not a code.
        WireError: see :func:`medoffice.wire.ics.busy_times`.
    """
    who = calendar.resource(resource).id
    zone = calendar.zone_of(who, day_in(window.start, calendar.zone))
    busy = busy_times(data, window=window, zone=zone)
    old = [
        each
        for each in calendar.absences
        if each.resource == who and each.why == why and each.slot.overlaps(window)
    ]
    known, wanted = {_within(each.slot, window) for each in old}, set(busy.slots)
    added = tuple(Absence(who, slot, why) for slot in busy.slots if slot not in known)
    is_whole = _is_whole(busy.findings)
    dropped = tuple(each for each in old if is_whole and _within(each.slot, window) not in wanted)
    for each in dropped:
        tx.drop_exception(each)
        for left in less(each.slot, [window]):
            tx.put_exception(attrs.evolve(each, slot=left))
    for each in added:
        tx.put_exception(each)
    return BusyTaken(added=added, dropped=dropped, findings=busy.findings)


def _within(slot: TimeSlot, window: TimeSlot) -> TimeSlot:
    return TimeSlot(max(slot.start, window.start), min(slot.end, window.end))


def _is_whole(findings: Iterable[Finding]) -> bool:
    return all(each.severity is not Severity.ERROR for each in findings)
