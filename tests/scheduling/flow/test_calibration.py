"""Levels that hold the share they name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.flow import Bucket, Calibration, Judged

levels = st.lists(st.floats(0, 1), min_size=100, max_size=300)


@given(levels, st.integers(1, 99))
def test_levels_hold_the_share_they_name(past: list[float], percent: int) -> None:
    """Of the very waits that a calibration was made from, at least that share lies between its levels."""
    bucket = Bucket(has_waited=False, calls_each=1)
    found = Calibration(tuple(Judged(bucket, level) for level in past)).levels(bucket, percent=percent)
    inside = sum(found.low <= level <= found.high for level in past)
    assert inside * 100 >= percent * len(past) - 200
    assert found.is_own
    assert found.low <= found.high


@given(st.lists(st.floats(0, 1), min_size=101, max_size=110), st.integers(1, 99))
@settings(max_examples=30)
def test_the_next_wait_is_held_as_often_as_stated(days: list[float], percent: int) -> None:
    """Let each in turn be the next one, told from all the others: at least the stated share of them is held. This is
    what split conformal prediction promises of waits that could have come in any order.
    """
    bucket = Bucket(has_waited=False, calls_each=1)
    judged = [Judged(bucket, level) for level in days]
    held = 0
    for number, level in enumerate(days):
        others = Calibration(tuple(judged[:number] + judged[number + 1 :]))
        found = others.levels(bucket, percent=percent)
        held += found.low <= level <= found.high
    assert held * 100 >= percent * len(days)


def test_levels_are_no_wider_than_need_be() -> None:
    """Of 104 evenly spread, the tenth and the ninety-fifth hold four fifths; too few for 99 %: the ends of the scale."""
    bucket = Bucket(has_waited=False, calls_each=1)
    calibration = Calibration(tuple(Judged(bucket, number / 105) for number in range(1, 105)))
    found = calibration.levels(bucket, percent=80)
    assert (found.low, found.high) == (10 / 105, 95 / 105)
    whole = calibration.levels(bucket, percent=99)
    assert (whole.low, whole.high) == (0, 1)


@given(levels, st.integers(1, 98))
def test_a_larger_share_takes_a_wider_range(past: list[float], percent: int) -> None:
    """Levels for one percent more lie outside or upon those for less."""
    bucket = Bucket(has_waited=True, calls_each=2)
    calibration = Calibration(tuple(Judged(bucket, level) for level in past))
    less, more = (calibration.levels(bucket, percent=each) for each in (percent, percent + 1))
    assert more.low <= less.low
    assert less.high <= more.high


def test_a_rare_line_asks_its_neighbours() -> None:
    """Too few of its own kind: the levels come from lines nearly as long, and the answer says so."""
    short, long = Bucket(has_waited=False, calls_each=2), Bucket(has_waited=False, calls_each=4)
    far = Bucket(has_waited=True, calls_each=4)
    past = [Judged(short, n / 200) for n in range(200)] + [Judged(long, 0.5)] + [Judged(far, 0.99)] * 300
    found = Calibration(tuple(past)).levels(long, percent=80)
    assert not found.is_own
    assert found.judged == 201
    assert found.high < 0.99
    with pytest.raises(InvalidValue):
        Calibration(tuple(past)).levels(long, percent=100)
