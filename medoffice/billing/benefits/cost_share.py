"""The arithmetic of a patient's share: co-pay, deductible, co-insurance, and the year's limit.

For one line, in the plan's order: the co-pay is taken from the allowed amount, the deductible from what its
remaining part still reaches, and the co-insurance from the rest, rounded once, half up to the cent. No part
reaches beyond the allowed amount, and the sum stops at what remains of the out-of-pocket limit; what the
limit cuts off was taken last. Whatever the payer did not say is left out of the sum and named among the
unknowns, but only where it could change the answer: a rule about a deductible that is used up changes
nothing.

A benefit's own limits come last: with no visit left the plan pays nothing, and it never pays more than its
dollars for the service allow; what the patient pays for that, and a balance bill, counts towards no limit.

The terms are those of the Glossary of Health Coverage and Medical Terms that goes with every US Summary of
Benefits and Coverage: co-insurance is a part of the allowed amount, paid after the deductible, up to the
limit.
"""

import attrs

from medoffice.billing.benefits import steps, unknowns
from medoffice.billing.benefits.accumulators import Accumulators
from medoffice.billing.benefits.benefit import Benefit, CostShareOrder
from medoffice.billing.benefits.steps import a_step
from medoffice.billing.benefits.taking import UNBOUNDED, Taken, Terms, take
from medoffice.billing.fees import PlannedLine
from medoffice.core import Cite, Explained, Money, Step, Trace

_PREVENTIVE_CITE = Cite("45 CFR 147.130", "(a)(1)")


@attrs.frozen(kw_only=True)
class LineShare:
    """The patient's share of one line, what of it was co-pay, and what remains of the limits after it.

    ``owed`` holds the ``balance_bill``; without that, it and ``plan_pays`` add up to the allowed amount.
    ``plan_pays`` is ``None`` when nobody knows the allowed amount.
    """

    owed: Explained[Money]
    copay: Money = Money.zero
    remaining: Accumulators
    plan_pays: Money | None = None
    balance_bill: Money = Money.zero


def line_share(
    line: PlannedLine, *, benefit: Benefit, remaining: Accumulators, order: CostShareOrder
) -> LineShare:
    """The patient's share of one line, explained, never above the allowed amount nor above what remains.

    Where the allowed amount is not known, a known co-pay up to the charge is all that is owed for now.
    """
    return share_after(line, benefit, remaining, order)


def share_after(
    line: PlannedLine,
    benefit: Benefit,
    remaining: Accumulators,
    order: CostShareOrder,
    *,
    copay_taken: int = 0,
    paid: int = 0,
) -> LineShare:
    """The share of a line whose service had lines before it that day.

    These took ``copay_taken`` of its co-pay, and the plan ``paid`` for them; both in cents.
    """
    if benefit.visits_remaining == 0:
        not_known = () if line.allowed is not None else (unknowns.ALLOWED_NOT_KNOWN,)
        allowed = line.allowed or Money.zero
        taken = [a_step(steps.VISIT_LIMIT, allowed, line.service)]
        return _beyond(line, benefit, remaining, taken, allowed.cents, paid=paid, not_known=not_known)
    if benefit.is_preventive:
        free = [a_step(steps.PREVENTIVE, Money.zero, line.service, _PREVENTIVE_CITE)]
        return _beyond(line, benefit, remaining, free, 0, paid=paid)
    if benefit.is_silent:
        silent = (unknowns.SERVICE_NOT_RETURNED,)
        return _beyond(line, benefit, remaining, [], 0, paid=paid, not_known=silent)
    return _shared(line, benefit, remaining, order, copay_taken=copay_taken, paid=paid)


def _beyond(
    line: PlannedLine,
    benefit: Benefit,
    remaining: Accumulators,
    taken: list[Step],
    owed: int,
    *,
    paid: int,
    not_known: tuple[str, ...] = (),
    copay: int = 0,
) -> LineShare:
    """The share with what lies beyond the plan: above its dollars for the service, and above what it allows."""
    plan_pays, billed = None, 0
    if line.allowed is not None:
        plan_pays = line.allowed.cents - owed
        if benefit.plan_pays_remaining is not None:
            above = plan_pays + paid - benefit.plan_pays_remaining.cents
            if above > 0:
                taken.append(a_step(steps.BENEFIT_LIMIT, Money(above), line.service))
                owed, plan_pays = owed + above, plan_pays - above
        if line.balance_billed and line.charge.cents > line.allowed.cents:
            billed = line.charge.cents - line.allowed.cents
            taken.append(a_step(steps.BALANCE_BILL, Money(billed), line.service))
            owed += billed
    elif unknowns.ALLOWED_NOT_KNOWN not in not_known and (
        line.balance_billed or benefit.plan_pays_remaining is not None
    ):
        # Even what the plan pays in full leaves the patient what lies beyond the plan.
        not_known = (*not_known, unknowns.ALLOWED_NOT_KNOWN)
    if not taken and not not_known:
        taken.append(a_step(steps.COVERED, Money.zero, line.service))
    return LineShare(
        owed=Explained(_money(owed), trace=Trace(tuple(taken)), unknowns=not_known),
        copay=_money(copay),
        remaining=remaining,
        plan_pays=None if plan_pays is None else _money(plan_pays),
        balance_bill=_money(billed),
    )


def _shared(
    line: PlannedLine,
    benefit: Benefit,
    remaining: Accumulators,
    order: CostShareOrder,
    *,
    copay_taken: int,
    paid: int,
) -> LineShare:
    not_known: list[str] = []
    if benefit.copay is None:
        not_known.append(unknowns.COPAY_NOT_RETURNED)
    asked = 0 if benefit.copay is None else benefit.copay.cents - copay_taken
    terms = Terms(asked, benefit.coinsurance, benefit.copay_to_deductible, benefit.copay_to_out_of_pocket)
    left, is_left_known = _least(remaining.deductible_parts)
    limit, is_limit_known = _least(remaining.out_of_pocket_parts)
    if line.allowed is None:
        not_known.append(unknowns.ALLOWED_NOT_KNOWN)
        # Only a co-pay is taken, so the charge stands in for the amount and nothing else is asked of it.
        only = terms._replace(coinsurance=None)
        base = min(asked, line.charge.cents)
        taken = take(base, only, applies=False, left=left, limit=limit, order=order)
    else:
        applies = _applies(benefit, left, is_known=is_left_known, not_known=not_known)
        taken = take(line.allowed.cents, terms, applies=applies, left=left, limit=limit, order=order)
        if taken.rest and benefit.coinsurance is None:
            not_known.append(unknowns.COINSURANCE_NOT_RETURNED)
    if not is_limit_known and taken.to_limit + taken.over:
        not_known.append(unknowns.OUT_OF_POCKET_NOT_RETURNED)
    return _beyond(
        line,
        benefit,
        remaining.after(deductible=_money(taken.to_deductible), share=_money(taken.to_limit)),
        _said(taken, asked, line.service, benefit, order),
        taken.owed,
        paid=paid,
        not_known=tuple(not_known),
        copay=taken.copay,
    )


def _money(cents: int) -> Money:
    return Money(cents) if cents else Money.zero


def _least(parts: tuple[Money | None, ...]) -> tuple[int, bool]:
    """The least of the limits that count, and whether it is known: nothing said could make a zero larger."""
    if len(parts) == 1:
        only = parts[0]
        return (UNBOUNDED, False) if only is None else (only.cents, True)
    least = min((part.cents for part in parts if part is not None), default=UNBOUNDED)
    return least, least == 0 or None not in parts


def _applies(benefit: Benefit, left: int, *, is_known: bool, not_known: list[str]) -> bool:
    """Whether a deductible reaches into this line; not, and said, where the payer left it open."""
    if benefit.deductible_applies is False or left == 0:
        return False
    if benefit.deductible_applies is None:
        not_known.append(unknowns.DEDUCTIBLE_RULE_NOT_RETURNED)
        return False
    if not is_known:
        not_known.append(unknowns.DEDUCTIBLE_NOT_RETURNED)
    return is_known


def _said(taken: Taken, asked: int, service: str, benefit: Benefit, order: CostShareOrder) -> list[Step]:
    """The steps that move the amount, in the plan's order."""
    said: list[Step] = []
    if asked:
        said.append(a_step(steps.COPAY, Money(asked), service))
        if taken.copay != asked:
            said.append(a_step(steps.COPAY_CAP, Money(taken.copay - asked), service))
    if taken.deductible:
        at = len(said) if order is CostShareOrder.COPAY_FIRST else 0
        said.insert(at, a_step(steps.DEDUCTIBLE, Money(taken.deductible), service))
    if taken.coinsurance:
        why = f"{service}: {benefit.coinsurance} of {Money(taken.rest)}"
        said.append(a_step(steps.COINSURANCE, Money(taken.coinsurance), why))
    if taken.over:
        said.append(a_step(steps.OUT_OF_POCKET_CAP, Money(-taken.over), service))
    return said
