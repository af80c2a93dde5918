"""Decisions about holds: keep a time, give it back, and note what has run out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import attrs

from medoffice.core import ActorId, AppointmentId, Finding, InvalidValue, PatientId, Refused
from medoffice.scheduling.book.decision import Decision, refuse
from medoffice.scheduling.book.desk import Desk
from medoffice.scheduling.book.events import (
    Event,
    HoldExpired,
    HoldReleased,
    OfferExpired,
    OfferWithdrawn,
    TimeHeld,
)
from medoffice.scheduling.book.holds import Hold, HoldStatus
from medoffice.scheduling.book.ids import HoldId
from medoffice.scheduling.book.outcomes import Held, Released
from medoffice.scheduling.book.place import Place
from medoffice.scheduling.book.refusals import (
    held_for_another,
    hold_over,
    hold_too_long,
    too_many_holds,
    under_offer,
)
from medoffice.scheduling.refusals import in_the_past


def hold(
    desk: Desk,
    place: Place,
    *,
    id: HoldId,
    until: datetime | None,
    patient: PatientId | None,
    instead_of: AppointmentId | None,
    now: datetime,
    by: ActorId | None,
) -> Decision[Held | Refused]:
    """Keep a free time; every reason why not together."""
    if id in desk.records.holds:
        raise InvalidValue("hold", "its id is in the book already")
    end = now + timedelta(minutes=desk.policy.hold_minutes) if until is None else until
    if end <= now:
        raise InvalidValue("hold", "it ends after now")
    findings = []
    if end - now > desk.policy.longest_hold:
        findings.append(hold_too_long(desk.policy.longest_hold_minutes))
    if patient is not None and desk.claims.holds_of(patient) >= desk.policy.holds_per_patient:
        findings.append(too_many_holds(desk.policy.holds_per_patient))
    found, obstacles = desk.look(place, patient=patient, but=instead_of, now=now)
    findings += obstacles
    if found is None or findings:
        return refuse(*findings)
    kept = Hold(
        id=id,
        visit_type=place.visit.code,
        slot=place.slot,
        occupied=place.occupied,
        resources=found.resources,
        made=now,
        until=end,
        patient=patient,
        modality=place.modality,
        location=found.location,
        is_new_patient=place.is_new_patient,
        seats=place.visit.capacity,
    )
    return Decision(Held(kept), (TimeHeld(at=now, by=by, hold=kept),))


def release(desk: Desk, id: HoldId, *, now: datetime, by: ActorId | None) -> Decision[Released | Refused]:
    """Give a held time back; whoever was offered it can have it no more."""
    kept = desk.hold(id)
    if not kept.is_occupying:
        return refuse(hold_over(kept.status.value))
    released = attrs.evolve(kept, status=HoldStatus.RELEASED)
    facts = (*withdrawals(desk, id, now=now, by=by), HoldReleased(at=now, by=by, hold=id))
    return Decision(Released(released), facts)


def withdrawals(desk: Desk, hold: HoldId, *, now: datetime, by: ActorId | None) -> Iterator[OfferWithdrawn]:
    """The end of every open offer under a hold."""
    for offer in desk.records.open_offers(hold):
        yield OfferWithdrawn(at=now, by=by, offer=offer.id)


def expiries(desk: Desk, *, now: datetime) -> tuple[Event, ...]:
    """What has run out by now and is not noted yet, in order of its end; offers before what lies under them."""
    return tuple(
        HoldExpired(at=now, hold=due) if isinstance(due, HoldId) else OfferExpired(at=now, offer=due)
        for due in desk.deadlines.due(now)
    )


def not_usable(
    desk: Desk, kept: Hold, *, patient: PatientId, is_accepted: bool, now: datetime
) -> Iterator[Finding]:
    """Why a visit of that patient cannot take the hold's place."""
    if not kept.is_occupying:
        yield hold_over(kept.status.value)
    if kept.patient not in {None, patient}:
        yield held_for_another()
    if kept.status is HoldStatus.RUNNING and not is_accepted and any(desk.records.open_offers(kept.id)):
        yield under_offer()
    if kept.slot.start < now and not desk.policy.may_book_past:
        yield in_the_past()
