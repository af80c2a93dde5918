"""Decisions that change a visit's time: the old one is kept until the new one is sure, and then in one fact."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core import ActorId, AppointmentId, Refused
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.decision import Decision, refuse
from medoffice.scheduling.book.desk import Desk
from medoffice.scheduling.book.events import VisitMoved
from medoffice.scheduling.book.holding import not_usable
from medoffice.scheduling.book.holds import Hold
from medoffice.scheduling.book.ids import HoldId
from medoffice.scheduling.book.place import Place
from medoffice.scheduling.book.refusals import another_visit
from medoffice.scheduling.outcomes import Moved
from medoffice.scheduling.refusals import not_movable, patient_busy

_MINUTE: Final = timedelta(minutes=1)


def notice_of(appointment: Appointment, now: datetime) -> int:
    """Whole minutes from now to a visit's start, below zero after it."""
    return (appointment.slot.start - now) // _MINUTE


def move(
    desk: Desk, place: Place, *, appointment: AppointmentId, now: datetime, by: ActorId | None
) -> Decision[Moved | Refused]:
    """Give a visit another time; its own old one does not stand in its way."""
    old = desk.appointment(appointment)
    if not desk.is_movable(old):
        return refuse(not_movable(old.status.value))
    with desk.without(old):
        found, findings = desk.look(place, patient=old.patient, but=old.id, now=now)
    if found is None:
        return refuse(*findings)
    new = attrs.evolve(
        old,
        slot=place.slot,
        occupied=place.occupied,
        resources=found.resources,
        modality=place.modality,
        location=found.location,
        is_new_patient=place.is_new_patient,
        shared=(),
        seats=place.visit.capacity,
        revision=old.revision + 1,
    )
    return _moved(old, new, hold=None, now=now, by=by)


def move_into(
    desk: Desk,
    kept: Hold,
    *,
    appointment: AppointmentId,
    is_accepted: bool = False,
    now: datetime,
    by: ActorId | None,
) -> Decision[Moved | Refused]:
    """Put a visit of the same kind in a hold's place."""
    old = desk.appointment(appointment)
    findings = [*not_usable(desk, kept, patient=old.patient, is_accepted=is_accepted, now=now)]
    if not desk.is_movable(old):
        findings.append(not_movable(old.status.value))
    if old.visit_type != kept.visit_type:
        findings.append(another_visit())
    if desk.is_elsewhere(old.patient, kept.slot, but=old.id):
        findings.append(patient_busy())
    if findings:
        return refuse(*findings)
    new = attrs.evolve(
        old,
        slot=kept.slot,
        occupied=kept.occupied,
        resources=kept.resources,
        modality=kept.modality,
        location=kept.location,
        is_new_patient=kept.is_new_patient,
        shared=(),
        seats=kept.seats,
        revision=old.revision + 1,
    )
    return _moved(old, new, hold=kept.id, now=now, by=by)


def _moved(
    old: Appointment, new: Appointment, *, hold: HoldId | None, now: datetime, by: ActorId | None
) -> Decision[Moved | Refused]:
    fact = VisitMoved(
        at=now, by=by, appointment=new, previous=old.slot, notice=notice_of(old, now), hold=hold
    )
    return Decision(Moved(new, old.slot), (fact,))
