"""Logistic odds by Newton's method with a normal prior, in plain Python.

The posterior mode of a logistic regression in which every coefficient but the first has a normal prior around 0
(ridge). Its log-density is strictly concave as soon as both outcomes occur, so there is one mode and a damped Newton
step, halved until the density rises, reaches it from anywhere (Boyd & Vandenberghe, Convex Optimization, section
9.5; for the same steps as reweighted least squares: McCullagh & Nelder, Generalized Linear Models, 2nd ed., 2.5).
"""

from collections.abc import Sequence
from math import exp, fsum, log1p, sqrt
from typing import Final

import attrs

_ARMIJO: Final = 0.25
_HALVINGS: Final = 40


@attrs.frozen(kw_only=True)
class Row:
    """Visits that are alike: the columns that are not zero and their values, how many visits, how many missed."""

    columns: tuple[int, ...]
    values: tuple[float, ...]
    visits: int
    missed: int


@attrs.frozen(kw_only=True)
class Mode:
    """Where the density is highest: coefficients, their covariance there, and how many rounds it took.

    ``gap`` bounds by how much the log-density could still rise (half the squared Newton decrement);
    ``settled`` is whether that is within the tolerance asked for.
    """

    coefficients: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    rounds: int
    gap: float
    settled: bool


def logistic(log_odds: float) -> float:
    """The probability of log-odds, without overflow at either end."""
    if log_odds >= 0:
        return 1 / (1 + exp(-log_odds))
    odds = exp(log_odds)
    return odds / (1 + odds)


def find_mode(
    rows: Sequence[Row], *, size: int, precision: float, tolerance: float, most_rounds: int
) -> Mode:
    """The mode over ``size`` coefficients; the first is free, each other has a prior of ``precision`` (1/variance)."""
    ridge = [0.0] + [precision] * (size - 1)
    point = [0.0] * size
    value = _density(rows, point, ridge)
    for done in range(most_rounds + 1):
        gradient, curvature = _derivatives(rows, point, ridge)
        lower = cholesky(curvature)
        step = solve(lower, gradient)
        gap = fsum(g * s for g, s in zip(gradient, step, strict=True)) / 2
        if gap <= tolerance or done == most_rounds:
            break
        scale = 1.0
        for _ in range(_HALVINGS):
            trial = [at + scale * by for at, by in zip(point, step, strict=True)]
            trial_value = _density(rows, trial, ridge)
            if trial_value >= value + _ARMIJO * scale * 2 * gap:
                break
            scale /= 2
        point, value = trial, trial_value
    return Mode(
        coefficients=tuple(point),
        covariance=_inverse(lower),
        rounds=done,
        gap=gap,
        settled=gap <= tolerance,
    )


def _log_odds(row: Row, point: Sequence[float]) -> float:
    return sum(point[column] * value for column, value in zip(row.columns, row.values, strict=True))


def _density(rows: Sequence[Row], point: Sequence[float], ridge: Sequence[float]) -> float:
    """The log of likelihood and prior together, without the constants."""
    terms = []
    for row in rows:
        at = _log_odds(row, point)
        terms.append(row.missed * at - row.visits * (max(at, 0.0) + log1p(exp(-abs(at)))))
    return fsum(terms) - fsum(weight * at * at for weight, at in zip(ridge, point, strict=True)) / 2


def _derivatives(
    rows: Sequence[Row], point: Sequence[float], ridge: Sequence[float]
) -> tuple[list[float], list[list[float]]]:
    """The gradient, and minus the second derivatives (lower triangle)."""
    gradient = [-weight * at for weight, at in zip(ridge, point, strict=True)]
    curvature = [[0.0] * (index + 1) for index in range(len(point))]
    for index, weight in enumerate(ridge):
        curvature[index][index] = weight
    for row in rows:
        probability = logistic(_log_odds(row, point))
        residual = row.missed - row.visits * probability
        weight = row.visits * probability * (1 - probability)
        for place, (column, value) in enumerate(zip(row.columns, row.values, strict=True)):
            gradient[column] += residual * value
            line, scaled = curvature[column], weight * value
            for other, theirs in zip(row.columns[: place + 1], row.values, strict=False):
                line[other] += scaled * theirs
    return gradient, curvature


def cholesky(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """The lower triangular root of a symmetric positive definite matrix, given by its lower triangle."""
    lower: list[list[float]] = []
    for i, given in enumerate(matrix):
        line: list[float] = []
        for j in range(i + 1):
            known = sum(a * b for a, b in zip(line, lower[j] if j < i else line, strict=False))
            line.append(sqrt(given[i] - known) if i == j else (given[j] - known) / lower[j][j])
        lower.append(line)
    return lower


def solve(lower: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of ``A x = right`` by the root of ``A``."""
    forward: list[float] = []
    for line, wanted in zip(lower, right, strict=True):
        forward.append((wanted - sum(a * b for a, b in zip(line, forward, strict=False))) / line[-1])
    size = len(forward)
    found = [0.0] * size
    for i in range(size - 1, -1, -1):
        known = sum(lower[j][i] * found[j] for j in range(i + 1, size))
        found[i] = (forward[i] - known) / lower[i][i]
    return found


def _inverse(lower: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    size = len(lower)
    return tuple(tuple(solve(lower, [float(i == j) for i in range(size)])) for j in range(size))
