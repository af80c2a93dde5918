from datetime import timedelta
from typing import Any

import attrs
import pytest

from medoffice.core import ActorId, AppointmentId, InvalidValue, PatientId, UnknownName
from medoffice.scheduling import (
    ILLEGAL_CHANGE,
    IN_THE_PAST,
    NOT_MOVABLE,
    OUTSIDE_HOURS,
    PATIENT_BUSY,
    SLOT_TAKEN,
    Appointment,
    Status,
)
from medoffice.scheduling.book import NOT_YET, Book, CalledOff, Changed, Party, Policy
from medoffice.scheduling.outcomes import Booked, Moved
from medoffice.scheduling.refusals import BEYOND_HORIZON, SHORT_NOTICE


def test_booking_takes_all_that_a_visit_needs(office: Any) -> None:
    """With only a start the book chooses clinician and room; the third visit at one time has no room left."""
    taken = [office.visit(office.at(9), patient).appointment.resources for patient in ("ann", "bo")]
    assert sorted(str(each) for some in taken for each in some) == ["exam-1", "exam-2", "lindqvist", "okafor"]
    refused = office.visit(office.at(9), "cy")
    assert {finding.where for finding in refused.findings if finding.code == SLOT_TAKEN} == {
        f"resource {each}" for each in ("exam-1", "exam-2", "lindqvist", "okafor")
    }


def test_a_named_provider_is_the_one(office: Any) -> None:
    """The rest is chosen; when the named one is taken nobody else stands in."""
    first = office.visit(office.at(9), "ann", resources=["lindqvist"]).appointment
    assert [str(each) for each in first.resources] == ["exam-1", "lindqvist"]
    assert SLOT_TAKEN in office.codes(office.visit(office.at(9), "bo", resources=["lindqvist"]))


def test_why_not_is_silent_exactly_when_booking_works(office: Any) -> None:
    """The same reasons, the same rules, and no fact written."""
    office.visit(office.at(9), "ann", "talk")
    asked = {"now": office.now, "patient": PatientId("bo")}
    assert office.book.why_not("talk", office.at(10), **asked) == ()
    reasons = office.book.why_not("talk", office.at(9, 20), **asked)
    assert reasons == office.visit(office.at(9, 20), "bo", "talk").findings
    assert office.codes(office.visit(office.at(12), "bo", "talk")) == [OUTSIDE_HOURS]
    assert office.facts() == ["VisitBooked"]


def test_a_person_may_book_off_the_grid(office: Any) -> None:
    """Seven past nine is not offered, and can be booked."""
    assert office.at(9, 7) not in office.starts()
    assert isinstance(office.visit(office.at(9, 7)), Booked)


def test_notice_and_horizon_bind_finding_and_booking_alike(opened: Any) -> None:
    """Two hours ahead and no more than a day."""
    office = opened(Policy(notice_minutes=120, horizon_days=1))
    assert office.starts()[0] == office.at(10)
    assert office.starts(1)[-1] == office.at(8, day=1)
    assert office.codes(office.visit(office.at(9, 45))) == [SHORT_NOTICE]
    assert office.codes(office.visit(office.at(8, 15, day=1))) == [BEYOND_HORIZON]
    assert isinstance(office.visit(office.at(10)), Booked)


def test_what_has_begun_is_entered_only_where_the_policy_lets_it(opened: Any) -> None:
    """A morning on paper can be brought in afterwards, where that is wanted."""
    for policy, codes in ((Policy(), [IN_THE_PAST]), (Policy(may_book_past=True, notice_minutes=60), [])):
        office = opened(policy)
        office.now = office.at(11)
        assert office.codes(office.visit(office.at(9))) == codes


def test_a_pending_visit_keeps_its_time_until_it_is_confirmed(office: Any) -> None:
    """Two requests for one time: the second hears no at once, and not after both were confirmed."""
    pending = office.visit(office.at(9), "ann", "talk", pending=True)
    assert pending.appointment.status is Status.PENDING
    assert office.codes(office.visit(office.at(9), "bo", "talk", pending=True)) == [SLOT_TAKEN]
    confirmed = office.book.confirm(pending.appointment.id, now=office.now)
    assert confirmed == Booked(attrs.evolve(pending.appointment, status=Status.BOOKED, revision=1))


def test_a_patient_says_again_that_they_come(office: Any) -> None:
    """A booked visit is confirmed without another change; moving it makes the yes void."""
    mine = office.visit(office.at(9)).appointment
    assert not office.book.is_confirmed(mine.id)
    assert office.book.confirm(mine.id, now=office.now) == Booked(mine)
    assert office.book.is_confirmed(mine.id)
    office.book.move(mine.id, office.at(10), now=office.now)
    assert not office.book.is_confirmed(mine.id)


@pytest.mark.parametrize("status", [Status.WAITLIST, Status.PROPOSED])
def test_what_held_no_time_is_confirmed_only_into_free_time(office: Any, status: Status) -> None:
    """Two who wait for one time: the second is refused after the first is booked."""
    template = office.visit(office.at(9), "ann", "talk").appointment
    waiting = [
        attrs.evolve(template, id=AppointmentId(f"w{n}"), patient=PatientId(f"p{n}"), status=status)
        for n in (1, 2)
    ]
    book = Book(office.book.calendar, appointments=waiting)
    assert isinstance(book.confirm(waiting[0].id, now=office.now), Booked)
    assert office.codes(book.confirm(waiting[1].id, now=office.now)) == [SLOT_TAKEN]
    assert book.appointments[waiting[1].id].status is status


def test_a_patient_is_in_one_place(opened: Any) -> None:
    """Unless the policy says that this is no trouble."""
    for may, codes in ((False, [PATIENT_BUSY]), (True, [])):
        office = opened(Policy(may_double_book_patients=may))
        office.visit(office.at(9), "ann", resources=["okafor"])
        assert office.codes(office.visit(office.at(9, 15), "ann", resources=["lindqvist"])) == codes


def test_a_group_fills_seat_by_seat(office: Any) -> None:
    """Two seats: the third patient hears no, and a cancelled seat can be had again."""
    seats = [office.visit(office.at(9), patient, "class").appointment for patient in ("ann", "bo")]
    assert seats[0].resources == seats[1].resources
    assert office.codes(office.visit(office.at(9), "cy", "class"))
    office.book.cancel(seats[0].id, now=office.now)
    assert isinstance(office.visit(office.at(9), "cy", "class"), Booked)


def test_moving_keeps_the_provider_and_chooses_the_room_anew(office: Any) -> None:
    """Half an hour later into another room, since the old one is taken then."""
    mine = office.visit(office.at(9), "ann", resources=["okafor", "exam-1"]).appointment
    office.visit(office.at(9, 30), "bo", resources=["lindqvist", "exam-1"])
    moved = office.book.move(mine.id, office.at(9, 15), now=office.now)
    assert isinstance(moved, Moved)
    assert [str(each) for each in moved.appointment.resources] == ["exam-2", "okafor"]


def test_a_refused_move_leaves_everything_as_it_was(office: Any) -> None:
    """The old time is kept, and a search from before is still good."""
    mine = office.visit(office.at(9), "ann", "talk").appointment
    office.visit(office.at(10), "bo", "talk")
    before = office.book.state
    found = office.book.find(
        "talk",
        window=office.book.appointments[mine.id].slot.widened(before=timedelta(0), after=timedelta(hours=2)),
        now=office.now,
    )
    assert office.codes(office.book.move(mine.id, office.at(10), now=office.now)) == [SLOT_TAKEN]
    assert office.book.state == before
    assert len(found) > 0
    assert office.codes(office.visit(office.at(9), "cy", "talk")) == [SLOT_TAKEN]


def test_what_has_begun_does_not_move(office: Any) -> None:
    """An arrived patient is here."""
    mine = office.visit(office.at(9)).appointment
    office.book.change(mine.id, Status.ARRIVED, now=office.now)
    assert office.codes(office.book.move(mine.id, office.at(10), now=office.now)) == [NOT_MOVABLE]


@pytest.mark.parametrize(("hours", "is_late"), [(24, False), (23, True), (-1, True)])
def test_a_cancellation_says_with_how_much_notice(office: Any, *, hours: int, is_late: bool) -> None:
    """A day or more is in good time, under the plain policy; after the start the notice is below zero."""
    mine = office.visit(office.at(9, day=2)).appointment
    now = mine.slot.start - timedelta(hours=hours)
    outcome = office.book.cancel(mine.id, now=now, reason="no-ride", party=Party.PATIENT, by=ActorId("desk"))
    assert isinstance(outcome, CalledOff)
    assert (outcome.notice, outcome.is_late) == (hours * 60, is_late)
    fact = office.book.events[-1]
    assert (fact.reason, fact.by, fact.notice, fact.is_late) == (
        "no-ride",
        ActorId("desk"),
        hours * 60,
        is_late,
    )
    assert office.codes(office.book.cancel(mine.id, now=now)) == [ILLEGAL_CHANGE]


def test_nobody_misses_what_has_not_begun(opened: Any) -> None:
    """A no-show is noted from its start on, or after the policy's grace; its time is free then."""
    office = opened(Policy(no_show_minutes=10))
    mine = office.visit(office.at(9), code="talk").appointment
    early = office.book.no_show(mine.id, now=office.at(9, 9))
    assert office.codes(early) == [NOT_YET]
    assert isinstance(office.book.no_show(mine.id, now=office.at(9, 10)), Changed)
    office.now = office.at(9, 10)
    assert isinstance(office.visit(office.at(9, 10), "bo", "talk"), Booked)


def test_a_walk_in_has_the_next_whole_minute_without_notice(opened: Any) -> None:
    """The policy's notice does not bind who is here; the visit begins as arrived."""
    office = opened(Policy(notice_minutes=600))
    now = office.at(9, 30) + timedelta(seconds=20)
    outcome = office.book.walk_in("checkup", id=AppointmentId("w"), patient=PatientId("ann"), now=now)
    assert isinstance(outcome, Booked)
    assert outcome.appointment.slot.start == office.at(9, 31)
    assert outcome.appointment.status is Status.ARRIVED
    assert office.facts() == ["WalkInAdded"]


def test_a_visit_goes_through_its_day(office: Any) -> None:
    """Arrived, checked in, fulfilled; each a fact, none twice, and booking is none of them."""
    mine = office.visit(office.at(9)).appointment
    for to in (Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED):
        assert isinstance(office.book.change(mine.id, to, now=office.now), Changed)
    assert office.codes(office.book.change(mine.id, Status.ARRIVED, now=office.now)) == [ILLEGAL_CHANGE]
    assert office.facts()[1:] == ["StatusChanged"] * 3
    with pytest.raises(InvalidValue, match="decisions of their own"):
        office.book.change(mine.id, Status.BOOKED, now=office.now)


def test_what_was_entered_in_error_holds_no_time(office: Any) -> None:
    """It stays in the book, and its time is free."""
    mine = office.visit(office.at(9), code="talk").appointment
    office.book.change(mine.id, Status.ENTERED_IN_ERROR, now=office.now)
    assert isinstance(office.visit(office.at(9), code="talk"), Booked)
    assert mine.id in office.book.appointments


def test_a_free_slot_is_taken_as_it_is_or_not_at_all(office: Any) -> None:
    """Other resources, another kind of visit or another length than it was found for are mistakes."""
    window = office.visit(office.at(9)).appointment.slot.widened(
        before=timedelta(0), after=timedelta(hours=5)
    )
    slot = office.book.find("checkup", window=window, now=office.now)[0]
    for more in ({"resources": ["hall"]}, {"code": "talk"}, {"new_patient": True}, {"location": "north"}):
        with pytest.raises(InvalidValue, match="free slot"):
            office.visit(slot, "bo", **more)
    assert office.visit(slot, "bo").appointment.resources == slot.resources


def test_names_that_are_not_there_are_raised(office: Any) -> None:
    """A kind of visit, a resource, an appointment; and an id that is used already."""
    with pytest.raises(UnknownName, match="checkup"):
        office.visit(office.at(9), code="chekup")
    with pytest.raises(UnknownName, match="resource"):
        office.visit(office.at(9), resources=["nobody"])
    with pytest.raises(UnknownName, match="appointment"):
        office.book.cancel(AppointmentId("never"), now=office.now)
    mine: Appointment = office.visit(office.at(9)).appointment
    with pytest.raises(InvalidValue, match="in the book already"):
        office.book.book("checkup", office.at(10), id=mine.id, patient=mine.patient, now=office.now)
