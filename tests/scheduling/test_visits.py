"""Kinds of visit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling import VisitType

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)


@given(st.integers(1, 1440), st.integers(0, 1440), st.integers(0, 1440))
def test_a_visit_occupies_its_own_time_and_both_buffers(minutes: int, before: int, after: int) -> None:
    """The occupied time covers the visit and is longer by exactly the two buffers."""
    visit = VisitType(
        code="follow-up", name="Follow-up", minutes=minutes, buffer_before=before, buffer_after=after
    )
    slot, occupied = visit.slot_at(NINE), visit.occupied_at(NINE)
    assert slot.start == NINE
    assert slot.length == visit.length == timedelta(minutes=minutes)
    assert slot.start - occupied.start == timedelta(minutes=before)
    assert occupied.end - slot.end == timedelta(minutes=after)


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"minutes": 1441},
        {"minutes": 30.0},
        {"minutes": True},
        {"buffer_before": -1},
        {"buffer_after": 1441},
        {"code": ""},
        {"code": "Follow Up"},
        {"code": "-x"},
        {"name": ""},
        {"name": "two\nlines"},
    ],
)
def test_an_impossible_visit_type_cannot_be_built(wrong: dict[str, object]) -> None:
    """Lengths are whole minutes within a day, the code is a slug, the name one line."""
    right: dict[str, object] = {"code": "follow-up", "name": "Follow-up", "minutes": 30}
    with pytest.raises(InvalidValue):
        VisitType(**(right | wrong))  # type: ignore[arg-type]


def test_a_start_without_a_time_zone_is_refused() -> None:
    """A visit begins at an instant, never at a bare clock time."""
    visit = VisitType(code="ekg", name="EKG", minutes=15)
    with pytest.raises(InvalidValue):
        visit.slot_at(NINE.replace(tzinfo=None))
