"""What is left of a year's limits, and how it shrinks as a patient pays."""

import attrs

from medoffice.core import InvalidValue, Money


def _not_negative(_: object, __: object, value: Money | None) -> None:
    if value is not None and value < Money.zero:
        raise InvalidValue("accumulator", "what remains of a limit is not below zero")


@attrs.frozen(kw_only=True)
class Accumulators:
    """What the patient may still have to pay in the plan's year; ``None`` where the payer did not say.

    A limit that the plan does not have is not ``None``: no deductible is ``Money.zero`` remaining.
    """

    deductible_remaining: Money | None = attrs.field(default=None, validator=_not_negative)
    out_of_pocket_remaining: Money | None = attrs.field(default=None, validator=_not_negative)

    def after(self, *, deductible: Money, share: Money) -> "Accumulators":
        """What remains when ``share`` was the patient's part, ``deductible`` of it towards the deductible.

        Raises:
            InvalidValue: when more is taken than remains.
        """
        return Accumulators(
            deductible_remaining=_less(self.deductible_remaining, deductible),
            out_of_pocket_remaining=_less(self.out_of_pocket_remaining, share),
        )


def _less(remaining: Money | None, taken: Money) -> Money | None:
    return None if remaining is None else remaining - taken
