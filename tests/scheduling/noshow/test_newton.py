"""The mode of logistic odds under a normal prior."""

from itertools import product
from math import exp, isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.scheduling.noshow.newton import Mode, Row, cholesky, find_mode, logistic, solve

COLUMNS = 4
counts = st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """Rows of a free intercept and three columns, in which both outcomes occur."""
    numbers = st.floats(-3, 3).map(lambda value: round(value, 3))
    made = draw(
        st.lists(st.tuples(st.lists(numbers, min_size=3, max_size=3), counts), min_size=1, max_size=8)
    )
    rows = [
        Row(columns=(0, 1, 2, 3), values=(1.0, *values), visits=visits, missed=missed)
        for values, (visits, missed) in made
    ]
    both = Row(columns=(0,), values=(1.0,), visits=2, missed=1)
    return [*rows, both]


def mode_of(rows: list[Row], precision: float = 1.0) -> Mode:
    """The mode with the house's tolerance."""
    return find_mode(rows, size=COLUMNS, precision=precision, tolerance=1e-12, most_rounds=80)


def density(rows: list[Row], point: tuple[float, ...], precision: float = 1.0) -> float:
    """The log-density, written once more from its definition."""
    total = -precision * sum(each * each for each in point[1:]) / 2
    for row in rows:
        probability = logistic(sum(point[c] * v for c, v in zip(row.columns, row.values, strict=True)))
        total += row.missed * log(max(probability, 1e-300))
        total += (row.visits - row.missed) * log(max(1 - probability, 1e-300))
    return total


@given(tables(), st.floats(0.01, 10))
def test_the_slope_is_nothing_at_the_mode(rows: list[Row], precision: float) -> None:
    """At the mode the expected equals the observed in every column, but for the prior's pull."""
    mode = mode_of(rows, precision)
    assert mode.settled
    for column in range(COLUMNS):
        pull = 0.0 if column == 0 else precision * mode.coefficients[column]
        surplus = 0.0
        for row in rows:
            values = dict(zip(row.columns, row.values, strict=True))
            at = sum(mode.coefficients[c] * v for c, v in values.items())
            surplus += values.get(column, 0.0) * (row.missed - row.visits * logistic(at))
        assert isclose(surplus, pull, abs_tol=1e-3)


@given(tables(), st.tuples(*[st.floats(-2, 2)] * COLUMNS))
def test_nowhere_is_higher(rows: list[Row], elsewhere: tuple[float, ...]) -> None:
    """No other point has a higher density than the mode, by more than the gap that it states."""
    mode = mode_of(rows)
    assert density(rows, mode.coefficients) >= density(rows, elsewhere) - 1e-9


@given(counts, counts)
def test_equal_rows_may_be_taken_together(first: tuple[int, int], second: tuple[int, int]) -> None:
    """One row of all visits gives the same mode as one row a visit."""
    together, apart = [], []
    for column, (visits, missed) in enumerate((first, second), start=1):
        together.append(Row(columns=(0, column), values=(1.0, 1.0), visits=visits, missed=missed))
        apart += [
            Row(columns=(0, column), values=(1.0, 1.0), visits=1, missed=int(number < missed))
            for number in range(visits)
        ]
    both = Row(columns=(0,), values=(1.0,), visits=2, missed=1)
    a, b = mode_of([*together, both]), mode_of([*apart, both])
    assert all(isclose(x, y, abs_tol=1e-6) for x, y in zip(a.coefficients, b.coefficients, strict=True))


def test_an_intercept_alone_is_the_log_odds_of_the_rate() -> None:
    """Thirty of two hundred missed: the log-odds are those of 0.15, and their variance is 1/(n p q)."""
    mode = find_mode(
        [Row(columns=(0,), values=(1.0,), visits=200, missed=30)],
        size=1,
        precision=1.0,
        tolerance=1e-12,
        most_rounds=20,
    )
    assert isclose(mode.coefficients[0], log(0.15 / 0.85), abs_tol=1e-6)
    assert isclose(mode.covariance[0][0], 1 / (200 * 0.15 * 0.85), rel_tol=1e-6)


def test_a_level_that_foretells_everything_stays_finite() -> None:
    """Complete separation: without a prior there would be no mode; with one the odds are large and finite."""
    rows = [
        Row(columns=(0, 1), values=(1.0, 1.0), visits=500, missed=500),
        Row(columns=(0, 2), values=(1.0, 1.0), visits=500, missed=0),
    ]
    mode = mode_of(rows)
    assert mode.settled
    assert 2 < mode.coefficients[1] < 10
    assert isclose(mode.coefficients[1], -mode.coefficients[2], abs_tol=1e-6)


def test_a_step_that_would_overshoot_is_halved() -> None:
    """On a table on which Newton's whole steps lead away, the mode is found all the same."""
    rows = [
        Row(columns=(0, 1), values=(1.0, 30.0), visits=1, missed=1),
        Row(columns=(0, 1), values=(1.0, 3.0), visits=1000, missed=992),
        Row(columns=(0,), values=(1.0,), visits=2, missed=1),
    ]
    mode = find_mode(rows, size=2, precision=0.01, tolerance=1e-12, most_rounds=80)
    assert mode.settled
    at = mode.coefficients
    assert all(
        density(rows, at, 0.01) >= density(rows, (at[0] + a, at[1] + b), 0.01)
        for a, b in product((-0.01, 0.0, 0.01), repeat=2)
    )


def test_too_few_rounds_are_said() -> None:
    """A fit that was stopped before it came to rest does not pass for one that settled."""
    rows = [
        Row(columns=(0, 1), values=(1.0, 1.0), visits=900, missed=890),
        Row(columns=(0, 2), values=(1.0, 1.0), visits=900, missed=10),
    ]
    mode = find_mode(rows, size=3, precision=0.01, tolerance=1e-12, most_rounds=1)
    assert not mode.settled
    assert mode.gap > 1e-12


@given(st.lists(st.lists(st.floats(-2, 2), min_size=3, max_size=3), min_size=3, max_size=3))
def test_a_solution_solves(root: list[list[float]]) -> None:
    """For any positive definite matrix, A x is the right side again."""
    size = 3
    full = [
        [sum(root[k][i] * root[k][j] for k in range(size)) + (i == j) for j in range(size)]
        for i in range(size)
    ]
    right = [1.0, -2.0, 0.5]
    found = solve(cholesky([line[: i + 1] for i, line in enumerate(full)]), right)
    for i in range(size):
        assert isclose(sum(full[i][j] * found[j] for j in range(size)), right[i], abs_tol=1e-8)


@pytest.mark.parametrize("at", [-800.0, -5.0, 0.0, 5.0, 800.0])
def test_probabilities_do_not_overflow(at: float) -> None:
    """Odds beyond what a float holds are a probability of 0 or 1, and opposite odds are opposite chances."""
    assert 0 <= logistic(at) <= 1
    assert isclose(logistic(at) + logistic(-at), 1)
    if abs(at) < 100:
        assert isclose(logistic(at) / logistic(-at), exp(at))


def test_it_agrees_with_an_optimiser_that_knows_no_calculus_of_ours() -> None:
    """Scipy's general minimiser finds the same mode."""
    optimize = pytest.importorskip("scipy.optimize")
    rows = [
        Row(columns=(0, 1 + first, 3), values=(1.0, 1.0, value), visits=40, missed=missed)
        for (first, value), missed in zip(
            product((0, 1), (-1.0, 0.5, 2.0)), (3, 9, 20, 8, 1, 30), strict=True
        )
    ]
    found = optimize.minimize(lambda point: -density(rows, tuple(point)), [0.0] * COLUMNS, tol=1e-12)
    ours = mode_of(rows).coefficients
    assert all(isclose(a, b, abs_tol=1e-4) for a, b in zip(ours, found.x, strict=True))
