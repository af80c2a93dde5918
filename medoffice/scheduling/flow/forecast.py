"""How likely it is that somebody is called within so many minutes: exact for the model stated here.

The model: every clinician calls the next patient as soon as the one before is done; the lengths are independent of each
other. Clinician ``i`` makes the first call after ``first_i`` and every later one a further ``cycle`` after that, while
on duty. With ``N_i(t)`` calls by ``i`` up to ``t``, whoever is at place ``n`` of the line is called by ``t`` exactly when the sum of
all ``N_i(t)`` is ``n`` or more; the counts are independent, so the law of their sum is a convolution, and

    P(N_i(t) >= k) = sum over r of P(first_i = r) * P(cycle_1 + ... + cycle_(k-1) <= t - r).

With one clinician the cycles of those ahead are taken one by one, each by its kind; with several it is not known who
calls whom, so a cycle is of the kinds ahead in proportion.

Patients who come later and are more urgent go before; what they do to the wait stands in
:mod:`~medoffice.scheduling.flow.overtaking`.

Laws are of whole minutes, each spread evenly over the minute around it. One part in a hundred of every forecast is a law
that knows only the mean ``m``, ``P(wait <= t) = t / (t + m)``: so that no wait is impossible, however long, and longer
ones always stand higher in the law than shorter ones. What the model leaves out (breaks, patients who give up, slow
days), the calibration puts right.
"""

from math import fsum
from operator import mul
from typing import Final

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.flow.minutes import HORIZON, Minutes, cumulated, mixture, power
from medoffice.scheduling.flow.overtaking import hits_at, jumps_a_minute

_NEGLIGIBLE: Final = 1e-12
_UNKNOWN: Final = 0.01
_HALF: Final = 0.5
_AT_ONCE: Final = Minutes((1.0,))


@attrs.frozen
class Caller:
    """A clinician: the time until the next call, and for how many minutes more there are any calls at all."""

    first: Minutes
    until: int = HORIZON


@attrs.frozen(kw_only=True)
class Forecast:
    """The wait of whoever is behind ``ahead`` (the cycles of each who goes before, in any order).

    ``rate``: how many more urgent patients come in a minute, each with a cycle of the law ``urgent``.

    Raises:
        InvalidValue: when there is no caller, or the rate is negative.
    """

    callers: tuple[Caller, ...]
    ahead: tuple[Minutes, ...] = ()
    rate: float = 0.0
    urgent: Minutes = _AT_ONCE

    _base: list[float] = attrs.field(init=False, repr=False, eq=False, factory=list)
    _whole: list[float] = attrs.field(init=False, repr=False, eq=False, factory=list)

    def __attrs_post_init__(self) -> None:
        if not self.callers or self.rate < 0:
            raise InvalidValue("forecast", "it takes a caller, and a rate that is not negative")

    def within(self, minutes: float) -> float:
        """The probability of being called within so many minutes; none for a negative number."""
        if minutes <= 0:
            return 0.0
        minute = min(int(minutes + _HALF), HORIZON)
        before, upto = self._up_to(minute - 1), self._up_to(minute)
        width = _HALF if minute == 0 else 1.0
        part = min(1.0, (minutes - max(0.0, minute - _HALF)) / width)
        exact = before + part * (upto - before)
        return (1 - _UNKNOWN) * exact + _UNKNOWN * minutes / (minutes + self.rough_mean)

    @property
    def rough_mean(self) -> float:
        """The work ahead shared between the clinicians, after the mean of their first calls; a minute at least."""
        work = sum(law.mean for law in self.ahead)
        first = sum(caller.first.mean for caller in self.callers)
        return max(1.0, (work + first) / len(self.callers))

    def _up_to(self, minutes: int) -> float:
        """At most so many whole minutes; worked out minute by minute, and kept."""
        if minutes < 0:
            return 0.0
        while len(self._whole) <= minutes:
            at = len(self._whole)
            before = self._base[-1] if self._base else 0.0
            self._base.append(max(before, self._undisturbed(at)))
            self._whole.append(self._base[at] if self.rate == 0 else self._disturbed(at))
        return self._whole[minutes]

    def _undisturbed(self, minutes: int) -> float:
        """At most so many minutes when nobody goes before who has not come yet."""
        if len(self.callers) == 1:
            return self._by_one(self.callers[0], minutes)
        place = len(self.ahead) + 1
        cycle = _proportioned(self.ahead)
        counts = [1.0]
        for caller in self.callers:
            counts = _added(counts, _calls(caller, cycle, minutes=minutes, most=place), most=place)
        return min(1.0, counts[place]) if len(counts) > place else 0.0

    def _by_one(self, caller: Caller, minutes: int) -> float:
        work = _AT_ONCE
        for law in sorted(self.ahead, key=lambda law: law.weights):
            work = work.plus(law)
        return _at_most(caller.first, work, min(minutes, caller.until))

    def _disturbed(self, minutes: int) -> float:
        if minutes == 0:
            return self._base[0]
        jumps = jumps_a_minute(self.urgent, self.rate, between=len(self.callers))
        return min(1.0, self._whole[-1] + hits_at(minutes, starts=self._base, jumps=jumps))

    def quantile(self, level: float) -> float:
        """The number of minutes within which being called has that probability, to the second; the horizon when it
        is longer.
        """
        low, high = 0, HORIZON * 60
        while low < high:
            middle = (low + high) // 2
            if self.within(middle / 60) >= level:
                high = middle
            else:
                low = middle + 1
        return low / 60


def _at_most(first: Minutes, then: Minutes, minutes: int) -> float:
    if minutes < 0:
        return 0.0
    sums = cumulated(then)
    return fsum(map(mul, first.weights, reversed(sums[: minutes + 1])))


def _proportioned(laws: tuple[Minutes, ...]) -> Minutes:
    counts = {law: laws.count(law) for law in laws}
    parts = tuple(sorted(counts.items(), key=lambda part: part[0].weights))
    return mixture(parts) if parts else _AT_ONCE


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
