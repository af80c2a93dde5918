"""Booking over each store: the office's own commands, and what a repeated one does."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from medoffice.core import AppointmentId, CommandKey, InvalidValue, Money, PatientId, Refused, ResourceId
from medoffice.office import KeyReused, Office
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.book import Changed
from medoffice.scheduling.outcomes import Booked, Cancelled, Moved

TEN = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
DOCTOR = (ResourceId("dr-okafor"),)
ANA = PatientId("pat-ana")


def test_what_is_offered_can_be_booked(office: Office) -> None:
    """Each of the day's free times may be taken, and is then offered no more."""
    offered = list(office.find("follow-up", first_day=date(2026, 11, 24)))
    assert offered
    first = offered[0]
    booked = office.book(ANA, "follow-up", first.slot.start, first.resources)
    assert isinstance(booked, Booked)
    left = list(office.find("follow-up", first_day=date(2026, 11, 24)))
    assert all(not slot.occupied.overlaps(first.occupied) for slot in left)


def test_a_taken_time_is_refused(office: Office, visit: AppointmentId) -> None:
    """The second booking of a time is refused, and the first one stands."""
    again = office.book(ANA, "follow-up", TEN + timedelta(minutes=10), DOCTOR)
    assert isinstance(again, Refused)
    assert again.has("SCH001")
    assert [row.appointment for row in office.board()] == [visit]


def test_a_command_that_is_sent_twice_books_once(office: Office) -> None:
    """The same key gives the same appointment again."""
    key = CommandKey("cmd-1")
    first = office.book(ANA, "follow-up", TEN, DOCTOR, key=key)
    second = office.book(ANA, "follow-up", TEN, DOCTOR, key=key)
    assert isinstance(first, Booked)
    assert second == first
    assert len(office.board()) == 1


def test_a_key_is_not_for_two_requests(office: Office) -> None:
    """Another request under a used key is a mistake of the caller, and changes nothing."""
    key = CommandKey("cmd-1")
    office.book(ANA, "follow-up", TEN, DOCTOR, key=key)
    with pytest.raises(KeyReused):
        office.book(ANA, "follow-up", TEN + timedelta(hours=1), DOCTOR, key=key)
    assert len(office.board()) == 1


def test_moving_frees_the_old_time_and_takes_the_new(office: Office, visit: AppointmentId) -> None:
    """A move is all or nothing."""
    moved = office.move(visit, TEN + timedelta(hours=2))
    assert isinstance(moved, Moved)
    assert isinstance(office.book(ANA, "follow-up", TEN, DOCTOR), Booked)
    refused = office.move(visit, TEN)
    assert isinstance(refused, Refused)
    assert office.store.read(lambda tx: tx.appointment(visit)).slot.start == TEN + timedelta(hours=2)


def test_cancelling_frees_the_time_once(office: Office, visit: AppointmentId) -> None:
    """A cancelled visit gives its time back, and cannot be cancelled again."""
    assert isinstance(office.cancel(visit), Cancelled)
    assert isinstance(office.cancel(visit), Refused)
    assert isinstance(office.book(ANA, "follow-up", TEN, DOCTOR), Booked)


def test_every_command_leaves_a_row_in_the_audit_trail(office: Office, visit: AppointmentId) -> None:
    """Done or refused, each command has its row, and the rows name no patient."""
    office.book(ANA, "follow-up", TEN, DOCTOR)
    office.cancel(visit)
    rows = office.store.read(lambda tx: tx.audit_rows())
    said = [(row.entry.action, row.entry.outcome) for row in rows]
    assert said[-3:] == [("book", "done"), ("book", "sch005"), ("cancel", "done")]
    assert "Ana" not in repr(rows)


def test_a_status_follows_the_law(
    office: Office, visit: AppointmentId, at: Callable[[datetime], Office]
) -> None:
    """A visit that was not begun cannot be over, and nobody has stayed away from one that is still to come."""
    assert isinstance(office.change_status(visit, Status.FULFILLED), Refused)
    assert isinstance(office.change_status(visit, Status.NOSHOW), Refused)
    assert isinstance(at(TEN).change_status(visit, Status.NOSHOW), Changed)


def test_a_check_in_is_not_a_mere_change_of_status(office: Office, visit: AppointmentId) -> None:
    """It gives a number, so it has a command of its own."""
    with pytest.raises(InvalidValue):
        office.change_status(visit, Status.CHECKED_IN)


def test_the_estimate_is_the_co_pay(office: Office, visit: AppointmentId) -> None:
    """What is due is explained to the cent."""
    due = office.estimate(visit)
    assert due.due_today == Money(3000)
    assert due.trace.amount == due.due_today
    assert due.is_certain


def test_unknown_records_are_said(office: Office) -> None:
    """An appointment or patient that nobody has is an exception for the caller."""
    with pytest.raises(NoSuchRecord):
        office.estimate(AppointmentId("apt-none"))
    with pytest.raises(NoSuchRecord):
        office.book(PatientId("pat-none"), "follow-up", TEN, DOCTOR)
    with pytest.raises(NoSuchRecord):
        office.book(ANA, "no-such-visit", TEN, DOCTOR)
