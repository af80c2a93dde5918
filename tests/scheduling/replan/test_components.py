"""The parts of a cost by themselves: what counts as a quarter of an hour, as short notice, as needs that are met."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.scheduling.needs import AnyOf, Need, OneOf
from medoffice.scheduling.replan import DisruptionWeights, Obstacle, Part, Urgency
from medoffice.scheduling.replan.components import are_met, clock_share, day_share, notice_share
from medoffice.scheduling.resources import Resource, Room

WEIGHTS = DisruptionWeights()
NOW = datetime(2026, 11, 25, 14, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)

tags = st.sampled_from(["exam-room", "ekg", "large"])
names = [f"room-{number}" for number in range(5)]
rooms = st.lists(st.builds(Room, st.sampled_from(names), tags=st.frozensets(tags)), max_size=5)
needs = st.lists(
    st.one_of(
        st.builds(AnyOf, tags),
        st.lists(st.sampled_from(names), min_size=1, max_size=3).map(lambda ids: OneOf(*ids)),
    ),
    max_size=4,
)


@given(needs, rooms)
def test_needs_are_met_by_one_resource_each(wanted: list[Need], there: list[Resource]) -> None:
    """Needs are met exactly when some way of giving each its own resource meets them all."""
    ways = permutations(there, len(wanted)) if len(wanted) <= len(there) else ()
    possible = any(
        all(need.is_met_by(resource) for need, resource in zip(wanted, way, strict=True)) for way in ways
    )
    assert are_met(wanted, there) == possible


@pytest.mark.parametrize(("minutes", "quarters"), [(0, 0), (1, 1), (15, 1), (16, 2), (-60, 4)])
def test_a_quarter_that_has_begun_counts(minutes: int, quarters: int) -> None:
    """The time of day is off by whole quarters of an hour, the last one begun included, either way."""
    parts = clock_share(600, 600 + minutes, weights=WEIGHTS)
    assert sum(part.count for part in parts) == quarters


def test_days_count_by_urgency_and_direction() -> None:
    """Three days later cost an urgent visit six times a routine one's; earlier days cost all the same."""
    later, earlier = date(2026, 11, 27), date(2026, 11, 17)
    for urgency, each in ((Urgency.ROUTINE, 10), (Urgency.SOON, 20), (Urgency.URGENT, 60)):
        found = day_share(TUESDAY, later, urgency=urgency, earliest=None, latest=None, weights=WEIGHTS)
        assert found == (
            Part("days-later", "days later", 3, each),
            Part("other-weekday", "another day of the week", 1, 8),
        )
        found = day_share(TUESDAY, earlier, urgency=urgency, earliest=None, latest=None, weights=WEIGHTS)
        assert found == (Part("days-earlier", "days earlier", 7, 5),)


def test_days_outside_of_what_makes_sense_are_barred() -> None:
    """The first and the last day are within; the day before and the day after are not."""
    first, last = date(2026, 11, 25), date(2026, 11, 27)
    found = [
        day_share(TUESDAY, day, urgency=Urgency.SOON, earliest=first, latest=last, weights=WEIGHTS)
        for day in (TUESDAY, first, last, date(2026, 11, 28))
    ]
    assert found[0] is Obstacle.TOO_EARLY
    assert found[3] is Obstacle.TOO_LATE
    assert not any(isinstance(each, Obstacle) for each in found[1:3])


def test_short_notice_ends_with_its_hours() -> None:
    """Notice is short up to a day, not at it; and never for a visit that keeps its time."""
    day = timedelta(hours=24)
    soon = notice_share(NOW + day - timedelta(minutes=1), is_old_time=False, now=NOW, weights=WEIGHTS)
    assert soon == (Part("short-notice", "at short notice", 1, 40),)
    assert notice_share(NOW + day, is_old_time=False, now=NOW, weights=WEIGHTS) == ()
    assert notice_share(NOW, is_old_time=True, now=NOW, weights=WEIGHTS) == ()
    past = notice_share(NOW - timedelta(minutes=1), is_old_time=True, now=NOW, weights=WEIGHTS)
    assert past is Obstacle.PAST
