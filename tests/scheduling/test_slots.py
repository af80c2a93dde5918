"""Free times: the sweep against a plain search, and what every answer must hold."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, DateRange, InvalidValue, PatientId, ResourceId, TimeSlot
from medoffice.scheduling import (
    Appointment,
    Booked,
    FreeSlot,
    Hours,
    Moved,
    Status,
    VisitType,
    WeeklyTemplate,
    book,
    free_slots,
    move,
    openings,
)

NEW_YORK, LORD_HOWE = ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")
ALWAYS = DateRange(date(2020, 1, 1))
MINUTE = timedelta(minutes=1)
WEEK = datetime(2026, 10, 30, tzinfo=UTC)  # both zones change their clocks within days of it, one half-hourly
DAYS = 5

marks = st.integers(0, 288).map(lambda fives: fives * 5)
resources = st.sampled_from([ResourceId("adams"), ResourceId("baker"), ResourceId("chen")])
kinds = st.sampled_from(["check-up", "vaccine"])
visits = st.builds(
    VisitType,
    code=kinds,
    name=st.just("Visit"),
    minutes=st.integers(1, 24).map(lambda fives: fives * 5),
    buffer_before=st.sampled_from([0, 0, 5, 15, 90]),
    buffer_after=st.sampled_from([0, 0, 10, 60]),
)
instants = st.integers(-12 * 60, DAYS * 24 * 60).map(lambda minutes: WEEK + minutes * MINUTE)


def clock(minutes: int) -> time:
    """Minutes after midnight as a clock time; 1440 is midnight again."""
    return time(minutes // 60 % 24, minutes % 60)


@st.composite
def templates(draw: st.DrawFn) -> WeeklyTemplate:
    """Weekly hours with gaps, seams and kinds, for one of three resources in one of two zones."""
    hours: list[Hours] = []
    for weekday in draw(st.sets(st.integers(0, 6), max_size=5)):
        edges = sorted(draw(st.sets(marks, min_size=2, max_size=5)))
        for opens, closes in pairwise(edges):
            if draw(st.booleans()):
                allowed = draw(st.sampled_from([frozenset[str](), frozenset({"check-up"})]))
                hours.append(
                    Hours(weekday=weekday, opens=clock(opens), closes=clock(closes), visit_types=allowed)
                )
    return WeeklyTemplate(
        resource=draw(resources),
        zone=draw(st.sampled_from([NEW_YORK, LORD_HOWE])),
        hours=tuple(hours),
        effective=draw(st.sampled_from([ALWAYS, DateRange(date(2026, 10, 31), date(2026, 11, 1))])),
    )


@st.composite
def appointments(draw: st.DrawFn) -> Appointment:
    """Any appointment at all, those included that overlap: bad data must not mislead the search."""
    slot = TimeSlot.lasting(draw(instants), draw(st.integers(1, 180)) * MINUTE)
    buffer = draw(st.sampled_from([0, 10])) * MINUTE
    return Appointment(
        id=AppointmentId(f"a{draw(st.integers(0, 999))}"),
        patient=PatientId("p"),
        visit_type="check-up",
        slot=slot,
        occupied=slot.widened(before=buffer, after=buffer),
        resources=tuple(sorted(draw(st.sets(resources, min_size=1)))),
        status=draw(st.sampled_from([Status.BOOKED, Status.BOOKED, Status.PENDING, Status.CANCELLED])),
    )


@st.composite
def questions(draw: st.DrawFn) -> dict[str, object]:
    """The arguments of a search."""
    start = draw(instants)
    return {
        "visit": draw(visits),
        "templates": draw(st.lists(templates(), max_size=4)),
        "booked": draw(st.lists(appointments(), max_size=8)),
        "window": TimeSlot.lasting(start, draw(st.integers(1, DAYS * 24 * 60)) * MINUTE),
        "step": draw(st.sampled_from([5, 7, 15, 60])) * MINUTE,
        "now": draw(instants),
    }


def plain_search(
    *,
    visit: VisitType,
    templates: Sequence[WeeklyTemplate],
    booked: Sequence[Appointment],
    window: TimeSlot,
    step: timedelta,
    now: datetime,
) -> list[tuple[datetime, ResourceId]]:
    """The same question answered start by start and minute by minute, with nothing clever in it."""
    found = set()
    for resource in {template.resource for template in templates}:
        slots = [
            opening.slot
            for template in templates
            if template.resource == resource
            for shift in range(-4, DAYS + 9)
            for opening in openings(template, (WEEK + timedelta(days=shift)).date())
            if opening.allows(visit.code)
        ]
        held = [each.occupied for each in booked if each.is_occupying and resource in each.resources]
        # The grid begins anew wherever an opening begins, and runs on to where the next one does.
        edges = [*sorted({slot.start for slot in slots}), max((slot.end for slot in slots), default=WEEK)]
        for anchor, following in pairwise(edges):
            start = anchor
            while start < following:
                taken = visit.occupied_at(start)
                minutes = (taken.start + count * MINUTE for count in range(taken.length // MINUTE))
                if (
                    start >= now
                    and window.covers(visit.slot_at(start))
                    and not any(taken.overlaps(each) for each in held)
                    and all(any(minute in each for each in slots) for minute in minutes)
                ):
                    found.add((start, resource))
                start += step
    return sorted(found)


@given(questions())
def test_the_sweep_finds_what_a_plain_search_finds(question: dict[str, object]) -> None:
    """Every free start, no other, none twice, earliest first and then by resource."""
    found = [(free.slot.start, free.resources) for free in free_slots(**question)]  # type: ignore[arg-type]
    expected = plain_search(**question)  # type: ignore[arg-type]
    assert found == [(start, (resource,)) for start, resource in expected]


@given(questions(), instants)
def test_a_window_offers_what_its_parts_offer(question: dict[str, object], cut: datetime) -> None:
    """A part of the window gives that part of the answer: starts do not depend on who asks for when."""
    window = question["window"]
    assert isinstance(window, TimeSlot)
    whole = list(free_slots(**question))  # type: ignore[arg-type]
    if window.start < cut < window.end:
        part = TimeSlot(cut, window.end)
        found = list(free_slots(**(question | {"window": part})))  # type: ignore[arg-type]
        assert found == [free for free in whole if part.covers(free.slot)]


@given(questions(), st.randoms())
def test_the_order_of_what_is_given_does_not_matter(question: dict[str, object], random: object) -> None:
    """Templates and bookings are sets to the search."""
    shuffled = question | {
        name: random.sample(question[name], len(question[name]))  # type: ignore[attr-defined, arg-type]
        for name in ("templates", "booked")
    }
    assert list(free_slots(**shuffled)) == list(free_slots(**question))  # type: ignore[arg-type]


@given(questions(), st.integers(0, 30))
def test_what_is_offered_can_be_booked(question: dict[str, object], at: int) -> None:
    """If nothing changed, booking an offered slot succeeds, takes what was offered, and ends the offer."""
    free: FreeSlot | None = next(islice(free_slots(**question), at, None), None)  # type: ignore[arg-type]
    if free is None:
        return
    outcome = book(
        id=AppointmentId("new"),
        patient=PatientId("somebody-else"),
        visit=question["visit"],  # type: ignore[arg-type]
        slot_start=free.slot.start,
        resources=free.resources,
        templates=question["templates"],  # type: ignore[arg-type]
        booked=question["booked"],  # type: ignore[arg-type]
        now=question["now"],  # type: ignore[arg-type]
    )
    assert isinstance(outcome, Booked)
    booked = outcome.appointment
    assert (booked.slot, booked.occupied, booked.resources) == (free.slot, free.occupied, free.resources)
    after = free_slots(**(question | {"booked": [*question["booked"], booked]}))  # type: ignore[misc, arg-type]
    assert all(
        other.resources != free.resources or not other.occupied.overlaps(free.occupied) for other in after
    )


@given(questions(), st.integers(0, 30))
def test_an_appointment_can_move_to_what_is_offered(question: dict[str, object], at: int) -> None:
    """Moving to an offered slot succeeds as booking it does."""
    free = next(islice(free_slots(**question), at, None), None)  # type: ignore[arg-type]
    visit = question["visit"]
    assert isinstance(visit, VisitType)
    if free is None:
        return
    elsewhere = TimeSlot.lasting(WEEK - timedelta(days=30), visit.length)
    mine = Appointment(
        id=AppointmentId("mine"),
        patient=PatientId("somebody-else"),
        visit_type=visit.code,
        slot=elsewhere,
        occupied=elsewhere,
        resources=(ResourceId("nobody"),),
    )
    outcome = move(
        mine,
        visit=visit,
        slot_start=free.slot.start,
        resources=free.resources,
        templates=question["templates"],  # type: ignore[arg-type]
        booked=[mine, *question["booked"]],  # type: ignore[misc]
        now=question["now"],  # type: ignore[arg-type]
    )
    assert isinstance(outcome, Moved)
    assert outcome.previous == elsewhere


def weekdays(opens: time, closes: time, resource: str = "okafor") -> WeeklyTemplate:
    """The same hours from Monday to Friday."""
    hours = tuple(Hours(weekday=day, opens=opens, closes=closes) for day in range(5))
    return WeeklyTemplate(resource=ResourceId(resource), zone=NEW_YORK, hours=hours, effective=ALWAYS)


CHECK_UP = VisitType(code="check-up", name="Check-up", minutes=30)


def test_the_search_is_lazy() -> None:
    """The first slots of a window of six thousand years come at once: no calendar is unrolled."""
    window = TimeSlot(WEEK, datetime(8000, 1, 1, tzinfo=UTC))
    found = free_slots(
        visit=CHECK_UP, templates=[weekdays(time(8), time(12))], booked=(), window=window, now=WEEK
    )
    assert [str(free.slot.start.time()) for free in islice(found, 2)] == ["12:00:00", "12:15:00"]


def test_the_first_slot_leaves_room_for_the_buffer() -> None:
    """With ten minutes of preparation, a practice that opens at 08:00 offers 08:15 first."""
    visit = attrs.evolve(CHECK_UP, buffer_before=10)
    window = TimeSlot.lasting(WEEK, timedelta(days=1))
    found = free_slots(
        visit=visit, templates=[weekdays(time(8), time(9))], booked=(), window=window, now=WEEK
    )
    free = next(found)
    assert free.slot.start.astimezone(NEW_YORK).time() == time(8, 15)
    assert free.occupied.length == 40 * MINUTE


def test_a_start_at_this_very_moment_is_offered_and_one_before_is_not() -> None:
    """``now`` itself is not the past."""
    eight = datetime(2026, 10, 30, 8, tzinfo=NEW_YORK)
    window = TimeSlot.lasting(WEEK, timedelta(days=1))
    for late, first in ((timedelta(0), time(8)), (timedelta(microseconds=1), time(8, 15))):
        found = free_slots(
            visit=CHECK_UP, templates=[weekdays(time(8), time(9))], booked=(), window=window, now=eight + late
        )
        assert next(found).slot.start.astimezone(NEW_YORK).time() == first


def test_a_question_that_makes_no_sense_is_refused_when_it_is_asked() -> None:
    """A step of nothing and a ``now`` without a zone fail at the call, not at the first slot."""
    window = TimeSlot.lasting(WEEK, timedelta(days=1))
    with pytest.raises(InvalidValue):
        free_slots(visit=CHECK_UP, templates=(), booked=(), window=window, step=timedelta(0), now=WEEK)
    with pytest.raises(InvalidValue):
        free_slots(visit=CHECK_UP, templates=(), booked=(), window=window, now=WEEK.replace(tzinfo=None))
