"""The time of an office's resources as FHIR has it: a schedule each, and slots that are free, taken, held or closed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

import attrs

from medoffice.core.ids import AppointmentId, ResourceId
from medoffice.core.times import TimeSlot, day_in
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book.holds import Hold
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.stretches import less
from medoffice.wire.fhir import FhirSchedule, FhirSlot, SlotStatus
from medoffice.wire.fhir.primitives import is_id

_DAY: Final = timedelta(days=1)
_ID_LENGTH: Final = 32


@attrs.frozen(kw_only=True)
class Timetable:
    """Schedules, their slots in order, and by appointment the ids of the slots that it fills."""

    schedules: tuple[FhirSchedule, ...]
    slots: tuple[FhirSlot, ...]
    filled: Mapping[AppointmentId, tuple[str, ...]]


def timetable(
    calendar: Calendar,
    resources: Iterable[Resource],
    *,
    window: TimeSlot,
    appointments: Sequence[Appointment],
    holds: Sequence[Hold],
) -> Timetable:
    """The timetable of ``resources`` in a window.

    Free is what lies within hours, and is neither taken, held nor absent; whether a visit can be booked there depends on
    all else that it needs. Slots are whole: one that begins in the window ends where it ends. The same office gives the
    same ids.
    """
    schedules: list[FhirSchedule] = []
    slots: dict[str, FhirSlot] = {}
    filled: dict[AppointmentId, list[str]] = {}
    for each in resources:
        id = fhir_id(each.id.value)
        location = each.location
        schedules.append(FhirSchedule(id=id, actors=(each.id,), location=location, horizon=window))
        for made, visits in _slots(calendar, each.id, id, window, appointments, holds):
            slots[made.id] = made
            for visit in visits:
                filled.setdefault(visit, []).append(made.id)
    in_order = sorted(slots.values(), key=lambda each: (each.slot.start, each.id))
    return Timetable(
        schedules=tuple(schedules),
        slots=tuple(in_order),
        filled={visit: tuple(sorted(ids)) for visit, ids in filled.items()},
    )


def fhir_id(text: str) -> str:
    """A text as an id of FHIR: itself where it can be, else the first half of its SHA-256."""
    return text if is_id(text) else sha256(text.encode()).hexdigest()[:_ID_LENGTH]


Made = tuple[FhirSlot, tuple[AppointmentId, ...]]


def _slots(
    calendar: Calendar,
    resource: ResourceId,
    schedule: str,
    window: TimeSlot,
    appointments: Sequence[Appointment],
    holds: Sequence[Hold],
) -> Iterator[Made]:
    def made(kind: str, slot: TimeSlot, status: SlotStatus) -> FhirSlot:
        minutes = int(slot.length.total_seconds()) // 60
        id = fhir_id(f"{schedule}.{kind}.{slot.start:%Y%m%dT%H%M%S}.{minutes}")
        return FhirSlot(id=id, schedule=schedule, slot=slot, status=status)

    taken: dict[TimeSlot, list[Appointment]] = {}
    for visit in appointments:
        if visit.is_occupying and resource in visit.resources:
            taken.setdefault(visit.occupied, []).append(visit)
    for slot, visits in taken.items():
        is_sure = any(visit.status is not Status.PENDING for visit in visits)
        found = made("busy", slot, SlotStatus.BUSY if is_sure else SlotStatus.BUSY_TENTATIVE)
        over = any(resource in visit.shared for visit in visits)
        kinds = frozenset(visit.visit_type for visit in visits)
        yield (
            attrs.evolve(found, is_overbooked=over, visit_types=kinds),
            tuple(visit.id for visit in visits),
        )
    held = [each.occupied for each in holds if each.is_occupying and resource in each.resources]
    for slot in held:
        if slot not in taken:
            yield made("held", slot, SlotStatus.BUSY_TENTATIVE), ()
    away = [each.slot for each in calendar.absences if each.resource == resource]
    for slot in away:
        if slot.overlaps(window):
            yield made("away", slot, SlotStatus.BUSY_UNAVAILABLE), ()
    gone = sorted((*taken, *held, *away), key=lambda slot: slot.start)
    for day in _days(calendar, resource, window):
        for opening in calendar.openings(resource, day):
            for left in less(opening.slot, gone):
                if left.overlaps(window):
                    free = made("free", left, SlotStatus.FREE)
                    yield attrs.evolve(free, visit_types=opening.visit_types), ()


def _days(calendar: Calendar, resource: ResourceId, window: TimeSlot) -> Iterator[date]:
    zone = calendar.zone_of(resource, day_in(window.start, calendar.zone))
    day = day_in(window.start, zone)
    while day <= day_in(window.end - timedelta(microseconds=1), zone):
        yield day
        day += _DAY
