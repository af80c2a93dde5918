"""What is not asked of a Qualified Medicare Beneficiary, and from what to what the rest may reach.

Not asked is what Medicare leaves of a bill: they "may not" be billed for "Medicare cost-sharing", MLN Matters SE1128
(2017), on section 1902(n)(3)(B) of the Social Security Act, which was not opened here. What they owe beside it (a service
that Medicare does not cover) is.
"""

from typing import Final

import attrs

from medoffice.billing.account.account import Account
from medoffice.billing.account.facts import Protection
from medoffice.billing.benefits import steps, unknowns
from medoffice.billing.estimate import Estimate
from medoffice.core import Explained, Money, Trace

_COST_SHARE: Final = frozenset(
    {
        steps.COPAY,
        steps.COPAY_CAP,
        steps.DEDUCTIBLE,
        steps.COINSURANCE,
        steps.OUT_OF_POCKET_CAP,
        steps.BALANCE_BILL,
    }
)
"""What a plan leaves to the patient, or bills above it."""
_OF_THE_SHARE: Final = frozenset(
    {
        unknowns.COPAY_NOT_RETURNED,
        unknowns.DEDUCTIBLE_RULE_NOT_RETURNED,
        unknowns.DEDUCTIBLE_NOT_RETURNED,
        unknowns.COINSURANCE_NOT_RETURNED,
        unknowns.OUT_OF_POCKET_NOT_RETURNED,
        unknowns.ORDER_NOT_KNOWN,
    }
)
"""Whatever comes of these, it is cost share: no more is asked for it, and no less for anything else."""
_OF_THE_ALLOWED: Final = frozenset({unknowns.ALLOWED_NOT_KNOWN, unknowns.ALLOWED_NOT_SETTLED})
"""These change what is above a limit too, where a service has one."""
_LIMITS: Final = frozenset({steps.VISIT_LIMIT, steps.BENEFIT_LIMIT})
_OF_OTHER_PLANS: Final = frozenset({unknowns.OTHER_PLAN_NOT_KNOWN, unknowns.COORDINATION_NOT_KNOWN})


@attrs.frozen(kw_only=True)
class Rest:
    """What of a share is ``waived``, and the ``least`` and the ``most`` that the rest of it may turn out to be."""

    waived: Money
    least: Money
    most: Money


def rest_of(share: Estimate, account: Account) -> Rest:
    """What of a visit's share is not asked, by the account's protections.

    Line by line: what another plan pays of one is no reason to ask less for another that Medicare does not cover.
    """
    if Protection.QMB not in account.protections:
        return Rest(waived=Money.zero, least=share.lower, most=share.upper)
    parts = [line.patient for line in share.lines] or [Explained(share.due_today, trace=share.trace)]
    waived = Money.total(max(Money.zero, min(part.value, _cost_share(part.trace))) for part in parts)
    rest = share.due_today - waived
    left_open = set(share.unknowns) - _OF_THE_SHARE
    if not any(step.code in _LIMITS for step in share.trace.steps):
        left_open -= _OF_THE_ALLOWED
    if not left_open:
        return Rest(waived=waived, least=rest, most=rest)
    if left_open <= _OF_OTHER_PLANS:
        # The other plans may pay all of it, or nothing of what they were taken to pay.
        whole = Money.total(_beside(part.trace) for part in parts)
        return Rest(waived=waived, least=Money.zero, most=max(rest, whole))
    return Rest(waived=waived, least=Money.zero, most=max(rest, share.upper))


def _cost_share(trace: Trace) -> Money:
    return Money.total(step.amount for step in trace.steps if step.code in _COST_SHARE and step.amount)


def _beside(trace: Trace) -> Money:
    """What a line costs beside Medicare's cost share, before anything is taken off it."""
    found = (step.amount for step in trace.steps if step.code not in _COST_SHARE and step.amount)
    return Money.total(max(Money.zero, each) for each in found)
