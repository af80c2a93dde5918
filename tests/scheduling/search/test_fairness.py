"""Visits shared out between clinicians."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.core import InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling import OneOf, Provider, VisitType, Weekly
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.search import Availability, Fairness, find
from medoffice.testing.strategies.clinics import Clinic, clinics

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
WEEK = TimeSlot.lasting(MONDAY, timedelta(days=7))
NAMES = ("dr-a", "dr-b", "dr-c")
HOURS = Weekly.of("Mon-Fri 08:00-12:00", zone=ZoneInfo("UTC"))
SHORT = VisitType(code="short", name="Short", minutes=20, needs=(OneOf(*NAMES),))
LONG = VisitType(code="long", name="Long", minutes=60, needs=(OneOf(*NAMES),))
CLINIC = Calendar(resources=tuple(Provider(name, weekly=HOURS) for name in NAMES), visits=(SHORT, LONG))
FAIR = Fairness(over=WEEK)


def loads(index: Availability) -> list[int]:
    return [FAIR.load(index, name) for name in NAMES]


@given(st.lists(st.tuples(st.sampled_from([SHORT, LONG]), st.integers(0, 30), st.booleans()), max_size=40))
def test_equal_clinicians_never_differ_by_more_than_one_visit(
    asks: list[tuple[VisitType, int, bool]],
) -> None:
    """Whichever offers are booked, of whichever kind, the loads stay within one as long as all have time."""
    index = Availability(CLINIC)
    for count, (visit, at, takes_last) in enumerate(asks):
        offered = find(index, visit, window=WEEK, now=MONDAY, fair=FAIR)
        chosen = offered[-1] if takes_last else offered[at % len(offered)]
        index.take(f"k{count}", resources=chosen.resources, occupied=chosen.occupied)
        assert max(loads(index)) - min(loads(index)) <= 1


@settings(max_examples=40)
@given(clinics(), st.sampled_from([None, 0, 1, 3]))
def test_fairness_only_orders_and_leaves_out(clinic: Clinic, slack: int | None) -> None:
    """It adds no offer and keeps each instant's place; without slack it keeps them all; it never leaves nothing."""
    index = Availability(clinic.calendar, clinic.booked)
    fair = Fairness(over=clinic.window, slack=slack)
    plain = list(find(index, clinic.visit, window=clinic.window, now=clinic.first))
    shared = list(find(index, clinic.visit, window=clinic.window, now=clinic.first, fair=fair))
    assert [each.slot.start for each in shared] == sorted(each.slot.start for each in shared)
    assert {repr(each) for each in shared} <= {repr(each) for each in plain}
    assert bool(shared) == bool(plain)
    if slack is None:
        assert len(shared) == len(plain)
    for one, other in pairwise(shared):
        if one.slot.start == other.slot.start:
            assert fair.load(index, one.lead.value) <= fair.load(index, other.lead.value)


def test_the_less_busy_comes_first_where_nobody_is_left_out() -> None:
    """With ``slack=None`` all are offered, by rising load and then in the order of preference."""
    index = Availability(CLINIC)
    at = MONDAY + timedelta(days=1, hours=9)
    for count, name in enumerate(["dr-a", "dr-a", "dr-b"]):
        slot = TimeSlot.lasting(at + count * timedelta(hours=1), timedelta(minutes=20))
        index.take(f"k{count}", resources=(ResourceId(name),), occupied=slot)
    offered = find(index, SHORT, window=WEEK, now=MONDAY, fair=Fairness(over=WEEK, slack=None))
    assert [each.lead.value for each in offered[:3]] == ["dr-c", "dr-b", "dr-a"]


def test_who_is_full_does_not_keep_the_others_from_being_offered() -> None:
    """The lowest load counts only among those who have anything to offer."""
    index = Availability(CLINIC)
    off = TimeSlot.lasting(MONDAY, timedelta(days=7))
    index.take("off", resources=(ResourceId("dr-a"),), occupied=off)
    for count, name in enumerate(["dr-b", "dr-b", "dr-c", "dr-c"]):
        slot = TimeSlot.lasting(MONDAY + timedelta(hours=8 + count), timedelta(minutes=20))
        index.take(f"k{count}", resources=(ResourceId(name),), occupied=slot)
    offered = find(index, SHORT, window=WEEK, now=MONDAY, fair=FAIR)
    assert {each.lead.value for each in offered} == {"dr-b", "dr-c"}


@pytest.mark.parametrize("slack", [-1, 0.5, True])
def test_a_slack_that_counts_nothing_is_refused(slack: object) -> None:
    """It is a whole number of visits from 0, or none."""
    with pytest.raises(InvalidValue):
        Fairness(over=WEEK, slack=slack)  # type: ignore[arg-type]
