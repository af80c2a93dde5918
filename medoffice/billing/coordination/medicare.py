"""What Medicare pays second for a service on its fee schedule: the lowest of three amounts.

Source: 42 CFR 411.33 (a) and its worked example (b), read at law.cornell.edu/cfr/text/42/411.33. Paragraph (e), for
services that are not paid by a fee schedule, is not worked out here.
"""

from decimal import Decimal
from typing import Final

from medoffice.core import Cite, Explained, InvalidValue, Money, Percent, Step, Trace

CITE: Final = Cite("42 CFR 411.33", "(a), (b)", url="https://www.law.cornell.edu/cfr/text/42/411.33")
PLAN_SHARE: Final = Percent(Decimal(80))


def medicare_secondary(
    *,
    charge: Money,
    primary_allowed: Money,
    primary_paid: Money,
    fee_schedule: Money,
    deductible_left: Money = Money.zero,
    obliged_to_accept: Money | None = None,
) -> Explained[Money]:
    """The lowest of the charge less the primary payment, Medicare's own payment, and the higher allowed less it.

    ``obliged_to_accept`` is the amount that the office must take as payment in full, when that is less than the
    charge. ``deductible_left`` is what is left of the Part B deductible; co-insurance is 20 %. Never below zero.

    Raises:
        InvalidValue: when an amount is negative.
    """
    full = charge if obliged_to_accept is None else min(charge, obliged_to_accept)
    if min(full, primary_allowed, primary_paid, fee_schedule, deductible_left) < Money.zero:
        raise InvalidValue("Medicare secondary payment", "its amounts are not negative")
    over_charge = full - primary_paid
    alone = max(Money.zero, fee_schedule - deductible_left).share(PLAN_SHARE)
    over_allowed = max(fee_schedule, primary_allowed) - primary_paid
    pays = max(Money.zero, min(over_charge, alone, over_allowed))
    why = f"the lowest of {over_charge} (charge), {alone} (Medicare alone), {over_allowed} (higher allowed)"
    step = Step("medicare-secondary", "Medicare pays second", amount=pays, why=why, cites=(CITE,))
    return Explained(pays, trace=Trace((step,)))
