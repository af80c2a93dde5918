"""Why one resource cannot be had at one time: asked of hours and bookings one by one, not of the index's bits.

The search and these reasons are two programs for one rule, and laws hold them to one answer.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from medoffice.core import Finding, TimeSlot
from medoffice.scheduling.calendar.calendar import Calendar
from medoffice.scheduling.hours import Opening
from medoffice.scheduling.refusals import (
    absent,
    closed,
    elsewhere,
    hours_for_other_modality,
    hours_for_other_visits,
    outside_hours,
    slot_taken,
)
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.search.minutes import ceil_minute, floor_minute
from medoffice.scheduling.search.rows import Row
from medoffice.scheduling.search.timetable import Kind
from medoffice.scheduling.stretches import less

_DAY = timedelta(days=1)


def why_not_open(calendar: Calendar, resource: Resource, wanted: TimeSlot, kind: Kind) -> list[Finding]:
    """Everything that keeps a resource from being there for a kind of visit through all of ``wanted``."""
    parts: list[tuple[TimeSlot, list[Finding]]] = []
    day, last = wanted.start.date() - _DAY, wanted.end.date() + _DAY
    while day <= last:
        parts += [
            (opening.slot, list(_against(calendar, resource, day, opening, kind)))
            for opening in calendar.hours_on(resource.id, day)
            if opening.slot.overlaps(wanted)
        ]
        day += _DAY
    missing = less(wanted, [slot for slot, against in parts if not against])
    if not missing:
        return []
    found = [
        finding
        for slot, against in parts
        if any(slot.overlaps(gap) for gap in missing)
        for finding in against
    ]
    if any(less(gap, [slot for slot, _ in parts]) for gap in missing):
        found.append(outside_hours(resource.id))
    return list(dict.fromkeys(found))


def why_not_free(row: Row, wanted: TimeSlot) -> Iterator[Finding]:
    """Everything that holds a resource at some part of ``wanted``, or keeps it away."""
    who = row.resource.id
    start, end = floor_minute(wanted.start), ceil_minute(wanted.end)
    for absence in row.absences:
        away = (floor_minute(absence.slot.start), ceil_minute(absence.slot.end))
        if away[0] < end and start < away[1]:
            yield absent(who, absence.why)
    others = list(row.meeting(start, end))
    if others:
        visits = [other for other in others if other.slot_start < end and start < other.slot_end]
        yield slot_taken(who, by_buffer=not visits)


def _against(
    calendar: Calendar, resource: Resource, day: date, opening: Opening, kind: Kind
) -> Iterator[Finding]:
    for closure in calendar.closures_on(day):
        if closure.closes(resource.id, kind.location) or closure.closes(resource.id, opening.location):
            yield closed(resource.id, closure.name)
    if not opening.allows(kind.visit):
        yield hours_for_other_visits(resource.id)
    if opening.modalities and kind.modality not in opening.modalities:
        yield hours_for_other_modality(resource.id, str(kind.modality))
    if opening.location not in {"", kind.location}:
        yield elsewhere(resource.id)
