"""Lengths of visits: what is accepted, what they mean, what is refused."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.dayplan import Empirical, Exponential, TwoPoint

minutes = st.one_of(st.integers(0, 120), st.integers(0, 1200).map(lambda tenths: tenths / 10))


@given(st.lists(minutes, min_size=1, max_size=40))
def test_what_was_seen_has_its_own_mean(samples: list[float]) -> None:
    """The distribution of some lengths has their mean and variance, and probabilities that sum to one."""
    seen = Empirical.of(samples)
    mean = sum(samples) / len(samples)
    assert seen.mean == pytest.approx(mean)
    assert seen.variance == pytest.approx(sum((each - mean) ** 2 for each in samples) / len(samples))
    assert sum(mass for _, mass in seen.masses) == pytest.approx(1, abs=1e-12)
    assert [value for value, _ in seen.masses] == sorted({Fraction(str(each)) for each in samples})


@given(st.integers(1, 60), st.integers(0, 60), st.floats(0, 1))
def test_two_points_are_the_empirical_of_two(short: int, more: int, chance: float) -> None:
    """Short or long is a distribution on two numbers, or on one where they are the same."""
    two = TwoPoint(short, short + more, chance)
    assert two.mean == pytest.approx(short + more * chance)
    assert two.variance == pytest.approx(more**2 * chance * (1 - chance), abs=1e-9)


def test_a_tenth_of_a_minute_is_a_tenth() -> None:
    """Minutes are the decimal number that is written, not the binary one beside it; a timedelta is the same."""
    tenth = ((Fraction(1, 10), 1.0),)
    assert Empirical({0.1: 1.0}).masses == tenth
    assert Empirical({timedelta(seconds=6): 1.0}).masses == tenth
    assert Exponential(timedelta(seconds=90)).mean == 1.5


def test_numbers_that_mean_the_same_are_one() -> None:
    """A length given twice in different ways has the sum of both probabilities; one without any is left out."""
    both = Empirical({timedelta(minutes=10): 0.5, 10: 0.25, 20: 0.25, 30: 0.0})
    assert both.masses == ((Fraction(10), 0.75), (Fraction(20), 0.25))


def test_probabilities_within_a_billionth_of_one_are_scaled() -> None:
    """What rounding left over is shared out; what is more than rounding is refused."""
    assert sum(mass for _, mass in Empirical({10: 0.5, 20: 0.5 + 5e-10}).masses) == pytest.approx(
        1, abs=1e-15
    )
    with pytest.raises(InvalidValue, match="sum to one"):
        Empirical({10: 0.5, 20: 0.5 + 5e-9})


@pytest.mark.parametrize("mean", [0, -1, 0.001, float("nan"), float("inf"), 1441, True, "10"])
def test_an_impossible_mean_is_refused(mean: float) -> None:
    """A mean is a number of minutes above zero and within a day."""
    with pytest.raises(InvalidValue):
        Exponential(mean)


@pytest.mark.parametrize(
    "masses", [{}, {10: 1.5}, {10: -0.5, 20: 1.5}, {-1: 1.0}, {10: float("nan")}, {10: True}]
)
def test_an_impossible_distribution_is_refused(masses: dict[int | float, float]) -> None:
    """Probabilities lie between zero and one and sum to one; minutes are not below zero."""
    with pytest.raises(InvalidValue):
        Empirical(masses)  # type: ignore[arg-type]


def test_lengths_nobody_has_seen_are_refused() -> None:
    """An empty history says nothing."""
    with pytest.raises(InvalidValue, match="at least one"):
        Empirical.of([])


def test_two_points_in_the_wrong_order_are_refused() -> None:
    """The long visit is not the shorter one."""
    with pytest.raises(InvalidValue):
        TwoPoint(20, 10, 0.5)
