"""Visits that several patients share: seats, and what makes a session one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest

from medoffice.core import ResourceId, TimeSlot
from medoffice.scheduling import Modality, OneOf, Provider, Room, VisitType, Weekly
from medoffice.scheduling.calendar import Absence, Calendar, Closure
from medoffice.scheduling.search import Availability, FreeSlot, find, why_not

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
CLASS = VisitType(
    code="class",
    name="Class",
    minutes=60,
    capacity=2,
    needs=(OneOf("dr-a", "dr-b"), OneOf("room-1")),
    modalities=tuple(Modality),
)
MORNING = Weekly.of("Mon-Fri 08:00-12:00", zone="UTC")
CALENDAR = Calendar(
    resources=(Provider("dr-a", weekly=MORNING), Provider("dr-b", weekly=MORNING), Room("room-1")),
    visits=(CLASS,),
)
SLOT = TimeSlot.lasting(MONDAY + timedelta(hours=9, minutes=10), timedelta(hours=1))
BOTH = ResourceId("dr-a"), ResourceId("room-1")


def index(calendar: Calendar = CALENDAR, **other: Any) -> Availability:
    """An index with one seat of the session at ten past nine taken."""
    there = Availability(calendar)
    seat: dict[str, Any] = {"resources": BOTH, "occupied": SLOT, "visit": "class", "seats": 2}
    there.take("one", **(seat | other))
    return there


def joined(there: Availability, visit: VisitType = CLASS, **context: Any) -> list[FreeSlot]:
    """The offers at ten past nine, which is on no grid; ``why_not`` agrees."""
    window = TimeSlot.lasting(MONDAY, timedelta(days=1))
    found = [each for each in find(there, visit, window=window, now=MONDAY, **context) if each.slot == SLOT]
    assert bool(found) != bool(why_not(there, visit, SLOT.start, now=MONDAY, **context))
    return found


def test_a_group_fills_up_before_it_ends() -> None:
    """The session that has begun to fill is offered with the seats that are left; full, it is not."""
    there = index()
    (offer,) = joined(there)
    assert (offer.seats, offer.seats_left, offer.resources, offer.lead) == (2, 1, BOTH, BOTH[0])
    there.take("two", resources=BOTH, occupied=SLOT, visit="class", seats=2)
    assert joined(there) == []
    there.give_back("one")
    assert len(joined(there)) == 1


def test_the_last_seat_given_back_ends_the_session() -> None:
    """Then its time is time like any other, on the grid again."""
    there = index()
    there.give_back("one")
    assert joined(there) == []


@pytest.mark.parametrize(
    "other",
    [
        {"visit": "other"},
        {"seats": 1},
        {"resources": (*BOTH, ResourceId("dr-b"))},
        {"resources": BOTH[:1]},
        {"occupied": SLOT.widened(before=timedelta(0), after=timedelta(minutes=5)), "slot": SLOT},
        {"modality": Modality.TELEHEALTH},
    ],
)
def test_what_is_not_the_same_visit_is_not_joined(other: dict[str, Any]) -> None:
    """Another kind, a visit for one, other resources, other buffers, another modality."""
    assert joined(index(**other)) == []


@pytest.mark.parametrize(
    "context",
    [
        {"location": "north"},
        {"modality": Modality.TELEHEALTH},
        {"resources": ["dr-b"]},
        {"new_patient": True},
        {"patient_busy": [SLOT]},
    ],
)
def test_a_session_is_offered_to_whom_it_suits(context: dict[str, Any]) -> None:
    """Not to those who ask for another place, way, clinician or length, nor to those who are in it already."""
    longer = attrs.evolve(CLASS, new_patient_minutes=90)
    assert joined(index(), longer) != []
    assert joined(index(), longer, **context) == []


def test_a_group_is_never_mixed_with_another_visit() -> None:
    """A session whose room was taken for something else besides takes nobody more."""
    there = index()
    there.take("other", resources=BOTH[1:], occupied=TimeSlot.lasting(SLOT.start, timedelta(minutes=5)))
    assert joined(there) == []


def test_a_session_on_a_day_that_was_closed_since_takes_nobody_more() -> None:
    """Neither on a holiday, nor while its clinician is away."""
    for more in (
        {"closures": (Closure(days=date(2026, 11, 30), name="Holiday"),)},
        {"absences": (Absence("dr-a", SLOT, "leave"),)},
    ):
        assert joined(index(attrs.evolve(CALENDAR, **more))) == []


def test_the_smaller_capacity_counts() -> None:
    """A kind of visit that was made smaller since fills its old sessions to its new size only."""
    there = index(seats=5)
    (offer,) = joined(there)
    assert (offer.seats, offer.seats_left) == (2, 1)
