"""Recalls by example: who is due, what was tried, and that none is lost."""

from datetime import date, timedelta

import pytest

from medoffice.core import AppointmentId, InvalidValue, PatientId, Refused, UnknownName
from medoffice.scheduling.recalls import (
    ENOUGH_TRIES,
    NOT_TO_BE_ASKED,
    NOTHING_TO_ASK,
    TOO_SOON,
    Absence,
    Board,
    Fact,
    Interval,
    Outcome,
    PatientBack,
    PatientLeft,
    RecallDeclined,
    RecallEnded,
    RecallOrdered,
    RecallRule,
    RecallTried,
    Standing,
    State,
    Tries,
    VisitBooked,
    VisitCancelled,
    VisitDone,
    VisitMissed,
    VisitMoved,
    ask,
    for_a_person,
    replay,
    standings,
    to_contact,
)
from medoffice.scheduling.reminders import Channel

A1C = RecallRule(code="a1c", interval=Interval.parse("3 months"), closes_with="diabetes-check")
SCOPE = RecallRule(code="scope", interval=Interval.parse("10 years"), closes_with="colonoscopy", ahead=90)
POST_OP = RecallRule(
    code="post-op", interval=Interval.parse("14 days"), closes_with="post-op", counts_from="surgery", ahead=14
)
UNSEEN = RecallRule(code="unseen", interval=Interval.parse("1 year"))
RULES = (A1C, SCOPE, POST_OP)
ANA, BEN = PatientId("ana"), PatientId("ben")
DAY = timedelta(days=1)


def on(month: int, day: int, year: int = 2026) -> date:
    """A day of 2026."""
    return date(year, month, day)


def done(kind: str, day: date, *, patient: PatientId = ANA, visit: str = "") -> VisitDone:
    """A visit that took place, noted the same day."""
    return VisitDone(
        on=day, patient=patient, kind=kind, day=day, appointment=AppointmentId(visit) if visit else None
    )


def booked(kind: str, day: date, *, noted: date, visit: str = "v1") -> VisitBooked:
    """A visit that was booked."""
    return VisitBooked(on=noted, patient=ANA, appointment=AppointmentId(visit), kind=kind, day=day)


def tried(day: date, rule: str = "a1c", channel: Channel = Channel.TEXT) -> RecallTried:
    """A try that nobody answered."""
    return RecallTried(on=day, patient=ANA, rule=rule, channel=channel)


CHECKED = done("diabetes-check", on(1, 31))  # due on 30 April, asked from 31 March


def board(*facts: Fact) -> Board:
    """The board of these facts."""
    return replay(RULES, facts)


def stands(day: date, *facts: Fact, rule: str = "a1c") -> Standing:
    """How Ana's recall stands."""
    (found,) = (each for each in standings(board(*facts), on=day) if each.key.rule == rule)
    return found


def codes(outcome: object) -> list[str]:
    """The codes of a refusal."""
    assert isinstance(outcome, Refused)
    return [finding.code for finding in outcome.findings]


@pytest.mark.parametrize(
    ("kind", "rule", "due"),
    [
        ("diabetes-check", "a1c", date(2026, 4, 30)),
        ("colonoscopy", "scope", date(2036, 1, 31)),
        ("surgery", "post-op", date(2026, 2, 14)),
    ],
)
def test_a_visit_makes_the_next_one_due(kind: str, rule: str, due: date) -> None:
    """A check each three months, a colonoscopy each ten years, a visit two weeks after an operation."""
    assert stands(on(2, 1), done(kind, on(1, 31)), rule=rule).due == due


def test_it_is_asked_for_ahead_of_time() -> None:
    """Thirty days before it is due, and not one day sooner."""
    assert stands(on(3, 30), CHECKED).state is State.WAITING
    found = stands(on(3, 31), CHECKED)
    assert (found.state, found.next_try, found.channels[0]) == (State.DUE, on(3, 31), Channel.TEXT)


def test_tries_are_spaced_and_end_with_a_person() -> None:
    """Text, two weeks later a call, two weeks later a letter, and after two weeks more a person decides."""
    facts: list[Fact] = [CHECKED]
    channels = []
    day = on(3, 31)
    while (found := stands(day, *facts)).state is not State.FOR_A_PERSON:
        if found.state is State.DUE:
            fact = ask(found, channel=found.channels[0], on=day)
            assert isinstance(fact, RecallTried)
            facts.append(fact)
            channels.append((day, found.channels[0]))
        day += DAY
    assert channels == [
        (on(3, 31), Channel.TEXT),
        (on(4, 14), Channel.VOICE),
        (on(4, 28), Channel.LETTER),
    ]
    assert day == on(5, 12)
    assert found.times_tried == 3
    assert [each.key.patient for each in for_a_person(board(*facts), on=day)] == [ANA]


def test_a_booked_visit_of_the_kind_answers_it() -> None:
    """Booked, it is asked for no more; a visit of another kind answers nothing."""
    visit = booked("diabetes-check", on(5, 20), noted=on(4, 1))
    found = stands(on(4, 2), CHECKED, visit)
    assert (found.state, found.booked_for, found.days_late) == (State.SCHEDULED, on(5, 20), 20)
    assert stands(on(4, 2), CHECKED, booked("physical", on(4, 20), noted=on(4, 1))).state is State.DUE


@pytest.mark.parametrize("how", [VisitCancelled, VisitMissed])
def test_what_falls_through_is_open_again(how: type[VisitCancelled | VisitMissed]) -> None:
    """After a cancellation, and after a no-show, the recall is due again and may be tried as often as at first."""
    visit = booked("diabetes-check", on(4, 20), noted=on(4, 16))
    facts = (CHECKED, tried(on(3, 31)), tried(on(4, 14)), visit)
    lost = how(on=on(4, 20), appointment=visit.appointment)
    found = stands(on(4, 28), *facts, lost)
    assert (found.state, found.times_tried, found.channels[0]) == (State.DUE, 2, Channel.TEXT)
    assert stands(on(4, 27), *facts, lost).state is State.CONTACTED
    assert [each.key.rule for each in to_contact(board(*facts, lost), on=on(4, 28))] == ["a1c"]


def test_one_of_two_visits_cancelled_leaves_the_other() -> None:
    """Twice booked, once cancelled: still scheduled."""
    first = booked("diabetes-check", on(4, 20), noted=on(4, 1))
    second = booked("diabetes-check", on(4, 25), noted=on(4, 1), visit="v2")
    lost = VisitCancelled(on=on(4, 2), appointment=first.appointment)
    assert stands(on(4, 3), CHECKED, first, second, lost).booked_for == on(4, 25)


def test_a_moved_visit_still_answers() -> None:
    """On its new day; and moved before the check that it was to follow, it answers nothing."""
    visit = booked("diabetes-check", on(4, 20), noted=on(4, 1))
    moved = VisitMoved(on=on(4, 2), appointment=visit.appointment, day=on(5, 2))
    assert stands(on(4, 3), CHECKED, visit, moved).booked_for == on(5, 2)


def test_a_visit_that_nobody_settled_is_for_a_person() -> None:
    """The day is over and it was neither done, missed nor cancelled: it does not count as scheduled for ever."""
    visit = booked("diabetes-check", on(4, 20), noted=on(4, 1))
    assert stands(on(4, 20), CHECKED, visit).state is State.SCHEDULED
    assert stands(on(4, 21), CHECKED, visit).state is State.UNSETTLED
    assert len(for_a_person(board(CHECKED, visit), on=on(4, 21))) == 1


def test_only_a_later_visit_answers() -> None:
    """A second booking for the day of the check itself is no follow-up, and other kinds of visit owe none."""
    same_day = booked("diabetes-check", on(1, 31), noted=on(1, 30))
    assert stands(on(1, 31), CHECKED, same_day).state is State.WAITING
    assert standings(board(done("physical", on(1, 31))), on=on(6, 1)) == ()


def test_done_counts_anew() -> None:
    """The visit closes what was owed, and the next one is counted from it."""
    visit = booked("diabetes-check", on(4, 20), noted=on(4, 1))
    again = done("diabetes-check", on(4, 20), visit="v1")
    found = stands(on(4, 21), CHECKED, visit, again)
    assert (found.state, found.due) == (State.WAITING, on(7, 20))


def test_a_follow_up_is_done_once() -> None:
    """After the visit that follows the operation nothing is owed."""
    facts = (done("surgery", on(3, 1)), done("post-op", on(3, 14)))
    assert stands(on(3, 15), *facts, rule="post-op").state is State.DONE


def test_a_second_operation_does_not_put_off_the_first_follow_up() -> None:
    """Owed since the first one, it stays due on that one's day."""
    facts = (done("surgery", on(3, 1)), done("surgery", on(3, 12)))
    assert stands(on(3, 13), *facts, rule="post-op").due == on(3, 15)


def test_a_visit_noted_late_closes_nothing_newer() -> None:
    """A check of January that is written up in May does not close what is owed since February."""
    late = VisitDone(on=on(5, 5), patient=ANA, kind="diabetes-check", day=on(1, 5))
    found = stands(on(5, 6), done("diabetes-check", on(2, 1)), late)
    assert (found.state, found.due) == (State.DUE, on(5, 1))


def test_an_order_goes_before_the_rule() -> None:
    """Ordered for six weeks at the visit itself: due then, though the rule would say three months."""
    order = RecallOrdered(on=on(1, 31), patient=ANA, rule="a1c", due=on(3, 14))
    assert stands(on(2, 1), order, CHECKED).due == on(3, 14)
    assert stands(on(2, 1), CHECKED, order).due == on(3, 14)


def test_who_declined_is_left_alone_until_a_visit_counts_anew() -> None:
    """Declined: no more tries. After an operation the visit that follows it is a new matter."""
    facts: tuple[Fact, ...] = (
        done("surgery", on(1, 2)),
        RecallDeclined(on=on(1, 10), patient=ANA, rule="post-op"),
    )
    declined = stands(on(2, 1), *facts, rule="post-op")
    assert declined.state is State.DECLINED
    assert codes(ask(declined, channel=Channel.TEXT, on=on(2, 1), is_decided_by_person=True)) == [
        NOT_TO_BE_ASKED
    ]
    assert stands(on(6, 10), *facts, done("surgery", on(6, 1)), rule="post-op").state is State.DUE


def test_what_a_clinician_ended_opens_by_order_alone() -> None:
    """Ended: not even a visit of the kind opens it; an order does."""
    ended = RecallEnded(on=on(2, 1), patient=ANA, rule="a1c")
    again = done("diabetes-check", on(2, 10))
    assert stands(on(8, 1), CHECKED, ended, again).state is State.ENDED
    order = RecallOrdered(on=on(8, 1), patient=ANA, rule="a1c", due=on(8, 20))
    assert stands(on(8, 1), CHECKED, ended, again, order).state is State.DUE


@pytest.mark.parametrize("absence", Absence)
def test_nobody_asks_for_the_dead(absence: Absence) -> None:
    """A patient who has left or died is on no list; taken back, everything is as it was."""
    left = PatientLeft(on=on(3, 1), patient=ANA, absence=absence)
    found = stands(on(6, 1), CHECKED, left)
    assert found.state is State.GONE
    assert codes(ask(found, channel=Channel.LETTER, on=on(6, 1), is_decided_by_person=True)) == [
        NOT_TO_BE_ASKED
    ]
    assert (
        to_contact(board(CHECKED, left), on=on(6, 1)) == for_a_person(board(CHECKED, left), on=on(6, 1)) == ()
    )
    back = PatientBack(on=on(6, 2), patient=ANA)
    assert stands(on(6, 2), CHECKED, left, back).state is State.DUE


def test_asking_is_refused_with_its_reason() -> None:
    """Too soon, often enough, nothing to ask for: each by its code, and a person may decide otherwise of the first two."""
    asked = (CHECKED, tried(on(3, 31)))
    soon = stands(on(4, 1), *asked)
    assert codes(ask(soon, channel=Channel.VOICE, on=on(4, 1))) == [TOO_SOON]
    assert isinstance(ask(soon, channel=Channel.VOICE, on=on(4, 1), is_decided_by_person=True), RecallTried)
    often = stands(on(6, 1), *asked, tried(on(4, 14)), tried(on(4, 28)))
    assert codes(ask(often, channel=Channel.VOICE, on=on(6, 1))) == [ENOUGH_TRIES]
    fact = ask(often, channel=Channel.VOICE, on=on(6, 1), outcome=Outcome.REACHED, is_decided_by_person=True)
    assert isinstance(fact, RecallTried)
    assert fact.outcome is Outcome.REACHED
    visit = booked("diabetes-check", on(6, 20), noted=on(6, 1))
    assert codes(ask(stands(on(6, 2), *asked, visit), channel=Channel.TEXT, on=on(6, 2))) == [NOTHING_TO_ASK]


def test_not_seen_for_a_year() -> None:
    """A rule that names no kind counts from any visit and is closed by any."""
    facts = (done("vaccination", on(1, 10)), done("physical", on(5, 10)))
    (found,) = standings(replay([UNSEEN], facts), on=on(6, 1))
    assert found.due == on(5, 10, 2027)


def test_the_longest_overdue_comes_first() -> None:
    """The list of whom to ask is in order of the day when it was due."""
    facts = (done("diabetes-check", on(2, 1), patient=BEN), CHECKED)
    assert [each.key.patient for each in to_contact(board(*facts), on=on(6, 1))] == [ANA, BEN]


def test_channels_take_turns_and_fall_back() -> None:
    """The nth try prefers the nth channel, and every other stands behind it."""
    tries = Tries(channels=(Channel.TEXT, Channel.VOICE, Channel.LETTER))
    assert [tries.preferred(n)[0] for n in range(5)] == [Channel.TEXT, Channel.VOICE, *[Channel.LETTER] * 3]
    assert all(set(tries.preferred(n)) == set(tries.channels) for n in range(5))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Tries(most=0),
        lambda: Tries(spacing=0),
        lambda: Tries(channels=()),
        lambda: RecallRule(code="No Slug", interval=Interval(days=1)),
        lambda: RecallRule(code="r", interval=Interval(days=1), ahead=-1),
        lambda: Board(rules=(A1C, A1C)),
    ],
)
def test_impossible_rules_cannot_be(make: object) -> None:
    """Each of these is refused when it is made."""
    assert callable(make)
    with pytest.raises(InvalidValue):
        make()


def test_a_fact_of_an_unknown_rule_is_the_callers_mistake() -> None:
    """A try under a rule that is not there raises, instead of being lost."""
    with pytest.raises(UnknownName):
        board(tried(on(1, 1), rule="a1x"))
