"""What a patient owes for today's visit, to the cent, with the reasons, and from what to what it may reach."""

from collections.abc import Sequence
from datetime import date

import attrs

from medoffice.billing.benefits import VerifiedCoverage, steps, unknowns
from medoffice.billing.benefits.bounds import day_bounds
from medoffice.billing.benefits.day import days_to_compare, owed_for, unknowns_of
from medoffice.billing.benefits.steps import a_step
from medoffice.billing.fees import PlannedLine
from medoffice.billing.fees.notes import BY_REPORT
from medoffice.core import Explained, InvalidValue, Money, Trace


@attrs.frozen(kw_only=True)
class EstimatedLine:
    """One planned line: what is owed for it with the reasons, and what the plan pays.

    ``patient`` holds the ``balance_bill``; without that, it and ``plan`` add up to the allowed amount, or to
    the charge where there is no coverage. ``plan`` is ``None`` when nobody knows the allowed amount.
    """

    planned: PlannedLine
    patient: Explained[Money]
    plan: Money | None
    balance_bill: Money = Money.zero


@attrs.frozen(kw_only=True)
class Estimate:
    """What is due today, the least and the most that it may turn out to be, and why.

    ``lower`` and ``upper`` are ``due_today`` when nothing was unknown. The trace adds up to ``due_today``; it has
    the steps of every line and those of the balance.

    Raises:
        InvalidValue: when the amount due does not lie between its bounds, or the trace does not add up to it.
    """

    due_today: Money
    lower: Money
    upper: Money
    lines: tuple[EstimatedLine, ...]
    trace: Trace
    unknowns: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not self.lower.cents <= self.due_today.cents <= self.upper.cents:
            raise InvalidValue("estimate", "the amount due lies between its bounds")
        if self.trace.cents != self.due_today.cents:
            raise InvalidValue("estimate", "the amounts of its steps do not add up to what is due")

    @property
    def is_certain(self) -> bool:
        """Whether nothing was unknown."""
        return not self.unknowns


def estimate(
    *,
    lines: Sequence[PlannedLine],
    cover: VerifiedCoverage | None,
    balance: Money = Money.zero,
    on: date,
) -> Estimate:
    """What is owed on a day for the planned lines, with the balance of earlier visits, and within which bounds.

    Without coverage, or with one that does not run on that day (which is named among the unknowns), the office's
    charges are owed. ``balance`` is what the patient still owes; below zero it is a credit, which is used up to the
    amount owed and never paid out here, so the answer is never below zero. The codes of the steps are those of
    :data:`medoffice.billing.STEPS`, the unknowns are codes of :data:`medoffice.billing.UNKNOWNS`.

    What the payer did not say may be anything: a deductible that is left any amount, a co-insurance 0 to 100
    percent, an allowed amount nothing to the charge. About one that is not settled the payer may decide downwards to
    nothing, and where it decides by report up to the charge; due is what it comes to as it is. With a coverage that does not run on that day the patient
    owes the charges, or, when there is another one after all, as little as nothing.
    """
    if cover is not None and cover.coverage.is_active(on):
        days = days_to_compare(lines, cover.benefits)
        shares = days[0].shares
        owed = owed_for(shares, unknowns_of(days))
        parts = tuple(
            EstimatedLine(
                planned=line, patient=share.owed, plan=share.plan_pays, balance_bill=share.balance_bill
            )
            for line, share in zip(lines, shares, strict=True)
        )
        low = high = owed.value.cents
        if owed.unknowns or cover.benefits.order is None:
            low, high = day_bounds(lines, cover.benefits)
        if any(line.unsettled for line in lines):
            least = day_bounds([_loosened(line, is_high=False) for line in lines], cover.benefits)[0]
            most = day_bounds([_loosened(line, is_high=True) for line in lines], cover.benefits)[1]
            if least < low or most > high:
                low, high = min(low, least), max(high, most)
                owed = attrs.evolve(owed, unknowns=(*owed.unknowns, unknowns.ALLOWED_NOT_SETTLED))
    else:
        owed = _self_pay(lines, cover)
        parts = tuple(
            EstimatedLine(planned=line, patient=_self_pay((line,), cover), plan=Money.zero) for line in lines
        )
        low, high = owed.value.cents if cover is None else 0, owed.value.cents
    due = _with_balance(owed, balance)
    # What is left out of the amount owed for now may put it outside of what can be: then it is itself the end.
    return Estimate(
        due_today=due.value,
        lower=Money(max(0, min(low, owed.value.cents) + balance.cents)),
        upper=Money(max(0, max(high, owed.value.cents) + balance.cents)),
        lines=parts,
        trace=due.trace,
        unknowns=due.unknowns,
    )


def _loosened(line: PlannedLine, *, is_high: bool) -> PlannedLine:
    """The line with its unsettled amount open between nothing and the most that it may be, for one end of the bounds."""
    if line.allowed is None or not line.unsettled:
        return line
    may_rise = BY_REPORT in line.unsettled or line.balance_billed
    top = max(line.charge, line.allowed) if may_rise else line.allowed
    # Above the charge there is no balance to bill, so at the lower end none is counted up to an amount above it.
    billed = line.balance_billed and (is_high or top == line.charge)
    return attrs.evolve(line, charge=top, allowed=None, unsettled=(), balance_billed=billed)


def _with_balance(share: Explained[Money], balance: Money) -> Explained[Money]:
    if not balance.cents:
        return share
    if balance.cents > 0:
        return share.map(lambda owed: owed + balance, a_step(steps.BALANCE, balance))
    used = min(-balance, share.value)
    if used:
        return share.map(lambda owed: owed - used, a_step(steps.CREDIT, -used))
    return share


def _self_pay(lines: Sequence[PlannedLine], cover: VerifiedCoverage | None) -> Explained[Money]:
    trace = Trace(tuple(a_step(steps.SELF_PAY, line.charge, line.service) for line in lines))
    return Explained(
        trace.amount, trace=trace, unknowns=() if cover is None else (unknowns.COVERAGE_NOT_ACTIVE,)
    )
