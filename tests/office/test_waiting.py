"""The waitlist over each store: a time that is given back is offered, taken, and booked in one step."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from medoffice.core import (
    AppointmentId,
    CommandKey,
    Patient,
    PatientId,
    PersonName,
    Refused,
    ResourceId,
    UnknownName,
)
from medoffice.office import Office
from medoffice.office.visits.freed_time import STREAM
from medoffice.scheduling import Booked, Moved, Provider, Status, VisitType, Weekly
from medoffice.scheduling.waitlist import EntryId, OfferKey, SlotStatus, Urgency, facts
from medoffice.wire.json import encode

ZONE = ZoneInfo("America/Chicago")
NEXT_WEEK = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
MONTH = timedelta(days=28)
MINUTE = timedelta(minutes=1)
ANA, BEN, EVA = (PatientId(f"pat-{name}") for name in ("ana", "ben", "eva"))
LEE = (ResourceId("dr-lee"),)

At = Callable[[datetime], Office]


@pytest.fixture
def listed(office: Office) -> tuple[Office, AppointmentId, dict[PatientId, EntryId]]:
    """Ana has next Tuesday; Ben and Eva have visits a month later and wait for something sooner."""
    hours = Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)
    office.schedule.add_resource(Provider("dr-lee", weekly=hours))
    office.add_visit_type(VisitType(code="lab", name="Lab", minutes=10))
    entries = {}
    for id in (BEN, EVA):
        office.register(Patient(id=id, name=PersonName(family=id.value), birth_date=date(1980, 1, 1)))
    ana = office.book(ANA, "follow-up", NEXT_WEEK, LEE)
    assert isinstance(ana, Booked)
    for place, id in enumerate((BEN, EVA)):
        booked = office.book(id, "follow-up", NEXT_WEEK + MONTH + place * 60 * MINUTE, LEE)
        assert isinstance(booked, Booked)
        joined = office.schedule.waitlist.join(
            id,
            "follow-up",
            current=booked.appointment.id,
            channels=["sms"],
            urgency=Urgency.SOON if id == EVA else Urgency.ROUTINE,
        )
        entries[id] = joined.entry.id
    return office, ana.appointment.id, entries


def offers_of(office: Office) -> dict[PatientId, OfferKey]:
    """Who is asked now, by patient."""
    return {
        standing.offer.patient: standing.offer.key
        for standing in office.schedule.waitlist.state().offers
        if standing.is_live
    }


def test_a_time_that_is_given_back_is_offered_and_the_first_yes_has_it(
    listed: tuple[Office, AppointmentId, dict[PatientId, EntryId]],
) -> None:
    """Cancelling opens it; the one who says yes is moved there, and the old time is opened in turn."""
    office, hers, _ = listed
    office.cancel(hers)
    asked = office.schedule.waitlist.advance().asked
    assert {offer.patient for offer in asked} == {BEN, EVA}
    assert asked[0].patient == EVA, "the clinician wants her seen soon"
    said = office.schedule.waitlist.accept(offers_of(office)[BEN])
    assert isinstance(said, Moved)
    assert said.appointment.slot.start == NEXT_WEEK
    assert offers_of(office) == {}
    slots = sorted(office.schedule.waitlist.state().slots, key=lambda slot: slot.freed.start)
    assert [slot.status for slot in slots] == [SlotStatus.FILLED, SlotStatus.OPEN]
    assert slots[1].freed.slot.start == NEXT_WEEK + MONTH


def test_the_trace_says_why_a_patient_was_asked(
    listed: tuple[Office, AppointmentId, dict[PatientId, EntryId]],
) -> None:
    """Part by part, adding up; and of somebody else why not."""
    office, hers, entries = listed
    office.schedule.waitlist.pause(entries[BEN])
    office.cancel(hers)
    office.schedule.waitlist.advance()
    (offer,) = offers_of(office).values()
    why = office.schedule.waitlist.why_asked(offer)
    assert why.value > 0
    assert "urgency" in str(why.trace)
    assert office.schedule.waitlist.why_not_asked(entries[BEN], offer.slot)
    office.schedule.waitlist.resume(entries[BEN])
    office.schedule.waitlist.leave(entries[EVA])
    assert offers_of(office) == {}


def test_a_yes_that_comes_second_is_refused_and_remembered(
    listed: tuple[Office, AppointmentId, dict[PatientId, EntryId]],
) -> None:
    """The visit stays where it was; a no moves nothing."""
    office, hers, entries = listed
    office.cancel(hers)
    office.schedule.waitlist.advance()
    offers = offers_of(office)
    assert isinstance(office.schedule.waitlist.accept(offers[EVA]), Moved)
    late = office.schedule.waitlist.accept(offers[BEN])
    assert isinstance(late, Refused)
    ben = next(each for each in office.schedule.waitlist.state().entries if each.entry.id == entries[BEN])
    assert ben.missed == 1
    assert isinstance(office.schedule.waitlist.decline(offers[BEN]), Refused)


def test_a_time_that_was_booked_otherwise_is_nobodys_from_the_list(
    listed: tuple[Office, AppointmentId, dict[PatientId, EntryId]],
) -> None:
    """The desk gave it to a caller: the yes is refused with the schedule's reason, nothing is half done."""
    office, hers, _ = listed
    office.cancel(hers)
    office.schedule.waitlist.advance()
    offers = offers_of(office)
    assert isinstance(office.book(ANA, "follow-up", NEXT_WEEK, LEE), Booked)
    before = office.store.read(lambda tx: tx.last_fact("book"))
    refused = office.schedule.waitlist.accept(offers[EVA])
    assert isinstance(refused, Refused)
    assert refused.has("SCH001")
    assert office.store.read(lambda tx: tx.last_fact("book")) == before
    assert offers_of(office) == {}
    assert [slot.status for slot in office.schedule.waitlist.state().slots] == [SlotStatus.CLOSED]


def test_advance_closes_what_was_booked_otherwise(
    listed: tuple[Office, AppointmentId, dict[PatientId, EntryId]],
) -> None:
    """Before anybody is asked for it."""
    office, hers, _ = listed
    office.cancel(hers)
    assert isinstance(office.book(ANA, "follow-up", NEXT_WEEK, LEE), Booked)
    assert office.schedule.waitlist.advance().asked == ()
    assert [slot.status for slot in office.schedule.waitlist.state().slots] == [SlotStatus.CLOSED]


def test_an_answer_sent_twice_is_one(
    listed: tuple[Office, AppointmentId, dict[PatientId, EntryId]],
) -> None:
    """The same key gives the same visit, also when the first answer was lost."""
    office, hers, _ = listed
    office.cancel(hers)
    office.schedule.waitlist.advance()
    offer = offers_of(office)[EVA]
    key = CommandKey("cmd-yes")
    first, second = (office.schedule.waitlist.accept(offer, key=key) for _ in range(2))
    assert isinstance(first, Moved)
    assert first == second


def test_offers_that_nobody_answers_move_on_by_themselves(
    listed: tuple[Office, AppointmentId, dict[PatientId, EntryId]], at: At
) -> None:
    """Hours later the offers have run out; the desk is told when nobody is left."""
    office, hers, _ = listed
    office.cancel(hers)
    office.schedule.waitlist.advance()
    later = at(NEXT_WEEK - 3 * 60 * MINUTE)
    advanced = later.schedule.waitlist.advance()
    assert {offer.patient for offer in advanced.ran_out} == {BEN, EVA}
    assert offers_of(office) == {}
    assert at(NEXT_WEEK - 2 * 60 * MINUTE).schedule.waitlist.advance().desk


def test_a_person_gives_a_slot_by_hand(
    listed: tuple[Office, AppointmentId, dict[PatientId, EntryId]],
) -> None:
    """Over any guard rail; the suggestion names those whom it suits."""
    office, hers, entries = listed
    office.cancel(hers)
    slot = office.schedule.waitlist.state().slots[0].freed.id
    names = [each.entry.id for each in office.schedule.waitlist.suggestion(slot).candidates]
    assert set(names) == set(entries.values())
    assert isinstance(office.schedule.waitlist.place(slot, entries[BEN]), Moved)


def test_another_kind_of_visit_is_booked_and_the_old_one_called_off(office: Office) -> None:
    """Ben waits for a lab visit and has a follow-up, which he gives up for it."""
    office.add_visit_type(VisitType(code="lab", name="Lab", minutes=20))
    office.register(Patient(id=BEN, name=PersonName(family="Ben"), birth_date=date(1980, 1, 1)))
    okafor = (ResourceId("dr-okafor"),)
    hers = office.book(ANA, "follow-up", NEXT_WEEK, okafor)
    his = office.book(BEN, "follow-up", NEXT_WEEK + MONTH, okafor)
    assert isinstance(hers, Booked)
    assert isinstance(his, Booked)
    office.schedule.waitlist.join(BEN, "lab", current=his.appointment.id, channels=["sms"])
    office.cancel(hers.appointment.id)
    office.schedule.waitlist.advance()
    said = office.schedule.waitlist.accept(offers_of(office)[BEN])
    assert isinstance(said, Booked)
    assert said.appointment.visit_type == "lab"
    old = office.store.read(lambda tx: tx.appointment(his.appointment.id))
    assert old.status is Status.CANCELLED


def test_a_kind_of_visit_that_is_none_is_said_so(office: Office) -> None:
    """With the nearest, and nothing is kept."""
    with pytest.raises(UnknownName, match="follow-up"):
        office.schedule.waitlist.join(ANA, "folow-up")
    assert office.store.read(lambda tx: tx.last_fact(STREAM)) == 0


def test_without_a_list_nothing_is_opened(office: Office) -> None:
    """An office that keeps no waitlist does not pay for one."""
    booked = office.book(ANA, "follow-up", NEXT_WEEK, (ResourceId("dr-okafor"),))
    assert isinstance(booked, Booked)
    office.cancel(booked.appointment.id)
    assert office.store.read(lambda tx: tx.last_fact(STREAM)) == 0


def test_the_facts_name_nobody(
    listed: tuple[Office, AppointmentId, dict[PatientId, EntryId]],
) -> None:
    """What is kept of an entry are ids and wishes; names stay where they are."""
    office, _, _ = listed
    kept = office.store.read(lambda tx: tx.facts(STREAM))
    assert [type(each.fact) for each in kept] == [facts.EntryJoined] * 2
    assert all(b"Ben" not in encode(each.fact) for each in kept)
