"""A part of a whole, with how sure one can be of it."""

from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Final

import attrs

from medoffice.core import Cite, DateRange, InvalidValue
from medoffice.scheduling.measures.definitions import DEFINITIONS, Definition, Measure

WILSON: Final = Cite(
    "E. B. Wilson, Probable inference, the law of succession, and statistical inference",
    "Journal of the American Statistical Association 22 (1927) 209-212",
)


@attrs.frozen(kw_only=True)
class Rate:
    """``numerator`` of ``denominator``, over the visits of a window of days (both ends included).

    Raises:
        InvalidValue: when the numbers are not whole, negative, or there is nothing to divide by.
    """

    measure: Measure
    numerator: int
    denominator: int
    window: DateRange

    def __attrs_post_init__(self) -> None:
        if type(self.numerator) is not int or type(self.denominator) is not int:
            raise InvalidValue("rate", "it is of whole numbers")
        if self.numerator < 0 or self.denominator < 1:
            raise InvalidValue("rate", "it is of something, and not below nothing")

    @property
    def n(self) -> int:
        """How many the rate rests on."""
        return self.denominator

    @property
    def value(self) -> Fraction:
        """The rate itself, exactly; 1 is all."""
        return Fraction(self.numerator, self.denominator)

    @property
    def definition(self) -> Definition:
        """What it means."""
        return DEFINITIONS[self.measure]

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Wilson's interval for the rate behind the sample, both ends from 0 to 1.

        With share p of n and the normal quantile z: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). It supposes
        visits that are alike and do not hang together, so read it for counts of visits, not of minutes.

        Raises:
            InvalidValue: when the confidence is not between 0 and 1, or the rate is not a share of its visits.
        """
        if not 0 < confidence < 1:
            raise InvalidValue("confidence", "it is between 0 and 1")
        if self.definition.unit != "visits" or self.numerator > self.denominator:
            raise InvalidValue("interval", "it is of visits, and a share of them")
        z, n, p = NormalDist().inv_cdf((1 + confidence) / 2), self.n, self.numerator / self.n
        middle = p + z * z / (2 * n)
        reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        whole = 1 + z * z / n
        low = 0.0 if self.numerator == 0 else max(0.0, (middle - reach) / whole)
        high = 1.0 if self.numerator == n else min(1.0, (middle + reach) / whole)
        return low, high

    def __str__(self) -> str:
        return f"{float(self.value):.1%} ({self.numerator} of {self.denominator} {self.definition.unit})"
