"""What a payer and the office agreed on: carve-outs, flat rates, percent of a schedule, lesser of charge."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import attrs

from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.schedule import Price
from medoffice.core import DateRange, Explained, InvalidValue, Money, Step, Trace


@attrs.frozen
class NotInContract:
    """The contract sets no amount: ``why`` says the reason."""

    why: str


@attrs.frozen(kw_only=True)
class Contract:
    """Terms by code: ``carved_out`` is paid by nobody here, ``flat`` goes before ``percent`` of a schedule.

    ``percent`` is a Decimal (120 is 120 %, above 100 allowed). With ``lesser_of_charge`` no more than the charge.

    Raises:
        InvalidValue: when the percentage is below zero, or a flat rate is.
    """

    days: DateRange
    percent: Decimal | None = None
    flat: Mapping[str, Money] = attrs.field(factory=dict)
    carved_out: frozenset[str] = frozenset()
    lesser_of_charge: bool = True

    def __attrs_post_init__(self) -> None:
        if self.percent is not None and not (self.percent.is_finite() and self.percent >= 0):
            raise InvalidValue("contract", "its percentage is a finite Decimal, not below zero")
        if any(rate < Money.zero for rate in self.flat.values()):
            raise InvalidValue("contract", "no flat rate is below zero")

    def allowed(
        self, code: str, *, charge: Money, schedule: Price | None, on: date
    ) -> Explained[Money] | NotInContract:
        """The allowed amount of a code; ``schedule`` is its price in the schedule that the contract names."""
        if on not in self.days:
            return NotInContract("the contract is not for this day")
        if code in self.carved_out:
            return NotInContract("the service is carved out")
        if code in self.flat:
            amount, step = self.flat[code], "flat-rate"
        elif self.percent is not None and isinstance(schedule, Priced):
            amount, step = (
                Money.from_dollars(EXACT.multiply(schedule.exact, self.percent).scaleb(-2, context=EXACT)),
                "percent-of-schedule",
            )
        else:
            return NotInContract("neither a flat rate nor a price of the schedule")
        steps = [Step(step, "Contract rate", amount=amount)]
        if self.lesser_of_charge and charge < amount:
            steps.append(Step("lesser-of-charge", "Not more than the charge", amount=charge - amount))
            amount = charge
        return Explained(amount, trace=Trace(tuple(steps)))
