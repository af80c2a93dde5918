"""From a message that came in to facts about patients and visits."""

from datetime import UTC, datetime, timedelta

from medoffice.core import AppointmentId, Language, PatientId
from medoffice.scheduling.reminders import (
    STANDARD,
    CancelWish,
    Channel,
    Confirm,
    Fact,
    ReminderKey,
    ReminderSent,
    ReplyReceived,
    Stop,
    Unclear,
    receive,
)

NOW = datetime(2026, 6, 1, 15, tzinfo=UTC)
MOTHER, CHILD = PatientId("mother"), PatientId("child")


def sent(
    visit: str,
    *,
    patient: PatientId = MOTHER,
    days: int = 2,
    channel: Channel = Channel.TEXT,
    asks: bool = True,
) -> ReminderSent:
    """A reminder that asked, sent an hour ago, of a visit in some days."""
    key = ReminderKey(appointment=AppointmentId(visit), starts=NOW + timedelta(days=days), step="ask")
    return ReminderSent(at=NOW - timedelta(hours=1), key=key, patient=patient, channel=channel, asks=asks)


def heard(text: str, *facts: Fact, patients: tuple[PatientId, ...] = (MOTHER,)) -> tuple[ReplyReceived, ...]:
    """The facts that a text makes."""
    return receive(
        text,
        channel=Channel.TEXT,
        patients=patients,
        language=Language("en"),
        protocol=STANDARD,
        facts=facts,
        at=NOW,
    )


def test_a_reply_is_about_the_one_visit_asked_of() -> None:
    """One visit was asked of: yes is a confirmation of it, with its key and the patient's own words kept."""
    asked = sent("v1")
    (fact,) = heard("Yes!", asked)
    assert (fact.reply, fact.about, fact.patient, fact.text) == (Confirm(), asked.key, MOTHER, "Yes!")


def test_two_visits_asked_of_are_one_too_many() -> None:
    """A mother's telephone, two children asked of: which one does not come is for a person."""
    facts = heard("no", sent("v1"), sent("v2", patient=CHILD), patients=(MOTHER, CHILD))
    assert [(fact.patient, fact.reply, fact.about) for fact in facts] == [
        (MOTHER, Unclear(), None),
        (CHILD, Unclear(), None),
    ]


def test_a_confirmation_goes_to_the_one_that_is_open() -> None:
    """The first visit was confirmed before, so yes is about the second; no could still be about either."""
    first, second = sent("v1"), sent("v2", days=9)
    answered = ReplyReceived(
        at=NOW - timedelta(minutes=50), patient=MOTHER, channel=Channel.TEXT, reply=Confirm(), about=first.key
    )
    (fact,) = heard("yes", first, second, answered)
    assert (fact.reply, fact.about) == (Confirm(), second.key)
    assert [each.reply for each in heard("no", first, second, answered)] == [Unclear()]


def test_a_change_of_mind_is_about_the_same_visit() -> None:
    """After yes, no: with one visit there is no doubt which."""
    first = sent("v1")
    answered = ReplyReceived(
        at=NOW - timedelta(minutes=50), patient=MOTHER, channel=Channel.TEXT, reply=Confirm(), about=first.key
    )
    (fact,) = heard("no", first, answered)
    assert (fact.reply, fact.about) == (CancelWish(), first.key)


def test_an_answer_to_no_question_is_unclear() -> None:
    """Nobody asked, asked by mail, asked of a visit that is over, told and did not ask: yes confirms nothing."""
    for facts in (
        (),
        (sent("v1", channel=Channel.EMAIL),),
        (sent("v1", days=-1),),
        (sent("v1", asks=False),),
        (sent("v1", patient=CHILD),),
    ):
        assert [fact.reply for fact in heard("yes", *facts)] == [Unclear()]


def test_an_end_of_messages_counts_for_everybody_at_the_number() -> None:
    """STOP from a shared telephone ends texts for all who share it."""
    facts = heard("STOP", sent("v1"), patients=(MOTHER, CHILD, MOTHER))
    assert [(fact.patient, fact.reply) for fact in facts] == [(MOTHER, Stop()), (CHILD, Stop())]


def test_from_an_unknown_number_comes_no_fact() -> None:
    """When nobody has the number there is nobody to note it for."""
    assert heard("yes", sent("v1"), patients=()) == ()
