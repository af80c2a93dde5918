from datetime import timedelta
from typing import Any

import pytest

from medoffice.core import AppointmentId, InvalidValue, PatientId, UnknownName
from medoffice.scheduling import IN_THE_PAST, PATIENT_BUSY
from medoffice.scheduling.book import (
    HELD_FOR_ANOTHER,
    HOLD_OVER,
    HOLD_TOO_LONG,
    TOO_MANY_HOLDS,
    Held,
    HoldId,
    HoldStatus,
    Policy,
    Released,
)
from medoffice.scheduling.outcomes import Booked, Moved


def book_hold(office: Any, hold: Any, patient: str = "pat") -> Any:
    """Book what an outcome holds."""
    return office.book.book_hold(
        hold.hold.id, id=office.new(AppointmentId), patient=PatientId(patient), now=office.now
    )


def test_a_held_time_is_nobody_elses(office: Any) -> None:
    """While it is held it is neither found nor booked, and its holder books it."""
    held = office.hold(office.at(9), resources=["okafor", "exam-1"])
    other = office.hold(office.at(9))
    assert isinstance(held, Held)
    assert [str(each) for each in other.hold.resources] == ["exam-2", "lindqvist"]
    assert office.at(9) not in office.starts()
    assert office.codes(office.visit(office.at(9)))
    assert isinstance(book_hold(office, held), Booked)
    assert office.book.holds[held.hold.id].status is HoldStatus.USED


def test_a_hold_is_over_at_its_very_end(office: Any) -> None:
    """A second before, its holder books; at the instant it is free for all, with nobody having called a clock."""
    held = office.hold(office.at(9), until=office.now + timedelta(minutes=5), resources=["okafor"])
    office.now += timedelta(minutes=5)
    assert office.at(9) in office.starts(resources=["okafor"])
    assert office.facts() == ["TimeHeld", "HoldExpired"]
    assert office.codes(book_hold(office, held)) == [HOLD_OVER]
    assert isinstance(office.visit(office.at(9), resources=["okafor"]), Booked)


def test_a_hold_lasts_until_its_last_instant(office: Any) -> None:
    """Just before its end it still keeps the time for its holder."""
    held = office.hold(office.at(9), until=office.now + timedelta(minutes=5))
    office.now += timedelta(minutes=5) - timedelta(microseconds=1)
    assert isinstance(book_hold(office, held), Booked)


def test_a_hold_in_a_name_is_for_that_patient(office: Any) -> None:
    """Nobody else books it, even with its id."""
    held = office.hold(office.at(9), patient=PatientId("ann"))
    assert office.codes(book_hold(office, held, "bo")) == [HELD_FOR_ANOTHER]
    assert isinstance(book_hold(office, held, "ann"), Booked)


def test_a_released_hold_frees_its_time_once(office: Any) -> None:
    """What was released is found again, and cannot be released or booked any more."""
    held = office.hold(office.at(9), code="talk")
    assert office.at(9) not in office.starts(code="talk")
    outcome = office.book.release(held.hold.id, now=office.now)
    assert isinstance(outcome, Released)
    assert outcome.hold.status is HoldStatus.RELEASED
    assert office.at(9) in office.starts(code="talk")
    assert office.codes(office.book.release(held.hold.id, now=office.now)) == [HOLD_OVER]
    assert office.codes(book_hold(office, held)) == [HOLD_OVER]


def test_a_patient_has_so_many_holds_and_no_more(opened: Any) -> None:
    """The limit counts running holds: a released one makes room."""
    office = opened(Policy(holds_per_patient=2))
    held = [office.hold(office.at(hour), patient=PatientId("ann")) for hour in (9, 10)]
    assert office.codes(office.hold(office.at(11), patient=PatientId("ann"))) == [TOO_MANY_HOLDS]
    office.book.release(held[0].hold.id, now=office.now)
    assert isinstance(office.hold(office.at(11), patient=PatientId("ann")), Held)


def test_a_hold_does_not_last_longer_than_the_policy_says(opened: Any) -> None:
    """A later end is refused with the number of minutes."""
    office = opened(Policy(longest_hold_minutes=60))
    refused = office.hold(office.at(15), until=office.now + timedelta(minutes=61))
    assert office.codes(refused) == [HOLD_TOO_LONG]
    assert "60 minutes" in refused.findings[0].message
    assert isinstance(office.hold(office.at(15), until=office.now + timedelta(minutes=60)), Held)


def test_a_hold_for_a_patient_who_is_elsewhere_is_refused_unless_it_is_instead(office: Any) -> None:
    """To move a visit a little, its patient holds a time that overlaps it."""
    old = office.visit(office.at(9), "ann", resources=["okafor"]).appointment
    asked = {"patient": PatientId("ann"), "resources": ["lindqvist"]}
    assert office.codes(office.hold(office.at(9, 10), **asked)) == [PATIENT_BUSY]
    held = office.hold(office.at(9, 10), **asked, instead_of=old.id)
    moved = office.book.move_to_hold(old.id, held.hold.id, now=office.now)
    assert isinstance(moved, Moved)
    assert moved.previous == old.slot
    assert moved.appointment.slot == held.hold.slot


def test_what_is_held_is_not_booked_into_the_past(office: Any) -> None:
    """A hold that outlasts the start of its visit keeps the time, but nobody begins yesterday."""
    held = office.hold(office.at(8, 30), until=office.at(10))
    office.now = office.at(9)
    assert office.codes(book_hold(office, held)) == [IN_THE_PAST]


def test_a_refused_hold_writes_nothing(office: Any) -> None:
    """Not a fact more than before."""
    office.visit(office.at(9), code="talk")
    before = office.book.state
    assert office.codes(office.hold(office.at(9), code="talk"))
    assert office.book.state == before


def test_mistakes_of_the_caller_are_raised(office: Any) -> None:
    """An id twice, an end that is over, an id that was never there, a time without a zone."""
    held = office.hold(office.at(9))
    with pytest.raises(InvalidValue, match="in the book already"):
        office.book.hold("checkup", office.at(10), id=held.hold.id, now=office.now)
    with pytest.raises(InvalidValue, match="after now"):
        office.hold(office.at(10), until=office.now)
    with pytest.raises(UnknownName, match="hold"):
        office.book.release(HoldId("never"), now=office.now)
    with pytest.raises(InvalidValue, match="time zone"):
        office.hold(office.at(10).replace(tzinfo=None))


def test_a_clock_that_runs_behind_does_not_bring_a_hold_back(office: Any) -> None:
    """What has run out stays so when a second computer is a minute late."""
    office.hold(office.at(9), until=office.now + timedelta(minutes=5))
    office.book.expire(office.now + timedelta(minutes=5))
    office.book.expire(office.now)
    assert office.facts() == ["TimeHeld", "HoldExpired"]
    assert office.starts()[0] == office.at(8, 15)
    office.visit(office.at(9))
    assert [event.at - office.now for event in office.book.events[1:]] == [timedelta(minutes=5)] * 2
