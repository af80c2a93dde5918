"""Optimal day plans: how often they are right, and what they cost beside searches a developer would write.

*One move* is the search of the small neighbourhood (Kaandorp and Koole 2007): the best move of one patient to another
slot, as long as that gains. *All plans* looks at each. Both get medoffice's own quick evaluator, many plans at a time, so
that only the search differs. *Plain evaluator* is one move with one plan at a time. *scipy* minimises the same exact cost
of gaps with SLSQP, as published codes do, and proves nothing.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations_with_replacement
from math import comb
from random import Random

import numpy as np
from scipy.optimize import minimize

from benchmarks.timing import interleaved, number, show
from medoffice.scheduling.dayplan import (
    Empirical,
    Exponential,
    Service,
    Session,
    TwoPoint,
    Weights,
    bailey_welch,
    best_of,
    evaluate,
    evaluate_gaps,
    even_plan,
    optimal_day,
    optimal_gaps,
    verify,
)
from medoffice.scheduling.dayplan.objective import Objective

OURS = "medoffice"
INSTANCES = 2_000
SMALL, FEW = 6, 20_000
NEAR = 1e-9

Cost = Callable[[list[tuple[int, ...]]], list[float]]


def at_once(session: Session) -> Cost:
    """The quick evaluator, for schedules of patients per slot."""
    objective = Objective(session)

    def cost(schedules: list[tuple[int, ...]]) -> list[float]:
        slots = np.arange(session.slots)
        return [float(each) for each in objective(np.array([np.repeat(slots, each) for each in schedules]))]

    return cost


def one_by_one(session: Session) -> Cost:
    """The plain evaluator."""

    def cost(schedules: list[tuple[int, ...]]) -> list[float]:
        return [
            evaluate(
                each,
                slot=session.slot,
                service=session.services,
                no_show=session.no_show,
                weights=session.weights,
            ).cost
            for each in schedules
        ]

    return cost


def neighbours(schedule: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """One patient in another slot."""
    for source, count in enumerate(schedule):
        for target in range(len(schedule)):
            if count and source != target:
                moved = list(schedule)
                moved[source] -= 1
                moved[target] += 1
                yield tuple(moved)


def by_one_move(session: Session, cost: Cost) -> tuple[float, tuple[int, ...]]:
    """Where no single move gains any more, from the even plan."""
    schedule = even_plan(n=session.n, slots=session.slots)
    least = cost([schedule])[0]
    while True:
        around = list(neighbours(schedule))
        costs = cost(around) if around else [least]
        best = min(range(len(costs)), key=costs.__getitem__)
        if costs[best] >= least - NEAR:
            return least, schedule
        least, schedule = costs[best], around[best]


def by_all_plans(session: Session) -> float:
    """The least of all."""
    plans = combinations_with_replacement(range(session.slots), session.n)
    return float(Objective(session)(np.array(list(plans))).min())


def some_session(chance: Random) -> Session:
    """A small session of unlike patients with chances of their own."""
    n, slots = chance.randint(1, 6), chance.randint(1, 7)
    is_exponential = chance.choice([True, False])

    def visit() -> Service:
        if is_exponential:
            return Exponential(chance.uniform(2, 40))
        if chance.choice([True, False, False]):
            return TwoPoint(chance.choice([5, 10]), chance.choice([20, 30]), chance.choice([0.2, 0.5]))
        return Empirical({5: 0.25, chance.choice([10, 15]): 0.5, chance.choice([20, 60]): 0.25})

    alike, no_show = visit(), chance.choice([0.0, 0.1, 0.25])
    is_alike = chance.choice([True, False])
    return Session.of(
        n=n,
        slots=slots,
        slot=chance.choice([5, 10, 15, 20]),
        service=alike if is_alike else [visit() for _ in range(n)],
        no_show=no_show if is_alike else [chance.choice([0.0, 0.1, 0.3, 0.9]) for _ in range(n)],
        weights=Weights(
            wait=chance.choice([0.0, 0.05, 1.0, 2.0]),
            idle=chance.choice([0.0, 0.3, 1.0]),
            overtime=chance.choice([0.0, 1.0, 5.0]),
        ),
    )


def compare_answers() -> None:
    """Count who was wrong, and how far off, on small sessions where all plans can be looked at."""
    chance = Random(2026)
    wrong, stuck, open_, worst = 0, 0, 0, 0.0
    for _ in range(INSTANCES):
        session = some_session(chance)
        least = by_all_plans(session)
        plan = best_of(session)
        near = NEAR * max(1.0, least)
        wrong += abs(plan.cost - least) > near
        open_ += not verify(plan).is_optimal
        found = by_one_move(session, at_once(session))[0]
        if found > least + near:
            stuck += 1
            worst = max(worst, found / least - 1 if least else 0.0)
    print(f"{INSTANCES:,} small sessions against all plans:")
    print(
        f"  medoffice    {wrong} wrong, {INSTANCES - open_:,} certificates proven again by the plain evaluator"
    )
    print(f"  one move     {stuck} wrong, up to {100 * worst:.0f} % above the optimum")
    print()


def compare_days() -> None:
    """Time three sizes of days."""
    day = Weights(wait=1 / 60, idle=0.2, overtime=0.4)
    sizes = (
        ("6 patients in 8 slots of 10 minutes", 6, 8, 10, Exponential(10), 0.0, Weights(), 30),
        ("10 patients in 8 slots of 15 minutes, 30 % no-shows", 10, 8, 15, Exponential(12), 0.3, day, 10),
        ("10 patients in 20 slots of 10 minutes, 10 % no-shows", 10, 20, 10, Exponential(12), 0.1, day, 30),
        (
            "10 patients, lengths with probabilities",
            10,
            20,
            10,
            Empirical({5: 0.3, 10: 0.4, 25: 0.3}),
            0.1,
            day,
            30,
        ),
        ("24 patients in 48 slots of 5 minutes", 24, 48, 5, Exponential(9), 0.0, day, 5),
        ("24 patients, each with a chance of 0 to 23 %", 24, 48, 5, Exponential(9), None, day, 5),
    )
    for title, n, slots, slot, service, no_show, weights, rounds in sizes:
        chances = [at / 100 for at in range(n)] if no_show is None else [no_show] * n
        session = Session.of(n=n, slots=slots, slot=slot, service=service, no_show=chances, weights=weights)
        quick = at_once(session)
        rivals: dict[str, Callable[[], object]] = {
            OURS: partial(best_of, session),
            "one move": partial(by_one_move, session, quick),
        }
        if n <= SMALL:
            rivals["one move, plain evaluator"] = partial(by_one_move, session, one_by_one(session))
        if comb(n + slots - 1, n) <= FEW:
            rivals["all plans"] = partial(by_all_plans, session)
        plan = best_of(session)
        rules = [quick([rule(n=n, slots=slots)])[0] for rule in (even_plan, bailey_welch)]
        ratios = ", ".join(number(100 * (each / plan.cost - 1)) for each in rules)
        print(
            f"{title}: cost {plan.cost:.9f}, gap {plan.certificate.gap:.1e}; even and Bailey-Welch {ratios} % above"
        )
        show(interleaved(rivals, rounds=rounds), unit="ms", beside=OURS)


def by_scipy(n: int, omega: float) -> float:
    """The least that SLSQP finds with the plain evaluator."""
    found = minimize(
        lambda gaps: evaluate_gaps(gaps.tolist(), omega=omega),
        np.full(n - 1, 1.5),
        method="SLSQP",
        bounds=[(0, None)] * (n - 1),
        options={"ftol": 1e-12, "maxiter": 500},
    )
    return float(found.fun)


def compare_gaps() -> None:
    """Time the continuous case."""
    for n, omega in ((5, 0.5), (10, 0.2)):
        plan = optimal_gaps(n=n, omega=omega)
        off = by_scipy(n, omega) - plan.cost
        print(f"Gaps of {n} exponential visits, omega {omega}: cost {plan.cost:.9f}; scipy {off:+.1e}")
        rivals: dict[str, Callable[[], object]] = {
            OURS: partial(optimal_gaps, n=n, omega=omega),
            "scipy, SLSQP": partial(by_scipy, n, omega),
        }
        show(interleaved(rivals, rounds=7), unit="ms", beside=OURS)


def main() -> None:
    """Measure and print."""
    optimal_day(n=2, slots=2, slot=10, service=Exponential(10))  # numpy is there from now on
    compare_answers()
    compare_days()
    compare_gaps()


if __name__ == "__main__":
    main()
