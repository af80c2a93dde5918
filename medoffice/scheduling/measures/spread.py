"""How a number of minutes or days is spread over visits: the middle, the long end, and on how many it rests."""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil
from typing import Final

import attrs

from medoffice.core import Cite, DateRange, InvalidValue
from medoffice.scheduling.measures.definitions import DEFINITIONS, Definition, Measure

NEAREST_RANK: Final = Cite("Nearest-rank percentile", "the ⌈pn⌉-th smallest of n")


def _sorted(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(values))


@attrs.frozen(kw_only=True)
class Spread:
    """Whole numbers in the measure's unit, one a visit, smallest first.

    Raises:
        InvalidValue: when there is none.
    """

    measure: Measure
    values: tuple[int, ...] = attrs.field(converter=_sorted)
    window: DateRange

    def __attrs_post_init__(self) -> None:
        if not self.values:
            raise InvalidValue("spread", "it is over one visit at least")

    @property
    def n(self) -> int:
        """How many it rests on."""
        return len(self.values)

    @property
    def total(self) -> int:
        """Their sum."""
        return sum(self.values)

    @property
    def mean(self) -> Fraction:
        """Their mean, exactly."""
        return Fraction(self.total, self.n)

    @property
    def median(self) -> Fraction:
        """The middle one; of two middle ones, half their sum."""
        low, high = self.values[(self.n - 1) // 2], self.values[self.n // 2]
        return Fraction(low + high, 2)

    @property
    def p90(self) -> int:
        """Nine of ten are no larger (nearest rank)."""
        return self.percentile(Fraction(9, 10))

    def percentile(self, share: Fraction) -> int:
        """The smallest value that the share of all do not exceed (nearest rank).

        Raises:
            InvalidValue: when the share is not above 0 and at most 1.
        """
        if not 0 < share <= 1:
            raise InvalidValue("percentile", "it is above 0 and at most 1")
        return self.values[ceil(share * self.n) - 1]

    @property
    def definition(self) -> Definition:
        """What it means."""
        return DEFINITIONS[self.measure]

    def __str__(self) -> str:
        unit = self.definition.unit
        return f"median {float(self.median):g} {unit}, 90% within {self.p90} (n = {self.n})"
