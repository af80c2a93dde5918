"""Ranges that keep their word: what past forecasts said, against what then came.

The forecast gives a law of the wait. On replayed days each wait that then came is looked up in the law that had been
forecast: its level there is small when the patient was called early, large when late. If forecasts were perfect, these
levels would be spread evenly; whatever they are in truth, a range from the level below which only a tenth of them lay
to the level above which only a tenth lay holds four fifths of waits to come, when coming days are like past ones. That
is split conformal prediction on the probability integral transform: V. Chernozhukov, K. Wüthrich, Y. Zhu,
"Distributional conformal prediction", PNAS 118(48), 2021, e2107794118. The levels are kept apart by how long the line
was, so that short and long lines each keep their word.
"""

from fractions import Fraction
from itertools import chain
from math import ceil, floor
from typing import Final, Self

import attrs

from medoffice.core import InvalidValue

LEAST: Final = 100
"""From so few past forecasts on, levels are told."""

_LONGEST_LINE: Final = 4
_MOST_PERCENT: Final = 99


@attrs.frozen(order=True)
class Bucket:
    """Forecasts that are judged together: those of patients just ready or of such as have waited a while, and by
    how many calls each clinician has to make before (0: someone is free; 4 or more together).
    """

    has_waited: bool
    calls_each: int

    @classmethod
    def of(cls, *, has_waited: bool, place: int, free: int, callers: int) -> Self:
        """The bucket of whoever is at ``place`` (1: next) while so many of the clinicians are free."""
        calls = 0 if place <= free else min(_LONGEST_LINE, ceil(place / callers))
        return cls(has_waited, calls)


@attrs.frozen
class Judged:
    """One past forecast: ``level`` is the probability that it had given to a wait no longer than the one that came."""

    bucket: Bucket
    level: float


@attrs.frozen(kw_only=True)
class Levels:
    """Between which levels of a forecast a share of waits lies, and from how many past forecasts that is known.

    ``is_own``: all of those came from lines as long as this one.
    """

    low: float
    high: float
    judged: int
    is_own: bool


@attrs.frozen
class Calibration:
    """Past forecasts by bucket. A bucket with fewer than 100 of them is joined by its neighbours: the lines one call
    shorter or longer, then two, then all.

    Raises:
        InvalidValue: when there are fewer than 100 forecasts at all.
    """

    judged: tuple[Judged, ...] = attrs.field(repr=False)
    _buckets: dict[Bucket, tuple[float, ...]] = attrs.field(init=False, repr=False, eq=False)

    @_buckets.default
    def _by_bucket(self) -> dict[Bucket, tuple[float, ...]]:
        if len(self.judged) < LEAST:
            raise InvalidValue("calibration", f"it takes {LEAST} past forecasts at least")
        found: dict[Bucket, list[float]] = {}
        for each in self.judged:
            found.setdefault(each.bucket, []).append(each.level)
        return {bucket: tuple(sorted(levels)) for bucket, levels in found.items()}

    def _record(self, bucket: Bucket) -> tuple[tuple[float, ...], bool]:
        for distance in range(_LONGEST_LINE + 1):
            near = [
                levels
                for other, levels in self._buckets.items()
                if other.has_waited is bucket.has_waited
                and abs(other.calls_each - bucket.calls_each) <= distance
            ]
            if sum(map(len, near)) >= LEAST:
                return tuple(sorted(chain.from_iterable(near))), distance == 0
        return tuple(sorted(chain.from_iterable(self._buckets.values()))), False

    def levels(self, bucket: Bucket, *, percent: int) -> Levels:
        """The levels that held that percentage of past waits between them, half of the rest on either side.

        Of ``n`` past levels the ``floor((n + 1) * tail)``-th and the ``ceil((n + 1) * (1 - tail))``-th; where the
        record is too short for that, the end of the scale.

        Raises:
            InvalidValue: when the percentage is not a whole number from 1 to 99.
        """
        if type(percent) is not int or not 1 <= percent <= _MOST_PERCENT:
            raise InvalidValue("share", "it is a whole percentage from 1 to 99")
        tail = Fraction(100 - percent, 200)
        record, is_own = self._record(bucket)
        first, last = floor((len(record) + 1) * tail), ceil((len(record) + 1) * (1 - tail))
        return Levels(
            low=record[first - 1] if first >= 1 else 0.0,
            high=record[last - 1] if last <= len(record) else 1.0,
            judged=len(record),
            is_own=is_own,
        )
