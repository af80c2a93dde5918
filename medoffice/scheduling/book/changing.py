"""Decisions about a visit that has its time: confirm, cancel, note a no-show, arrive, check in, end."""

from datetime import datetime, timedelta

import attrs

from medoffice.core import ActorId, AppointmentId, Refused
from medoffice.scheduling.appointments import Appointment, Status, change_status, correct_status
from medoffice.scheduling.book.decision import Decision, refuse
from medoffice.scheduling.book.desk import Desk
from medoffice.scheduling.book.events import (
    Event,
    NoShowNoted,
    Party,
    StatusChanged,
    VisitBooked,
    VisitCancelled,
    VisitConfirmed,
)
from medoffice.scheduling.book.moving import notice_of
from medoffice.scheduling.book.outcomes import CalledOff, Changed
from medoffice.scheduling.book.place import place_of
from medoffice.scheduling.book.refusals import not_yet
from medoffice.scheduling.outcomes import Booked
from medoffice.scheduling.refusals import not_a_legal_change


def confirm(
    desk: Desk, id: AppointmentId, *, now: datetime, by: ActorId | None
) -> Decision[Booked | Refused]:
    """Book what waited for a yes, or note that the patient of a booked visit comes."""
    old = desk.appointment(id)
    fact = VisitConfirmed(at=now, by=by, appointment=id)
    match old.status:
        case Status.BOOKED:
            return Decision(Booked(old), (fact,))
        case Status.PENDING:
            booked = attrs.evolve(old, status=Status.BOOKED, revision=old.revision + 1)
            return Decision(Booked(booked), (fact,))
        case Status.PROPOSED | Status.WAITLIST:
            return _give_time(desk, old, now=now, by=by)
        case _:
            return refuse(not_a_legal_change(old.status.value, Status.BOOKED.value))


def cancel(
    desk: Desk,
    id: AppointmentId,
    *,
    reason: str,
    party: Party,
    now: datetime,
    by: ActorId | None,
) -> Decision[CalledOff | Refused]:
    """Give a visit's time back, and say with how much notice."""
    old = desk.appointment(id)
    changed = change_status(old, Status.CANCELLED)
    if isinstance(changed, Refused):
        return Decision(changed)
    notice = notice_of(old, now)
    is_late = notice < desk.policy.late_cancel_minutes
    fact = VisitCancelled(
        at=now, by=by, appointment=id, reason=reason, party=party, notice=notice, is_late=is_late
    )
    return Decision(CalledOff(changed, notice, is_late), (fact,))


def no_show(
    desk: Desk, id: AppointmentId, *, now: datetime, by: ActorId | None
) -> Decision[Changed | Refused]:
    """Note that the patient did not come, once the visit should have begun."""
    old = desk.appointment(id)
    changed = change_status(old, Status.NOSHOW)
    if isinstance(changed, Refused):
        return Decision(changed)
    if now < old.slot.start + timedelta(minutes=desk.policy.no_show_minutes):
        return refuse(not_yet())
    return Decision(Changed(changed), (NoShowNoted(at=now, by=by, appointment=id),))


def change(
    desk: Desk, id: AppointmentId, to: Status, *, now: datetime, by: ActorId | None
) -> Decision[Changed | Refused]:
    """Let a visit go one state on; what takes or frees time in another way has a decision of its own."""
    changed = change_status(desk.appointment(id), to)
    if isinstance(changed, Refused):
        return Decision(changed)
    fact: Event = StatusChanged(at=now, by=by, appointment=id, to=to)
    return Decision(Changed(changed), (fact,))


def correct(
    desk: Desk, id: AppointmentId, to: Status, *, now: datetime, by: ActorId | None
) -> Decision[Changed | Refused]:
    """Take a state back that was noted by mistake; the visit's time is its own all along."""
    corrected = correct_status(desk.appointment(id), to)
    if isinstance(corrected, Refused):
        return Decision(corrected)
    fact: Event = StatusChanged(at=now, by=by, appointment=id, to=to)
    return Decision(Changed(corrected), (fact,))


def _give_time(
    desk: Desk, old: Appointment, *, now: datetime, by: ActorId | None
) -> Decision[Booked | Refused]:
    """Book what has held no time so far, at the time and on the resources that it names."""
    place = place_of(old, desk.calendar.visit(old.visit_type))
    found, findings = desk.look(place, patient=old.patient, but=old.id, now=now)
    if found is None:
        return refuse(*findings)
    booked = attrs.evolve(
        old,
        slot=place.slot,
        occupied=place.occupied,
        location=found.location,
        shared=(),
        seats=place.visit.capacity,
        status=Status.BOOKED,
        revision=old.revision + 1,
    )
    return Decision(Booked(booked), (VisitBooked(at=now, by=by, appointment=booked),))
