"""Decisions about the schedule: book, confirm, move, cancel.

Each looks at the appointments that it is given and changes nothing: whoever keeps the schedule reads, decides
and writes in one transaction, and so the decision is right when it is written. ``booked`` are all
appointments that may overlap the new time on a resource or for the patient; more does no harm, states that
hold no time are passed over.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

import attrs

from medoffice.core import (
    AppointmentId,
    Finding,
    InvalidValue,
    PatientId,
    Refused,
    ResourceId,
    TimeSlot,
    as_instant,
)
from medoffice.scheduling.appointments import Appointment, Status, change_status
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.outcomes import Booked, Cancelled, Moved
from medoffice.scheduling.refusals import (
    in_the_past,
    not_a_legal_change,
    not_movable,
    outside_hours,
    patient_busy,
    slot_taken,
)
from medoffice.scheduling.stretches import stretches
from medoffice.scheduling.visits import VisitType

_MOVABLE: Final = frozenset({Status.PENDING, Status.BOOKED})


def book(
    *,
    id: AppointmentId,
    patient: PatientId,
    visit: VisitType,
    slot_start: datetime,
    resources: Iterable[ResourceId],
    templates: Sequence[WeeklyTemplate],
    booked: Iterable[Appointment],
    now: datetime,
    reason: str = "",
) -> Booked | Refused:
    """Book a visit on all of ``resources`` at once, or say every reason why not.

    Raises:
        InvalidValue: when there is no resource, or an instant has no time zone.
    """
    wanted = Appointment(
        id=id,
        patient=patient,
        visit_type=visit.code,
        slot=visit.slot_at(slot_start),
        occupied=visit.occupied_at(slot_start),
        resources=tuple(sorted(set(resources))),
        reason=reason,
    )
    findings = tuple(_obstacles(wanted, templates=templates, booked=booked, now=now))
    return Refused(findings) if findings else Booked(wanted)


def confirm(
    appointment: Appointment,
    *,
    templates: Sequence[WeeklyTemplate],
    booked: Iterable[Appointment],
    now: datetime,
) -> Booked | Refused:
    """Make a proposed, waiting or pending appointment a booked one, when its time is free for it.

    Raises:
        InvalidValue: when ``now`` has no time zone.
    """
    if appointment.status not in {Status.PROPOSED, Status.WAITLIST, Status.PENDING}:
        return Refused((not_a_legal_change(appointment.status.value, Status.BOOKED.value),))
    wanted = attrs.evolve(appointment, status=Status.BOOKED, revision=appointment.revision + 1)
    findings = tuple(_obstacles(wanted, templates=templates, booked=_without(appointment, booked), now=now))
    return Refused(findings) if findings else Booked(wanted)


def move(
    appointment: Appointment,
    *,
    visit: VisitType,
    slot_start: datetime,
    resources: Iterable[ResourceId] | None = None,
    templates: Sequence[WeeklyTemplate],
    booked: Iterable[Appointment],
    now: datetime,
) -> Moved | Refused:
    """Give an appointment another time (and other resources, when they are given), all of it or nothing.

    Its own old time does not stand in its way, whether or not it is among ``booked``.

    Raises:
        InvalidValue: when ``visit`` is not the appointment's kind, there is no resource, or an instant has no
        zone.
    """
    if visit.code != appointment.visit_type:
        raise InvalidValue("move", "the visit type is the one that the appointment was booked for")
    if appointment.status not in _MOVABLE:
        return Refused((not_movable(appointment.status.value),))
    wanted = attrs.evolve(
        appointment,
        slot=visit.slot_at(slot_start),
        occupied=visit.occupied_at(slot_start),
        resources=appointment.resources if resources is None else tuple(sorted(set(resources))),
        revision=appointment.revision + 1,
    )
    findings = tuple(_obstacles(wanted, templates=templates, booked=_without(appointment, booked), now=now))
    return Refused(findings) if findings else Moved(wanted, appointment.slot)


def cancel(appointment: Appointment) -> Cancelled | Refused:
    """Give an appointment's time back; one that has ended cannot be cancelled any more."""
    changed = change_status(appointment, Status.CANCELLED)
    return changed if isinstance(changed, Refused) else Cancelled(changed)


def _obstacles(
    wanted: Appointment,
    *,
    templates: Sequence[WeeklyTemplate],
    booked: Iterable[Appointment],
    now: datetime,
) -> Iterator[Finding]:
    if wanted.slot.start < as_instant(now):
        yield in_the_past()
    for resource in wanted.resources:
        own = [template for template in templates if template.resource == resource]
        if not _is_open(own, wanted.visit_type, wanted.occupied):
            yield outside_hours(resource)
    others = [other for other in booked if other.is_occupying]
    rivals = [other for other in others if other.occupied.overlaps(wanted.occupied)]
    taken = {resource for other in rivals for resource in other.resources}
    for resource in wanted.resources:
        if resource in taken:
            yield slot_taken(resource)
    if any(other.patient == wanted.patient and other.slot.overlaps(wanted.slot) for other in others):
        yield patient_busy()


def _without(own: Appointment, booked: Iterable[Appointment]) -> Iterator[Appointment]:
    return (other for other in booked if other.id != own.id)


def _is_open(templates: Sequence[WeeklyTemplate], visit_type: str, occupied: TimeSlot) -> bool:
    found = stretches(templates, visit_type=visit_type, around=occupied)
    return any(stretch.slot.covers(occupied) for stretch in found)
