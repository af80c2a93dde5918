"""From an absence to moved visits: the book's own search offers the places, and the book takes every move."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, PatientId, ResourceId, TimeSlot
from medoffice.scheduling import AnyOf, Moved, Provider, Room, VisitType, Weekly
from medoffice.scheduling.book import Book
from medoffice.scheduling.calendar import Absence, Calendar
from medoffice.scheduling.replan import Displaced, Outage, Place, displaced_by, replan
from medoffice.scheduling.search import Availability, find

ZONE = ZoneInfo("America/Denver")
NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 15, tzinfo=UTC)  # 08:00 in Denver
WEEK = TimeSlot(MONDAY, MONDAY + timedelta(days=5))
HOURS = Weekly.of("Mon-Fri 08:00-12:00 13:00-16:00", zone=ZONE)
VISITS = (
    VisitType(code="check-up", name="Check-up", minutes=60, needs=(AnyOf("clinician"), AnyOf("exam-room"))),
    VisitType(code="class", name="Class", minutes=60, needs=(AnyOf("clinician"),), capacity=3),
)
CALENDAR = Calendar(
    resources=(
        *(Provider(name, weekly=HOURS, tags="clinician") for name in ("dr-adams", "dr-baker")),
        *(Room(name, tags="exam-room") for name in ("room-1", "room-2")),
    ),
    visits=VISITS,
)
ADAMS = ResourceId("dr-adams")

wishes = st.lists(
    st.tuples(st.sampled_from(VISITS), st.integers(0, 34), st.sampled_from(["dr-adams", "dr-baker"])),
    min_size=1,
    max_size=12,
)


def opened(booked: list[tuple[VisitType, int, str]], calendar: Calendar) -> Book:
    """A book in which as many of the wishes are booked as can be, each for a patient of its own."""
    book = Book(calendar)
    for number, (visit, hour, who) in enumerate(booked):
        start = MONDAY + timedelta(days=hour // 7, hours=hour % 7 + (hour % 7 > 3))
        book.book(
            visit,
            start,
            resources=(who,),
            id=AppointmentId(f"apt-{number}"),
            patient=PatientId(f"pat-{number}"),
            now=NOW,
        )
    return book


@given(wishes, st.integers(1, 4))
def test_every_move_of_a_plan_is_taken_by_the_book(
    booked: list[tuple[VisitType, int, str]], days: int
) -> None:
    """Dr Adams is away; what the search offers and the plan chooses, the book moves without a refusal."""
    absence = Absence(ADAMS, TimeSlot(MONDAY, MONDAY + timedelta(days=days)), "ill")
    before = opened(booked, CALENDAR)
    calendar = attrs.evolve(CALENDAR, absences=(absence,))
    hit = displaced_by(Outage.of(absence, ZONE), before.state.appointments)
    staying = [each for each in before.state.appointments if each not in hit]

    free = Availability(calendar, appointments=staying)
    kinds = {calendar.visit(each.visit_type) for each in hit}
    offered = [
        Place.of(each)
        for visit in kinds
        for each in find(free, visit, window=WEEK, now=NOW, step=timedelta(hours=1))
    ]
    plan = replan(
        [Displaced(appointment=each, visit=calendar.visit(each.visit_type)) for each in hit],
        places=offered,
        resources=calendar.resources,
        zone=ZONE,
        now=NOW,
    )
    assert plan.is_proven
    if any(len(batch) > 1 for batch in plan.batches):
        return  # a ring lets go together: the book moves one visit at a time

    book = Book(calendar, appointments=before.state.appointments)
    for each in plan.without_place:
        book.cancel(each.displaced.appointment.id, reason="clinician-away", now=NOW)
    for move in plan.moves:
        match book.move(move.displaced.appointment.id, move.free_slot, now=NOW):
            case Moved(appointment, previous):
                assert (appointment.slot, appointment.resources) == (move.new, move.place.resources)
                assert previous == move.old
            case refused:
                raise AssertionError(refused)
    assert not displaced_by(Outage.of(absence, ZONE), book.state.appointments)
