"""Rates and spreads: exact numbers, honest intervals, and nothing shown of too few."""

from datetime import date
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from medoffice.core import DateRange, InvalidValue
from medoffice.scheduling.measures import (
    DEFINITIONS,
    Measure,
    Rate,
    Spread,
    TooFew,
    suppressed,
)

WINDOW = DateRange(date(2026, 11, 1), date(2026, 11, 30))


def rate(part: int, whole: int) -> Rate:
    """A no-show rate."""
    return Rate(measure=Measure.NO_SHOW, numerator=part, denominator=whole, window=WINDOW)


counts = st.integers(1, 3000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(counts, st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_the_interval_is_wilsons(count: tuple[int, int], confidence: float) -> None:
    """Both ends are those of scipy's Wilson interval, within 0 and 1, and hold the rate itself."""
    part, whole = count
    low, high = rate(part, whole).interval(confidence)
    theirs = stats.binomtest(part, whole).proportion_ci(confidence, method="wilson")
    assert (low, high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert 0 <= low <= part / whole <= high <= 1


@given(counts)
def test_more_visits_make_it_surer(count: tuple[int, int]) -> None:
    """Ten times the visits with the same share have a narrower interval."""
    part, whole = count
    few, many = rate(part, whole).interval(), rate(10 * part, 10 * whole).interval()
    assert many[1] - many[0] < few[1] - few[0]


def test_an_interval_is_of_visits() -> None:
    """Minutes hang together, so there is no interval for a rate of minutes; nor for no confidence."""
    full = Rate(measure=Measure.FILL, numerator=30, denominator=60, window=WINDOW)
    with pytest.raises(InvalidValue):
        full.interval()
    with pytest.raises(InvalidValue):
        rate(1, 2).interval(1.0)


def test_a_rate_is_of_something() -> None:
    """Nothing over nothing, and less than nothing, are no rates."""
    for part, whole in ((0, 0), (-1, 5)):
        with pytest.raises(InvalidValue):
            rate(part, whole)
    with pytest.raises(InvalidValue):
        rate(0.5, 2)  # type: ignore[arg-type]


def test_a_rate_reads_well() -> None:
    """A rate says its share, and of how many."""
    assert str(rate(3, 48)) == "6.2% (3 of 48 visits)"
    assert rate(3, 48).value == Fraction(1, 16)


values = st.lists(st.integers(-50, 500), min_size=1, max_size=60)


@given(values)
def test_the_middle_and_the_long_end(found: list[int]) -> None:
    """The median is the textbook's; nine of ten are within p90, and fewer within anything smaller."""
    spread = Spread(measure=Measure.WAIT, values=tuple(found), window=WINDOW)
    assert spread.median == Fraction(median(found))
    assert spread.mean == Fraction(sum(found), len(found))
    assert 10 * sum(each <= spread.p90 for each in found) >= 9 * len(found)
    assert 10 * sum(each < spread.p90 for each in found) < 9 * len(found)
    assert spread.percentile(Fraction(1)) == max(found)


def test_a_spread_is_over_something() -> None:
    """A spread of nothing, and a percentile out of bounds, are refused."""
    with pytest.raises(InvalidValue):
        Spread(measure=Measure.WAIT, values=(), window=WINDOW)
    spread = Spread(measure=Measure.WAIT, values=(4, 2), window=WINDOW)
    assert str(spread) == "median 3 minutes, 90% within 4 (n = 2)"
    for share in (Fraction(0), Fraction(3, 2)):
        with pytest.raises(InvalidValue):
            spread.percentile(share)


@given(counts, st.integers(1, 30))
def test_small_counts_are_not_shown(count: tuple[int, int], below: int) -> None:
    """What is shown has no count from 1 to one below the limit: not the part, not the rest, not the whole."""
    part, whole = count
    match suppressed(rate(part, whole), below=below):
        case Rate() as shown:
            assert shown == rate(part, whole)
            assert all(each == 0 or each >= below for each in (part, whole - part, whole))
        case TooFew() as hidden:
            assert any(0 < each < below for each in (part, whole - part, whole))
            assert hidden.least == below
            assert not hasattr(hidden, "numerator")
        case other:
            raise AssertionError(other)


@given(values, st.integers(1, 30))
def test_a_spread_over_few_is_not_shown(found: list[int], below: int) -> None:
    """A spread is shown from the limit on; what was hidden stays hidden."""
    spread = Spread(measure=Measure.WAIT, values=tuple(found), window=WINDOW)
    shown = suppressed(spread, below=below)
    assert (shown == spread) == (len(found) >= below)
    assert suppressed(shown, below=below) == shown


def test_a_limit_is_a_whole_number() -> None:
    """A limit of nothing would hide nothing."""
    with pytest.raises(InvalidValue):
        suppressed(rate(1, 2), below=0)


@pytest.mark.parametrize("measure", Measure, ids=str)
def test_every_measure_is_defined(measure: Measure) -> None:
    """Every measure has its formula in words and a unit, and no two have the same."""
    definition = DEFINITIONS[measure]
    assert definition.formula
    assert definition.unit in {"days", "minutes", "visits"}
    assert sum(each.formula == definition.formula for each in DEFINITIONS.values()) == 1
