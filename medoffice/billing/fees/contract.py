"""What a payer and the office agreed on: carve-outs, flat rates, percent of a schedule, lesser of charge."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.notes import FLAT_ALONE
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.schedule import Price
from medoffice.core import DateRange, Explained, InvalidValue, Money, Step, Trace

_DAY_RULES: Final = frozenset({"51", "endoscopy", "sides"})


@attrs.frozen
class NotInContract:
    """The contract sets no amount: ``why`` says the reason."""

    why: str


@attrs.frozen(kw_only=True)
class Contract:
    """Terms by code: ``carved_out`` is paid by nobody here, ``flat`` goes before ``percent`` of a schedule.

    ``percent`` is a Decimal (120 is 120 %, above 100 allowed) of the schedule's price in whole cents: a fee is
    published in cents, and it is of that number that office and payer agree on a percentage. With
    ``lesser_of_charge`` no more than the charge. Keys are codes as in
    :class:`~medoffice.billing.fees.ChargeMaster`; a code that is carved out is so with every modifier. ``because``
    says where the contract is to be read, ``reasons`` the same of single codes.

    Raises:
        InvalidValue: when the percentage is below zero, or a flat rate is.
    """

    days: DateRange
    percent: Decimal | None = None
    flat: Mapping[str, Money] = attrs.field(factory=dict)
    carved_out: frozenset[str] = frozenset()
    lesser_of_charge: bool = True
    because: str = ""
    reasons: Mapping[str, str] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        if self.percent is not None and not (self.percent.is_finite() and self.percent >= 0):
            raise InvalidValue("contract", "its percentage is a finite Decimal, not below zero")
        if any(rate < Money.zero for rate in self.flat.values()):
            raise InvalidValue("contract", "no flat rate is below zero")

    def is_carved_out(self, code: str) -> bool:
        """Whether a code, with whatever modifiers, is paid by nobody here."""
        return bool({code, code.partition("-")[0]} & self.carved_out)

    def allowed(
        self, code: str, *, charge: Money, schedule: Price | None, on: date, units: int = 1
    ) -> Explained[Money] | NotInContract:
        """The allowed amount of a line; ``schedule`` is its price, all units together, in the schedule of the contract.

        ``charge`` is that of all units too. A flat rate is for one.
        """
        if on not in self.days:
            return NotInContract("the contract is not for this day")
        if self.is_carved_out(code):
            return NotInContract(self._told(code, "the service is carved out"))
        if code in self.flat:
            step = self._flat(code, units)
        elif code.partition("-")[0] in self.flat:
            return NotInContract("its flat rate is for the code without these modifiers")
        elif self.percent is not None and isinstance(schedule, Priced):
            step = self._percent(self.percent, schedule)
        else:
            return NotInContract("neither a flat rate nor a price of the schedule")
        amount = step.amount or Money.zero
        steps = [step]
        if self.lesser_of_charge and charge < amount:
            steps.append(Step("lesser-of-charge", "Not more than the charge", amount=charge - amount))
            amount = charge
        return Explained(amount, trace=Trace(tuple(steps)), unknowns=self._unknowns(code, schedule))

    def _flat(self, code: str, units: int) -> Step:
        amount = Money.total(self.flat[code] for _ in range(units))
        each = f"{units} x {self.flat[code]}" if units != 1 else ""
        return Step("flat-rate", "Flat rate", amount=amount, why=self._told(code, each))

    def _percent(self, percent: Decimal, schedule: Priced) -> Step:
        # Of the price in cents, as the schedule is published and as the desk can work it out again.
        price = schedule.amount
        amount = Money.from_dollars(EXACT.multiply(Decimal(price.cents), percent).scaleb(-4, context=EXACT))
        of = f"{percent.normalize(EXACT):f} % of {price}"
        return Step(
            "percent-of-schedule", "Percent of the fee schedule", amount=amount, why=self._told("", of)
        )

    def _told(self, code: str, what: str) -> str:
        """What, and where it is written."""
        reason = self.reasons.get(code) or self.reasons.get(code.partition("-")[0]) or self.because
        return "; ".join(filter(None, (what, reason)))

    def _unknowns(self, code: str, schedule: Price | None) -> tuple[str, ...]:
        """A percent takes over what the schedule does not know; a flat rate whether the day's rules reach it."""
        if not isinstance(schedule, Priced):
            return ()
        if code not in self.flat:
            return schedule.notes
        return (
            (FLAT_ALONE,)
            if any(name in _DAY_RULES or "second" in name for name, _ in schedule.changes)
            else ()
        )
