"""Which reminders are due, by example."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.core import AppointmentId, InvalidValue, Language, PatientId, ResourceId, TimeSlot
from medoffice.scheduling import Appointment, Status
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.reminders import (
    STANDARD,
    CancelWish,
    Channel,
    Confirm,
    ConsentEnded,
    ConsentGiven,
    Contact,
    DaysBefore,
    Due,
    Fact,
    HoursBefore,
    Limits,
    NotSent,
    Part,
    Protocol,
    Reminder,
    ReminderFailed,
    ReminderKey,
    ReplyReceived,
    ReplySettled,
    Series,
    Step,
    Stop,
    Unclear,
    Why,
    due,
)

ZONE = ZoneInfo("America/Chicago")
PATIENT = PatientId("p1")
TEXT, EMAIL, VOICE, LETTER = Channel.TEXT, Channel.EMAIL, Channel.VOICE, Channel.LETTER
CONTACT = Contact(patient=PATIENT, reachable=Channel, agreed={TEXT, VOICE})


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A time of June 2026 on the office's clock."""
    return datetime(2026, 6, day, hour, minute, tzinfo=ZONE)


def visit(start: datetime, *, name: str = "a1", status: Status = Status.BOOKED) -> Appointment:
    """A booked visit of half an hour."""
    slot = TimeSlot.lasting(start, timedelta(minutes=30))
    return Appointment(
        id=AppointmentId(name),
        patient=PATIENT,
        visit_type="follow-up",
        slot=slot,
        occupied=slot,
        resources=(ResourceId("okafor"),),
        status=status,
    )


VISIT = visit(at(20, 14))


def ask(
    now: datetime,
    *,
    facts: Iterable[Fact] = (),
    contact: Contact | None = CONTACT,
    visits: Iterable[Appointment] = (VISIT,),
    protocol: Protocol = STANDARD,
    confirmed: frozenset[AppointmentId] = frozenset(),
) -> Due:
    """What is due, of the one visit unless told otherwise."""
    return due(
        protocol,
        appointments=visits,
        contacts=() if contact is None else (contact,),
        facts=facts,
        now=now,
        zone=ZONE,
        confirmed=confirmed,
    )


def told(found: Due) -> list[tuple[str, Channel]]:
    """Step and channel of each reminder."""
    return [(each.key.step, each.channel) for each in found.reminders]


def reasons(found: Due) -> list[tuple[str, NotSent]]:
    """Step and reason of each skip."""
    return [(each.key.step, each.reason) for each in found.skipped]


def one(found: Due) -> Reminder:
    """The only reminder."""
    (reminder,) = found.reminders
    return reminder


def answered(
    reply: Confirm | CancelWish | Stop | Unclear, when: datetime, *, step: str = "ask"
) -> ReplyReceived:
    """A reply by text to a step of the visit."""
    key = ReminderKey(appointment=VISIT.id, starts=VISIT.slot.start, step=step)
    return ReplyReceived(at=when, patient=PATIENT, channel=TEXT, reply=reply, about=key)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(13, 9, 59), []),
        (at(13, 10), [("week-before", EMAIL)]),
        (at(16, 9, 59), [("week-before", EMAIL)]),
        (at(17, 10), [("ask", TEXT)]),
        (at(19, 10), [("call", VOICE)]),
        (at(20, 13, 59), [("call", VOICE)]),
        (at(20, 14), []),
    ],
)
def test_the_standard_week(now: datetime, expected: list[tuple[str, Channel]]) -> None:
    """Seven days before at ten a mail, three days before a text, one day before a call; nothing once it began."""
    assert told(ask(now)) == expected


def test_what_was_sent_is_not_due_again() -> None:
    """Noted as sent, the reminder is not due a second later, nor until the next step's time."""
    first = one(ask(at(17, 10)))
    facts: list[Fact] = [first.sent(at(17, 10))]
    assert ask(at(17, 10), facts=facts).reminders == ()
    assert ask(at(19, 9), facts=facts).reminders == ()
    assert told(ask(at(19, 10), facts=facts)) == [("call", VOICE)]


def test_who_starts_late_sends_one() -> None:
    """A visit booked two days ahead gets the text that is right now; what came before is said to be overtaken."""
    found = ask(at(18, 12))
    assert told(found) == [("ask", TEXT)]
    assert reasons(found) == [("week-before", NotSent.OVERTAKEN)]


def test_a_step_that_closed_is_too_late() -> None:
    """Between the fourth and the third day a letter would come late and the text is not due yet."""
    found = ask(at(16, 10))
    assert (told(found), reasons(found)) == ([], [("week-before", NotSent.TOO_LATE)])


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.BOOKED}, key=str))
def test_only_booked_visits_are_reminded_of(status: Status) -> None:
    """Cancelled, waiting, arrived, over: nothing is due and nothing is to be explained."""
    assert ask(at(17, 10), visits=[visit(at(20, 14), status=status)]) == Due((), ())


def test_what_has_begun_needs_no_reason() -> None:
    """From the instant at which it begins a visit is not looked at any more."""
    assert ask(at(20, 14)) == Due((), ())


def test_a_moved_visit_begins_again() -> None:
    """After a move the steps count from the new time, though the old time's were sent and confirmed."""
    facts: list[Fact] = [one(ask(at(17, 10))).sent(at(17, 10)), answered(Confirm(), at(17, 11))]
    moved = visit(at(26, 9))
    assert told(ask(at(19, 12), facts=facts, visits=[moved])) == [("week-before", EMAIL)]
    later = ask(at(23, 10), facts=facts, visits=[moved])
    assert told(later) == [("ask", TEXT)]


def test_moved_back_it_begins_again_too() -> None:
    """Told of another time in between, the patient is told again of the first."""
    facts: list[Fact] = [one(ask(at(17, 10))).sent(at(17, 10))]
    facts.append(one(ask(at(18, 10), visits=[visit(at(21, 9))])).sent(at(18, 10)))
    assert told(ask(at(19, 9), facts=facts)) == [("ask", TEXT)]


def test_who_confirmed_is_not_called() -> None:
    """The steps for those who did not confirm are left out, by whatever way it was confirmed."""
    facts: list[Fact] = [one(ask(at(17, 10))).sent(at(17, 10)), answered(Confirm(), at(17, 11))]
    assert reasons(ask(at(19, 10), facts=facts))[-1] == ("call", NotSent.CONFIRMED)
    by_phone = ask(at(19, 10), confirmed=frozenset({VISIT.id}))
    assert (by_phone.reminders, reasons(by_phone)[-1]) == ((), ("call", NotSent.CONFIRMED))


def test_who_wants_to_cancel_is_not_asked_again() -> None:
    """A wish that nobody has dealt with keeps further reminders back; a later confirmation takes it back."""
    facts: list[Fact] = [one(ask(at(17, 10))).sent(at(17, 10)), answered(CancelWish(), at(17, 11))]
    assert reasons(ask(at(19, 10), facts=facts))[-1] == ("call", NotSent.WANTS_OTHERWISE)
    facts.append(answered(Confirm(), at(17, 12)))
    assert reasons(ask(at(19, 10), facts=facts))[-1] == ("call", NotSent.CONFIRMED)


def test_without_consent_the_next_channel_is_used() -> None:
    """No consent for texts: the question goes by mail, for which none is needed."""
    found = ask(at(17, 10), contact=attrs.evolve(CONTACT, agreed=()))
    assert told(found) == [("ask", EMAIL)]


def test_when_no_channel_is_left_each_says_why() -> None:
    """No address, no consent, refused, given back: four channels, four reasons."""
    step = Step(code="all", opens=DaysBefore(3), channels=(LETTER, TEXT, EMAIL, VOICE))
    protocol = attrs.evolve(STANDARD, series=(Series(steps=(step,)),))
    contact = Contact(patient=PATIENT, reachable={TEXT, EMAIL, VOICE}, agreed={VOICE}, refused={EMAIL})
    key = ReminderKey(appointment=VISIT.id, starts=VISIT.slot.start, step="all")
    failed = ReminderFailed(at=at(17, 11), key=key, patient=PATIENT, channel=VOICE)
    found = ask(at(17, 12), protocol=protocol, contact=contact, facts=[failed])
    assert reasons(found) == [("all", NotSent.NO_CHANNEL)]
    assert [(each.channel, each.why) for each in found.skipped[0].obstacles] == [
        (LETTER, Why.NOT_REACHABLE),
        (TEXT, Why.NO_CONSENT),
        (EMAIL, Why.REFUSED),
        (VOICE, Why.FAILED),
    ]
    assert "no consent on record" in str(found.skipped[0])


def test_what_was_given_back_goes_by_the_next_channel() -> None:
    """A text that failed is due by mail, and is not due by text again."""
    first = one(ask(at(17, 10)))
    failed = ReminderFailed(at=at(17, 11), key=first.key, patient=PATIENT, channel=TEXT)
    assert told(ask(at(17, 12), facts=[first.sent(at(17, 10)), failed])) == [("ask", EMAIL)]


def test_a_patient_who_is_unknown_is_said() -> None:
    """Without contact data nothing is due, and that is the reason."""
    found = ask(at(17, 10), contact=None)
    assert (found.reminders, reasons(found)[-1]) == ((), ("ask", NotSent.NO_CONTACT))


def test_stop_ends_texts_and_calls_at_once() -> None:
    """A second after STOP neither text nor call is due; the mail still may be."""
    facts: list[Fact] = [one(ask(at(17, 10))).sent(at(17, 10)), answered(Stop(), at(17, 10, 1))]
    found = ask(at(19, 10), facts=facts)
    assert found.reminders == ()
    assert {each.why for skip in found.skipped for each in skip.obstacles} == {Why.REFUSED}
    assert told(ask(at(17, 12), facts=facts[1:])) == [("ask", EMAIL)]
    again = ConsentGiven(at=at(18, 9), patient=PATIENT, channel=VOICE)
    assert told(ask(at(19, 10), facts=[*facts, again])) == [("call", VOICE)]


def test_stop_by_mail_ends_mails_alone() -> None:
    """Whoever refuses mails is still sent a text."""
    refused = ConsentEnded(at=at(10), patient=PATIENT, channel=EMAIL)
    assert told(ask(at(13, 10), facts=[refused])) == [("week-before", LETTER)]
    stop = ReplyReceived(at=at(10), patient=PATIENT, channel=EMAIL, reply=Stop())
    assert told(ask(at(17, 10), facts=[stop])) == [("ask", TEXT)]


def test_what_may_mean_stop_holds_everything_until_it_is_read() -> None:
    """An unclear reply that mentions an end keeps reminders back until a person has said what was meant."""
    unclear = answered(Unclear(may_mean_stop=True), at(16, 9))
    assert reasons(ask(at(17, 10), facts=[unclear]))[-1] == ("ask", NotSent.HELD)
    settled = ReplySettled(at=at(16, 10), patient=PATIENT, channel=TEXT, reply=Unclear())
    assert told(ask(at(17, 10), facts=[unclear, settled])) == [("ask", TEXT)]
    stopped = attrs.evolve(settled, reply=Stop())
    assert told(ask(at(17, 10), facts=[unclear, stopped])) == [("ask", EMAIL)]


def test_quiet_hours_are_waited_for() -> None:
    """A text that comes due at night waits until eight, and says so; it is not sent by mail instead."""
    step = Step(code="ask", opens=HoursBefore(40), channels=(TEXT, EMAIL))
    protocol = attrs.evolve(STANDARD, series=(Series(steps=(step,)),))
    found = ask(at(18, 23), protocol=protocol)
    assert reasons(found) == [("ask", NotSent.WAITS)]
    assert found.skipped[0].until == at(19, 8)
    assert told(ask(at(19, 8), protocol=protocol)) == [("ask", TEXT)]


def test_quiet_until_after_the_step_takes_the_next_channel() -> None:
    """When eight o'clock is too late, the channel that disturbs nobody is used."""
    early = visit(at(20, 7, 30))
    step = Step(code="ask", opens=HoursBefore(9), channels=(TEXT, EMAIL))
    protocol = attrs.evolve(STANDARD, series=(Series(steps=(step,)),))
    assert told(ask(at(20, 0), protocol=protocol, visits=[early])) == [("ask", EMAIL)]


def test_the_patients_zone_counts() -> None:
    """For a patient in Honolulu, ten o'clock three days before is five hours later than in Chicago."""
    away = attrs.evolve(CONTACT, zone=ZoneInfo("Pacific/Honolulu"))
    assert told(ask(at(17, 14, 59), contact=away)) == []
    found = ask(at(17, 15), contact=away)
    assert told(found) == [("ask", TEXT)]
    assert one(found).zone == ZoneInfo("Pacific/Honolulu")


def test_two_visits_share_the_limits() -> None:
    """Of two texts on one day the one for the nearer visit goes, the other waits for tomorrow's first hour."""
    visits = [visit(at(20, 14), name="later"), visit(at(20, 9), name="nearer")]
    found = ask(at(17, 10), visits=visits)
    assert [str(each.key.appointment) for each in found.reminders] == ["nearer"]
    waits = next(each for each in found.skipped if each.reason is NotSent.WAITS)
    assert (str(waits.key.appointment), waits.until) == ("later", at(18, 8))
    assert [each.why for each in waits.obstacles] == [Why.LIMIT]


def test_the_weeks_limit() -> None:
    """After three texts on three days a fourth waits until the first is a week old."""
    step = Step(code="text", opens=DaysBefore(30), channels=(TEXT,))
    protocol = attrs.evolve(STANDARD, series=(Series(steps=(step,)),))
    visits = [visit(at(27 + n, 14), name=f"v{n}") for n in range(4)]
    facts: list[Fact] = []
    for day in (17, 18, 19):
        found = ask(at(day, 10), visits=visits, facts=facts, protocol=protocol)
        facts.append(one(found).sent(at(day, 10)))
    found = ask(at(20, 10), visits=visits, facts=facts, protocol=protocol)
    assert found.reminders == ()
    assert [each.until for each in found.skipped] == [at(24, 10)]
    assert told(ask(at(24, 10), visits=visits, facts=facts, protocol=protocol)) == [("text", TEXT)]


def test_an_answer_to_an_old_message_changes_nothing() -> None:
    """Moved and told of the new time, the patient answers the old text: nothing is sent again, nothing confirmed."""
    first = one(ask(at(17, 10)))
    moved = visit(at(21, 9))
    facts: list[Fact] = [first.sent(at(17, 10))]
    facts.append(one(ask(at(18, 10), visits=[moved], facts=facts)).sent(at(18, 10)))
    facts.append(answered(Confirm(), at(18, 12)))
    assert ask(at(19, 12), visits=[moved], facts=facts).reminders == ()
    assert told(ask(at(20, 10), visits=[moved], facts=facts)) == [("call", VOICE)]


def test_a_kind_of_visit_can_have_its_own_series() -> None:
    """A procedure is prepared for by letter; a visit by video has no series here, and that is said."""
    letter = Step(code="prepare", opens=DaysBefore(10), channels=(LETTER,))
    protocol = Protocol(
        series=(
            Series(steps=(letter,), kinds="procedure"),
            Series(steps=STANDARD.series[0].steps, modalities=frozenset({Modality.IN_PERSON})),
        )
    )
    procedure = attrs.evolve(VISIT, visit_type="procedure")
    assert told(ask(at(17, 10), protocol=protocol, visits=[procedure])) == [("prepare", LETTER)]
    assert told(ask(at(17, 10), protocol=protocol)) == [("ask", TEXT)]
    by_video = attrs.evolve(VISIT, modality=Modality.TELEHEALTH)
    assert reasons(ask(at(17, 10), protocol=protocol, visits=[by_video])) == [("none", NotSent.NO_PROTOCOL)]


@pytest.mark.parametrize(
    ("spoken", "written", "theirs"), [("es-MX", "es", True), ("en", "en", True), ("vi", "en", False)]
)
def test_in_the_patients_language(spoken: str, written: str, theirs: bool) -> None:  # noqa: FBT001
    """The patient's own where there are texts in it, else the office's first, and which it was is said."""
    found = one(ask(at(17, 10), contact=attrs.evolve(CONTACT, language=Language(spoken))))
    assert (str(found.language), found.is_their_language) == (written, theirs)


def test_no_channel_says_more_than_it_may() -> None:
    """Neither text, mail nor call ever says the kind of visit or the clinician; the letter says no kind."""
    for channel in Channel:
        step = Step(code="s", opens=DaysBefore(3), channels=(channel,))
        protocol = attrs.evolve(STANDARD, series=(Series(steps=(step,)),))
        says = one(ask(at(17, 10), protocol=protocol)).says
        assert {Part.OFFICE, Part.CALL_BACK, Part.TIME} <= says
        assert Part.VISIT_KIND not in says
        assert (Part.CLINICIAN in says) == (channel is LETTER)


def test_a_step_with_nothing_to_say_is_not_sent() -> None:
    """A text that was to tell the kind of visit only has nothing left, and is not sent empty."""
    step = Step(code="kind", opens=DaysBefore(3), channels=(TEXT,), says={Part.VISIT_KIND})
    found = ask(at(17, 10), protocol=attrs.evolve(STANDARD, series=(Series(steps=(step,)),)))
    assert [each.why for each in found.skipped[0].obstacles] == [Why.SAYS_NOTHING]


def test_facts_of_the_future_do_not_count() -> None:
    """Asked what was due yesterday, what happened today is not known."""
    later = one(ask(at(17, 10))).sent(at(17, 11))
    assert told(ask(at(17, 10), facts=[later])) == [("ask", TEXT)]


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_ten_in_the_morning_stays_ten_across_a_change_of_clocks(day: date) -> None:
    """A step three days before, at ten, is at ten by the wall on either side of the change."""
    start = datetime.combine(day + timedelta(days=2), time(14), ZONE)
    opens = DaysBefore(3).instant(start.astimezone(UTC), ZONE)
    assert opens.astimezone(ZONE).replace(tzinfo=None) == datetime.combine(day - timedelta(days=1), time(10))


def test_each_visit_and_patient_is_given_once() -> None:
    """Twice is the caller's mistake."""
    with pytest.raises(InvalidValue):
        ask(at(17, 10), visits=[VISIT, VISIT])
    with pytest.raises(InvalidValue):
        due(STANDARD, appointments=(), contacts=(CONTACT, CONTACT), facts=(), now=at(1), zone=ZONE)


@pytest.mark.parametrize(
    "make",
    [
        lambda: DaysBefore(-1),
        lambda: DaysBefore(1, time(10, tzinfo=UTC)),
        lambda: HoursBefore(-1),
        lambda: Step(code="Bad code", opens=DaysBefore(1), channels=(TEXT,)),
        lambda: Step(code="s", opens=DaysBefore(1), channels=()),
        lambda: Step(code="s", opens=DaysBefore(1), channels=(TEXT, TEXT)),
        lambda: Series(steps=(STANDARD.series[0].steps[0],) * 2),
        lambda: Limits(a_day=0),
        lambda: Protocol(series=()),
        lambda: Contact(patient=PATIENT, agreed={TEXT}, refused={TEXT}),
        lambda: Channel.parse("pigeon"),
    ],
)
def test_impossible_protocols_cannot_be(make: object) -> None:
    """Each of these is refused when it is made."""
    assert callable(make)
    with pytest.raises(InvalidValue):
        make()


def test_no_words_of_a_patient_are_shown() -> None:
    """What somebody wrote is health data and stays out of the repr."""
    fact = ReplyReceived(at=at(1), patient=PATIENT, channel=TEXT, reply=Unclear(), text="canary of somebody")
    assert "canary" not in repr(fact)
