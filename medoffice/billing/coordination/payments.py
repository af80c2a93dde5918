"""What each payer pays in order, and what is left to the patient and written off.

The definitions of non-duplication, carve-out and maintenance of benefits are common usage in plan documents; the
standard one rests on the NAIC Coordination of Benefits Model Regulation (120), section 7, which was not opened here.
Medicare: see ``medicare``. Medicaid: 42 CFR 433.139 (b)(1), read, pays what its schedule has above all other payments;
42 CFR 447.15, read, makes its payment with the cost sharing of its plan payment in full; of 447.20 (a), (1) was read
(nothing of the patient once others paid as much as the plan has payable) and (2) is as remembered (else the lesser of
the cost sharing and what is still missing).
"""

from collections.abc import Sequence
from enum import Enum
from typing import Final

import attrs

from medoffice.billing.coordination.medicare import medicare_secondary, medicare_secondary_other_basis
from medoffice.core import Cite, Explained, InvalidValue, Money, Percent, Step, Trace

MODEL: Final = Cite("NAIC Coordination of Benefits Model Regulation (120)", "section 7")
THIRD_PARTIES: Final = Cite("42 CFR 433.139", "(b)(1)")
IN_FULL: Final = Cite("42 CFR 447.15", "with 447.20 (a)")
_CITES: Final[dict[str, tuple[Cite, ...]]] = {"standard": (MODEL,), "medicaid": (THIRD_PARTIES,)}


class Method(Enum):
    """How a payer that is not first works out its payment; ``paid`` is what the payers before it paid.

    Standard: the lesser of its payment as primary and what is left of the charge rule (TRICARE too: the costs that
    others left, up to its payment alone). Non-duplication: its payment as primary less ``paid``. Carve-out: the same
    difference, deducted from the normal benefit (the two differ in plan words, not in this line's cents).
    Maintenance of benefits: ``paid`` comes off the allowed amount first, then deductible and co-insurance come off
    the rest. Medicare: the minimum of 42 CFR 411.33. Supplement: what Medicare's allowed amount leaves, up to what
    its terms cover. Medicaid: its payment as primary less ``paid``, and the patient owes its cost sharing at most.
    """

    STANDARD = "standard"
    NON_DUPLICATION = "non-duplication"
    CARVE_OUT = "carve-out"
    MAINTENANCE_OF_BENEFITS = "maintenance-of-benefits"
    MEDICARE = "medicare"
    SUPPLEMENT = "supplement"
    MEDICAID = "medicaid"


class ChargeRule(Enum):
    """The most that all payers and the patient pay together; never above the charge."""

    PRIMARY_ALLOWED = "primary-allowed"
    HIGHER_ALLOWED = "higher-allowed"
    CHARGE = "charge"


@attrs.frozen(kw_only=True)
class PayerLine:
    """One payer's amounts for one line: ``as_primary`` is what it would pay first, ``paid`` what it did pay.

    ``deductible`` and ``coinsurance`` (the patient's part) are asked for by maintenance of benefits. Medicare's
    allowed amount is its fee schedule or, where it pays on another basis (``is_on_fee_schedule``), the gross
    amount payable. A supplement's is what Medicare allows, and its payment as primary what its terms cover of the
    cost sharing. The difference of the two is, for Medicaid, the cost sharing of its plan.

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
    is_on_fee_schedule: bool = True

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
    charge: Money,
    payers: Sequence[PayerLine],
    *,
    rule: ChargeRule = ChargeRule.PRIMARY_ALLOWED,
    obliged_to_accept: Money | None = None,
) -> Coordinated:
    """Work out one line over its payers, first payer first.

    ``rule`` is what the office may collect in all. An office in the network of the first payer is bound by its
    allowed amount, which is the default: it never asks a patient for too much. One that is not passes another.
    ``obliged_to_accept`` is an amount that it must take as payment in full all the same: nobody pays beyond it, and
    Medicare counts it in place of a higher charge. Beside Medicaid the patient owes its cost sharing at most, and
    the rest is written off.

    Raises:
        InvalidValue: when there is no payer, an amount is negative, or what was paid exceeds the charge rule.
    """
    in_full = charge if obliged_to_accept is None else min(charge, obliged_to_accept)
    if not payers or in_full < Money.zero:
        raise InvalidValue("line to coordinate", "it has a payer, and its amounts are not negative")
    ceiling = min(in_full, _ceiling(charge, payers, rule))
    payments: list[Explained[Money]] = []
    before = Money.zero
    most: Money | None = None
    for place, payer in enumerate(payers):
        if payer.method is Method.MEDICAID:
            most = _medicaid_share(payer, before)
        left = max(Money.zero, ceiling - before)
        payment = _paid(payer, left, is_first=place == 0) or _later(in_full, payers[0], payer, before, left)
        payments.append(payment)
        before += payment.value
    if before > ceiling:
        raise InvalidValue("line to coordinate", "what was paid exceeds the charge rule")
    return _settled(charge, ceiling, payments, before, rule, most)


def _settled(
    charge: Money,
    ceiling: Money,
    payments: Sequence[Explained[Money]],
    paid: Money,
    rule: ChargeRule,
    most: Money | None,
) -> Coordinated:
    """What is left to the patient, and what is written off."""
    patient, off = ceiling - paid, charge - ceiling
    if most is None or patient <= most:
        return Coordinated(
            payments=tuple(payments),
            patient=_said("patient", "Left to the patient", patient, f"{ceiling} less {paid} paid"),
            write_off=_said("write-off", "Contractual write-off", off, f"the rule is {rule.value}"),
        )
    why = f"Medicaid is payment in full: of {patient} no more than {most}"
    return Coordinated(
        payments=tuple(payments),
        patient=_said("patient", "Left to the patient", most, why, (IN_FULL,)),
        write_off=_said("write-off", "Written off", off + patient - most, why, (IN_FULL,)),
    )


def _medicaid_share(payer: PayerLine, before: Money) -> Money:
    """The cost sharing of Medicaid's plan, or what others left of the amount that it has payable, when that is less."""
    return min(payer.allowed - payer.as_primary, max(Money.zero, payer.allowed - before))


def _ceiling(charge: Money, payers: Sequence[PayerLine], rule: ChargeRule) -> Money:
    match rule:
        case ChargeRule.PRIMARY_ALLOWED:
            return min(charge, payers[0].allowed)
        case ChargeRule.HIGHER_ALLOWED:
            return min(charge, max(payer.allowed for payer in payers))
        case ChargeRule.CHARGE:
            return charge


def _paid(payer: PayerLine, left: Money, *, is_first: bool) -> Explained[Money] | None:
    """What a payer has told that it paid, or what the first pays."""
    if payer.paid is not None:
        return _said("paid", "The payer paid", payer.paid, "as it told the office")
    if is_first:
        return _said("primary", "The first payer pays", min(payer.as_primary, left), "as if it were alone")
    return None


def _later(
    in_full: Money, first: PayerLine, payer: PayerLine, before: Money, left: Money
) -> Explained[Money]:
    pays = _due(in_full, first, payer, before)
    why = f"{payer.method.value}: {before} was paid before, {left} was left"
    cites = _CITES.get(payer.method.value, ())
    if isinstance(pays, Explained):
        if pays.value <= left:
            return pays
        cites, pays = pays.trace.steps[0].cites, pays.value
    return _said(payer.method.value, "The next payer pays", max(Money.zero, min(pays, left)), why, cites)


def _due(in_full: Money, first: PayerLine, payer: PayerLine, before: Money) -> Money | Explained[Money]:
    match payer.method:
        case Method.STANDARD:
            return payer.as_primary
        case Method.NON_DUPLICATION | Method.CARVE_OUT | Method.MEDICAID:
            return payer.as_primary - before
        case Method.MAINTENANCE_OF_BENEFITS:
            rest = max(Money.zero, payer.allowed - before - payer.deductible)
            own = Money.zero if payer.coinsurance is None else rest.share(payer.coinsurance)
            return min(payer.as_primary, rest - own)
        case Method.SUPPLEMENT:
            return min(payer.as_primary, payer.allowed - before)
        case Method.MEDICARE:
            return _medicare(in_full, first, payer, before)


def _medicare(in_full: Money, first: PayerLine, payer: PayerLine, before: Money) -> Explained[Money]:
    if payer.is_on_fee_schedule:
        return medicare_secondary(
            charge=in_full,
            primary_allowed=first.allowed,
            primary_paid=before,
            fee_schedule=payer.allowed,
            alone=payer.as_primary,
        )
    return medicare_secondary_other_basis(
        charge=in_full,
        primary_paid=before,
        gross_payable=payer.allowed,
        cost_sharing=payer.allowed - payer.as_primary,
    )


def _said(code: str, label: str, amount: Money, why: str, cites: tuple[Cite, ...] = ()) -> Explained[Money]:
    return Explained(amount, trace=Trace((Step(code, label, amount=amount, why=why, cites=cites),)))
