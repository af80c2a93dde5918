"""From what to what a day's share may reach with several coverages, whatever turns out about what is open.

A line costs the patient less the more any payer pays, so the ends of the payments are the ends of the sum: what is open
about later payers is tried at both ends, and every method for a plan that does not say how it coordinates. Where the
first payer left something open, the most is what the patient may owe with that payer alone, as no later one ever adds
to it under the first payer's charge rule (under another rule, all that is charged); the least is the least with
that payer alone, less all that later ones may pay. The cost sharing of
Medicaid, or of Medicare that pays second, is the most in any case where it is known.
"""

from collections.abc import Sequence
from itertools import product
from typing import Final

from medoffice.billing.benefits import DayShare
from medoffice.billing.coordinated.later import AsPrimary
from medoffice.billing.coordinated.lines import may_be_asked, unsplit
from medoffice.billing.coordinated.split import Open, split_day
from medoffice.billing.coordination import ChargeRule, Method
from medoffice.billing.estimate import Estimate
from medoffice.billing.fees import PlannedLine
from medoffice.core import Money

_METHODS: Final = (Method.STANDARD, Method.NON_DUPLICATION, Method.MAINTENANCE_OF_BENEFITS)
"""What a plan may do that does not say how it coordinates; a carve-out pays the cents of non-duplication."""
_AT_MOST_AS_PRIMARY: Final = frozenset(set(Method) - {Method.MEDICAID, Method.MEDICARE, Method.SUPPLEMENT})
"""Methods that lower the patient's part by no more than the payment as primary, which the first payer leaves alone."""


def several_bounds(
    lines: Sequence[PlannedLine],
    first: DayShare,
    alone: Estimate,
    payers: Sequence[AsPrimary],
    rule: ChargeRule,
) -> tuple[Money, Money]:
    """The least and the most that the lines may cost; ``alone`` is the estimate with the first payer only."""
    is_split = rule is ChargeRule.PRIMARY_ALLOWED or all(line.allowed is not None for line in lines)
    # Another amount for one line may move a limit's cents to another, of which a later payer pays more or less.
    is_settled = not any(line.unsettled for line in lines)
    if is_split and is_settled and alone.is_certain and alone.lower == alone.upper:
        return _ends(lines, first, payers, rule)
    charges = Money.total(line.charge for line in lines)
    high = alone.upper if rule is ChargeRule.PRIMARY_ALLOWED else max(alone.upper, charges)
    most = [may_be_asked(payers, place) for place in range(len(lines))]
    known = [each for each in most if each is not None]
    if len(known) == len(most):
        high = min(high, Money.total(known))
    return min(high, _least(lines, alone, payers)), high


def _ends(
    lines: Sequence[PlannedLine], first: DayShare, payers: Sequence[AsPrimary], rule: ChargeRule
) -> tuple[Money, Money]:
    counts = (Open.SAID,) if all(payer.is_certain for payer in payers) else (Open.MOST, Open.LEAST)
    methods = [_METHODS if payer.later.method is None else (payer.later.method,) for payer in payers]
    totals = [
        Money.total(
            unsplit(share, payers, place).value if split is None else split.patient.value
            for place, (share, split) in enumerate(
                zip(
                    first.lines,
                    split_day(lines, first, payers, methods=chosen, rule=rule, count=count),
                    strict=True,
                )
            )
        )
        for chosen, count in product(product(*methods), counts)
    ]
    high = max(totals)
    if rule is not ChargeRule.PRIMARY_ALLOWED and Open.LEAST in counts:
        high = max(high, Money.total(line.charge for line in lines))
    return min(totals), high


def _least(lines: Sequence[PlannedLine], alone: Estimate, payers: Sequence[AsPrimary]) -> Money:
    methods = {payer.later.method or Method.STANDARD for payer in payers}
    if not methods <= _AT_MOST_AS_PRIMARY or not all(payer.is_certain for payer in payers):
        return Money.zero
    may_pay = Money.total(each for payer in payers for each in payer.pays if each is not None)
    over_charge = Money.total(
        max(Money.zero, line.allowed - line.charge) for line in lines if line.allowed is not None
    )
    return max(Money.zero, alone.lower - may_pay - over_charge)
