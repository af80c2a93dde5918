"""The order of unlike patients: against all orders and slots, and honest when it may not look at all."""

from collections.abc import Sequence
from itertools import combinations_with_replacement, permutations

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.dayplan import (
    Empirical,
    Expected,
    Exponential,
    Session,
    TwoPoint,
    Weights,
    best_of,
    optimal_sequence,
    verify,
)
from medoffice.scheduling.dayplan.evaluation import measure
from medoffice.scheduling.dayplan.objective import Objective
from medoffice.scheduling.dayplan.relaxation import ordered, relaxed

exponentials = st.sampled_from([4, 10, 25]).map(Exponential)
empiricals = st.sampled_from(
    [
        Empirical({10: 1.0}),
        TwoPoint(5, 30, 0.25),
        Empirical({5: 0.5, 10: 0.25, 40: 0.25}),
        TwoPoint(10, 20, 0.5),
    ]
)
prices = st.sampled_from([0.0, 0.5, 1.0, 2.0])
all_weights = st.builds(Weights, wait=prices, idle=prices, overtime=prices)


@st.composite
def parties(draw: st.DrawFn, most: int = 4) -> list[Expected]:
    """A few unlike patients of one family."""
    family = exponentials if draw(st.booleans()) else empiricals
    each = st.builds(Expected, service=family, no_show=st.sampled_from([0.0, 0.0, 0.2, 0.5, 1.0]))
    return draw(st.lists(each, min_size=1, max_size=most))


def session_of(patients: Sequence[Expected], slots: int, weights: Weights) -> Session:
    """The patients in the order given, in slots of ten minutes."""
    return Session.of(
        n=len(patients),
        slots=slots,
        slot=10,
        service=[each.service for each in patients],
        no_show=[each.no_show for each in patients],
        weights=weights,
    )


def least_of_all(session: Session) -> float:
    """The least cost over every order and every choice of slots."""
    plans = np.array(list(combinations_with_replacement(range(session.slots), session.n)))
    orders = permutations(range(session.n))
    return min(float(Objective(ordered(session, order))(plans).min()) for order in orders)


@given(parties(), st.integers(1, 5), all_weights)
@settings(max_examples=40)
def test_no_order_and_no_slots_cost_less(patients: list[Expected], slots: int, weights: Weights) -> None:
    """Of all orders and slots, each looked at, none is cheaper; the certificate says so and is proven again."""
    plan = optimal_sequence(patients=patients, slots=slots, slot=10, weights=weights)
    session = session_of(patients, slots, weights)
    assert plan.cost == pytest.approx(least_of_all(session), rel=1e-9, abs=1e-9)
    assert plan.certificate.is_optimal
    assert verify(plan).is_optimal
    assert measure(ordered(session, plan.order), plan.places).cost == pytest.approx(plan.cost, abs=1e-9)


@given(parties(), st.integers(1, 5), all_weights, st.integers(1, 12))
@settings(max_examples=40)
def test_little_effort_is_told(patients: list[Expected], slots: int, weights: Weights, effort: int) -> None:
    """However little may be looked at, the bound holds for the true optimum, and is proven again."""
    plan = optimal_sequence(patients=patients, slots=slots, slot=10, weights=weights, effort=effort)
    least = least_of_all(session_of(patients, slots, weights))
    bound = plan.certificate.lower_bound
    assert bound <= least + 1e-9
    assert least <= plan.cost + 1e-9
    assert verify(plan).lower_bound == pytest.approx(bound, rel=1e-9, abs=1e-8)


@given(parties(), st.integers(1, 5), all_weights, st.data())
@settings(max_examples=50)
def test_a_relaxed_session_costs_no_more(
    patients: list[Expected], slots: int, weights: Weights, data: st.DataObject
) -> None:
    """What is known of an order's beginning bounds every order that begins so, whoever stands for the rest."""
    session = session_of(patients, slots, weights)
    order = data.draw(st.permutations(range(session.n)))
    fixed = data.draw(st.integers(0, session.n))
    rest = data.draw(st.permutations(order[fixed:]))
    bound = best_of(relaxed(session, order, fixed=fixed)).cost
    assert bound <= best_of(ordered(session, (*order[:fixed], *rest))).cost + 1e-9


def test_the_one_behind_is_bounded_by_who_comes_least() -> None:
    """In one slot, behind a visit of ten minutes: the next waits ten at the least chance of the rest, the others nothing."""
    certain, doubtful = (
        Expected(service=Empirical({10: 1.0})),
        Expected(service=Empirical({10: 1.0}), no_show=0.75),
    )
    session = session_of([certain, certain, doubtful], 1, Weights(wait=1, idle=0, overtime=0))
    for order in ((0, 1, 2), (0, 2, 1)):
        assert best_of(relaxed(session, order, fixed=1)).cost == 2.5


def test_short_visits_first_and_the_long_ones_behind() -> None:
    """Three short visits and two long ones that vary more: all ten orders are looked at.

    The cost is exact in binary fractions, since all probabilities are: 38 and 43/64.
    """
    short, long = Empirical({10: 0.5, 20: 0.5}), Empirical({10: 0.25, 30: 0.5, 50: 0.25})
    plan = optimal_sequence(
        patients=[Expected(service=each) for each in (long, short, long, short, short)],
        slots=10,
        slot=10,
        weights=Weights(wait=1, idle=0.5, overtime=1),
    )
    assert plan.cost == 38 + 43 / 64
    assert [plan.session.services[at] for at in range(5)] == [short, short, short, long, long]
    assert sorted(plan.order[:3]) == [1, 3, 4]
    assert len(plan.certificate.cuts) == 10


def test_orders_that_nobody_looked_at_are_missed() -> None:
    """A certificate from which a cut is taken away is none, and so is one whose cut names a patient twice."""
    patients = [Expected(service=Exponential(mean)) for mean in (5, 10, 20)]
    plan = optimal_sequence(patients=patients, slots=5, slot=10)
    cuts = plan.certificate.cuts
    assert len(cuts) == 6
    doubled = attrs.evolve(cuts[0], order=(0, 0, 1))
    for wrong in (cuts[1:], (doubled, *cuts[1:])):
        forged = attrs.evolve(plan, certificate=attrs.evolve(plan.certificate, cuts=wrong))
        with pytest.raises(InvalidValue, match="certificate"):
            verify(forged)


def test_nobody_to_put_in_order_is_refused() -> None:
    """There is one patient at least, and something may be looked at."""
    with pytest.raises(InvalidValue):
        optimal_sequence(patients=[], slots=5, slot=10)
    with pytest.raises(InvalidValue):
        optimal_sequence(patients=[Expected(service=Exponential(5))], slots=5, slot=10, effort=0)
