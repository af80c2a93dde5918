from datetime import timedelta
from typing import Any

import pytest

from medoffice.core import AppointmentId, InvalidValue, PatientId
from medoffice.scheduling import NOT_MOVABLE, PATIENT_BUSY
from medoffice.scheduling.book import (
    ANOTHER_VISIT,
    HOLD_OVER,
    HOLD_TOO_LONG,
    OFFER_OVER,
    OFFERED_ALREADY,
    UNDER_OFFER,
    Declined,
    HoldStatus,
    Offered,
    OfferStatus,
    Policy,
)
from medoffice.scheduling.outcomes import Booked, Moved


def a_wave(office: Any, *patients: str, minutes: int = 30) -> tuple[Any, list[Any]]:
    """One held time, offered to several patients."""
    hold = office.hold(office.at(14), until=office.now + timedelta(minutes=minutes)).hold.id
    return hold, [office.offer(hold, patient).offer.id for patient in patients]


def test_the_first_to_accept_has_the_time(office: Any) -> None:
    """The others' offers are withdrawn in the same decision, and saying yes later changes nothing."""
    hold, offers = a_wave(office, "ann", "bo", "cy")
    won = office.accept(offers[1])
    assert isinstance(won, Booked)
    assert won.appointment.patient == PatientId("bo")
    for late in (offers[0], offers[2]):
        refused = office.accept(late)
        assert office.codes(refused) == [OFFER_OVER]
        assert "withdrawn" in refused.findings[0].message
    assert office.codes(office.accept(offers[1])) == [OFFER_OVER]
    assert office.facts()[-4:] == ["OfferAccepted", "VisitBooked", "OfferWithdrawn", "OfferWithdrawn"]
    assert office.book.holds[hold].status is HoldStatus.USED
    assert office.book.offers[offers[1]].appointment == won.appointment.id


def test_an_answer_that_comes_too_late_is_told_so(office: Any) -> None:
    """At its very end an offer is over; the hold under it, which ends then too, is over as well."""
    hold, (offer,) = a_wave(office, "ann")
    office.now += timedelta(minutes=30)
    refused = office.accept(offer)
    assert office.codes(refused) == [OFFER_OVER]
    assert "expired" in refused.findings[0].message
    assert office.facts()[-2:] == ["OfferExpired", "HoldExpired"]
    assert office.codes(office.offer(hold, "bo", until=office.now + timedelta(minutes=9))) == [HOLD_OVER]
    assert office.at(14) in office.starts()


def test_a_no_leaves_the_time_to_the_others(office: Any) -> None:
    """Declining ends one offer and not the hold."""
    _, offers = a_wave(office, "ann", "bo")
    declined = office.book.decline(offers[0], now=office.now)
    assert isinstance(declined, Declined)
    assert declined.offer.status is OfferStatus.DECLINED
    assert office.codes(office.book.decline(offers[0], now=office.now)) == [OFFER_OVER]
    assert isinstance(office.accept(offers[1]), Booked)


def test_a_longer_offer_keeps_the_hold_and_no_longer_than_the_policy_lets_it(opened: Any) -> None:
    """A second wave under the same hold makes it last; the bound counts from when the hold was made."""
    office = opened(Policy(longest_hold_minutes=90))
    hold, _ = a_wave(office, "ann", minutes=30)
    office.now += timedelta(minutes=29)
    second = office.offer(hold, "bo", until=office.now + timedelta(minutes=30))
    assert isinstance(second, Offered)
    assert office.book.holds[hold].until == office.now + timedelta(minutes=30)
    office.now += timedelta(minutes=20)
    assert isinstance(office.accept(second.offer.id), Booked)
    other, _ = a_wave(office, minutes=30)
    refused = office.offer(other, "cy", until=office.now + timedelta(minutes=91))
    assert office.codes(refused) == [HOLD_TOO_LONG]


def test_what_is_offered_is_not_booked_past_those_who_were_asked(office: Any) -> None:
    """The hold's id books it only when nobody may still say yes."""
    hold, offers = a_wave(office, "ann")
    take = {"patient": PatientId("bo"), "now": office.now}
    refused = office.book.book_hold(hold, id=AppointmentId("first"), **take)
    assert office.codes(refused) == [UNDER_OFFER]
    office.book.decline(offers[0], now=office.now)
    assert isinstance(office.book.book_hold(hold, id=AppointmentId("second"), **take), Booked)


def test_releasing_a_hold_withdraws_its_offers(office: Any) -> None:
    """Nobody accepts what is no longer held."""
    hold, offers = a_wave(office, "ann", "bo")
    office.book.release(hold, now=office.now)
    assert {office.book.offers[each].status for each in offers} == {OfferStatus.WITHDRAWN}
    assert office.codes(office.accept(offers[0])) == [OFFER_OVER]


def test_nobody_is_offered_one_time_twice(office: Any) -> None:
    """A second offer waits for the answer to the first."""
    hold, offers = a_wave(office, "ann")
    assert office.codes(office.offer(hold, "ann")) == [OFFERED_ALREADY]
    office.book.decline(offers[0], now=office.now)
    assert isinstance(office.offer(hold, "ann"), Offered)


def test_an_offer_may_move_a_visit(office: Any) -> None:
    """Who waits for an earlier time gives the later one back by accepting."""
    later = office.visit(office.at(9, day=2), "ann").appointment
    hold, _ = a_wave(office)
    offer = office.offer(hold, "ann", instead_of=later.id).offer.id
    moved = office.book.accept(offer, now=office.now)
    assert isinstance(moved, Moved)
    assert (moved.appointment.id, moved.appointment.slot.start) == (later.id, office.at(14))
    assert moved.appointment.revision == 1
    assert office.at(9, day=2) in office.starts(day=2, resources=list(map(str, later.resources)))


def test_an_offer_that_would_move_what_cannot_move_is_not_made(office: Any) -> None:
    """Another kind of visit, one that is cancelled, somebody else's."""
    hold, _ = a_wave(office)
    talk = office.visit(office.at(9), "ann", "talk").appointment
    assert office.codes(office.offer(hold, "ann", instead_of=talk.id)) == [ANOTHER_VISIT]
    gone = office.visit(office.at(10), "ann").appointment
    office.book.cancel(gone.id, now=office.now)
    assert office.codes(office.offer(hold, "ann", instead_of=gone.id)) == [NOT_MOVABLE]
    with pytest.raises(InvalidValue, match="patient's own"):
        office.offer(hold, "bo", instead_of=talk.id)


def test_a_patient_who_has_become_busy_cannot_accept(office: Any) -> None:
    """The offer stays open, for when the other visit is moved."""
    _, (offer,) = a_wave(office, "ann")
    other = office.visit(office.at(14, 15), "ann").appointment
    assert office.codes(office.accept(offer)) == [PATIENT_BUSY]
    office.book.cancel(other.id, now=office.now)
    assert isinstance(office.accept(offer), Booked)


def test_a_new_visit_needs_an_id(office: Any) -> None:
    """Only an offer that moves a visit goes without."""
    _, (offer,) = a_wave(office, "ann")
    with pytest.raises(InvalidValue, match="needs an id"):
        office.book.accept(offer, now=office.now)
