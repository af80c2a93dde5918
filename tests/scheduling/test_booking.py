"""Decisions about one appointment, each refusal by its code."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.core import AppointmentId, DateRange, InvalidValue, PatientId, Refused, ResourceId
from medoffice.scheduling import (
    ILLEGAL_CHANGE,
    IN_THE_PAST,
    NOT_MOVABLE,
    OUTSIDE_HOURS,
    PATIENT_BUSY,
    SLOT_TAKEN,
    TAKES_TIME,
    Appointment,
    Booked,
    Cancelled,
    Hours,
    Moved,
    Status,
    VisitType,
    WeeklyTemplate,
    book,
    cancel,
    change_status,
    confirm,
    move,
)

ZONE = ZoneInfo("America/Chicago")
DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 7, tzinfo=ZONE)
VISIT = VisitType(code="follow-up", name="Follow-up", minutes=20, buffer_before=5, buffer_after=5)
OKAFOR, ROOM = ResourceId("okafor"), ResourceId("room-1")
TEMPLATES = tuple(
    WeeklyTemplate(
        resource=resource,
        zone=ZONE,
        hours=(Hours(weekday=DAY.weekday(), opens=time(8), closes=time(12)),),
        effective=DateRange(date(2026, 1, 1)),
    )
    for resource in (OKAFOR, ROOM)
)


def at(hour: int, minute: int = 0) -> datetime:
    """A time of the day, on the clock of the office."""
    return datetime(2026, 11, 24, hour, minute, tzinfo=ZONE)


def try_to_book(
    start: datetime,
    *,
    booked: Iterable[Appointment] = (),
    patient: str = "p2",
    resources: Iterable[ResourceId] = (OKAFOR,),
    now: datetime = NOW,
) -> Booked | Refused:
    """Book the visit for the second patient, unless told otherwise."""
    return book(
        id=AppointmentId(f"a-{patient}-{start.astimezone(UTC):%H%M}"),
        patient=PatientId(patient),
        visit=VISIT,
        slot_start=start,
        resources=resources,
        templates=TEMPLATES,
        booked=booked,
        now=now,
    )


def booked_at(start: datetime, patient: str = "p1", status: Status = Status.BOOKED) -> Appointment:
    """An appointment of the first patient, in a state."""
    outcome = try_to_book(start, patient=patient)
    assert isinstance(outcome, Booked)
    return attrs.evolve(outcome.appointment, status=status)


def codes(outcome: object) -> list[str]:
    """The codes of a refusal."""
    assert isinstance(outcome, Refused)
    return [finding.code for finding in outcome.findings]


def test_a_booking_holds_slot_buffers_and_resources() -> None:
    """The appointment has the visit's time, its buffers around it, and its resources sorted."""
    outcome = try_to_book(at(9), resources=[ROOM, OKAFOR, ROOM])
    assert isinstance(outcome, Booked)
    made = outcome.appointment
    assert (made.slot.start, made.slot.end) == (at(9), at(9, 20))
    assert (made.occupied.start, made.occupied.end) == (at(8, 55), at(9, 25))
    assert made.resources == (OKAFOR, ROOM)
    assert (made.status, made.revision) == (Status.BOOKED, 0)


@pytest.mark.parametrize("start", [at(8, 36), at(9, 24), at(9)])
def test_a_taken_time_is_refused(start: datetime) -> None:
    """A visit whose buffers meet another's by a minute is refused, and the resource is named."""
    outcome = try_to_book(start, booked=[booked_at(at(9))])
    assert codes(outcome) == [SLOT_TAKEN]
    assert isinstance(outcome, Refused)
    assert outcome.findings[0].where == "resource okafor"


@pytest.mark.parametrize("start", [at(8, 30), at(9, 30)])
def test_visits_may_touch(start: datetime) -> None:
    """Buffers that end where others begin are no overlap."""
    assert isinstance(try_to_book(start, booked=[booked_at(at(9))]), Booked)


def test_the_same_booking_twice_is_refused() -> None:
    """A new appointment under an id that holds that very time does not pass for the old one."""
    outcome = try_to_book(at(9), patient="p2")
    assert isinstance(outcome, Booked)
    assert codes(try_to_book(at(9), booked=[outcome.appointment])) == [SLOT_TAKEN, PATIENT_BUSY]


def test_one_taken_resource_of_two_is_enough_to_refuse() -> None:
    """The clinician is taken and the room is free: refused for the clinician alone."""
    outcome = try_to_book(at(9), booked=[booked_at(at(9))], resources=[ROOM, OKAFOR])
    assert isinstance(outcome, Refused)
    assert [(finding.code, finding.where) for finding in outcome.findings] == [
        (SLOT_TAKEN, "resource okafor")
    ]


@pytest.mark.parametrize("start", [at(8, 4), at(11, 36), at(12), at(8) + timedelta(days=1)])
def test_outside_hours_is_refused(start: datetime) -> None:
    """The visit with its buffers lies within the hours, of that weekday, to the minute."""
    assert codes(try_to_book(start)) == [OUTSIDE_HOURS]


@pytest.mark.parametrize("start", [at(8, 5), at(11, 35)])
def test_the_edges_of_the_hours_can_be_booked(start: datetime) -> None:
    """The first and the last visit that fit, fit."""
    assert isinstance(try_to_book(start), Booked)


def test_a_resource_without_hours_is_never_open() -> None:
    """No template is not "always"."""
    assert codes(try_to_book(at(9), resources=[ResourceId("unknown")])) == [OUTSIDE_HOURS]


def test_the_past_is_refused() -> None:
    """A visit that would have begun is refused; one that begins now is not."""
    assert codes(try_to_book(at(9), now=at(9) + timedelta(seconds=1))) == [IN_THE_PAST]
    assert isinstance(try_to_book(at(9), now=at(9)), Booked)


def test_a_patient_is_in_one_place_at_a_time() -> None:
    """The same patient with another resource at that time is refused; buffers do not bind the patient."""
    mine = booked_at(at(9), patient="p2")
    assert codes(try_to_book(at(9, 10), booked=[mine], resources=[ROOM])) == [PATIENT_BUSY]
    assert isinstance(try_to_book(at(9, 20), booked=[mine], resources=[ROOM]), Booked)


def test_all_reasons_are_given_at_once() -> None:
    """Past, closed, taken and busy: four findings, each with a fix, in a fixed order."""
    theirs = attrs.evolve(booked_at(at(11, 35), patient="p2"), id=AppointmentId("other"))
    outcome = try_to_book(at(11, 36), booked=[theirs], now=at(12))
    assert codes(outcome) == [IN_THE_PAST, OUTSIDE_HOURS, SLOT_TAKEN, PATIENT_BUSY]
    assert isinstance(outcome, Refused)
    assert all(finding.fix for finding in outcome.findings)


@pytest.mark.parametrize("status", Status)
def test_only_states_that_hold_time_stand_in_the_way(status: Status) -> None:
    """A pending visit blocks a booking, a cancelled one does not."""
    other = attrs.evolve(booked_at(at(9)), status=status)
    assert isinstance(try_to_book(at(9), booked=[other]), Refused) == other.is_occupying


def test_cancelling_frees() -> None:
    """What was refused is booked after the visit in its way is cancelled."""
    other = booked_at(at(9))
    outcome = cancel(other)
    assert isinstance(outcome, Cancelled)
    assert outcome.appointment == attrs.evolve(other, status=Status.CANCELLED, revision=1)
    assert isinstance(try_to_book(at(9), booked=[outcome.appointment]), Booked)


def test_what_has_ended_cannot_be_cancelled() -> None:
    """A second cancellation is refused with the code of an illegal change."""
    assert codes(cancel(booked_at(at(9), status=Status.CANCELLED))) == [ILLEGAL_CHANGE]


def move_it(
    appointment: Appointment, start: datetime, booked: Iterable[Appointment], visit: VisitType = VISIT
) -> Moved | Refused:
    """Move to another time of the day on the same resources."""
    return move(appointment, visit=visit, slot_start=start, templates=TEMPLATES, booked=booked, now=NOW)


def test_a_move_may_overlap_its_own_old_time() -> None:
    """Ten minutes later is a move like any other, and the old time is told."""
    mine = booked_at(at(9))
    outcome = move_it(mine, at(9, 10), [mine])
    assert isinstance(outcome, Moved)
    assert outcome.previous == mine.slot
    assert (outcome.appointment.slot.start, outcome.appointment.revision) == (at(9, 10), 1)
    assert outcome.appointment.id == mine.id


def test_a_move_is_all_or_nothing() -> None:
    """A refused move gives its reasons and no appointment: there is nothing half done to undo."""
    mine, other = booked_at(at(9)), booked_at(at(10), patient="p3")
    assert codes(move_it(mine, at(10), [mine, other])) == [SLOT_TAKEN]


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.BOOKED, Status.PENDING}, key=str))
def test_what_began_or_ended_or_never_held_a_time_does_not_move(status: Status) -> None:
    """Only pending and booked appointments move."""
    assert codes(move_it(booked_at(at(9), status=status), at(10), ())) == [NOT_MOVABLE]


def test_a_move_keeps_the_kind_of_visit() -> None:
    """Moving with another visit type is the caller's mistake."""
    with pytest.raises(InvalidValue):
        move_it(booked_at(at(9)), at(10), (), attrs.evolve(VISIT, code="physical"))


def test_a_waiting_appointment_is_confirmed_only_into_free_time() -> None:
    """Its status alone cannot take the time; confirming looks, and books or refuses."""
    waiting = booked_at(at(9), patient="p2", status=Status.WAITLIST)
    assert codes(change_status(waiting, Status.BOOKED)) == [TAKES_TIME]
    other = booked_at(at(9))
    assert codes(confirm(waiting, templates=TEMPLATES, booked=[waiting, other], now=NOW)) == [SLOT_TAKEN]
    outcome = confirm(waiting, templates=TEMPLATES, booked=[waiting], now=NOW)
    assert isinstance(outcome, Booked)
    assert outcome.appointment == attrs.evolve(waiting, status=Status.BOOKED, revision=1)


def test_what_is_booked_or_over_is_not_confirmed() -> None:
    """There is nothing to confirm about an appointment that is booked, or has ended."""
    for status in (Status.BOOKED, Status.CANCELLED, Status.FULFILLED):
        outcome = confirm(booked_at(at(9), status=status), templates=TEMPLATES, booked=(), now=NOW)
        assert codes(outcome) == [ILLEGAL_CHANGE]


def test_a_booking_needs_a_resource() -> None:
    """A visit that occupies nothing is the caller's mistake, not a refusal."""
    with pytest.raises(InvalidValue):
        try_to_book(at(9), resources=[])
