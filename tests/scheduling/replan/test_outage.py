"""Whom an outage displaces, and which visits can be moved at all."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, DateRange, InvalidValue, PatientId, ResourceId, TimeSlot
from medoffice.scheduling import Appointment, Status, VisitType
from medoffice.scheduling.calendar import Absence, Closure
from medoffice.scheduling.replan import (
    ByUrgency,
    Continuity,
    Displaced,
    Outage,
    Place,
    Urgency,
    displaced_by,
)

ZONE = ZoneInfo("America/New_York")
DAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)
VISIT = VisitType(code="check-up", name="Check-up", minutes=30, buffer_after=10)
ADAMS, ROOM = ResourceId("dr-adams"), ResourceId("room-1")

names = st.sampled_from(["dr-adams", "dr-baker", "room-1"]).map(ResourceId)
sites = st.sampled_from(["", "north", "south"])


@st.composite
def appointments(draw: st.DrawFn, statuses: st.SearchStrategy[Status]) -> Appointment:
    """Any appointment near noon."""
    start = NOON + draw(st.integers(-12, 12)) * timedelta(minutes=15)
    return Appointment(
        id=AppointmentId(f"apt-{draw(st.integers(0, 99))}"),
        patient=PatientId("pat-1"),
        visit_type=VISIT.code,
        slot=VISIT.slot_at(start),
        occupied=VISIT.occupied_at(start),
        resources=tuple(sorted(draw(st.sets(names, min_size=1)))),
        status=draw(statuses),
        location=draw(sites),
    )


outages = st.builds(
    Outage,
    slot=st.integers(1, 12).map(lambda count: TimeSlot(NOON, NOON + count * timedelta(minutes=15))),
    resources=st.frozensets(names, max_size=2),
    location=sites,
)


@given(outages, st.lists(appointments(st.sampled_from(Status)), max_size=8))
def test_exactly_those_who_lose_something_are_displaced(outage: Outage, booked: list[Appointment]) -> None:
    """Whoever is booked then and wants what is not there; nobody else, and nobody who has begun or ended."""
    displaced = displaced_by(outage, booked)
    for each in booked:
        is_then = each.occupied.start < outage.slot.end and outage.slot.start < each.occupied.end
        is_there = outage.location in ("", each.location)
        loses = is_there and (not outage.resources or bool(outage.resources & set(each.resources)))
        can_move = each.status in {Status.BOOKED, Status.PENDING}
        assert (each in displaced) == (is_then and loses and can_move)
    assert [each.slot.start for each in displaced] == sorted(each.slot.start for each in displaced)


@given(
    st.builds(
        Closure,
        days=st.sampled_from([DAY, DateRange(DAY, DAY + timedelta(days=3)), DateRange(DAY)]),
        name=st.just("Flood"),
        location=sites,
        resources=st.frozensets(names, max_size=2),
    ),
    appointments(st.just(Status.BOOKED)),
)
def test_a_closure_displaces_whom_the_calendar_shuts_out(closure: Closure, booked: Appointment) -> None:
    """A closure's outage hits a visit exactly when the calendar closes one of its resources at its site that day."""
    day = booked.slot.start.astimezone(ZONE).date()
    is_shut = day in closure.days and any(
        closure.closes(resource, booked.location) for resource in booked.resources
    )
    assert Outage.of(closure, ZONE).hits(booked) == is_shut


def test_an_absence_is_an_outage_of_one() -> None:
    """Who is away drops out for that time, and nobody else."""
    slot = TimeSlot(NOON, NOON + timedelta(hours=1))
    expected = Outage(slot=slot, resources=frozenset({ADAMS}))
    assert Outage.of(Absence("dr-adams", slot, "leave"), ZONE) == expected


def test_a_buffer_counts() -> None:
    """A visit whose tidying up runs into the outage is displaced too."""
    start = NOON - timedelta(minutes=30)
    booked = Appointment(
        id=AppointmentId("apt-1"),
        patient=PatientId("pat-1"),
        visit_type=VISIT.code,
        slot=VISIT.slot_at(start),
        occupied=VISIT.occupied_at(start),
        resources=(ROOM,),
    )
    outage = Outage(slot=TimeSlot(NOON, NOON + timedelta(hours=1)), resources=frozenset({ROOM}))
    assert displaced_by(outage, [booked]) == (booked,)
    assert not displaced_by(attrs.evolve(outage, resources=frozenset({ADAMS})), [booked])


def test_what_cannot_be_displaced_is_refused() -> None:
    """Visits that have ended, of another kind, or with days the wrong way round are the caller's mistakes."""
    booked = Appointment(
        id=AppointmentId("apt-1"),
        patient=PatientId("pat-1"),
        visit_type=VISIT.code,
        slot=VISIT.slot_at(NOON),
        occupied=VISIT.occupied_at(NOON),
        resources=(ROOM,),
    )
    other = VisitType(code="other", name="Other", minutes=30)
    with pytest.raises(InvalidValue):
        Displaced(appointment=booked, visit=other)
    with pytest.raises(InvalidValue):
        Displaced(appointment=attrs.evolve(booked, status=Status.FULFILLED), visit=VISIT)
    with pytest.raises(InvalidValue):
        Displaced(appointment=booked, visit=VISIT, earliest=date(2026, 12, 2), latest=date(2026, 12, 1))


def test_a_place_is_time_of_something() -> None:
    """A place without resources, or whose visit runs over its time, is refused."""
    slot = TimeSlot(NOON, NOON + timedelta(hours=1))
    with pytest.raises(InvalidValue):
        Place(slot=slot, occupied=slot, resources=())
    with pytest.raises(InvalidValue):
        Place(slot=slot, occupied=VISIT.slot_at(NOON), resources=(ROOM,))
    assert Place(slot=slot, occupied=slot, resources=(ROOM, ADAMS, ROOM)).resources == (ADAMS, ROOM)


@pytest.mark.parametrize("word", [*Urgency, *Continuity])
def test_words_are_read_back(word: Urgency | Continuity) -> None:
    """Urgency and continuity are read from the words that they are written as, and from no others."""
    assert type(word).parse(str(word)) is word
    with pytest.raises(InvalidValue):
        type(word).parse("whenever")


def test_the_more_urgent_never_weighs_less() -> None:
    """Weights that favour the routine over the urgent are refused."""
    with pytest.raises(InvalidValue):
        ByUrgency(routine=5, soon=4, urgent=6)
