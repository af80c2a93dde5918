"""How likely it is that a line has moved up to somebody by when, while nobody new comes: exact for the model stated here.

The model: every clinician calls the next patient as soon as the one before is done; lengths are independent of each
other. Clinician ``i`` makes the first call after ``first_i`` and each later one a ``cycle`` after the one before, while on
duty. With ``N_i(t)`` calls by ``i`` up to ``t``, whoever is at place ``n`` of the line is called by ``t`` exactly when all
``N_i(t)`` sum to ``n`` or more. The counts are independent, so the law of their sum is a convolution, and

    P(N_i(t) >= k) = sum over r of P(first_i = r) * P(cycle_1 + ... + cycle_(k-1) <= t - r).

With one clinician the cycles of those ahead are taken one by one, each by its kind. With several it is not known who
calls whom, so a cycle is of the kinds ahead in proportion. Whoever of those ahead gives up costs nothing.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import fsum
from operator import mul
from typing import Final

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.flow.minutes import HORIZON, Minutes, cumulated, mixture, power

AT_ONCE: Final = Minutes((1.0,))
_NEGLIGIBLE: Final = 1e-12


@attrs.frozen
class Caller:
    """A clinician: the time until the next call, and for how many minutes more there are any calls at all."""

    first: Minutes
    until: int = HORIZON


@attrs.frozen
class Ahead:
    """One who goes before: for how long that keeps a clinician, and how likely it is that he or she stays to be called.

    Raises:
        InvalidValue: when ``stays`` is no probability.
    """

    cycle: Minutes
    stays: float = 1.0

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.stays <= 1:
            raise InvalidValue("one ahead", "who stays is likely from 0 to 1")


def called_by(callers: Sequence[Caller], ahead: Sequence[Ahead]) -> Callable[[int], float]:
    """The probability of being called within so many whole minutes, as a function of these."""
    if len(callers) == 1:
        (caller,) = callers
        work = AT_ONCE
        for one in sorted(ahead, key=lambda one: (one.cycle.weights, one.stays)):
            work = work.plus(_or_nothing(one.cycle, one.stays))
        return lambda minutes: _at_most(caller.first, work, min(minutes, caller.until))
    most = len(ahead) + 1
    cycle, staying = _proportioned(ahead), _staying(ahead)

    def chance(minutes: int) -> float:
        counts = [1.0]
        for caller in callers:
            counts = _added(counts, _calls(caller, cycle, minutes=minutes, most=most), most=most)
        return min(1.0, fsum(stay * fsum(counts[before + 1 :]) for before, stay in enumerate(staying)))

    return chance


@lru_cache(maxsize=256)
def _or_nothing(law: Minutes, chance: float) -> Minutes:
    first, *rest = law.weights
    return Minutes((first * chance + 1 - chance, *(weight * chance for weight in rest)))


def _staying(ahead: Sequence[Ahead]) -> list[float]:
    """The probability that exactly 0, 1, ... of those ahead stay."""
    counts = [1.0]
    for one in ahead:
        counts = _added(counts, [1 - one.stays, one.stays], most=len(ahead))
    return counts


def _at_most(first: Minutes, then: Minutes, minutes: int) -> float:
    if minutes < 0:
        return 0.0
    sums = cumulated(then)
    return fsum(map(mul, first.weights, reversed(sums[: minutes + 1])))


def _proportioned(ahead: Sequence[Ahead]) -> Minutes:
    laws = [one.cycle for one in ahead]
    counts = {law: laws.count(law) for law in laws}
    parts = tuple(sorted(counts.items(), key=lambda part: part[0].weights))
    return mixture(parts) if parts else AT_ONCE


def _calls(caller: Caller, cycle: Minutes, *, minutes: int, most: int) -> list[float]:
    """The probability of exactly 0, 1, ... calls by then; the last entry is *that many or more*, at ``most``."""
    at_least = [1.0]
    while len(at_least) <= most:
        chance = _at_most(caller.first, power(cycle, len(at_least) - 1), min(minutes, caller.until))
        if chance < _NEGLIGIBLE:
            break
        at_least.append(min(chance, at_least[-1]))
    return [here - after for here, after in zip(at_least, [*at_least[1:], 0.0], strict=True)]


def _added(one: list[float], other: list[float], *, most: int) -> list[float]:
    sums = [0.0] * (min(most, len(one) + len(other) - 2) + 1)
    for i, left in enumerate(one):
        for j, right in enumerate(other):
            sums[min(most, i + j)] += left * right
    return sums
