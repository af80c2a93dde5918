"""Laws over whole minutes, and how likely it is to be called by when: beside enumeration of every case."""

from itertools import pairwise, product
from math import exp, factorial, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.flow import Ahead, Caller, Forecast, Minutes
from medoffice.scheduling.flow.minutes import HORIZON
from medoffice.scheduling.flow.overtaking import hits_at, jumps_a_minute

samples = st.lists(st.integers(0, 12), min_size=1, max_size=4)
laws = samples.map(Minutes.of)
positive = st.lists(st.integers(1, 12), min_size=1, max_size=4).map(Minutes.of)


def cases(law: Minutes) -> list[tuple[int, float]]:
    return [(minute, weight) for minute, weight in enumerate(law.weights) if weight]


@given(samples)
def test_a_law_is_its_samples(taken: list[int]) -> None:
    """Weights sum to one, and the mean is that of the samples."""
    law = Minutes.of(taken)
    assert isclose(sum(law.weights), 1)
    assert isclose(law.mean, sum(taken) / len(taken))


@given(laws, laws)
def test_a_sum_has_the_law_of_every_pair(one: Minutes, other: Minutes) -> None:
    """Each pair of lengths is as likely as both, and the sum does not care which comes first."""
    expected = [0.0] * (len(one.weights) + len(other.weights) - 1)
    for (left, chance), (right, more) in product(cases(one), cases(other)):
        expected[left + right] += chance * more
    found = one.plus(other)
    assert found.weights == pytest.approx(expected)
    assert other.plus(one).weights == pytest.approx(expected)


@given(positive, st.integers(0, 15))
def test_what_is_left_is_what_the_longer_ones_leave(law: Minutes, elapsed: int) -> None:
    """Of those lengths that are longer than what has gone by, the rest; never nothing."""
    left = law.after(elapsed)
    longer = sum(weight for minute, weight in cases(law) if minute > elapsed)
    assert left.weights[0] == 0
    for minute, weight in enumerate(left.weights):
        if longer:
            expected = law.weights[elapsed + minute] / longer if minute else 0.0
            assert isclose(weight, expected, abs_tol=1e-12)


@given(laws, st.integers(1, 5))
def test_a_shared_length_keeps_its_mean(law: Minutes, between: int) -> None:
    """Divided between so many, the mean is divided too, exactly."""
    assert isclose(law.shared(between).mean, law.mean / between, abs_tol=1e-9)


chances = st.sampled_from([1.0, 0.75, 0.5, 0.0])


@given(
    firsts=st.lists(laws, min_size=1, max_size=3),
    line=st.lists(st.tuples(positive, chances), max_size=3),
    minutes=st.integers(0, 30),
)
@settings(max_examples=40)
def test_a_call_is_as_likely_as_all_its_cases(
    firsts: list[Minutes], line: list[tuple[Minutes, float]], minutes: int
) -> None:
    """Play out every combination of lengths, and of who gives up, by hand: whoever is free first calls the next.

    With several clinicians all cycles have one law here, as the forecast has it.
    """
    if len(firsts) > 1:
        line = [(line[0][0], stays) for _, stays in line[:2]]
    total = 0.0
    for starts in product(*map(cases, firsts)):
        options = [[(0, 1 - stays)] + [(m, w * stays) for m, w in cases(law)] for law, stays in line]
        for lengths in product(*options):
            chance = 1.0
            for _, weight in (*starts, *lengths):
                chance *= weight
            ready = [start for start, _ in starts]
            for length, _ in lengths:
                ready.sort()
                ready[0] += length
            if min(ready) <= minutes:
                total += chance
    forecast = Forecast(
        callers=tuple(map(Caller, firsts)), ahead=tuple(Ahead(law, stays) for law, stays in line)
    )
    assert forecast.within_whole(minutes) == pytest.approx(total, abs=1e-9)


@given(start=st.integers(1, 8), interval=positive, rate=st.floats(0.01, 0.5), minutes=st.integers(1, 14))
@settings(max_examples=40)
def test_who_comes_before_costs_what_a_walk_down_says(
    start: int, interval: Minutes, rate: float, minutes: int
) -> None:
    """Minute by minute: one is taken off what is left, and what newcomers bring is added; the chance that nothing is
    left for the first time is that of the formula.
    """
    brought = _brought(interval, rate)
    left, hit = {start: 1.0}, 0.0
    for _ in range(minutes):
        moved = _added(left, {extra - 1: weight for extra, weight in brought.items()})
        hit = moved.pop(0, 0.0)
        left = {rest: weight for rest, weight in moved.items() if 0 < rest <= minutes}
    starts = [float(minute >= start) for minute in range(minutes + 1)]
    found = hits_at(minutes, starts=starts, jumps=jumps_a_minute(interval, rate, between=1))
    assert found == pytest.approx(hit, abs=1e-9)


def _brought(interval: Minutes, rate: float) -> dict[int, float]:
    """What newcomers of one minute bring; more than 30 minutes, or many of them, are 99."""
    brought = {0: 0.0}
    for number in range(30):
        chance = exp(-rate) * rate**number / factorial(number)
        law = {0: 1.0}
        for _ in range(number):
            law = _added(law, dict(cases(interval)))
        for extra, weight in law.items():
            brought[extra] = brought.get(extra, 0.0) + chance * weight
        if number > 4 and chance < 1e-13:
            break
    return brought | {99: 1 - sum(brought.values())}


def _added(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    sums: dict[int, float] = {}
    for (left, chance), (right, more) in product(one.items(), other.items()):
        if left + right <= 30:
            sums[left + right] = sums.get(left + right, 0.0) + chance * more
    return sums


@given(
    start=st.integers(1, 8),
    interval=positive,
    rate=st.floats(0.01, 0.5),
    lifted=st.integers(0, 8),
    minutes=st.integers(1, 14),
)
@settings(max_examples=40)
def test_who_is_lifted_is_overtaken_no_more(
    start: int, interval: Minutes, rate: float, lifted: int, minutes: int
) -> None:
    """Played minute by minute with what newcomers bring kept apart: while it lasts they are served first, and once
    lifted the line ahead is all that counts.
    """
    brought = _brought(interval, rate)
    states, hit = {(start, 0): 1.0}, 0.0
    for minute in range(1, minutes + 1):
        moved: dict[tuple[int, int], float] = {}
        for (line, newer), weight in states.items():
            for extra, chance in brought.items() if minute <= lifted else [(0, 1.0)]:
                waiting = newer + extra if minute <= lifted else 0
                after = (line, waiting - 1) if waiting else (line - 1, 0)
                moved[after] = moved.get(after, 0.0) + weight * chance
        hit += sum(weight for (line, newer), weight in moved.items() if line == newer == 0)
        states = {state: weight for state, weight in moved.items() if state != (0, 0)}
    forecast = Forecast(
        callers=(Caller(Minutes((0.0,) * start + (1.0,))),), rate=rate, urgent=interval, overtaken_for=lifted
    )
    assert forecast.within_whole(minutes) == pytest.approx(hit, abs=1e-9)


forecasts = st.builds(
    Forecast,
    callers=st.lists(st.builds(Caller, laws, st.integers(5, 60)), min_size=1, max_size=3).map(tuple),
    ahead=st.lists(st.builds(Ahead, positive, chances), max_size=3).map(tuple),
    rate=st.sampled_from([0.0, 0.02, 0.1]),
    urgent=positive,
    overtaken_for=st.integers(0, 60) | st.just(HORIZON),
)


@given(forecasts, st.lists(st.floats(-5, 1000), min_size=2, max_size=6))
@settings(max_examples=40)
def test_longer_is_likelier(forecast: Forecast, minutes: list[float]) -> None:
    """The probability rises with time, strictly once it has begun, and is one nowhere."""
    for (earlier, before), (later, after) in pairwise(
        sorted((minute, forecast.within(minute)) for minute in minutes)
    ):
        assert 0 <= before <= after < 1
        assert before < after or earlier == later or later <= 0 or later - earlier < 1e-6


@given(forecasts, st.floats(0.01, 0.9))
@settings(max_examples=40)
def test_a_quantile_is_where_the_level_is_reached(forecast: Forecast, level: float) -> None:
    """To the second: reached there, not a second before; or not within the horizon."""
    minutes = forecast.quantile(level)
    assert forecast.within(minutes - 1.01 / 60) < level
    assert forecast.within(minutes) >= level - 1e-9 or minutes == HORIZON


@given(laws, st.lists(positive, min_size=1, max_size=3), st.integers(0, 60))
def test_nobody_is_called_earlier_for_having_more_people_ahead(
    first: Minutes, ahead: list[Minutes], minutes: int
) -> None:
    """One more ahead never makes a call likelier, one more clinician never less likely."""
    one = Forecast(callers=(Caller(first),), ahead=tuple(map(Ahead, ahead)))
    fewer = Forecast(callers=(Caller(first),), ahead=tuple(map(Ahead, ahead[1:])))
    assert fewer.within_whole(minutes) >= one.within_whole(minutes) - 1e-9
    two = Forecast(callers=(Caller(first), Caller(first)), ahead=(Ahead(ahead[0]),))
    alone = Forecast(callers=(Caller(first),), ahead=(Ahead(ahead[0]),))
    assert two.within_whole(minutes) >= alone.within_whole(minutes) - 1e-9


def test_nobody_is_called_after_the_shift() -> None:
    """Who is behind more work than the clinician's time has no chance worth naming."""
    forecast = Forecast(callers=(Caller(Minutes.of([5]), until=20),), ahead=(Ahead(Minutes.of([30])),))
    assert forecast.within_whole(HORIZON) == 0
    assert forecast.quantile(0.5) == HORIZON


def test_an_impossible_law_or_forecast_cannot_be_built() -> None:
    """A law has weights that sum to one; a forecast has a caller."""
    for weights in ((0.5,), (1.5, -0.5)):
        with pytest.raises(InvalidValue):
            Minutes(weights)
    for wrong in ([], [-1]):
        with pytest.raises(InvalidValue):
            Minutes.of(wrong)
    with pytest.raises(InvalidValue):
        Forecast(callers=())
    with pytest.raises(InvalidValue):
        Forecast(callers=(Caller(Minutes.of([1])),), rate=-1)
    with pytest.raises(InvalidValue):
        Ahead(Minutes.of([1]), 1.5)
