"""The best plan: against all plans, with a certificate that proves it and one that does not."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations_with_replacement

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.dayplan import (
    Certificate,
    DayPlan,
    Empirical,
    Exponential,
    Session,
    TwoPoint,
    Weights,
    Witness,
    bailey_welch,
    best_of,
    evaluate,
    even_plan,
    optimal_day,
    verify,
)
from medoffice.scheduling.dayplan.descent import lost
from medoffice.scheduling.dayplan.evaluation import measure
from medoffice.scheduling.dayplan.minimum_norm import Base
from medoffice.scheduling.dayplan.objective import Objective

chances = st.sampled_from([0.0, 0.0, 0.1, 0.25, 0.5, 0.9, 1.0])
exponentials = st.floats(1, 60).map(Exponential)
empiricals = st.one_of(
    st.lists(st.sampled_from([0, 5, 10, 15, 20, 45]), min_size=1, max_size=4).map(Empirical.of),
    st.builds(TwoPoint, st.just(10), st.sampled_from([10, 30]), st.sampled_from([0.25, 0.5])),
)
prices = st.sampled_from([0.0, 0.05, 1.0, 3.0])
all_weights = st.builds(Weights, wait=prices, idle=prices, overtime=prices)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Unlike patients of one family, in slots that may hold only so many."""
    n, slots = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    family = draw(st.sampled_from([exponentials, empiricals]))
    crowd = draw(st.sampled_from([None, None, 1, 2]))
    return Session.of(
        n=n,
        slots=slots,
        slot=draw(st.sampled_from([5, 10, 15, 30])),
        service=draw(st.lists(family, min_size=n, max_size=n)),
        no_show=draw(st.lists(chances, min_size=n, max_size=n)),
        weights=draw(all_weights),
        per_slot=crowd if crowd is None or n <= crowd * slots else None,
    )


def every_plan(session: Session) -> Iterator[tuple[int, ...]]:
    """All slots that rise and crowd no slot too much."""
    for places in combinations_with_replacement(range(session.slots), session.n):
        if session.per_slot is None or max(session.counts(places)) <= session.per_slot:
            yield places


@given(sessions())
def test_no_plan_costs_less(session: Session) -> None:
    """Of all plans, each looked at, none is cheaper than the one found; the plan is among them."""
    plan = best_of(session)
    assert plan.places in set(every_plan(session))
    least = float(Objective(session)(np.array(list(every_plan(session)))).min())
    assert plan.cost == pytest.approx(least, rel=1e-9, abs=1e-9)


@given(sessions())
def test_a_certificate_is_proven_again_without_the_search(session: Session) -> None:
    """From the witnesses alone, with the plain evaluator, the plan is optimal again."""
    plan = best_of(session)
    again = verify(plan)
    assert plan.certificate.is_optimal
    assert again.is_optimal
    assert again.cost == pytest.approx(plan.cost, rel=1e-11, abs=1e-10)
    assert again.lower_bound <= again.cost


@given(sessions(), st.data())
def test_what_a_witness_proves_is_never_too_much(session: Session, data: st.DataObject) -> None:
    """Whatever the plan and however its witnesses mix orders, their bound holds for the best plan."""
    places = data.draw(st.sampled_from(list(every_plan(session))))

    def witness(room: list[int]) -> Witness:
        free = [at for at, slots in enumerate(room) if slots > 0]
        if not free:
            return Witness((), ())
        orders = data.draw(st.lists(st.permutations(free).map(tuple), min_size=1, max_size=3))
        return Witness(tuple(orders), (1 / len(orders),) * len(orders))

    costs = measure(session, places)
    later = witness([last - place for place, last in zip(places, session.latest, strict=True)])
    earlier = witness(list(places))
    claim = Certificate(
        method="", cost=costs.cost, lower_bound=0.0, evaluations=0, later=later, earlier=earlier
    )
    order = tuple(range(session.n))
    found = verify(DayPlan(session=session, order=order, places=places, costs=costs, certificate=claim))
    assert found.lower_bound <= best_of(session).cost + 1e-9


@given(sessions(), st.data())
def test_the_cost_is_convex_between_any_two_points(session: Session, data: st.DataObject) -> None:
    """Discrete midpoint convexity, which L♮-convexity is, on all of the box: unlike patients, rising or not."""
    box = [st.integers(0, last) for last in session.latest]
    p, q = (np.array([data.draw(each) for each in box]) for _ in range(2))
    cost = Objective(session)
    ends = cost(np.array([p, q])).sum()
    middle = cost(np.array([(p + q) // 2, -((p + q) // -2)])).sum()
    assert middle <= ends + 1e-9 * max(1.0, abs(ends))


@given(sessions())
def test_a_plan_says_what_it_costs(session: Session) -> None:
    """The parts are those of the schedule, and the weights make the cost of them."""
    plan = best_of(session)
    weights = session.weights
    parts = weights.wait * plan.wait + weights.idle * plan.idle + weights.overtime * plan.overtime
    assert plan.cost == pytest.approx(parts, abs=1e-9)
    again = evaluate(
        plan.schedule,
        slot=session.slot,
        service=session.services,
        no_show=session.no_show,
        weights=weights,
    )
    assert again.cost == pytest.approx(plan.cost, rel=1e-11, abs=1e-10)
    assert (again.wait, again.idle, again.overtime) == pytest.approx(
        (plan.wait, plan.idle, plan.overtime), rel=1e-11, abs=1e-9
    )


@given(st.integers(1, 6), st.integers(1, 8), st.floats(2, 40), chances)
def test_rules_of_thumb_are_plans_and_no_better(n: int, slots: int, mean: float, no_show: float) -> None:
    """Even and Bailey-Welch plans book everybody, and cost no less than the optimum."""
    service = Exponential(mean)
    plan = optimal_day(n=n, slots=slots, slot=10, service=service, no_show=no_show)
    for rule in (even_plan(n=n, slots=slots), bailey_welch(n=n, slots=slots)):
        assert sum(rule) == n
        assert evaluate(rule, slot=10, service=service, no_show=no_show).cost >= plan.cost - 1e-9


def test_the_rules_of_thumb_are_the_known_ones() -> None:
    """Even: every other slot; Bailey-Welch: two at the beginning, the others a place earlier than even."""
    assert even_plan(n=4, slots=8) == (1, 0, 1, 0, 1, 0, 1, 0)
    assert bailey_welch(n=4, slots=8) == (2, 0, 1, 0, 1, 0, 0, 0)
    for rule in (even_plan, bailey_welch):
        with pytest.raises(InvalidValue):
            rule(n=0, slots=8)


def test_a_plan_where_moving_one_patient_is_not_enough() -> None:
    """Three visits of 10 or 20 minutes: no single move betters 1 1 0 1 0, and the optimum costs half of it.

    By hand: in 1 0 1 0 1 nobody waits, and the last overruns by 5 minutes half of the time.
    """
    service, weights = TwoPoint(10, 20, 0.5), Weights(wait=2, idle=0, overtime=1)

    def cost(schedule: tuple[int, ...]) -> float:
        return evaluate(schedule, slot=15, service=service, weights=weights).cost

    stuck = (1, 1, 0, 1, 0)
    assert cost(stuck) == 5.0
    for source in (0, 1, 3):
        for target in range(5):
            moved = list(stuck)
            moved[source] -= 1
            moved[target] += 1
            assert cost(tuple(moved)) >= 5.0
    plan = optimal_day(n=3, slots=5, slot=15, service=service, weights=weights)
    assert plan.schedule == (1, 0, 1, 0, 1)
    assert plan.cost == 2.5
    assert plan.certificate.gap == 0


def test_certain_visits_follow_each_other() -> None:
    """Visits of exactly one slot, everybody comes: one a slot, from the last slot that leaves no overtime on."""
    plan = optimal_day(n=4, slots=4, slot=15, service=Empirical({15: 1.0}))
    assert plan.schedule == (1, 1, 1, 1)
    assert (plan.wait, plan.idle, plan.overtime) == (0, 0, 0)


def test_a_day_of_24_patients_in_48_slots_is_closed() -> None:
    """A full day on a grid of five minutes is certified, and the certificate proven again."""
    plan = optimal_day(
        n=24,
        slots=48,
        slot=5,
        service=Exponential(9),
        no_show=[0.05 + 0.01 * at for at in range(24)],
        weights=Weights(wait=0.02, idle=0.2, overtime=0.4),
    )
    assert sum(plan.schedule) == 24
    assert plan.certificate.is_optimal
    assert verify(plan).is_optimal


@pytest.mark.parametrize(("n", "slots", "mean"), [(9, 30, 2.0), (9, 30, 2.5), (12, 40, 2.0)])
def test_a_day_with_room_to_spare_is_closed(n: int, slots: int, mean: float) -> None:
    """Where hardly anybody waits, what little it costs is proven as well."""
    weights = Weights(wait=1, idle=0, overtime=3)
    plan = optimal_day(n=n, slots=slots, slot=15, service=Exponential(mean), weights=weights)
    assert 0 < plan.cost < 1e-6
    assert plan.certificate.gap < plan.cost / 1e9


def test_a_plan_moved_by_one_slot_is_not_proven_by_the_same_witnesses() -> None:
    """A certificate does not pass on to another plan."""
    plan = optimal_day(n=5, slots=8, slot=10, service=Exponential(10))
    other = sorted((*plan.places[:-1], plan.places[-1] - 1))
    moved = attrs.evolve(plan, places=tuple(other))
    assert not verify(moved).is_optimal


@pytest.mark.parametrize(
    "orders", [((0, 1),), ((0, 1, 2, 2),), ((0, 1, 2), (0, 1)), ()], ids=["short", "twice", "mixed", "none"]
)
def test_a_witness_that_leaves_somebody_out_is_refused(orders: tuple[tuple[int, ...], ...]) -> None:
    """Each order speaks about each patient that has room, once."""
    plan = optimal_day(n=3, slots=9, slot=10, service=Exponential(10))
    false = Witness(orders, (1 / len(orders),) * len(orders) if orders else ())
    forged = attrs.evolve(plan, certificate=attrs.evolve(plan.certificate, later=false))
    with pytest.raises(InvalidValue, match="certificate"):
        verify(forged)


@pytest.mark.parametrize("shares", [(0.5,), (0.5, 0.6), (-0.5, 1.5)])
def test_shares_that_mix_nothing_are_refused(shares: tuple[float, ...]) -> None:
    """A witness has one share for each order; they are from zero on and sum to one."""
    with pytest.raises(InvalidValue):
        Witness(((0, 1), (1, 0)), shares)


def test_what_a_proof_leaves_open_is_counted_slot_by_slot() -> None:
    """A slope of -2 over three slots and one of +5 leave 6 open; who has no room has no slope."""
    proof = Base(point=np.array([-2.0, 5.0]), orders=((0, 2),), shares=(1.0,))
    assert lost(proof, np.array([3, 0, 4])) == 6


def test_a_certificate_speaks() -> None:
    """In words: whether it is optimal, the gap, how many plans were looked at and why that is enough."""
    plan = optimal_day(n=5, slots=8, slot=10, service=Exponential(10))
    text = str(plan.certificate)
    assert text.startswith("optimal: no plan costs less (gap 0.0e+00, ")
    assert "L-natural" in text
    open_one = attrs.evolve(plan.certificate, lower_bound=plan.cost - 1)
    assert str(open_one).startswith("not proven optimal: no plan costs less than ")
    assert open_one.gap == pytest.approx(1)


def test_slots_may_be_given_as_time() -> None:
    """A slot of ten minutes is one, however it is said."""
    plans = [
        optimal_day(n=4, slots=6, slot=slot, service=Exponential(9))
        for slot in (10, 10.0, timedelta(minutes=10))
    ]
    assert plans[0] == plans[1] == plans[2]


@pytest.mark.parametrize(
    "wrong",
    [
        {"n": 0},
        {"n": 501},
        {"n": 2.0},
        {"slots": 0},
        {"slots": 10_001},
        {"per_slot": 0},
        {"n": 7, "per_slot": 1},
    ],
)
def test_a_day_that_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    """Sizes are whole numbers within bounds, and the slots can hold the patients."""
    question: dict[str, object] = {"n": 3, "slots": 6, "slot": 10, "service": Exponential(10)} | wrong
    with pytest.raises(InvalidValue):
        optimal_day(**question)  # type: ignore[arg-type]


def test_minutes_without_a_grid_in_common_are_refused() -> None:
    """Lengths so odd that exact work in hand would need a hundred thousand states are not taken on."""
    odd = Empirical({0.001: 0.5, 1200: 0.5})
    with pytest.raises(InvalidValue, match="grid"):
        optimal_day(n=3, slots=6, slot=10, service=odd)
