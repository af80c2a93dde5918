"""When a clinician drops out: every visit gets the least disruptive new place, proven, and is moved there."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from medoffice.core import CommandKey, Patient, PatientId, PersonName, Refused, ResourceId, TimeSlot
from medoffice.office import Office
from medoffice.scheduling import (
    Absence,
    AnyOf,
    Appointment,
    Booked,
    Closure,
    Moved,
    Provider,
    Room,
    VisitType,
    Weekly,
)
from medoffice.scheduling.replan import Continuity, Verified, verify

ZONE = ZoneInfo("America/Chicago")
MONDAY = date(2026, 11, 30)
NINE = datetime(2026, 11, 30, 15, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)
LEE, OKAFOR = ResourceId("dr-lee"), ResourceId("dr-okafor")

At = Callable[[datetime], Office]


@pytest.fixture
def booked(office: Office) -> tuple[Office, tuple[Appointment, ...]]:
    """Dr. Lee has six visits on Monday, one after the other; Dr. Okafor is free."""
    office.schedule.add_resource(Provider("dr-lee", weekly=Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)))
    visits = []
    for number in range(6):
        id = PatientId(f"pat-{number}")
        office.register(Patient(id=id, name=PersonName(family="Someone"), birth_date=date(1980, 1, 1)))
        made = office.book(id, "follow-up", NINE + number * timedelta(minutes=20), (LEE,))
        assert isinstance(made, Booked)
        visits.append(made.appointment)
    return office, tuple(visits)


def test_everybody_gets_a_place_and_the_plan_is_proven(
    booked: tuple[Office, tuple[Appointment, ...]],
) -> None:
    """On the same day, by the colleague; the proof is checked apart from the search, and nothing has moved yet."""
    office, visits = booked
    sick = Absence(LEE, TimeSlot.lasting(office.settings.span_of(MONDAY).start, FORTNIGHT), "sick")
    office.schedule.add_exception(sick)
    assert office.schedule.replanning.displaced(sick) == visits
    plan = office.schedule.replanning.plan(sick)
    assert plan.is_proven
    assert isinstance(verify(plan), Verified)
    assert plan.without_place == ()
    assert {move.lead for move in plan.moves} == {OKAFOR}
    assert {move.new.start.astimezone(ZONE).date() for move in plan.moves} == {MONDAY}
    assert office.store.read(lambda tx: [tx.appointment(each.id) for each in visits]) == list(visits)


def test_the_moves_are_carried_out_once(booked: tuple[Office, tuple[Appointment, ...]]) -> None:
    """Each is a decision with its facts; sent again with the same key, nothing moves twice."""
    office, visits = booked
    sick = Absence(LEE, TimeSlot.lasting(office.settings.span_of(MONDAY).start, FORTNIGHT), "sick")
    office.schedule.add_exception(sick)
    plan = office.schedule.replanning.plan(sick)
    first, second = (office.schedule.replanning.carry_out(plan, key=CommandKey("cmd-plan")) for _ in range(2))
    assert first == second
    assert all(isinstance(each, Moved) for each in first)
    now = office.store.read(lambda tx: [tx.appointment(each.id) for each in visits])
    assert {each.resources for each in now} == {(OKAFOR,)}
    assert {each.revision for each in now} == {1}
    assert office.schedule.replanning.displaced(sick) == ()


def test_what_was_booked_meanwhile_is_refused(booked: tuple[Office, tuple[Appointment, ...]]) -> None:
    """The plan is a day old: one of its places is gone, the other moves stand."""
    office, _ = booked
    sick = Absence(LEE, TimeSlot.lasting(office.settings.span_of(MONDAY).start, FORTNIGHT), "sick")
    office.schedule.add_exception(sick)
    plan = office.schedule.replanning.plan(sick)
    taken = plan.moves[0].new.start
    assert isinstance(office.book(PatientId("pat-ana"), "follow-up", taken, (OKAFOR,)), Booked)
    outcomes = office.schedule.replanning.carry_out(plan)
    assert isinstance(outcomes[0], Refused)
    assert all(isinstance(each, Moved) for each in outcomes[1:])
    again = office.schedule.replanning.plan(sick)
    assert len(again.moves) == 1


def test_a_closed_office_moves_everybody_to_another_day(
    booked: tuple[Office, tuple[Appointment, ...]],
) -> None:
    """With the same clinician, where that is possible."""
    office, visits = booked
    snow = Closure(days=MONDAY, name="Snow")
    plan = office.schedule.replanning.plan(snow, continuity=Continuity.PREFERRED)
    assert {move.new.start.astimezone(ZONE).date() for move in plan.moves} == {date(2026, 12, 1)}
    assert {move.lead for move in plan.moves} == {LEE}
    assert len(plan.moves) == len(visits)


def test_what_has_begun_is_nobodys_to_move(booked: tuple[Office, tuple[Appointment, ...]], at: At) -> None:
    """At half past nine the first two visits are over or under way."""
    office, visits = booked
    sick = Absence(LEE, TimeSlot.lasting(office.settings.span_of(MONDAY).start, FORTNIGHT), "sick")
    later = at(NINE + timedelta(minutes=30))
    assert later.schedule.replanning.displaced(sick) == visits[2:]


def test_two_clinicians_of_one_instant_are_offered_a_room_each(office: Office) -> None:
    """Two visits of the same time move to two colleagues at that very time, because there are rooms for both."""
    hours = Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)
    for name in ("a", "b", "c", "d"):
        office.schedule.add_resource(Provider(f"dr-{name}", weekly=hours, tags="physician"))
        office.schedule.add_resource(Room(f"room-{name}", tags="exam-room"))
    needs = (AnyOf("physician"), AnyOf("exam-room"))
    office.add_visit_type(VisitType(code="check", name="Check", minutes=30, needs=needs))
    for number, name in enumerate(("a", "b")):
        id = PatientId(f"pat-{number}")
        office.register(Patient(id=id, name=PersonName(family="Someone"), birth_date=date(1980, 1, 1)))
        assert isinstance(office.book(id, "check", NINE, (ResourceId(f"dr-{name}"),)), Booked)
    away = TimeSlot.lasting(office.settings.span_of(MONDAY).start, timedelta(days=60))
    for name in ("a", "b"):
        office.schedule.add_exception(Absence(f"dr-{name}", away, "leave"))
    plan = office.schedule.replanning.plan(Absence("dr-a", away, "leave"))
    assert [move.new.start for move in plan.moves] == [NINE]
    assert isinstance(office.schedule.replanning.carry_out(plan)[0], Moved)
    other = office.schedule.replanning.plan(Absence("dr-b", away, "leave"))
    assert [move.new.start for move in other.moves] == [NINE]
