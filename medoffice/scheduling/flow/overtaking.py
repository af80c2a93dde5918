"""What patients who are still to come, and are more urgent, do to a wait.

Let a wait be ``s`` minutes when nobody else comes. Each minute that passes takes one off what is left, and adds the time
of those who came in it and go before: a number of them that is Poisson with the given rate, each with an interval of
its own. What is left never falls by more than one a minute, so that the hitting time theorem gives, exactly,

    P(wait = t | s) = s / t * P(the intervals of those who came in t minutes sum to t - s)

(R. van der Hofstad, M. Keane, "An elementary proof of the hitting time theorem", American Mathematical Monthly 115,
2008). It is the delay cycle of a line with priorities. With one clinician the interval is a whole cycle, and the
law is exact; with several it is the cycle divided by their number, which is exact in the mean.

A patient who is lifted after ``l`` minutes of being overtaken is overtaken no more, and passes those who came later and
still wait. By ``t > l`` the line has then moved on by ``t - l`` and by whatever it had moved before; so

    P(wait <= t | s) = P(wait <= l | s - (t - l)).
"""

from functools import lru_cache
from itertools import pairwise
from math import exp, fsum
from operator import mul
from typing import Final

from medoffice.scheduling.flow.minutes import HORIZON, Minutes, power

_NEGLIGIBLE: Final = 1e-12


@lru_cache(maxsize=256)
def jumps_a_minute(cycle: Minutes, rate: float, *, between: int) -> Minutes:
    """The law of the minutes that go to those who come within one minute, shared between so many clinicians."""
    interval = cycle.shared(between)
    weights = [0.0] * (HORIZON + 1)
    chance, number, left = exp(-rate), 0, 1.0
    while left > _NEGLIGIBLE:
        for minutes, weight in enumerate(power(interval, number).weights):
            weights[minutes] += chance * weight
        left -= chance
        number += 1
        chance *= rate / number
    last = max(at for at, weight in enumerate(weights) if weight > _NEGLIGIBLE)
    total = fsum(weights[: last + 1])
    return Minutes(tuple(weight / total for weight in weights[: last + 1]))


def hits_at(minutes: int, *, starts: list[float], jumps: Minutes) -> float:
    """The probability that the wait ends in exactly that minute, from 1 on.

    ``starts[s]`` is the probability that without anybody else it would have been at most ``s``, for each ``s`` up to
    ``minutes``.
    """
    sums = power(jumps, minutes).weights
    weighted = (
        (here - before) * at for at, (before, here) in enumerate(pairwise(starts[: minutes + 1]), start=1)
    )
    reached = (sums[minutes - at] if minutes - at < len(sums) else 0.0 for at in range(1, minutes + 1))
    return fsum(map(mul, weighted, reached)) / minutes
