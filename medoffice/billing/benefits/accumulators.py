"""What is left of a year's limits, of the person and of the family, and how it shrinks as a patient pays.

An *embedded* family limit ends for a person when the person's own or the family's is met; under an *aggregate* one
only the family's counts. The yearly limit on cost sharing for self-only coverage holds for each person all the same,
also under an aggregate limit (45 CFR 156.130(c), preamble of the payment notice for 2016, 80 FR 10750; read in
secondary sources, the register was not opened here).
"""

from collections.abc import Iterable
from enum import Enum

import attrs

from medoffice.core import InvalidValue, Money


class FamilyLimit(Enum):
    """How a family's limit goes with that of one of its members."""

    EMBEDDED = "embedded"
    """Whichever of the person's and the family's is met first ends it for the person."""
    AGGREGATE = "aggregate"
    """Only the family's counts."""


@attrs.frozen(kw_only=True)
class Accumulators:
    """What the patient may still have to pay in the plan's year; ``None`` where the payer did not say.

    A limit that the plan does not have is not ``None``: no deductible is ``Money.zero`` remaining.
    ``family_deductible`` and ``family_out_of_pocket`` say how the family's limits count; ``None`` there is a
    plan without family limits, in which the family's figures are kept but end nothing.
    ``self_only_limit_remaining`` is what is left of the yearly limit that the law sets for one person; ``None``
    where it does not hold (a grandfathered plan, a tier out of network).

    Raises:
        InvalidValue: when what remains of a limit is below zero.
    """

    deductible_remaining: Money | None = None
    out_of_pocket_remaining: Money | None = None
    family_deductible_remaining: Money | None = None
    family_out_of_pocket_remaining: Money | None = None
    family_deductible: FamilyLimit | None = None
    family_out_of_pocket: FamilyLimit | None = None
    self_only_limit_remaining: Money | None = None

    def __attrs_post_init__(self) -> None:
        # One look at all of them: limits are made anew for every line, and five validators are felt.
        for amount in (
            self.deductible_remaining,
            self.out_of_pocket_remaining,
            self.family_deductible_remaining,
            self.family_out_of_pocket_remaining,
            self.self_only_limit_remaining,
        ):
            if amount is not None and amount.cents < 0:
                raise InvalidValue("accumulator", "what remains of a limit is not below zero")

    @property
    def deductible_parts(self) -> tuple[Money | None, ...]:
        """What remains of each deductible that counts; the least of them is what the patient may still pay."""
        return _counting(self.family_deductible, self.deductible_remaining, self.family_deductible_remaining)

    @property
    def out_of_pocket_parts(self) -> tuple[Money | None, ...]:
        """What remains of each limit that counts; the least of them is where the patient's part ends."""
        parts = _counting(
            self.family_out_of_pocket, self.out_of_pocket_remaining, self.family_out_of_pocket_remaining
        )
        return parts if self.self_only_limit_remaining is None else (*parts, self.self_only_limit_remaining)

    def after(self, *, deductible: Money, share: Money) -> "Accumulators":
        """What remains when ``share`` was counted to the limits, ``deductible`` to the deductibles.

        Raises:
            InvalidValue: when more is taken than remains of what counts.
        """
        if not deductible.cents and not share.cents:
            return self
        _check_enough(self.deductible_parts, deductible.cents)
        _check_enough(self.out_of_pocket_parts, share.cents)
        return Accumulators(
            deductible_remaining=_less(self.deductible_remaining, deductible.cents),
            out_of_pocket_remaining=_less(self.out_of_pocket_remaining, share.cents),
            family_deductible_remaining=_less(self.family_deductible_remaining, deductible.cents),
            family_out_of_pocket_remaining=_less(self.family_out_of_pocket_remaining, share.cents),
            family_deductible=self.family_deductible,
            family_out_of_pocket=self.family_out_of_pocket,
            self_only_limit_remaining=_less(self.self_only_limit_remaining, share.cents),
        )


def _counting(
    how: FamilyLimit | None, person: Money | None, family: Money | None
) -> tuple[Money | None, ...]:
    if how is None:
        return (person,)
    return (family,) if how is FamilyLimit.AGGREGATE else (person, family)


def _check_enough(parts: Iterable[Money | None], taken: int) -> None:
    for part in parts:
        if part is not None and part.cents < taken:
            raise InvalidValue("accumulator", "no more is taken of a limit than remains of it")


def _less(remaining: Money | None, taken: int) -> Money | None:
    """What remains; a figure that does not count may be used up before it is all paid."""
    if remaining is None or not taken:
        return remaining
    return Money(remaining.cents - taken) if remaining.cents > taken else Money.zero
