"""Recalls over each store: who is due by rule and by the book's own log, what was tried, and what closes one."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from medoffice.adapters.system import FixedClock
from medoffice.core import (
    AppointmentId,
    CommandKey,
    PatientId,
    Refused,
    ResourceId,
    UnknownName,
)
from medoffice.office import Office
from medoffice.office.visits.recalling import STREAM
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling import Booked, Status, flow
from medoffice.scheduling.recalls import (
    ENOUGH_TRIES,
    NOTHING_TO_ASK,
    TOO_SOON,
    Absence,
    Interval,
    Outcome,
    RecallRule,
    RecallTried,
    State,
    Tries,
)
from medoffice.scheduling.reminders import Channel

TEN = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
MONTHS_LATER = datetime(2027, 2, 10, 16, 0, tzinfo=UTC)
"""Two weeks before the next check is due; a Wednesday."""
ANA, DOCTOR = PatientId("pat-ana"), ResourceId("dr-okafor")
RULE = RecallRule(
    code="check", interval=Interval(months=3), closes_with="follow-up", tries=Tries(most=2, spacing=7)
)

At = Callable[[datetime], Office]


@pytest.fixture
def at(office: Office) -> At:
    """The same office with its rule, at another instant."""
    return lambda moment: attrs.evolve(office, clock=FixedClock(moment), recall_rules=(RULE,))


@pytest.fixture
def seen(visit: AppointmentId, at: At) -> AppointmentId:
    """Ana's visit took place."""
    at(TEN).check_in(visit)
    at(TEN + timedelta(minutes=30)).change_status(visit, Status.FULFILLED)
    return visit


def state(office: Office) -> State:
    """How Ana's recall stands."""
    (standing,) = office.schedule.recalls.standings()
    return standing.state


def test_who_was_seen_is_due_again(seen: AppointmentId, at: At) -> None:
    """Three months later, from the book's own log; thirty days before, she is to be asked."""
    assert state(at(TEN + timedelta(days=1))) is State.WAITING
    (standing,) = at(MONTHS_LATER).schedule.recalls.due()
    assert (standing.key.patient, standing.due) == (ANA, date(2027, 2, 24))
    assert seen.value


def test_only_ways_that_may_be_used_are_named(seen: AppointmentId, at: At) -> None:
    """She has a telephone and agreed to nothing: nobody texts her; with her consent, by text first."""
    (standing,) = at(MONTHS_LATER).schedule.recalls.due()
    assert standing.channels == ()
    at(MONTHS_LATER).schedule.reminders.consent_given(ANA, Channel.TEXT)
    (standing,) = at(MONTHS_LATER).schedule.recalls.due()
    assert standing.channels == (Channel.TEXT,)
    assert seen.value


def test_a_booking_closes_it_and_calling_off_opens_it(seen: AppointmentId, at: At) -> None:
    """Nothing else has to be noted; a missed visit opens it as well."""
    office = at(MONTHS_LATER)
    booked = office.book(ANA, "follow-up", MONTHS_LATER + timedelta(days=7), (DOCTOR,))
    assert isinstance(booked, Booked)
    assert state(office) is State.SCHEDULED
    office.cancel(booked.appointment.id)
    assert state(office) is State.DUE
    assert seen.value


def test_tries_are_spaced_and_then_a_person_decides(seen: AppointmentId, at: At) -> None:
    """Asked, given a week, asked again; then nobody asks by rule any more."""

    def ask(days: int, *, by_person: bool = False) -> RecallTried | Refused:
        recalls = at(MONTHS_LATER + timedelta(days=days)).schedule.recalls
        return recalls.tried(ANA, "check", channel=Channel.VOICE, is_decided_by_person=by_person)

    assert isinstance(ask(0), RecallTried)
    soon = ask(1)
    assert isinstance(soon, Refused)
    assert soon.has(TOO_SOON)
    assert isinstance(ask(7), RecallTried)
    enough = ask(14)
    assert isinstance(enough, Refused)
    assert enough.has(ENOUGH_TRIES)
    later = at(MONTHS_LATER + timedelta(days=14)).schedule.recalls
    assert [each.key.patient for each in later.for_a_person()] == [ANA]
    assert isinstance(ask(14, by_person=True), RecallTried)
    assert seen.value


def test_who_declines_is_not_asked(seen: AppointmentId, at: At) -> None:
    """Nor who has left; who comes back is due as before."""
    recalls = at(MONTHS_LATER).schedule.recalls
    recalls.left(ANA, Absence.INACTIVE)
    assert state(at(MONTHS_LATER)) is State.GONE
    recalls.came_back(ANA)
    assert state(at(MONTHS_LATER)) is State.DUE
    recalls.declined(ANA, "check")
    assert state(at(MONTHS_LATER)) is State.DECLINED
    recalls.ended(ANA, "check")
    assert state(at(MONTHS_LATER)) is State.ENDED
    recalls.ordered(ANA, "check", due=date(2027, 3, 1))
    assert state(at(MONTHS_LATER)) is State.DUE
    assert seen.value


def test_a_visit_that_was_over_by_error_makes_nobody_due(seen: AppointmentId, at: At) -> None:
    """Taken back, it did not take place; noted again, it did."""
    office = at(TEN + timedelta(minutes=31))
    office.schedule.flow.back(seen)
    assert office.schedule.recalls.standings() == ()
    assert isinstance(office.schedule.flow.out(seen), flow.PatientLeft)
    assert state(at(TEN + timedelta(days=1))) is State.WAITING


def test_what_cannot_be_tried_is_said_so(visit: AppointmentId, at: At) -> None:
    """No such rule, no such patient, nothing owed: nothing is kept."""
    recalls = at(TEN).schedule.recalls
    with pytest.raises(UnknownName):
        recalls.tried(ANA, "chek", channel=Channel.TEXT)
    with pytest.raises(UnknownName):
        recalls.declined(ANA, "chek")
    with pytest.raises(NoSuchRecord):
        recalls.declined(PatientId("pat-nobody"), "check")
    nothing = recalls.tried(ANA, "check", channel=Channel.TEXT)
    assert isinstance(nothing, Refused)
    assert nothing.has(NOTHING_TO_ASK)
    assert at(TEN).store.read(lambda tx: tx.last_fact(STREAM)) == 0
    assert visit.value


def test_a_try_sent_twice_is_one(seen: AppointmentId, at: At) -> None:
    """Also after midnight: the same key is the same try."""
    first, again = (
        at(MONTHS_LATER + timedelta(hours=hours)).schedule.recalls.tried(
            ANA, "check", channel=Channel.TEXT, outcome=Outcome.MESSAGE_LEFT, key=CommandKey("cmd-1")
        )
        for hours in (0, 14)
    )
    assert isinstance(first, RecallTried)
    assert first == again
    (standing,) = at(MONTHS_LATER).schedule.recalls.standings()
    assert standing.times_tried == 1
    assert seen.value
