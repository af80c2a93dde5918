"""A risk and what it is made of: log-odds that add up to it, factor by factor."""

from math import exp, fsum
from typing import Final

import attrs

from medoffice.core import Explained, InvalidValue, Step, Trace
from medoffice.scheduling.noshow.newton import logistic

AVERAGE: Final = "average-visit"
_FLAT: Final = 1e-9


@attrs.frozen(kw_only=True)
class Share:
    """What one factor adds to the log-odds of a visit, beside the office's average visit.

    ``points`` is its part of the difference between this risk and the average visit's, as a fraction (0.05 is five
    percentage points).
    """

    factor: str
    label: str
    level: str
    log_odds: float
    points: float

    @property
    def odds_ratio(self) -> float:
        """By what the odds of the average visit are multiplied."""
        return exp(self.log_odds)

    def __str__(self) -> str:
        return f"{self.label}: {self.level}, odds × {self.odds_ratio:.2f}, {100 * self.points:+.1f} points"


@attrs.frozen(kw_only=True)
class Risk:
    """The probability that a visit is missed, by its shares: ``average`` and all log-odds of the shares sum to its
    log-odds, and the points to its difference from the average visit's.

    Raises:
        InvalidValue: when the points do not add up.
    """

    average: float
    shares: tuple[Share, ...]
    unknowns: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        told = fsum(share.points for share in self.shares)
        if abs(told - (self.probability - self.average_probability)) > _FLAT:
            raise InvalidValue("risk", "the points of its shares do not add up to it")

    @property
    def log_odds(self) -> float:
        """The average visit's log-odds and those of all shares."""
        return fsum((self.average, *(share.log_odds for share in self.shares)))

    @property
    def probability(self) -> float:
        """Between 0 and 1."""
        return logistic(self.log_odds)

    @property
    def average_probability(self) -> float:
        """The risk of a visit whose every factor is as on average."""
        return logistic(self.average)

    @property
    def explained(self) -> Explained[float]:
        """The probability with one step a factor, largest share first."""
        by_size = sorted(self.shares, key=lambda share: -abs(share.log_odds))
        first = Step(AVERAGE, f"the office's average visit: {self.average_probability:.1%}")
        steps = (Step(share.factor, str(share)) for share in by_size)
        return Explained(self.probability, trace=Trace((first, *steps)), unknowns=self.unknowns)


def add_up(average: float, parts: tuple[tuple[str, str, str, float], ...], unknowns: tuple[str, ...]) -> Risk:
    """The risk of parts, each a factor, its label, its level and its log-odds.

    Points are what each part adds along the straight line from the average visit to this one, which does not depend
    on an order and adds up: ``log_odds · (p - p0) / (sum of log_odds)`` (Aumann & Shapley, Values of Non-Atomic
    Games, 1974; as "integrated gradients": Sundararajan, Taly & Yan, ICML 2017).
    """
    total = fsum(log_odds for *_, log_odds in parts)
    start, end = logistic(average), logistic(fsum((average, *(log_odds for *_, log_odds in parts))))
    slope = start * (1 - start) if abs(total) < _FLAT else (end - start) / total
    shares = tuple(
        Share(factor=factor, label=label, level=level, log_odds=log_odds, points=log_odds * slope)
        for factor, label, level, log_odds in parts
    )
    return Risk(average=average, shares=shares, unknowns=unknowns)
