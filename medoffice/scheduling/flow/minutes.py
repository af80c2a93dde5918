"""Lengths of time as exact laws over whole minutes: how likely each number of minutes is."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from math import fsum
from operator import mul
from typing import Final

import attrs

from medoffice.core import InvalidValue

HORIZON: Final = 480
"""The longest time that is told apart, in minutes: eight hours. What is longer counts as this."""

_SLACK: Final = 1e-9
_NEGLIGIBLE: Final = 1e-12


def _is_law(_: object, __: object, value: tuple[float, ...]) -> None:
    if not 0 < len(value) <= HORIZON + 1 or min(value) < 0 or abs(sum(value) - 1) > _SLACK:
        raise InvalidValue("law", "its weights are from 0 to the horizon and sum to 1")


@attrs.frozen(cache_hash=True)
class Minutes:
    """A random number of whole minutes: ``weights[m]`` is the probability of ``m``."""

    weights: tuple[float, ...] = attrs.field(validator=_is_law)

    @classmethod
    def of(cls, samples: Iterable[int]) -> "Minutes":
        """The law that the samples themselves are: each as likely as it was frequent.

        Raises:
            InvalidValue: when there is none, or one is negative.
        """
        counts = Counter(min(sample, HORIZON) for sample in samples)
        if not counts or min(counts) < 0:
            raise InvalidValue("law", "it takes samples, none of them negative")
        total = counts.total()
        return cls(tuple(counts[minute] / total for minute in range(max(counts) + 1)))

    @property
    def mean(self) -> float:
        """The mean, in minutes."""
        return fsum(map(mul, self.weights, range(len(self.weights))))

    def after(self, elapsed: int) -> "Minutes":
        """What is left when so many minutes have gone by and it is not over; one minute when that never happened."""
        rest = self.weights[elapsed + 1 :]
        total = sum(rest)
        if total <= 0:
            return Minutes((0.0, 1.0))
        return _scaled((0.0, *rest), total)

    def shared(self, between: int) -> "Minutes":
        """The law of the length divided by a whole number; the mean is kept by splitting what falls between minutes."""
        shares = [0.0] * ((len(self.weights) - 1) // between + 2)
        for minute, weight in enumerate(self.weights):
            whole, rest = divmod(minute, between)
            shares[whole] += weight * (between - rest) / between
            shares[whole + 1] += weight * rest / between
        return _scaled(_trimmed(shares), sum(shares))

    def plus(self, other: "Minutes") -> "Minutes":
        """The law of the sum of the two, independent of each other."""
        return _sum(self, other)


def _trimmed(weights: list[float]) -> list[float]:
    """Without what at the end is too unlikely to matter."""
    last = next(at for at in range(len(weights) - 1, -1, -1) if weights[at] > _NEGLIGIBLE)
    return weights[: last + 1]


def _scaled(weights: Iterable[float], total: float) -> Minutes:
    return Minutes(tuple(weight / total for weight in weights))


@lru_cache(maxsize=256)
def _sum(one: Minutes, other: Minutes) -> Minutes:
    long, short = (one, other) if len(one.weights) >= len(other.weights) else (other, one)
    padding = (0.0,) * (len(short.weights) - 1)
    row = padding + long.weights + padding
    flipped = short.weights[::-1]
    width = len(flipped)
    sums = [sum(map(mul, flipped, row[at : at + width])) for at in range(len(row) - width + 1)]
    if len(sums) > HORIZON + 1:
        sums[HORIZON:] = [sum(sums[HORIZON:])]
    sums = _trimmed(sums)
    return _scaled(sums, sum(sums))


@lru_cache(maxsize=256)
def mixture(parts: tuple[tuple[Minutes, int], ...]) -> Minutes:
    """One of several laws, each as often as its weight says."""
    total = sum(count for _, count in parts)
    longest = max(len(law.weights) for law, _ in parts)
    weights = [0.0] * longest
    for law, count in parts:
        for minute, weight in enumerate(law.weights):
            weights[minute] += weight * count / total
    return _scaled(weights, sum(weights))


@lru_cache(maxsize=1024)
def cumulated(law: Minutes) -> tuple[float, ...]:
    """``cumulated(law)[m]`` is the probability of at most ``m``, for every minute up to the horizon; never above 1."""
    sums = list(accumulate(law.weights))
    return tuple(min(1.0, each) for each in sums[:-1]) + (1.0,) * (HORIZON + 2 - len(sums))


def power(law: Minutes, times: int) -> Minutes:
    """The law of the sum of so many, independent of each other; of none, nought."""
    known = _powers(law)
    start = times
    while start not in known:
        start -= 1
    for number in range(start + 1, times + 1):
        known[number] = known[number - 1].plus(law)
    return known[times]


@lru_cache(maxsize=64)
def _powers(_: Minutes) -> dict[int, Minutes]:
    """The powers of a law that were worked out so far; :func:`power` adds to them, and never changes one."""
    return {0: Minutes((1.0,))}
