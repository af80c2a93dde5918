"""Many plans at once, for visits with probabilities: the distribution of the work in hand, on its common grid."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import gcd, lcm
from typing import Final

from medoffice.core.errors import InvalidValue
from medoffice.scheduling.dayplan.numerics import Array, numpy
from medoffice.scheduling.dayplan.services import Masses

_MOST_STATES: Final = 100_000
_NUMBERS: Final = 4_000_000


class Grid:
    """Expected waits and overtime of up to ``rows`` plans at once.

    The unit of the grid is the greatest that divides the slot and every length of visit.

    Raises:
        InvalidValue: when the grid would have more than 100,000 states.
    """

    def __init__(
        self,
        *,
        visits: Sequence[Masses],
        shows: Sequence[float],
        slot: Fraction,
        slots: int,
        prices: Sequence[float],
    ) -> None:
        np = numpy()
        self._slots = slots
        unit = _unit([slot, *(minutes for masses in visits for minutes, _ in masses)])
        self._unit, self._slot = float(unit), int(slot / unit)
        self._lengths = [
            _with_absence([(int(minutes / unit), mass) for minutes, mass in masses], show)
            for masses, show in zip(visits, shows, strict=True)
        ]
        self._price = np.asarray(prices, dtype=float) * self._unit
        self._widths = [1 + most for most in accumulate(max(steps)[0] for steps in self._lengths)]
        if self._widths[-1] > _MOST_STATES:
            raise InvalidValue("session", "the minutes of slot and visits have too fine a grid in common")
        self.rows = max(1, _NUMBERS // self._widths[-1])

    def __call__(self, plans: Array) -> tuple[Array, Array]:
        """Waits, priced by ``prices`` and summed, and overtime, of plans with rising slots; one row a plan."""
        np = numpy()
        rows, n = plans.shape
        gaps = np.diff(plans, axis=1, append=self._slots) * self._slot
        waits = np.zeros(rows)
        work = np.ones((rows, 1))
        for at in range(n):
            waits += self._price[at] * (work @ np.arange(work.shape[1]))
            after = np.zeros((rows, self._widths[at]))
            for length, chance in self._lengths[at]:
                after[:, length : length + work.shape[1]] += chance * work
            work = _elapsed(after, gaps[:, at])
        return waits, work @ np.arange(work.shape[1]) * self._unit


def _elapsed(work: Array, gaps: Array) -> Array:
    """The work in hand after each row's gap."""
    np = numpy()
    left = np.zeros_like(work)
    for gap in np.unique(gaps):
        rows = gaps == gap
        moved = min(int(gap), work.shape[1] - 1)
        left[rows, : work.shape[1] - moved] = work[rows, moved:]
        left[rows, 0] += work[rows, :moved].sum(axis=1)
    return left


def _with_absence(steps: list[tuple[int, float]], show: float) -> list[tuple[int, float]]:
    summed = {0: 1 - show}
    for length, mass in steps:
        summed[length] = summed.get(length, 0.0) + show * mass
    return [(length, chance) for length, chance in sorted(summed.items()) if chance]


def _unit(values: Sequence[Fraction]) -> Fraction:
    below = lcm(*(value.denominator for value in values))
    return Fraction(gcd(*(int(value * below) for value in values)), below)
