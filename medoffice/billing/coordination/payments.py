"""What each payer pays in order, and what is left to the patient and written off.

The definitions of the methods are common usage in plan documents; only the standard one rests on the NAIC Coordination
of Benefits Model Regulation (120, section 7), which was not opened here. Medicare: see ``medicare``.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Final

import attrs

from medoffice.billing.coordination.medicare import medicare_secondary
from medoffice.core import Cite, Explained, InvalidValue, Money, Percent, Step, Trace

MODEL: Final = Cite("NAIC Coordination of Benefits Model Regulation (120)", "section 7")


class Method(Enum):
    """How a payer that is not first works out its payment; ``paid`` is what the payers before it paid.

    Standard: the lesser of its payment as primary and what is left of the charge rule. Non-duplication: its
    payment as primary less ``paid``. Carve-out: the same difference, deducted from the normal benefit (the two
    differ in plan words, not in this line's cents). Maintenance of benefits: ``paid`` comes off the allowed amount
    first, then deductible and co-insurance come off the rest. Medicare: the three-way minimum of 42 CFR 411.33.
    """

    STANDARD = "standard"
    NON_DUPLICATION = "non-duplication"
    CARVE_OUT = "carve-out"
    MAINTENANCE_OF_BENEFITS = "maintenance-of-benefits"
    MEDICARE = "medicare"


class ChargeRule(Enum):
    """The most that all payers and the patient pay together; never above the charge."""

    PRIMARY_ALLOWED = "primary-allowed"
    HIGHER_ALLOWED = "higher-allowed"
    CHARGE = "charge"


@attrs.frozen(kw_only=True)
class PayerLine:
    """One payer's amounts for one line: ``as_primary`` is what it would pay first, ``paid`` what it did pay.

    ``deductible`` and ``coinsurance`` (the patient's part) are asked for by maintenance of benefits;
    ``deductible`` also by Medicare, whose allowed amount is the fee schedule.

    Raises:
        InvalidValue: when an amount is negative, or the payment as primary is above the allowed amount, or
            maintenance of benefits comes without its co-insurance.
    """

    allowed: Money
    as_primary: Money
    method: Method = Method.STANDARD
    paid: Money | None = None
    deductible: Money = Money.zero
    coinsurance: Percent | None = None

    def __attrs_post_init__(self) -> None:
        if not Money.zero <= self.as_primary <= self.allowed:
            raise InvalidValue("payer's line", "its payment as primary is from zero to the allowed amount")
        if self.deductible < Money.zero or (self.paid is not None and self.paid < Money.zero):
            raise InvalidValue("payer's line", "its amounts are not negative")
        if self.method is Method.MAINTENANCE_OF_BENEFITS and self.coinsurance is None:
            raise InvalidValue("payer's line", "maintenance of benefits needs the co-insurance")


@attrs.frozen(kw_only=True)
class Coordinated:
    """Payments in the payers' order, the patient's share and the write-off; together they are the charge."""

    payments: tuple[Explained[Money], ...]
    patient: Explained[Money]
    write_off: Explained[Money]


def coordinate(
    charge: Money, payers: Sequence[PayerLine], *, rule: ChargeRule = ChargeRule.PRIMARY_ALLOWED
) -> Coordinated:
    """Work out one line over its payers, first payer first.

    ``rule`` is what the office may collect in all. An office in the network of the first payer is bound by its
    allowed amount, which is the default: it never asks a patient for too much. One that is not passes another.

    Raises:
        InvalidValue: when there is no payer, the charge is negative, or what was paid exceeds the charge rule.
    """
    if not payers or charge < Money.zero:
        raise InvalidValue("line to coordinate", "it has a payer, and its charge is not negative")
    ceiling = _ceiling(charge, payers, rule)
    payments: list[Explained[Money]] = []
    before = Money.zero
    for place, payer in enumerate(payers):
        payment = _payment(charge, payers[0], payer, before, ceiling, is_first=place == 0)
        payments.append(payment)
        before += payment.value
    if before > ceiling:
        raise InvalidValue("line to coordinate", "what was paid exceeds the charge rule")
    return Coordinated(
        payments=tuple(payments),
        patient=_said("patient", "Left to the patient", ceiling - before, f"{ceiling} less {before} paid"),
        write_off=_said("write-off", "Contractual write-off", charge - ceiling, f"the rule is {rule.value}"),
    )


def _ceiling(charge: Money, payers: Sequence[PayerLine], rule: ChargeRule) -> Money:
    match rule:
        case ChargeRule.PRIMARY_ALLOWED:
            return min(charge, payers[0].allowed)
        case ChargeRule.HIGHER_ALLOWED:
            return min(charge, max(payer.allowed for payer in payers))
        case ChargeRule.CHARGE:
            return charge


def _payment(
    charge: Money, first: PayerLine, payer: PayerLine, before: Money, ceiling: Money, *, is_first: bool
) -> Explained[Money]:
    if payer.paid is not None:
        return _said("paid", "The payer paid", payer.paid, "as it told the office")
    left = max(Money.zero, ceiling - before)
    if is_first:
        return _said("primary", "The first payer pays", min(payer.as_primary, left), "as if it were alone")
    pays = _due(charge, first, payer, before)
    why = f"{payer.method.value}: {before} was paid before, {left} was left"
    cites: tuple[Cite, ...] = (MODEL,) if payer.method is Method.STANDARD else ()
    if isinstance(pays, Explained):
        if pays.value <= left:
            return pays
        cites, pays = pays.trace.steps[0].cites, pays.value
    return _said(payer.method.value, "The next payer pays", max(Money.zero, min(pays, left)), why, cites)


def _due(charge: Money, first: PayerLine, payer: PayerLine, before: Money) -> Money | Explained[Money]:
    match payer.method:
        case Method.STANDARD:
            return payer.as_primary
        case Method.NON_DUPLICATION | Method.CARVE_OUT:
            return payer.as_primary - before
        case Method.MAINTENANCE_OF_BENEFITS:
            rest = max(Money.zero, payer.allowed - before - payer.deductible)
            own = Money.zero if payer.coinsurance is None else rest.share(payer.coinsurance)
            return min(payer.as_primary, rest - own)
        case Method.MEDICARE:
            return medicare_secondary(
                charge=charge,
                primary_allowed=first.allowed,
                primary_paid=before,
                fee_schedule=payer.allowed,
                deductible_left=payer.deductible,
            )


def _said(code: str, label: str, amount: Money, why: str, cites: tuple[Cite, ...] = ()) -> Explained[Money]:
    return Explained(amount, trace=Trace((Step(code, label, amount=amount, why=why, cites=cites),)))
