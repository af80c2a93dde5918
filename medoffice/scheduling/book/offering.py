"""Decisions about offers: one held time, offered to several patients, taken by the first who says yes."""

from collections.abc import Iterator
from datetime import datetime

import attrs

from medoffice.core import ActorId, AppointmentId, Finding, InvalidValue, PatientId, Refused
from medoffice.scheduling.book.decision import Decision, refuse
from medoffice.scheduling.book.desk import Desk
from medoffice.scheduling.book.events import OfferAccepted, OfferDeclined, OfferMade
from medoffice.scheduling.book.holding import not_usable, withdrawals
from medoffice.scheduling.book.holds import Hold, Offer, OfferStatus
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.book.moving import move_into
from medoffice.scheduling.book.outcomes import Declined, Offered
from medoffice.scheduling.book.placing import book_into
from medoffice.scheduling.book.refusals import another_visit, hold_too_long, offer_over, offered_already
from medoffice.scheduling.outcomes import Booked, Moved
from medoffice.scheduling.refusals import not_movable, patient_busy


def offer(
    desk: Desk,
    hold: HoldId,
    *,
    id: OfferId,
    patient: PatientId,
    until: datetime | None,
    instead_of: AppointmentId | None,
    now: datetime,
    by: ActorId | None,
) -> Decision[Offered | Refused]:
    """Promise one more patient that the first to accept has the time."""
    if id in desk.records.offers:
        raise InvalidValue("offer", "its id is in the book already")
    kept = desk.hold(hold)
    end = kept.until if until is None else until
    if kept.is_occupying and end <= now:
        raise InvalidValue("offer", "it ends after now")
    findings = list(not_usable(desk, kept, patient=patient, is_accepted=True, now=now))
    if end - kept.made > desk.policy.longest_hold:
        findings.append(hold_too_long(desk.policy.longest_hold_minutes))
    if any(other.patient == patient for other in desk.records.open_offers(hold)):
        findings.append(offered_already())
    findings += _of_the_patient(desk, kept, patient=patient, instead_of=instead_of)
    if findings:
        return refuse(*findings)
    made = Offer(id=id, hold=hold, patient=patient, made=now, until=end, instead_of=instead_of)
    return Decision(Offered(made), (OfferMade(at=now, by=by, offer=made),))


def _of_the_patient(
    desk: Desk, kept: Hold, *, patient: PatientId, instead_of: AppointmentId | None
) -> Iterator[Finding]:
    if desk.is_elsewhere(patient, kept.slot, but=instead_of):
        yield patient_busy()
    if instead_of is not None:
        old = desk.appointment(instead_of)
        if old.patient != patient:
            raise InvalidValue("offer", "the visit that it would move is the patient's own")
        if not desk.is_movable(old):
            yield not_movable(old.status.value)
        if old.visit_type != kept.visit_type:
            yield another_visit()


def accept(
    desk: Desk,
    id: OfferId,
    *,
    appointment: AppointmentId | None,
    reason: str,
    now: datetime,
    by: ActorId | None,
) -> Decision[Booked | Moved | Refused]:
    """Give the patient the time, when nobody was quicker; the other offers of it end with this."""
    made = desk.offer(id)
    if not made.is_open:
        return refuse(offer_over(made.status.value))
    kept = desk.hold(made.hold)
    decision: Decision[Booked | Moved | Refused]
    if made.instead_of is not None:
        decision = move_into(desk, kept, appointment=made.instead_of, is_accepted=True, now=now, by=by)
    elif appointment is None:
        raise InvalidValue("acceptance", "a new visit needs an id")
    else:
        decision = book_into(
            desk,
            kept,
            id=appointment,
            patient=made.patient,
            reason=reason,
            is_accepted=True,
            now=now,
            by=by,
        )
    if isinstance(decision.outcome, Refused):
        return decision
    accepted = OfferAccepted(at=now, by=by, offer=id, appointment=decision.outcome.appointment.id)
    others = (each for each in withdrawals(desk, made.hold, now=now, by=by) if each.offer != id)
    return Decision(decision.outcome, (accepted, *decision.events, *others))


def decline(desk: Desk, id: OfferId, *, now: datetime, by: ActorId | None) -> Decision[Declined | Refused]:
    """Note the patient's no; the hold runs on."""
    made = desk.offer(id)
    if not made.is_open:
        return refuse(offer_over(made.status.value))
    declined = attrs.evolve(made, status=OfferStatus.DECLINED)
    return Decision(Declined(declined), (OfferDeclined(at=now, by=by, offer=id),))
