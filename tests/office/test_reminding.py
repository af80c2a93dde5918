"""Reminders over each store: due once, sent once; what patients answer is carried out, or is a task for the desk."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medoffice.adapters.system import FixedClock
from medoffice.checkin.records import DeskTask
from medoffice.core import (
    Address,
    AppointmentId,
    CommandKey,
    Email,
    InvalidValue,
    Language,
    Patient,
    PatientId,
    PersonName,
    Phone,
    Refused,
    ResourceId,
)
from medoffice.office import Office
from medoffice.office.visits.answering import Answer
from medoffice.office.visits.reaching import STREAM
from medoffice.scheduling import Booked, Moved, Status
from medoffice.scheduling.book import CalledOff
from medoffice.scheduling.book.events import VisitBooked, VisitConfirmed, VisitMoved
from medoffice.scheduling.reminders import (
    STANDARD,
    CancelWish,
    Channel,
    Confirm,
    Consent,
    NotSent,
    Reminder,
    ReminderFailed,
    ReminderSent,
    ReplyReceived,
    ReplySettled,
    Stop,
    Why,
    read_record,
)
from medoffice.scheduling.waitlist import Urgency

NEXT_WEEK = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
"""Ten o'clock in Chicago, on a Tuesday."""
ASKED = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)
"""Three days before, at eleven: the text that asks to confirm is due."""
ANA, BEN = PatientId("pat-ana"), PatientId("pat-ben")
DOCTOR = (ResourceId("dr-okafor"),)

At = Callable[[datetime], Office]


@pytest.fixture
def booked(office: Office) -> AppointmentId:
    """Ana has next Tuesday and agreed to texts; Ben has her telephone."""
    for id, name in ((ANA, "Núñez"), (BEN, "Ng")):
        office.register(
            Patient(
                id=id,
                name=PersonName(family=name),
                birth_date=date(1987, 2, 3),
                phone=Phone("2175550142"),
                email=Email("ana@example.org"),
                address=Address(street="12 Elm St", city="Chicago", state="IL", zip_code="60601"),
                language=Language("es"),
            )
        )
        office.schedule.reminders.consent_given(id, Channel.TEXT)
    found = office.book(ANA, "follow-up", NEXT_WEEK, DOCTOR)
    assert isinstance(found, Booked)
    return found.appointment.id


@pytest.fixture
def asked(booked: AppointmentId, at: At) -> AppointmentId:
    """The text that asks to confirm was sent."""
    assert isinstance(at(ASKED).schedule.reminders.sent(the_one(at(ASKED))), ReminderSent)
    return booked


def the_one(office: Office) -> Reminder:
    """The reminder that is due."""
    (found,) = office.schedule.reminders.due().reminders
    return found


def answer(office: Office, text: str, *patients: PatientId) -> Answer:
    """What comes of a text from Ana's telephone."""
    return office.schedule.reminders.received(text, channel=Channel.TEXT, patients=patients or (ANA,))


def status(office: Office, id: AppointmentId) -> Status:
    """The state of a visit in the store."""
    return office.store.read(lambda tx: tx.appointment(id)).status


def test_a_reminder_is_due_in_the_patients_language(booked: AppointmentId, at: At) -> None:
    """Three days before, by text, in Spanish, to say by the office's clock; not a moment before."""
    found = the_one(at(ASKED))
    assert (found.key.appointment, found.key.step) == (booked, "ask")
    assert (found.channel, found.language, found.patient) == (Channel.TEXT, Language("es"), ANA)
    early = at(ASKED - timedelta(hours=2)).schedule.reminders.due()
    assert all(each.key.step == "week-before" for each in early.reminders)


def test_it_is_sent_once(booked: AppointmentId, at: At) -> None:
    """Whoever says so second is told not to send it; the same command again is answered as before."""
    office = at(ASKED)
    found = the_one(office)
    first = office.schedule.reminders.sent(found, key=CommandKey("cmd-1"))
    assert isinstance(first, ReminderSent)
    assert office.schedule.reminders.sent(found, key=CommandKey("cmd-1")) == first
    second = office.schedule.reminders.sent(found)
    assert isinstance(second, Refused)
    assert second.has("RMD001")
    assert office.schedule.reminders.due().reminders == ()
    assert office.schedule.reminders.record(ANA).of(booked, starts=NEXT_WEEK)


def test_it_is_not_sent_when_the_visit_has_changed_since(booked: AppointmentId, at: At) -> None:
    """Moved or called off between looking and sending: the old one is refused."""
    office = at(ASKED)
    old = the_one(office)
    assert isinstance(office.move(booked, NEXT_WEEK + timedelta(hours=1)), Moved)
    assert isinstance(office.schedule.reminders.sent(old), Refused)
    new = the_one(office)
    office.cancel(booked)
    assert isinstance(office.schedule.reminders.sent(new), Refused)


def test_one_that_came_back_goes_by_another_way(asked: AppointmentId, at: At) -> None:
    """No such number: the next channel of the step is used, the same day."""
    office = at(ASKED)
    told = office.schedule.reminders.record(ANA).of(asked, starts=NEXT_WEEK)
    assert told
    key = attrs.evolve(the_sent(office).key)
    office.schedule.reminders.failed(key, ANA, Channel.TEXT)
    assert the_one(office).channel is Channel.EMAIL


def the_sent(office: Office) -> ReminderSent:
    """The reminder that was noted as sent."""
    kept = office.store.read(lambda tx: tx.facts(STREAM, subject=ANA.value))
    return next(each.fact for each in kept if isinstance(each.fact, ReminderSent))


def test_a_yes_confirms_the_visit(asked: AppointmentId, at: At) -> None:
    """In the book, at once; the call to those who did not answer is not made."""
    outcome = answer(at(ASKED), "Sí, confirmo. Gracias!")
    assert isinstance(outcome, Booked)
    names = [type(each.fact).__name__ for each in at(ASKED).schedule.history(asked)]
    assert names == ["VisitBooked", "VisitConfirmed"]
    day_before = at(NEXT_WEEK - timedelta(hours=20)).schedule.reminders.due()
    assert day_before.reminders == ()
    assert [each.reason for each in day_before.skipped][-1] is NotSent.CONFIRMED


def test_who_confirmed_by_telephone_is_not_asked(booked: AppointmentId, at: At) -> None:
    """The desk's word counts; after a move it does not any more."""
    office = at(ASKED)
    office.schedule.confirm(booked)
    assert office.schedule.reminders.due().reminders == ()
    office.move(booked, NEXT_WEEK + timedelta(hours=1))
    assert the_one(office).key.step == "ask"


def test_a_no_gives_the_time_back(asked: AppointmentId, at: At) -> None:
    """The visit is called off with that reason, and whoever waits for an earlier time is asked next."""
    office = at(ASKED)
    later = office.book(BEN, "follow-up", NEXT_WEEK + timedelta(days=28), DOCTOR)
    assert isinstance(later, Booked)
    office.schedule.waitlist.join(
        BEN, "follow-up", current=later.appointment.id, channels=["sms"], urgency=Urgency.SOON
    )
    outcome = answer(office, "no puedo ir")
    assert isinstance(outcome, CalledOff)
    assert status(office, asked) is Status.CANCELLED
    fact = office.schedule.history(asked)[-1].fact
    assert getattr(fact, "reason", "") == "by-reply"
    assert [slot.freed.slot.start for slot in office.schedule.waitlist.state().slots] == [NEXT_WEEK]


def test_another_time_is_for_the_desk(asked: AppointmentId, at: At) -> None:
    """The visit stays; the desk has a task with it, and nothing more is sent meanwhile."""
    outcome = answer(at(ASKED), "reschedule")
    assert isinstance(outcome, DeskTask)
    assert (outcome.code, outcome.appointment) == ("reply.move", asked)
    assert at(ASKED).desk_tasks() == (outcome,)
    assert status(at(ASKED), asked) is Status.BOOKED
    assert at(NEXT_WEEK - timedelta(hours=20)).schedule.reminders.due().reminders == ()


def test_stop_ends_texts_and_calls(asked: AppointmentId, at: At) -> None:
    """For all who share the telephone; the visit stays."""
    outcome = answer(at(ASKED), "STOP", ANA, BEN)
    assert isinstance(outcome, ReplyReceived)
    assert status(at(ASKED), asked) is Status.BOOKED
    reminders = at(ASKED).schedule.reminders
    for id in (ANA, BEN):
        consents = reminders.record(id).consents
        assert consents[id, Channel.TEXT] is consents[id, Channel.VOICE] is Consent.REFUSED
    day_before = at(NEXT_WEEK - timedelta(hours=20)).schedule.reminders.due()
    (skip,) = (each for each in day_before.skipped if each.obstacles)
    assert {each.why for each in skip.obstacles} == {Why.REFUSED}


def test_a_word_that_may_mean_the_visit_is_asked_about(asked: AppointmentId, at: At) -> None:
    """CANCEL ends messages by law; whether the visit was meant a person asks, and what they hear is carried out."""
    office = at(ASKED)
    outcome = answer(office, "CANCEL")
    assert isinstance(outcome, DeskTask)
    assert outcome.code == "reply.stop"
    assert status(office, asked) is Status.BOOKED
    settled = office.schedule.reminders.settled(ANA, CancelWish(), channel=Channel.TEXT, about=asked)
    assert isinstance(settled, CalledOff)


def test_what_is_not_understood_is_for_a_person(asked: AppointmentId, at: At) -> None:
    """With the words, masked; nothing is carried out. Settled as an end of messages it is one."""
    office = at(ASKED)
    outcome = answer(office, "maybe, the canarybird is ill")
    assert isinstance(outcome, DeskTask)
    assert outcome.code == "reply.unclear"
    assert "canarybird" in outcome.note
    assert "canarybird" not in repr(outcome)
    assert status(office, asked) is Status.BOOKED
    settled = office.schedule.reminders.settled(ANA, Stop(), channel=Channel.TEXT)
    assert isinstance(settled, ReplySettled)


def test_an_answer_is_about_the_time_that_was_told(asked: AppointmentId, at: At) -> None:
    """Moved since the question: a yes confirms nothing, and the desk looks."""
    office = at(ASKED)
    office.move(asked, NEXT_WEEK + timedelta(hours=1))
    outcome = answer(office, "yes")
    assert isinstance(outcome, DeskTask)
    assert outcome.code == "reply.confirm"
    names = [type(each.fact).__name__ for each in office.schedule.history(asked)]
    assert "VisitConfirmed" not in names


def test_an_answer_to_a_visit_that_was_called_off_is_for_the_desk(asked: AppointmentId, at: At) -> None:
    """Nobody is told yes to a visit that is none."""
    office = at(ASKED)
    office.cancel(asked)
    outcome = answer(office, "yes")
    assert isinstance(outcome, DeskTask)
    assert outcome.appointment == asked


def test_a_message_sent_twice_is_one(asked: AppointmentId, at: At) -> None:
    """The carrier delivers again under the same key: one answer, one fact, one task."""
    reminders = at(ASKED).schedule.reminders
    for _ in range(2):
        reminders.received("reschedule", channel=Channel.TEXT, patients=[ANA], key=CommandKey("cmd-1"))
    assert len(at(ASKED).desk_tasks()) == 1
    kept = at(ASKED).store.read(lambda tx: tx.facts(STREAM, subject=ANA.value))
    assert sum(isinstance(each.fact, ReplyReceived) for each in kept) == 1
    assert status(at(ASKED), asked) is Status.BOOKED


def test_a_person_may_say_yes_for_the_patient(booked: AppointmentId, at: At) -> None:
    """Asked on the telephone: the visit is confirmed. Nobody speaks for another patient's visit."""
    with pytest.raises(InvalidValue):
        at(ASKED).schedule.reminders.settled(BEN, CancelWish(), channel=Channel.VOICE, about=booked)
    settled = at(ASKED).schedule.reminders.settled(ANA, Confirm(), channel=Channel.VOICE, about=booked)
    assert isinstance(settled, Booked)


def test_without_a_consent_no_text_goes_out(office: Office, at: At) -> None:
    """A number on file is not an agreement; ended consents close the channel again."""
    found = office.book(ANA, "follow-up", NEXT_WEEK, DOCTOR)
    assert isinstance(found, Booked)
    (skip,) = (each for each in at(ASKED).schedule.reminders.due().skipped if each.obstacles)
    assert Why.NO_CONSENT in {each.why for each in skip.obstacles}
    at(ASKED).schedule.reminders.consent_given(ANA, Channel.TEXT)
    assert the_one(at(ASKED)).channel is Channel.TEXT
    at(ASKED + timedelta(minutes=1)).schedule.reminders.consent_ended(ANA, Channel.TEXT)
    assert at(ASKED + timedelta(minutes=1)).schedule.reminders.due().reminders == ()


def test_a_message_from_nobody_is_the_callers_mistake(office: Office) -> None:
    """Whose number it is the caller has looked up."""
    with pytest.raises(InvalidValue):
        office.schedule.reminders.received("yes", channel=Channel.TEXT, patients=[])


SAID = ("yes", "no", "reschedule", "stop", "cancel", "what?")
HAPPENS = st.lists(
    st.sampled_from(("look", "send", "came back", "consent", "no consent", "moved", *SAID))
    | st.integers(1, 48).map(str),
    max_size=14,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(happens=HAPPENS)
def test_nobody_is_reminded_twice_or_against_their_will(office: Office, happens: list[str]) -> None:
    """Two programs that look and send by turns, replies and moves in between: each step goes out once, none without
    consent, and what is confirmed is the time that was told.
    """
    now = next(WEEKS) * timedelta(days=7) + NEXT_WEEK
    start = now + timedelta(days=3)
    office = attrs.evolve(office, clock=FixedClock(now))
    found = office.book(ANA, "follow-up", start, DOCTOR)
    assert isinstance(found, Booked)
    id, seen = found.appointment.id, list[Reminder]()
    office.schedule.reminders.consent_given(ANA, Channel.TEXT)
    for each in happens:
        now += timedelta(hours=int(each)) if each.isdigit() else timedelta(minutes=1)
        office = attrs.evolve(office, clock=FixedClock(now))
        live(office, id, each, seen)
    facts = [kept.fact for kept in office.store.read(lambda tx: tx.facts(STREAM, subject=ANA.value))]
    sent = [fact for fact in facts if isinstance(fact, ReminderSent) and fact.key.appointment == id]
    failed = [fact for fact in facts if isinstance(fact, ReminderFailed) and fact.key.appointment == id]
    for fact in sent:
        same = [other for other in sent if other.key == fact.key]
        assert len(same) <= 1 + sum(other.key == fact.key for other in failed)
        before = [other for other in facts if other is not fact and other.at <= fact.at]  # type: ignore[attr-defined]
        record = read_record(before, now=fact.at, stop_ends=STANDARD.stop_ends)  # type: ignore[arg-type]
        if fact.channel in STANDARD.needs_consent:
            assert record.consents[ANA, fact.channel] is Consent.GIVEN
    told = [kept.fact for kept in office.schedule.history(id)]
    for place, event in enumerate(told):
        if isinstance(event, VisitConfirmed):
            starts = [
                e.appointment.slot.start for e in told[:place] if isinstance(e, VisitBooked | VisitMoved)
            ]
            assert starts[-1] in {fact.key.starts for fact in sent if fact.asks}
    office.cancel(id)


WEEKS = count(1)


def live(office: Office, id: AppointmentId, what: str, seen: list[Reminder]) -> None:
    """Let one thing happen; ``seen`` is what a program saw that was slow to send."""
    reminders = office.schedule.reminders
    match what:
        case "look":
            seen += reminders.due().reminders
        case "send":
            found = reminders.due().reminders
            for each in (*seen, *found, *found):
                reminders.sent(each)
        case "came back":
            last = reminders.last_sent(id)
            if last is not None:
                reminders.failed(last.key, ANA, last.channel)
        case "consent":
            reminders.consent_given(ANA, Channel.TEXT)
        case "no consent":
            reminders.consent_ended(ANA, Channel.TEXT)
        case "moved":
            office.move(
                id, office.store.read(lambda tx: tx.appointment(id)).slot.start + timedelta(minutes=30)
            )
        case text if text in SAID:
            answer(office, text)
        case _:
            pass


def test_a_contact_holds_no_number(office: Office, booked: AppointmentId) -> None:
    """Which channels there are, not where they lead."""
    contact = office.schedule.reminders.contact(ANA)
    assert contact.reachable == set(Channel)
    assert "5550142" not in repr(contact)
    assert booked.value
