"""What a plan costs: exactly, in both families, in two ways, and in a simulation."""

from collections.abc import Generator, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import exp, sqrt
from random import Random
from statistics import fmean, stdev
from typing import Any

import numpy as np
import pytest
import simpy
from hypothesis import assume, example, given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.dayplan import Empirical, Exponential, Service, Session, TwoPoint, Weights, evaluate
from medoffice.scheduling.dayplan.evaluation import measure
from medoffice.scheduling.dayplan.objective import Objective

chances = st.sampled_from([0.0, 0.0, 0.1, 0.25, 0.5, 0.9, 1.0])
exponentials = st.floats(0.5, 60).map(Exponential)
empiricals = st.lists(st.sampled_from([0, 2.5, 5, 10, 15, 20, 45]), min_size=1, max_size=4).map(Empirical.of)
prices = st.sampled_from([0.0, 0.05, 1.0, 3.0])
all_weights = st.builds(Weights, wait=prices, idle=prices, overtime=prices)


@st.composite
def sessions(draw: st.DrawFn, most: int = 5) -> Session:
    """Unlike patients of one family in a short session."""
    n = draw(st.integers(1, most))
    family: st.SearchStrategy[Service] = exponentials if draw(st.booleans()) else empiricals
    return Session.of(
        n=n,
        slots=draw(st.integers(1, 6)),
        slot=draw(st.sampled_from([2.5, 5, 15, 60])),
        service=draw(st.lists(family, min_size=n, max_size=n)),
        no_show=draw(st.lists(chances, min_size=n, max_size=n)),
        weights=draw(all_weights),
    )


@st.composite
def placed(draw: st.DrawFn) -> tuple[Session, list[int]]:
    """A session with a plan for it."""
    session = draw(sessions())
    places = st.lists(st.integers(0, session.slots - 1), min_size=session.n, max_size=session.n)
    return session, sorted(draw(places))


Outcome = tuple[Fraction, Sequence[Fraction | None]]


def outcomes(visits: Sequence[dict[int, Fraction]], shows: Sequence[Fraction]) -> Iterator[Outcome]:
    """Everything that may happen, each with its probability; None is a patient who does not come."""
    each: list[list[tuple[Fraction, Fraction | None]]] = [
        [(1 - show, None), *((show * mass, Fraction(minutes)) for minutes, mass in visit.items())]
        for visit, show in zip(visits, shows, strict=True)
    ]
    for happening in product(*each):
        probability = Fraction(1)
        for mass, _ in happening:
            probability *= mass
        yield probability, [length for _, length in happening]


def by_the_words(
    places: Sequence[int],
    slots: int,
    slot: int,
    visits: Sequence[dict[int, Fraction]],
    shows: Sequence[Fraction],
) -> tuple[Fraction, Fraction, Fraction]:
    """Wait, idle and overtime in exact rationals, by following each outcome through the day."""
    wait = idle = overtime = Fraction(0)
    end = Fraction(slots * slot)
    for probability, lengths in outcomes(visits, shows):
        free, worked = Fraction(0), Fraction(0)
        for place, length in zip(places, lengths, strict=True):
            if length is not None:
                begins = max(free, Fraction(place * slot))
                wait += probability * (begins - place * slot)
                free, worked = begins + length, worked + length
        late = max(Fraction(0), free - end)
        overtime += probability * late
        idle += probability * (end + late - worked)
    return wait, idle, overtime


rational_visits = st.lists(st.sampled_from([5, 10, 20, 30]), min_size=1, max_size=4).map(
    lambda seen: {minutes: Fraction(seen.count(minutes), len(seen)) for minutes in set(seen)}
)


@given(st.data())
def test_the_cost_is_that_of_all_that_may_happen(data: st.DataObject) -> None:
    """Followed outcome by outcome in exact rationals, a plan has the same wait, idle time and overtime."""
    n, slots = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 5))
    visits = data.draw(st.lists(rational_visits, min_size=n, max_size=n))
    shows = data.draw(st.lists(st.integers(0, 8).map(lambda k: Fraction(k, 8)), min_size=n, max_size=n))
    places = sorted(data.draw(st.lists(st.integers(0, slots - 1), min_size=n, max_size=n)))
    slot = data.draw(st.sampled_from([5, 10, 15]))
    wait, idle, overtime = by_the_words(places, slots, slot, visits, shows)
    found = evaluate(
        [places.count(at) for at in range(slots)],
        slot=slot,
        service=[Empirical({minutes: float(mass) for minutes, mass in visit.items()}) for visit in visits],
        no_show=[float(1 - show) for show in shows],
        weights=Weights(wait=2, idle=0.5, overtime=3),
    )
    assert found.wait == pytest.approx(float(wait), abs=1e-11)
    assert found.idle == pytest.approx(float(idle), abs=1e-11)
    assert found.overtime == pytest.approx(float(overtime), abs=1e-11)
    assert found.cost == pytest.approx(float(2 * wait + idle / 2 + 3 * overtime), abs=1e-10)


@given(placed())
def test_two_evaluators_agree(given_plan: tuple[Session, list[int]]) -> None:
    """One plan at a time without numpy, or many with it: different algorithms, the same cost."""
    session, places = given_plan
    cost = measure(session, places).cost
    assert float(Objective(session)(np.array([places]))[0]) == pytest.approx(cost, rel=1e-11, abs=1e-10)


@given(st.floats(0.5, 60), st.floats(0.5, 60), st.integers(0, 5), chances, chances)
def test_the_second_of_two_waits_by_the_formula(a: float, b: float, gap: int, q1: float, q2: float) -> None:
    """Behind an exponential visit of mean a, after x minutes, the wait is a * exp(-x / a) if both come."""
    places = [0] * 6
    places[0] += 1
    places[gap] += 1
    found = evaluate(places, slot=7, service=[Exponential(a), Exponential(b)], no_show=[q1, q2])
    assert found.wait == pytest.approx((1 - q1) * (1 - q2) * a * exp(-7 * gap / a), rel=1e-11, abs=1e-12)


@given(st.floats(1, 40), st.floats(1, 40), st.integers(1, 8))
@example(0.02, 30.0, 8)
def test_overtime_of_two_unlike_visits_by_the_formula(a: float, b: float, slots: int) -> None:
    """Two visits from the beginning last beyond t minutes by the integral of a hypoexponential's tail."""
    assume(abs(a - b) > 0.1)
    t = 9.0 * slots
    found = evaluate([2] + [0] * (slots - 1), slot=9, service=[Exponential(a), Exponential(b)])
    late = (a**2 * exp(-t / a) - b**2 * exp(-t / b)) / (a - b)
    assert found.overtime == pytest.approx(late, rel=1e-9, abs=1e-12)
    assert found.wait == pytest.approx(a, rel=1e-11)


def test_a_chain_of_alike_visits_lasts_as_an_erlang_variable() -> None:
    """Eight exponential visits at once: overtime is an integral of the Erlang tail, in closed form."""
    n, mean, t = 8, 11.0, 60.0
    load, term, tail, integral = t / mean, exp(-t / mean), 0.0, 0.0
    for count in range(n):
        tail += term
        integral += tail
        term *= load / (count + 1)
    found = evaluate([n, 0, 0, 0], slot=15, service=Exponential(mean))
    assert found.overtime == pytest.approx(mean * integral, rel=1e-12)
    assert found.wait == pytest.approx(mean * n * (n - 1) / 2, rel=1e-12)


@given(placed())
def test_time_is_kept(given_plan: tuple[Session, list[int]]) -> None:
    """Idle time and work fill the session and the overtime; nothing is below zero."""
    session, places = given_plan
    found = measure(session, places)
    assert found.idle + session.work == pytest.approx(session.minutes + found.overtime, abs=1e-9)
    assert min(found.wait, found.idle, found.overtime) >= -1e-9


@given(placed(), st.data())
def test_who_surely_does_not_come_changes_nothing(
    given_plan: tuple[Session, list[int]], data: st.DataObject
) -> None:
    """A patient with no chance to come, anywhere in the order, leaves the cost as it is."""
    session, places = given_plan
    at = data.draw(st.integers(0, session.n))
    ghost = data.draw(st.sampled_from(session.services))
    place = places[at] if at < session.n else session.slots - 1
    joined = Session.of(
        n=session.n + 1,
        slots=session.slots,
        slot=session.slot,
        service=[*session.services[:at], ghost, *session.services[at:]],
        no_show=[*session.no_show[:at], 1.0, *session.no_show[at:]],
        weights=session.weights,
    )
    cost = measure(joined, [*places[:at], place, *places[at:]]).cost
    assert cost == pytest.approx(measure(session, places).cost, rel=1e-11, abs=1e-10)


def test_half_the_minutes_cost_half() -> None:
    """The unit of time does not matter: all minutes halved, every part of the cost is halved."""
    whole = evaluate([2, 0, 1, 1], slot=10, service=Exponential(12), no_show=0.2)
    half = evaluate([2, 0, 1, 1], slot=5, service=Exponential(6), no_show=0.2)
    assert half.cost == pytest.approx(whole.cost / 2, rel=1e-12)


def simulated(
    session: Session, places: Sequence[int], *, days: int, seed: int
) -> tuple[list[float], list[float]]:
    """Wait and overtime of many days in a discrete-event simulation, from the words of the model."""
    chance, waits, lates = Random(seed), [], []

    def length(service: Service) -> float:
        if isinstance(service, Exponential):
            return chance.expovariate(1 / service.mean)
        return float(chance.choices([m for m, _ in service.masses], [mass for _, mass in service.masses])[0])

    for _ in range(days):
        day = simpy.Environment()
        clinician = simpy.Resource(day, capacity=1)
        waited: list[float] = []
        ends = [0.0]

        def patient(
            at: int, day: simpy.Environment, clinician: simpy.Resource, waited: list[float], ends: list[float]
        ) -> Generator[simpy.Event, Any, None]:
            arrives = places[at] * float(session.slot)
            yield day.timeout(arrives)
            with clinician.request() as turn:
                yield turn
                waited.append(day.now - arrives)
                yield day.timeout(length(session.services[at]))
                ends.append(day.now)

        for at in range(session.n):
            if chance.random() >= session.no_show[at]:
                day.process(patient(at, day, clinician, waited, ends))
        day.run()
        waits.append(sum(waited))
        lates.append(max(0.0, max(ends) - session.minutes))
    return waits, lates


@pytest.mark.parametrize(
    "service",
    [
        [Exponential(12), Exponential(25), Exponential(8), Exponential(12), Exponential(18)],
        [TwoPoint(10, 30, 0.3), Empirical({5: 0.2, 15: 0.5, 40: 0.3}), *[TwoPoint(5, 20, 0.5)] * 3],
    ],
    ids=["exponential", "with probabilities"],
)
def test_a_simulation_agrees(service: list[Service]) -> None:
    """Days played through event by event wait and overrun as the evaluator says, within five standard errors."""
    session = Session.of(
        n=5, slots=6, slot=10, service=service, no_show=[0.1, 0.4, 0.0, 0.2, 0.3], weights=Weights()
    )
    places = [0, 0, 2, 3, 5]
    waits, lates = simulated(session, places, days=4_000, seed=20_261_125)
    found = measure(session, places)
    for seen, said in ((waits, found.wait), (lates, found.overtime)):
        assert abs(fmean(seen) - said) < 5 * stdev(seen) / sqrt(len(seen))


@pytest.mark.parametrize("schedule", [[], [0, 0], [1, -1], [1.0, 0], [True]])
def test_a_schedule_that_books_nobody_or_halves_is_refused(schedule: list[int]) -> None:
    """A schedule has whole numbers of patients, and one at least."""
    with pytest.raises(InvalidValue):
        evaluate(schedule, slot=10, service=Exponential(10))


@pytest.mark.parametrize(
    "wrong",
    [
        {"slot": 0},
        {"slot": -5},
        {"no_show": 1.1},
        {"no_show": -0.1},
        {"no_show": float("nan")},
        {"no_show": [0.1]},
        {"service": [Exponential(10)]},
        {"service": [Exponential(10), Empirical({10: 1.0})]},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    """Slots last, chances are probabilities, each patient has one length of visit, all of one family."""
    question: dict[str, object] = {"slot": 10, "service": Exponential(10), "no_show": 0.1} | wrong
    with pytest.raises(InvalidValue):
        evaluate([1, 1], **question)  # type: ignore[arg-type]


@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf"), "1"])
def test_a_price_below_nothing_is_refused(weight: float) -> None:
    """Weights are finite numbers from zero on."""
    with pytest.raises(InvalidValue):
        Weights(idle=weight)
