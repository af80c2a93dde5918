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

from collections.abc import Sequence

import attrs

from medoffice.billing.benefits import steps, unknowns
from medoffice.billing.benefits.accumulators import Accumulators
from medoffice.billing.benefits.benefit import Benefit, Benefits, CostShareOrder, TierAccumulators
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


@attrs.frozen(kw_only=True)
class DayShare:
    """The shares of a day's lines in their order, and what remains of the limits after the last.

    ``rest_of_day`` is what the plan says for further lines of the same day: the limits that are left, the
    co-pays without what was taken, the dollars that the plan still pays. The lines of one service on one day are
    one visit, so the visits that remain are those of the morning. ``unknowns`` are those of the day as a
    whole; each line has its own.
    """

    lines: tuple[LineShare, ...]
    rest_of_day: Benefits
    unknowns: tuple[str, ...] = ()

    @property
    def remaining(self) -> Accumulators:
        """What remains of the limits that the tiers share."""
        return self.rest_of_day.remaining

    @property
    def owed(self) -> Explained[Money]:
        """The day's share, with the steps of every line."""
        shares = [line.owed for line in self.lines]
        trace = Trace(tuple(step for share in shares for step in share.trace.steps))
        said = dict.fromkeys((*(code for share in shares for code in share.unknowns), *self.unknowns))
        return Explained(trace.amount, trace=trace, unknowns=tuple(said))


def day_share(lines: Sequence[PlannedLine], benefits: Benefits) -> DayShare:
    """The patient's share of all lines of one day; each begins where the one before left the limits.

    A co-pay is taken once for each service, however many lines the service has that day. When nobody knows
    the plan's order, both orders are worked out and the lower one is owed; what they disagree about is not
    known after.
    """
    if benefits.order is not None:
        return _in_order(lines, benefits, benefits.order)
    if not _order_matters(lines, benefits):
        return _in_order(lines, benefits, CostShareOrder.COPAY_FIRST)
    copay_first, deductible_first = (_in_order(lines, benefits, order) for order in CostShareOrder)
    one, other = (_total(day) for day in (copay_first, deductible_first))
    least = copay_first if one <= other else deductible_first
    return attrs.evolve(
        least,
        rest_of_day=_agreed_day(least.rest_of_day, copay_first.rest_of_day, deductible_first.rest_of_day),
        unknowns=(unknowns.ORDER_NOT_KNOWN,) if one != other else (),
    )


def _total(day: DayShare) -> int:
    return sum(line.owed.value.cents for line in day.lines)


def _order_matters(lines: Sequence[PlannedLine], benefits: Benefits) -> bool:
    """Whether any line has both a co-pay and a deductible: without the two there is no order."""
    return any(
        benefit.copay and benefit.deductible_applies is True and not benefit.is_preventive
        for benefit in (benefits.for_service(line.service, line.tier) for line in lines)
    )


def _in_order(lines: Sequence[PlannedLine], benefits: Benefits, order: CostShareOrder) -> DayShare:
    shares: list[LineShare] = []
    rest = {(each.service, each.tier): each for each in benefits.benefits}
    left = {each.tier: each.remaining for each in benefits.tier_limits}
    shared = benefits.remaining
    for line in lines:
        key = line.service, line.tier
        benefit = rest.get(key) or Benefit(service=line.service, tier=line.tier)
        share = line_share(line, benefit=benefit, remaining=left.get(line.tier, shared), order=order)
        shares.append(share)
        if line.tier in left:
            left[line.tier] = share.remaining
        else:
            shared = share.remaining
        if key in rest:
            rest[key] = _rest_of(benefit, share)
    rest_of_day = Benefits(
        benefits=tuple(rest.values()),
        remaining=shared,
        order=benefits.order,
        tier_limits=tuple(TierAccumulators(tier, remaining) for tier, remaining in left.items()),
    )
    return DayShare(lines=tuple(shares), rest_of_day=rest_of_day)


def _rest_of(benefit: Benefit, share: LineShare) -> Benefit:
    """The benefit for the same day's next line of the service."""
    if share.copay.cents and benefit.copay is not None:
        benefit = attrs.evolve(benefit, copay=benefit.copay - share.copay)
    if benefit.plan_pays_remaining is not None and share.plan_pays:
        benefit = attrs.evolve(benefit, plan_pays_remaining=benefit.plan_pays_remaining - share.plan_pays)
    return benefit


def _agreed_day(least: Benefits, one: Benefits, other: Benefits) -> Benefits:
    """What remains where both say it; the co-pays and dollars are those of the day that is owed."""
    agreed = attrs.evolve(least, remaining=_agreed(one.remaining, other.remaining))
    for mine, theirs in zip(one.tier_limits, other.tier_limits, strict=True):
        agreed = agreed.with_remaining(mine.tier, _agreed(mine.remaining, theirs.remaining))
    return agreed


def _agreed(one: Accumulators, other: Accumulators) -> Accumulators:
    """What both say; ``None`` where they differ, and for the legal limit the lower of both."""
    if one == other:
        return one
    own, law = one.self_only_limit_remaining, other.self_only_limit_remaining
    return attrs.evolve(
        one,
        deductible_remaining=_same(one.deductible_remaining, other.deductible_remaining),
        out_of_pocket_remaining=_same(one.out_of_pocket_remaining, other.out_of_pocket_remaining),
        family_deductible_remaining=_same(one.family_deductible_remaining, other.family_deductible_remaining),
        family_out_of_pocket_remaining=_same(
            one.family_out_of_pocket_remaining, other.family_out_of_pocket_remaining
        ),
        self_only_limit_remaining=None if own is None or law is None else min(own, law),
    )


def _same(one: Money | None, other: Money | None) -> Money | None:
    return one if one == other else None


def line_share(
    line: PlannedLine, *, benefit: Benefit, remaining: Accumulators, order: CostShareOrder
) -> LineShare:
    """The patient's share of one line, explained, never above the allowed amount nor above what remains.

    Where the allowed amount is not known, a known co-pay up to the charge is all that is owed for now.
    """
    if benefit.visits_remaining == 0:
        not_known = () if line.allowed is not None else (unknowns.ALLOWED_NOT_KNOWN,)
        allowed = line.allowed or Money.zero
        taken = [a_step(steps.VISIT_LIMIT, allowed, line.service)]
        return _beyond(line, benefit, remaining, taken=taken, owed=allowed, not_known=not_known)
    if benefit.is_preventive:
        free = [a_step(steps.PREVENTIVE, Money.zero, line.service, _PREVENTIVE_CITE)]
        return _beyond(line, benefit, remaining, taken=free, owed=Money.zero)
    if benefit.is_silent:
        silent = (unknowns.SERVICE_NOT_RETURNED,)
        return _beyond(line, benefit, remaining, taken=[], owed=Money.zero, not_known=silent)
    return _shared(line, benefit, remaining, order)


def _beyond(
    line: PlannedLine,
    benefit: Benefit,
    remaining: Accumulators,
    *,
    taken: list[Step],
    owed: Money,
    not_known: tuple[str, ...] = (),
    copay: Money = Money.zero,
) -> LineShare:
    """The share with what lies beyond the plan: above its dollars for the service, and above what it allows."""
    plan_pays = None
    if line.allowed is not None:
        plan_pays = line.allowed - owed if owed.cents else line.allowed
        most = benefit.plan_pays_remaining
        if most is not None and plan_pays > most:
            taken.append(a_step(steps.BENEFIT_LIMIT, plan_pays - most, line.service))
            owed, plan_pays = owed + plan_pays - most, most
    elif unknowns.ALLOWED_NOT_KNOWN not in not_known and (
        line.balance_billed or benefit.plan_pays_remaining is not None
    ):
        # Even what the plan pays in full leaves the patient what lies beyond the plan.
        not_known = (*not_known, unknowns.ALLOWED_NOT_KNOWN)
    billed = line.balance_bill if line.balance_billed else Money.zero
    if billed.cents:
        taken.append(a_step(steps.BALANCE_BILL, billed, line.service))
        owed = owed + billed
    if not taken and not not_known:
        taken.append(a_step(steps.COVERED, Money.zero, line.service))
    return LineShare(
        owed=Explained(owed, trace=Trace(tuple(taken)), unknowns=not_known),
        copay=copay,
        remaining=remaining,
        plan_pays=plan_pays,
        balance_bill=billed,
    )


def _shared(line: PlannedLine, benefit: Benefit, remaining: Accumulators, order: CostShareOrder) -> LineShare:
    not_known: list[str] = []
    if benefit.copay is None:
        not_known.append(unknowns.COPAY_NOT_RETURNED)
    asked = 0 if benefit.copay is None else benefit.copay.cents
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
        taken=_said(taken, asked, line.service, benefit, order),
        owed=_money(taken.owed),
        not_known=tuple(not_known),
        copay=_money(taken.copay),
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
