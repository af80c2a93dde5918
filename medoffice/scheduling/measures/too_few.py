"""What is shown where there is nothing to measure, or so little that it would tell of single patients."""

from typing import Final

import attrs

from medoffice.core import Cite, DateRange, InvalidValue
from medoffice.scheduling.measures.definitions import Measure
from medoffice.scheduling.measures.rate import Rate
from medoffice.scheduling.measures.spread import Spread

SMALL_CELL: Final = 11
"""The least count that is usually shown to outsiders: PCORnet asks for cells of 11 at least."""

PCORNET: Final = Cite(
    "countmaskr", "Motivation", url="https://stat.ethz.ch/CRAN/web/packages/countmaskr/readme/README.html"
)


@attrs.frozen(kw_only=True)
class TooFew:
    """There are fewer than ``least`` of something that the measure rests on; how many is not said."""

    measure: Measure
    window: DateRange
    least: int = 1


def suppressed(measured: Rate | Spread | TooFew, *, below: int = SMALL_CELL) -> Rate | Spread | TooFew:
    """The same, or :class:`TooFew` when it would show a count from 1 to ``below`` less one.

    Looked at are the visits that a spread rests on, and of a rate of visits its numerator, what is left of
    its denominator, and the denominator. One value at a time: whoever also shows totals over several must see to it
    that a hidden one does not follow by subtraction.

    Raises:
        InvalidValue: when ``below`` is not a whole number from 1.
    """
    if type(below) is not int or below < 1:
        raise InvalidValue("least count", "it is a whole number from 1")
    counts: tuple[int, ...]
    match measured:
        case Rate(numerator=part, denominator=whole):
            counts = (part, whole - part, whole) if measured.definition.unit == "visits" else ()
        case Spread():
            counts = (measured.n,)
        case TooFew():
            return measured
    if any(0 < count < below for count in counts):
        return TooFew(measure=measured.measure, window=measured.window, least=below)
    return measured


def rate_of(measure: Measure, part: int, whole: int, window: DateRange) -> Rate | TooFew:
    """The rate, or that there is nothing to divide by."""
    if not whole:
        return TooFew(measure=measure, window=window)
    return Rate(measure=measure, numerator=part, denominator=whole, window=window)


def spread_of(measure: Measure, values: list[int], window: DateRange) -> Spread | TooFew:
    """The spread, or that there is nothing to spread."""
    if not values:
        return TooFew(measure=measure, window=window)
    return Spread(measure=measure, values=tuple(values), window=window)
