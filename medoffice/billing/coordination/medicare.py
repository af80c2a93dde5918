"""What Medicare pays second: the lowest of three amounts on its fee schedule, and of four elsewhere.

Source: 42 CFR 411.33 (a) and its worked example (b), read at law.cornell.edu/cfr/text/42/411.33; 411.32 (b), read at
law.lawstack.com (no secondary payment where the office must, or does, take a primary payment below its charges as
payment in full); First Coast Service Options, "Medicare secondary payment", for the same three amounts. Of (e) the
copy at laws9.com shows (1), (3) and the beginning of (4); (2), the end of (4) and the examples in (f) are as remembered.
"""

from decimal import Decimal
from typing import Final

from medoffice.core import Cite, Explained, InvalidValue, Money, Percent, Step, Trace

CITE: Final = Cite("42 CFR 411.33", "(a), (b)", url="https://www.law.cornell.edu/cfr/text/42/411.33")
CITE_OTHER_BASIS: Final = Cite("42 CFR 411.33", "(e)", url="https://www.law.cornell.edu/cfr/text/42/411.33")
PLAN_SHARE: Final = Percent(Decimal(80))


def medicare_secondary(
    *,
    charge: Money,
    primary_allowed: Money,
    primary_paid: Money,
    fee_schedule: Money,
    deductible_left: Money = Money.zero,
    obliged_to_accept: Money | None = None,
    alone: Money | None = None,
) -> Explained[Money]:
    """The lowest of the charge less the primary payment, Medicare's own payment, and the higher allowed less it.

    ``obliged_to_accept`` is the amount that the office must take as payment in full, when that is less than the
    charge. ``alone`` is what Medicare would pay if it were first; unless it is said, 80 percent of the fee schedule
    less ``deductible_left``, what is left of the Part B deductible. Never below zero.

    Raises:
        InvalidValue: when an amount is negative.
    """
    full = _in_full(charge, obliged_to_accept)
    _check(full, primary_allowed, primary_paid, fee_schedule, deductible_left, alone or Money.zero)
    over_charge = full - primary_paid
    if alone is None:
        alone = max(Money.zero, fee_schedule - deductible_left).share(PLAN_SHARE)
    over_allowed = max(fee_schedule, primary_allowed) - primary_paid
    pays = max(Money.zero, min(over_charge, alone, over_allowed))
    why = f"the lowest of {over_charge} (charge), {alone} (Medicare alone), {over_allowed} (higher allowed)"
    return _pays(pays, why, CITE)


def medicare_secondary_other_basis(
    *,
    charge: Money,
    primary_paid: Money,
    gross_payable: Money,
    cost_sharing: Money,
    obliged_to_accept: Money | None = None,
) -> Explained[Money]:
    """What Medicare pays second for a service that it does not pay by a fee schedule: the lowest of four amounts.

    ``gross_payable`` is what Medicare has payable before its deductible and co-insurance, which are
    ``cost_sharing``. The gross amount and the charge (or what the office must take in full, when that is less) are
    each lowered by the cost sharing and by the primary payment. Never below zero.

    Raises:
        InvalidValue: when an amount is negative.
    """
    full = _in_full(charge, obliged_to_accept)
    _check(full, primary_paid, gross_payable, cost_sharing)
    least = min(gross_payable, full)
    pays = max(Money.zero, least - max(primary_paid, cost_sharing))
    why = (
        f"the lowest of {gross_payable - cost_sharing} and {full - cost_sharing} (less cost sharing), "
        f"{gross_payable - primary_paid} and {full - primary_paid} (less the primary payment)"
    )
    return _pays(pays, why, CITE_OTHER_BASIS)


def _in_full(charge: Money, obliged_to_accept: Money | None) -> Money:
    return charge if obliged_to_accept is None else min(charge, obliged_to_accept)


def _check(*amounts: Money) -> None:
    if min(amounts) < Money.zero:
        raise InvalidValue("Medicare secondary payment", "its amounts are not negative")


def _pays(amount: Money, why: str, cite: Cite) -> Explained[Money]:
    step = Step("medicare-secondary", "Medicare pays second", amount=amount, why=why, cites=(cite,))
    return Explained(amount, trace=Trace((step,)))
