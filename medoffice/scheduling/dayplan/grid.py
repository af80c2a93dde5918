"""Many plans at once, for visits with probabilities: the distribution of the work in hand, on its common grid."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from medoffice.core.errors import InvalidValue
from medoffice.scheduling.dayplan.numerics import Array, numpy
from medoffice.scheduling.dayplan.services import Masses, steps_of, unit_of

_MOST_STATES: Final = 100_000
_NUMBERS: Final = 4_000_000
_NEGLIGIBLE: Final = 1e-24


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
    ) -> None:
        self._slots = slots
        unit = unit_of(slot, visits)
        self._unit, self._slot = float(unit), int(slot / unit)
        self._lengths = [
            steps_of(masses, show, unit=unit) for masses, show in zip(visits, shows, strict=True)
        ]
        most = 1 + sum(steps[-1][0] for steps in self._lengths)
        if most > _MOST_STATES:
            raise InvalidValue("session", "the minutes of slot and visits have too fine a grid in common")
        self.rows = max(1, _NUMBERS // most)

    def __call__(self, plans: Array, prices: Array) -> tuple[Array, Array]:
        """Waits, priced by ``prices`` and summed, and overtime, of plans with rising slots; one row a plan."""
        np = numpy()
        rows, n = plans.shape
        gaps = np.diff(plans, axis=1, append=self._slots) * self._slot
        waits = np.zeros(rows)
        work = np.ones((rows, 1))
        for at in range(n):
            waits += prices[at] * self._unit * (work @ np.arange(work.shape[1]))
            after = np.zeros((rows, work.shape[1] + self._lengths[at][-1][0]))
            for length, chance in self._lengths[at]:
                after[:, length : length + work.shape[1]] += chance * work
            work = _elapsed(after, gaps[:, at])
        return waits, work @ np.arange(work.shape[1]) * self._unit


def _elapsed(work: Array, gaps: Array) -> Array:
    """The work in hand after each row's gap, without the amounts that are as good as impossible in every row."""
    np = numpy()
    left = np.zeros_like(work)
    for gap in np.unique(gaps):
        rows = gaps == gap
        moved = min(int(gap), work.shape[1] - 1)
        left[rows, : work.shape[1] - moved] = work[rows, moved:]
        left[rows, 0] += work[rows, :moved].sum(axis=1)
    return left[:, : 1 + np.flatnonzero(left.max(axis=0) > _NEGLIGIBLE)[-1]]
