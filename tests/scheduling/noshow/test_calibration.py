"""How predictions are judged."""

from itertools import product
from math import exp, isclose, isnan, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.noshow import Scored, auc, judge, wilson

scored = st.builds(Scored, st.integers(0, 20).map(lambda each: each / 20), st.booleans())
visits = st.lists(scored, min_size=1, max_size=60)


@given(visits)
def test_the_area_is_the_share_of_pairs_in_order(made: list[Scored]) -> None:
    """AUC is the share of missed and kept pairs in which the missed one had the higher risk; ties are half."""
    missed = [each.probability for each in made if each.missed]
    kept = [each.probability for each in made if not each.missed]
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a, b in product(missed, kept)]
    if pairs:
        assert isclose(auc(made), sum(pairs) / len(pairs))
    else:
        assert isnan(auc(made))


@given(visits)
def test_the_area_sees_the_order_alone(made: list[Scored]) -> None:
    """Any rising change of the probabilities leaves the AUC as it was; turning the order round mirrors it."""
    squared = [Scored(each.probability**3, each.missed) for each in made]
    turned = [Scored(1 - each.probability, each.missed) for each in made]
    if not isnan(auc(made)):
        assert auc(squared) == auc(made)
        assert isclose(auc(turned), 1 - auc(made))


@given(visits, st.integers(1, 12))
def test_bins_hold_every_visit_once(made: list[Scored], wanted: int) -> None:
    """Bins have all visits and misses among them, rise in risk, part no ties and are no more than asked for."""
    found = judge(made, plain_rate=0.2, bins=wanted).bins
    assert sum(each.visits for each in found) == len(made)
    assert sum(each.missed for each in found) == sum(each.missed for each in made)
    assert len(found) <= wanted
    assert [each.predicted for each in found] == sorted({each.predicted for each in found})
    for each in found:
        low, high = each.between
        assert 0 <= low <= each.observed <= high <= 1


@given(visits, st.integers(1, 12))
def test_the_error_is_bounded(made: list[Scored], wanted: int) -> None:
    """Calibration error lies from 0 to 1 and is never less than what one bin for all shows."""
    many, one = judge(made, plain_rate=0.2, bins=wanted), judge(made, plain_rate=0.2, bins=1)
    assert one.calibration_error - 1e-12 <= many.calibration_error <= 1
    assert isclose(one.calibration_error, abs(many.predicted - many.base_rate), abs_tol=1e-12)


@given(visits)
def test_the_gain_is_the_difference_of_the_scores(made: list[Scored]) -> None:
    """The gain is the plain rate's Brier score less the model's."""
    found = judge(made, plain_rate=0.3)
    assert isclose(found.gain, found.plain_brier - found.brier, abs_tol=1e-12)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_solves_its_equation(case: tuple[int, int]) -> None:
    """Each end of the interval is as far from the share as 1.96 of its own standard deviations (Wilson, 1927)."""
    missed, count = case
    for end in wilson(missed, count):
        distance = abs(missed / count - end)
        if 0 < end < 1:
            assert isclose(distance, 1.959963984540054 * (end * (1 - end) / count) ** 0.5, rel_tol=1e-6)


def test_a_perfect_prophet() -> None:
    """Who knows everything has AUC 1, no error, and is better than the plain rate."""
    found = judge([Scored(float(n < 20), n < 20) for n in range(100)], plain_rate=0.2)
    assert (found.auc, found.brier, found.calibration_error) == (1.0, 0.0, 0.0)
    assert found.is_better_than_plain
    assert not found.is_off_level


def test_one_rate_for_all_is_no_better_than_itself() -> None:
    """The plain rate as a prediction: AUC one half, no gain, one bin, and no claim to be better."""
    found = judge([Scored(0.2, n < 20) for n in range(100)], plain_rate=0.2)
    assert (found.auc, found.gain, len(found.bins)) == (0.5, 0.0, 1)
    assert not found.is_better_than_plain


def test_a_wrong_level_is_seen() -> None:
    """Risks in the right order but twice as high as what happens are off level."""
    found = judge([Scored(0.4, n % 5 == 0) for n in range(1000)], plain_rate=0.2)
    assert found.is_off_level
    assert isclose(found.calibration_error, 0.2)


@pytest.mark.parametrize("probability", [-0.1, 1.1, float("nan")])
def test_a_probability_is_one(probability: float) -> None:
    """A number outside 0 to 1 is the caller's mistake."""
    with pytest.raises(InvalidValue):
        Scored(probability, missed=True)


def test_nothing_cannot_be_judged() -> None:
    """Without a visit there is no calibration."""
    with pytest.raises(InvalidValue):
        judge([], plain_rate=0.2)


def test_the_report_can_be_read() -> None:
    """Its text has the measures and one line a bin."""
    found = judge([Scored(1 / (1 + exp(-log(n + 1))), n % 2 == 0) for n in range(50)], plain_rate=0.5)
    assert len(str(found).splitlines()) == 2 + len(found.bins)
    assert "AUC" in str(found)
