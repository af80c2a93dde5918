"""Times between appointments when any time will do: exponential visits, everybody comes.

``n`` patients, the first at 0, ``gaps[i]`` minutes between two of them. The cost is, over all patients but the first,

    omega * expected idle minutes before the patient + (1 - omega) * expected minutes that he waits

(the model of Pegden and Rosenshine 1990 and of Kuiper, Mandjes and others). What is left of a visit is as long as a whole
one, so a wait is the mean times the expected number of patients found; that number falls by a Poisson count over a gap. The idle
times sum to the last patient's beginning less the visits before. The cost is convex in the gaps, so its slopes at a
plan bound it from below everywhere; Newton's method finds where they vanish.
"""

from collections.abc import Sequence
from math import exp, fsum, isfinite
from typing import Final

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.scheduling.dayplan.certificate import Certificate
from medoffice.scheduling.dayplan.numerics import Array, numpy
from medoffice.scheduling.dayplan.services import Minutes, minutes_of

_MOST: Final = 200
_STEPS: Final = 200
_HALVINGS: Final = 40
_ROUNDING: Final = 1e-14
_FLAT: Final = 1e-13
_COMPLEX_STEP: Final = 1e-30
_METHOD: Final = "The cost is convex in the gaps, and the slopes at this plan bound it from below."


@attrs.frozen(kw_only=True)
class GapPlan:
    """Minutes between appointments, what they cost, and the cost's ``slopes`` (by each gap) that prove it."""

    omega: float
    mean: float
    gaps: tuple[float, ...]
    slopes: tuple[float, ...]
    certificate: Certificate

    @property
    def cost(self) -> float:
        """Weighted minutes of idling and waiting."""
        return self.certificate.cost

    @property
    def starts(self) -> tuple[float, ...]:
        """Minutes from the first patient's appointment to each one's."""
        return tuple(fsum(self.gaps[:count]) for count in range(len(self.gaps) + 1))


def optimal_gaps(*, n: int, omega: float, mean: Minutes = 1) -> GapPlan:
    """The gaps of least cost for ``n`` patients whose visits take ``mean`` minutes, exponentially distributed.

    Raises:
        InvalidValue: when ``n`` is not between 2 and 200, ``omega`` not between 0 and 1 (both excluded: there the best
            gaps are endless or none), or the mean not above zero.
        OptimiserMissing: when numpy is not installed.
    """
    if type(n) is not int or not 2 <= n <= _MOST:  # noqa: PLR2004 - two make one gap
        raise InvalidValue("gaps", f"n is a whole number from 2 to {_MOST}")
    scale = _checked(omega, mean)
    descent = _Newton(n=n, omega=omega)
    gaps, cost, slopes = descent.run()
    bound = bound_by_slopes(gaps, slopes, cost=cost, omega=omega)
    return GapPlan(
        omega=omega,
        mean=scale,
        gaps=tuple(float(gap) * scale for gap in gaps),
        slopes=tuple(float(slope) for slope in slopes),
        certificate=Certificate(
            method=_METHOD,
            cost=cost * scale,
            lower_bound=float(bound * scale),
            evaluations=descent.evaluations,
        ),
    )


def bound_by_slopes(gaps: Sequence[float], slopes: Sequence[float], *, cost: float, omega: float) -> float:
    """What no gaps undercut, from the cost and its slopes at some gaps, in units of the mean visit.

    The cost is convex, so it lies above its tangent there. Gaps that cost no more idle no more than ``cost / omega``, so
    they sum to at most that and the visits: over these the tangent is least at a corner.
    """
    reach = cost / omega + len(gaps)
    tangent = cost - fsum(slope * gap for slope, gap in zip(slopes, gaps, strict=True))
    return min(cost, tangent + reach * min(0.0, *slopes))


def evaluate_gaps(gaps: Sequence[float], *, omega: float, mean: Minutes = 1) -> float:
    """The exact cost of gaps in minutes, worked out without numpy.

    Raises:
        InvalidValue: when a gap is below zero, or what :func:`optimal_gaps` raises.
    """
    scale = _checked(omega, mean)
    if not gaps or any(not isfinite(gap) or gap < 0 for gap in gaps):
        raise InvalidValue("gaps", "there is one at least, and each is zero or above")
    found, waits = [1.0], []
    for gap in gaps:
        after = [0.0, *found]
        found = [
            fsum(_poisson(k - left, gap / scale) * after[k] for k in range(left, len(after)))
            for left in range(len(after))
        ]
        found[0] = 1.0 - fsum(found[1:])
        waits.append(fsum(k * chance for k, chance in enumerate(found)))
    idle = fsum(gaps) / scale + waits[-1] - len(gaps)
    return scale * (omega * idle + (1 - omega) * fsum(waits))


def _poisson(count: int, mean: float) -> float:
    chance = exp(-mean)
    for each in range(1, count + 1):
        chance *= mean / each
    return chance


def _checked(omega: float, mean: Minutes) -> float:
    if isinstance(omega, bool) or not isinstance(omega, int | float) or not 0 < omega < 1:
        raise InvalidValue("gaps", "omega lies between zero and one")
    scale = float(minutes_of(mean, kind="length of visit"))
    if scale <= 0:
        raise InvalidValue("length of visit", "its mean is above zero")
    return scale


class _Newton:
    """Newton's method on the gaps, in units of the mean visit; gaps do not fall below zero."""

    def __init__(self, *, n: int, omega: float) -> None:
        self._n, self._omega = n, omega
        self.evaluations = 0

    def run(self) -> tuple[Array, float, Array]:
        """Gaps, cost and slopes where no step lowers the cost any more."""
        np = numpy()
        gaps = np.full(self._n - 1, 1.0)
        cost, slopes = self._cost(gaps)
        for _ in range(_STEPS):
            if _steepness(gaps, slopes) < _FLAT:
                break
            free = _can_move(gaps, slopes)
            step = np.zeros_like(gaps)
            curve = self._curvature(gaps)[np.ix_(free, free)]
            step[free] = np.linalg.lstsq(curve, -slopes[free], rcond=None)[0]
            for halving in range(_HALVINGS):
                moved = np.maximum(0.0, gaps + step * 0.5**halving)
                after, tilt = self._cost(moved)
                is_flatter = _steepness(moved, tilt) < _steepness(gaps, slopes) / 2
                if after < cost * (1 - _ROUNDING) or (after < cost * (1 + _ROUNDING) and is_flatter):
                    gaps, cost, slopes = moved, after, tilt
                    break
            else:
                break
        return gaps, float(cost), slopes

    def _curvature(self, gaps: Array) -> Array:
        """Slopes' slopes, exact to rounding, by a step along the imaginary axis (Squire and Trapp 1998)."""
        np = numpy()
        rows = [
            self._cost(gaps + 1j * _COMPLEX_STEP * each)[1].imag / _COMPLEX_STEP for each in np.eye(len(gaps))
        ]
        return (np.array(rows) + np.array(rows).T) / 2

    def _cost(self, gaps: Array) -> tuple[float, Array]:
        """The cost and its slopes: forward the number found by each patient, backward what it will cost."""
        np = numpy()
        self.evaluations += 1
        moves = [_deaths(gap, self._n) for gap in gaps]
        found = [np.eye(self._n)[0]]
        for move in moves:
            found.append(np.concatenate([[0.0], found[-1][:-1]]) @ move)
        numbers = np.arange(self._n)
        waits = [each @ numbers for each in found[1:]]
        idle = gaps.sum() + waits[-1] - (self._n - 1)
        cost = self._omega * idle + (1 - self._omega) * sum(waits)
        slopes = np.full(len(gaps), self._omega, dtype=gaps.dtype)
        ahead = self._omega * numbers.astype(gaps.dtype)
        for at in reversed(range(len(gaps))):
            ahead = ahead + (1 - self._omega) * numbers
            after = np.concatenate([[0.0], found[at][:-1]])
            slopes[at] -= (after @ moves[at])[1:] @ np.diff(ahead)
            onward = moves[at] @ ahead
            ahead = np.concatenate(
                [onward[1:], [0.0]]
            )  # the last is never reached: n patients, one of them arriving
        return cost, slopes


def _can_move(gaps: Array, slopes: Array) -> Array:
    return (gaps > 0) | (slopes < 0)


def _steepness(gaps: Array, slopes: Array) -> float:
    """The steepest slope of a gap that can move downhill."""
    return float(abs(slopes[_can_move(gaps, slopes)]).max(initial=0.0))


def _deaths(gap: Array, size: int) -> Array:
    """From ``a`` patients to ``b`` over a gap: a Poisson number leaves, as many as are there."""
    np = numpy()
    chances = np.exp(-gap) * np.cumprod(np.concatenate([[1.0], gap / np.arange(1, size)]))
    fall = np.subtract.outer(np.arange(size), np.arange(size))
    move = np.where(fall >= 0, chances[np.maximum(fall, 0)], 0.0)
    move[:, 0] = 1 - move[:, 1:].sum(axis=1)
    return move
