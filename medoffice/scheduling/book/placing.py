"""Decisions that give a patient a time: book it, take up a hold, add a walk-in."""

from datetime import datetime

from medoffice.core import ActorId, AppointmentId, InvalidValue, PatientId, Refused, ResourceId
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book.decision import Decision, refuse
from medoffice.scheduling.book.desk import Desk
from medoffice.scheduling.book.events import VisitBooked, WalkInAdded
from medoffice.scheduling.book.holding import not_usable
from medoffice.scheduling.book.holds import Hold
from medoffice.scheduling.book.overbooking import look_past_visits
from medoffice.scheduling.book.place import Place
from medoffice.scheduling.outcomes import Booked
from medoffice.scheduling.refusals import patient_busy


def book(
    desk: Desk,
    place: Place,
    *,
    id: AppointmentId,
    patient: PatientId,
    reason: str,
    pending: bool,
    overbook: bool,
    now: datetime,
    by: ActorId | None,
) -> Decision[Booked | Refused]:
    """Book a visit where everything that it needs is free; every reason why not together."""
    _is_new(desk, id)
    shared: tuple[ResourceId, ...] = ()
    found, findings = desk.look(place, patient=patient, now=now)
    if found is None and overbook:
        found, shared, findings = look_past_visits(desk, place, patient=patient, now=now)
    if found is None:
        return refuse(*findings)
    appointment = appointment_at(
        place,
        found.resources,
        location=found.location,
        shared=shared,
        id=id,
        patient=patient,
        reason=reason,
        status=Status.PENDING if pending else Status.BOOKED,
    )
    return Decision(Booked(appointment), (VisitBooked(at=now, by=by, appointment=appointment),))


def book_into(
    desk: Desk,
    kept: Hold,
    *,
    id: AppointmentId,
    patient: PatientId,
    reason: str,
    is_accepted: bool = False,
    now: datetime,
    by: ActorId | None,
) -> Decision[Booked | Refused]:
    """Put a visit in a hold's place. The time is the holder's, so only the patient is looked at again."""
    _is_new(desk, id)
    findings = [*not_usable(desk, kept, patient=patient, is_accepted=is_accepted, now=now)]
    if desk.is_elsewhere(patient, kept.slot):
        findings.append(patient_busy())
    if findings:
        return refuse(*findings)
    appointment = Appointment(
        id=id,
        patient=patient,
        visit_type=kept.visit_type,
        slot=kept.slot,
        occupied=kept.occupied,
        resources=kept.resources,
        reason=reason,
        modality=kept.modality,
        location=kept.location,
        is_new_patient=kept.is_new_patient,
        seats=kept.seats,
    )
    fact = VisitBooked(at=now, by=by, appointment=appointment, hold=kept.id)
    return Decision(Booked(appointment), (fact,))


def walk_in(
    desk: Desk,
    place: Place,
    *,
    id: AppointmentId,
    patient: PatientId,
    reason: str,
    now: datetime,
    by: ActorId | None,
) -> Decision[Booked | Refused]:
    """Give somebody who is here a time, without notice; the visit begins its life as arrived."""
    _is_new(desk, id)
    found, findings = desk.look(place, patient=patient, now=now, is_notice_needed=False)
    if found is None:
        return refuse(*findings)
    appointment = appointment_at(
        place,
        found.resources,
        location=found.location,
        id=id,
        patient=patient,
        reason=reason,
        status=Status.ARRIVED,
    )
    return Decision(Booked(appointment), (WalkInAdded(at=now, by=by, appointment=appointment),))


def appointment_at(
    place: Place,
    resources: tuple[ResourceId, ...],
    *,
    location: str,
    id: AppointmentId,
    patient: PatientId,
    reason: str,
    status: Status = Status.BOOKED,
    shared: tuple[ResourceId, ...] = (),
    series: str = "",
) -> Appointment:
    """The appointment that a place becomes."""
    return Appointment(
        id=id,
        patient=patient,
        visit_type=place.visit.code,
        slot=place.slot,
        occupied=place.occupied,
        resources=resources,
        status=status,
        reason=reason,
        modality=place.modality,
        location=location,
        is_new_patient=place.is_new_patient,
        shared=shared,
        seats=place.visit.capacity,
        series=series,
    )


def _is_new(desk: Desk, id: AppointmentId) -> None:
    if id in desk.records.appointments:
        raise InvalidValue("appointment", "its id is in the book already")
