"""Many plans at once, for exponential visits: who is being seen, moved on by one matrix a gap.

The state before an arrival is the patient in the room. ``P``, the transition over one slot, is the exponential of an
upper triangular generator; it comes from uniformisation with scaling and squaring, in which nothing is subtracted, so
each entry is right to a few units of its last place. The leading block of ``P`` serves while fewer have arrived, and
its powers serve the longer gaps.
"""

from collections.abc import Sequence
from typing import Final

from medoffice.scheduling.dayplan.numerics import Array, numpy

_TERMS: Final = 24
_NUMBERS: Final = 4_000_000


class Phases:
    """Expected waits and overtime of up to ``rows`` plans at once; ``means`` and ``shows`` one for each patient, in minutes."""

    def __init__(
        self,
        *,
        means: Sequence[float],
        shows: Sequence[float],
        slot: float,
        slots: int,
    ) -> None:
        np = numpy()
        self._slots, self._n = slots, len(means)
        self._shows = np.asarray(shows, dtype=float)
        mean = np.asarray(means, dtype=float)
        behind = np.concatenate([[0.0], np.cumsum(self._shows * mean)])
        # What lies ahead of patient i while j is in the room: a whole visit of j, and those between them.
        self._ahead = [mean[:i] + (behind[i] - behind[1 : i + 1]) for i in range(self._n + 1)]
        self._step = _transition(mean, self._shows, slot)
        self._powers = np.eye(self._n)[None]
        self._power_of = np.full(slots + 1, -1)
        self._power_of[0] = 0
        self.rows = max(1, _NUMBERS // self._n**2)

    def __call__(self, plans: Array, prices: Array) -> tuple[Array, Array]:
        """Waits, priced by ``prices`` and summed, and overtime, of plans with rising slots; one row a plan."""
        np, n = numpy(), self._n
        gaps = np.diff(plans, axis=1, append=self._slots)
        which, powers = self._over(gaps)
        seen = np.zeros(plans.shape)
        seen[:, 0] = self._shows[0]
        waits = np.zeros(len(plans))
        for at in range(1, n):
            now = np.matmul(seen[:, None, :at], powers[which[:, at - 1], :at, :at])[:, 0]
            seen[:, :at] = now
            seen[:, at] = self._shows[at] * (1 - now.sum(axis=1))
            waits += prices[at] * (now @ self._ahead[at])
        at_the_end = (powers @ self._ahead[n])[which[:, -1]]
        return waits, (seen * at_the_end).sum(axis=1)

    def _over(self, gaps: Array) -> tuple[Array, Array]:
        """For each gap which power of the transition over one slot is its own, and the powers met so far."""
        np = numpy()
        if self._power_of[gaps].min() < 0:
            for gap in np.unique(gaps):
                if self._power_of[gap] < 0:
                    self._power_of[gap] = len(self._powers)
                    more = np.linalg.matrix_power(self._step, int(gap))
                    self._powers = np.concatenate([self._powers, more[None]])
        return self._power_of[gaps], self._powers


def _transition(mean: Array, shows: Array, minutes: float) -> Array:
    """``exp(minutes * generator)`` over the patient who is in the room; what is missing in a row is an empty room."""
    np, n = numpy(), len(mean)
    follows = np.zeros((n, n))  # follows[j, k]: k is the next who comes, behind j
    passed = np.ones(n)
    for distance in range(1, n):
        rows = np.arange(n - distance)
        follows[rows, rows + distance] = passed[rows] * shows[rows + distance]
        passed[rows] *= 1 - shows[rows + distance]
    rate = 1 / mean.min()
    ends = 1 / (mean * rate)
    jump = np.diag(1 - ends) + ends[:, None] * follows
    jumps, doublings = rate * minutes, 0
    while jumps > 1:
        jumps, doublings = jumps / 2, doublings + 1
    term = np.eye(n) * np.exp(-jumps)
    whole = term.copy()
    for count in range(1, _TERMS):
        term = term @ jump * (jumps / count)
        whole += term
    for _ in range(doublings):
        whole = whole @ whole
    return whole
