"""What a patient owes for today's visit, to the cent, with the reasons."""

from collections.abc import Sequence
from datetime import date

from medoffice.billing.benefits import VerifiedCoverage, steps, unknowns
from medoffice.billing.benefits.cost_share import day_share
from medoffice.billing.benefits.steps import a_step
from medoffice.billing.fees import PlannedLine
from medoffice.core import Explained, Money, Trace


def estimate(
    *,
    lines: Sequence[PlannedLine],
    cover: VerifiedCoverage | None,
    balance: Money = Money.zero,
    on: date,
) -> Explained[Money]:
    """What is owed on a day for the planned lines, together with the balance of earlier visits.

    Without coverage, or with one that does not run on that day (which is named among the unknowns), the
    office's charges are owed. ``balance`` is what the patient still owes; below zero it is a credit, which is
    used up to the amount owed and never paid out here, so the answer is never below zero. The codes of the
    steps are those of :data:`medoffice.billing.STEPS`, the unknowns are codes of
    :data:`medoffice.billing.UNKNOWNS`.
    """
    share = _share(lines, cover, on)
    if balance > Money.zero:
        return share.map(lambda owed: owed + balance, a_step(steps.BALANCE, balance))
    used = min(-balance, share.value)
    if used:
        return share.map(lambda owed: owed - used, a_step(steps.CREDIT, -used))
    return share


def _share(lines: Sequence[PlannedLine], cover: VerifiedCoverage | None, on: date) -> Explained[Money]:
    if cover is not None and cover.coverage.is_active(on):
        return day_share(lines, cover.benefits).owed
    trace = Trace(tuple(a_step(steps.SELF_PAY, line.charge, line.service) for line in lines))
    return Explained(
        trace.amount, trace=trace, unknowns=() if cover is None else (unknowns.COVERAGE_NOT_ACTIVE,)
    )
