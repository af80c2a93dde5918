"""Gaps between appointments at any time: formulas, another optimiser, and the proof by slopes."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from medoffice.core import InvalidValue
from medoffice.scheduling.dayplan import evaluate, evaluate_gaps, optimal_gaps
from medoffice.scheduling.dayplan.gaps import bound_by_slopes
from medoffice.scheduling.dayplan.services import Exponential
from medoffice.scheduling.dayplan.session import Weights

omegas = st.floats(0.02, 0.98)


@given(omegas, st.floats(0.5, 60))
def test_the_gap_between_two_is_a_logarithm(omega: float, mean: float) -> None:
    """For two patients the best gap is -ln(omega) visits: there the slope omega - exp(-x) vanishes."""
    plan = optimal_gaps(n=2, omega=omega, mean=mean)
    assert plan.gaps[0] == pytest.approx(-log(omega) * mean, rel=1e-7)
    assert plan.cost == pytest.approx(-omega * log(omega) * mean, rel=1e-12)


@given(omegas, st.floats(0, 5))
def test_two_patients_cost_what_the_formula_says(omega: float, gap: float) -> None:
    """Idle time is x - 1 + exp(-x) and the wait exp(-x)."""
    cost = omega * (gap - 1 + exp(-gap)) + (1 - omega) * exp(-gap)
    assert evaluate_gaps([gap], omega=omega) == pytest.approx(cost, rel=1e-12, abs=1e-15)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_patients_wait_at_any_time_as_they_do_in_slots(gaps: list[int]) -> None:
    """Whole minutes between patients are a schedule of one-minute slots; its waits are the same."""
    starts = [sum(gaps[:count]) for count in range(len(gaps) + 1)]
    schedule = [starts.count(minute) for minute in range(starts[-1] + 1)]
    day = evaluate(schedule, slot=1, service=Exponential(2), weights=Weights(wait=1, idle=0, overtime=0))
    waiting = evaluate_gaps(gaps, omega=1e-12, mean=2)
    assert waiting == pytest.approx(day.wait, rel=1e-9, abs=1e-9)


@given(st.integers(2, 6), omegas, st.data())
def test_no_other_gaps_cost_less(n: int, omega: float, data: st.DataObject) -> None:
    """Any other gaps cost no less than the certificate's bound, and the bound is the cost."""
    plan = optimal_gaps(n=n, omega=omega)
    others = data.draw(st.lists(st.floats(0, 8), min_size=n - 1, max_size=n - 1))
    assert plan.certificate.is_optimal
    assert evaluate_gaps(others, omega=omega) >= plan.certificate.lower_bound - 1e-12
    assert evaluate_gaps(plan.gaps, omega=omega) == pytest.approx(plan.cost, rel=1e-11)


@given(st.lists(st.floats(0.01, 6), min_size=1, max_size=5), omegas)
def test_a_tangent_anywhere_bounds_all_gaps(gaps: list[float], omega: float) -> None:
    """The bound by slopes holds at any gaps, far from the optimum too."""
    ends = [
        [gap + step * (at == other) for other, gap in enumerate(gaps)]
        for at in range(len(gaps))
        for step in (1e-5, -1e-5)
    ]
    costs = [evaluate_gaps(each, omega=omega) for each in ends]
    slopes = [(up - down) / 2e-5 for up, down in zip(costs[::2], costs[1::2], strict=True)]
    bound = bound_by_slopes(gaps, slopes, cost=evaluate_gaps(gaps, omega=omega), omega=omega)
    assert bound <= optimal_gaps(n=len(gaps) + 1, omega=omega).cost + 1e-6


@given(st.integers(2, 6), omegas)
@settings(max_examples=25)
def test_the_slopes_are_the_costs_own(n: int, omega: float) -> None:
    """Central differences of the plain evaluator at the plan are the slopes on which the proof rests."""
    plan = optimal_gaps(n=n, omega=omega)
    for at, slope in enumerate(plan.slopes):
        ends = [[gap + step * (at == other) for other, gap in enumerate(plan.gaps)] for step in (1e-5, -1e-5)]
        up, down = (evaluate_gaps(each, omega=omega) for each in ends)
        assert (up - down) / 2e-5 == pytest.approx(slope, abs=1e-7)


@pytest.mark.parametrize(("n", "omega"), [(3, 0.5), (5, 0.2), (8, 0.9)])
def test_another_optimiser_finds_no_better(n: int, omega: float) -> None:
    """L-BFGS-B of scipy on the plain evaluator ends at the same cost."""
    found = minimize(
        lambda gaps: evaluate_gaps([float(gap) for gap in gaps], omega=omega),
        np.full(n - 1, 1.5),
        method="L-BFGS-B",
        bounds=[(0, None)] * (n - 1),
        options={"ftol": 1e-15, "gtol": 1e-10},
    )
    plan = optimal_gaps(n=n, omega=omega)
    assert plan.cost <= float(found.fun) + 1e-12
    assert plan.cost == pytest.approx(float(found.fun), rel=1e-8)


def test_starts_begin_at_nought_and_scale_with_the_visit() -> None:
    """The first patient comes at 0; twice the visit, twice the gaps and the cost."""
    one, two = optimal_gaps(n=5, omega=0.5, mean=10), optimal_gaps(n=5, omega=0.5, mean=20)
    assert one.starts[0] == 0
    assert len(one.starts) == 5
    assert two.gaps == pytest.approx([2 * gap for gap in one.gaps])
    assert two.cost == pytest.approx(2 * one.cost)


@pytest.mark.parametrize(
    "wrong", [{"n": 1}, {"n": 201}, {"omega": 0}, {"omega": 1}, {"omega": -0.5}, {"mean": 0}]
)
def test_a_question_without_an_answer_is_refused(wrong: dict[str, object]) -> None:
    """One patient has no gap; idling that costs nothing wants endless gaps, waiting that does none at all."""
    question: dict[str, object] = {"n": 3, "omega": 0.5} | wrong
    with pytest.raises(InvalidValue):
        optimal_gaps(**question)  # type: ignore[arg-type]


@pytest.mark.parametrize("gaps", [[], [-1.0], [float("nan")]])
def test_gaps_that_are_none_are_refused(gaps: list[float]) -> None:
    """A gap is a finite number from zero on."""
    with pytest.raises(InvalidValue):
        evaluate_gaps(gaps, omega=0.5)
