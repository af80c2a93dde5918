"""Stretches of time, put together and cut, beside ``portion``."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import portion
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import TimeSlot
from medoffice.scheduling.stretches import common, less, minutes_of, united

ORIGIN = datetime(2026, 11, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def slot(start: int, length: int) -> TimeSlot:
    """So many minutes from a minute on."""
    return TimeSlot.lasting(ORIGIN + start * MINUTE, length * MINUTE)


slots = st.builds(slot, st.integers(0, 60), st.integers(1, 20))
some = st.lists(slots, max_size=6)


def as_portion(*found: TimeSlot) -> portion.Interval:
    """The same time, as the oracle has it."""
    return portion.Interval(*(portion.closedopen(each.start, each.end) for each in found))


def apart(found: list[TimeSlot]) -> bool:
    """Whether stretches rise and neither overlap nor touch."""
    return all(one.end < other.start for one, other in pairwise(found))


@given(some)
def test_united_is_the_same_time_once(given_slots: list[TimeSlot]) -> None:
    """Whatever the order; and its minutes are those of the union."""
    found = united(given_slots)
    assert as_portion(*found) == as_portion(*given_slots)
    assert apart(found)
    minutes = {minute for each in given_slots for minute in range(*(at(each.start), at(each.end)))}
    assert minutes_of(found) == len(minutes)


def at(instant: datetime) -> int:
    """Minutes from the origin."""
    return (instant - ORIGIN) // MINUTE


@given(some, some)
def test_common_is_what_both_have(ones: list[TimeSlot], others: list[TimeSlot]) -> None:
    """The intersection, in order."""
    found = common(ones, others)
    assert as_portion(*found) == as_portion(*ones) & as_portion(*others)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(slots, some)
def test_less_is_what_is_left(whole: TimeSlot, gone: list[TimeSlot]) -> None:
    """The difference, in order, whatever the order of what is gone."""
    found = less(whole, gone)
    assert as_portion(*found) == as_portion(whole) - as_portion(*gone)
    assert apart(found)
