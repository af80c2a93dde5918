"""One line's share in whole cents: what is co-pay, what deductible, what co-insurance, and where the limit cuts.

Pure arithmetic of whole numbers, which the share that is owed and its bounds have in common.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from medoffice.billing.benefits.benefit import CostShareOrder
from medoffice.core import Percent

UNBOUNDED: Final = 10**16
"""More cents than any amount of money has: a limit that nobody reaches."""


class Terms(NamedTuple):
    """What a plan asks for one line, with nothing left open; amounts in cents."""

    copay: int
    coinsurance: Percent | None
    copay_to_deductible: bool
    copay_to_limit: bool


class Taken(NamedTuple):
    """What a line takes, in cents.

    ``over`` is what the out-of-pocket limit cuts off; ``to_deductible`` and ``to_limit`` are what counts
    towards either.
    """

    copay: int
    deductible: int
    rest: int
    coinsurance: int
    over: int
    owed: int
    to_deductible: int
    to_limit: int


def take(allowed: int, terms: Terms, *, applies: bool, left: int, limit: int, order: CostShareOrder) -> Taken:
    """The parts of an allowed amount; ``left`` is what remains of the deductible, ``limit`` out of pocket.

    What the limit cuts off was taken last. A co-pay that does not count towards the limit is owed beyond it.
    """
    # The least of two is written out: this is the heart of every share and of both its bounds.
    asked, percent, to_deductible, to_limit = terms
    before = 0
    if order is CostShareOrder.COPAY_FIRST:
        before = min(allowed, asked)
    deductible = 0
    if applies and left:
        reach = max(0, left - before) if to_deductible else left
        deductible = min(reach, allowed - before) if to_limit else min(reach, allowed - before, limit)
    rest = allowed - deductible
    copay = min(rest, asked)
    rest -= copay
    coinsurance = part(rest, percent) if rest and percent is not None else 0
    share = copay + deductible + coinsurance
    counts = share if to_limit else share - copay
    over = counts - limit if counts > limit else 0
    owed = share - over
    credited = max(0, min(deductible, owed - before)) if over else deductible
    if to_deductible:
        credited = min(credited + min(copay, owed - credited), left)
    return Taken(copay, deductible, rest, coinsurance, over, owed, credited, counts - over)


def part(cents: int, percent: Percent) -> int:
    """That percentage of an amount that is not below zero, rounded half up to the cent."""
    numerator, denominator = _ratio(percent)
    return (2 * cents * numerator + denominator) // (2 * denominator)


@lru_cache(maxsize=1024)
def _ratio(percent: Percent) -> tuple[int, int]:
    numerator, denominator = percent.value.as_integer_ratio()
    return numerator, denominator * 100
