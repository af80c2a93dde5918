"""The arithmetic of a patient's share: co-pay, deductible, co-insurance, and the year's limit.

For one line, in the plan's order: the co-pay is taken from the allowed amount, the deductible from what its
remaining part still reaches, and the co-insurance from the rest, rounded once, half up to the cent. No part
reaches beyond the allowed amount, and the sum stops at what remains of the out-of-pocket limit; what the
limit cuts off was taken last. Whatever the payer did not say is left out of the sum and named among the
unknowns, but only where it could change the answer: a rule about a deductible that is used up changes
nothing.

The terms are those of the Glossary of Health Coverage and Medical Terms that goes with every US Summary of
Benefits and Coverage: co-insurance is a part of the allowed amount, paid after the deductible, up to the
limit.
"""

from collections.abc import Sequence

import attrs

from medoffice.billing.benefits import steps, unknowns
from medoffice.billing.benefits.accumulators import Accumulators
from medoffice.billing.benefits.benefit import Benefit, Benefits, CostShareOrder
from medoffice.billing.benefits.steps import a_step
from medoffice.billing.fees import PlannedLine
from medoffice.core import Cite, Explained, Money, Step, Trace

_PREVENTIVE_CITE = Cite("45 CFR 147.130", "(a)(1)")


@attrs.frozen(kw_only=True)
class LineShare:
    """The patient's share of one line, what of it was co-pay, and what remains of the limits after it."""

    owed: Explained[Money]
    copay: Money = Money.zero
    remaining: Accumulators


@attrs.frozen(kw_only=True)
class DayShare:
    """The shares of a day's lines in their order, and what remains of the limits after the last.

    ``unknowns`` are those of the day as a whole; each line has its own.
    """

    lines: tuple[LineShare, ...]
    remaining: Accumulators
    unknowns: tuple[str, ...] = ()

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
    copay_first, deductible_first = (_in_order(lines, benefits, order) for order in CostShareOrder)
    least = min(copay_first, deductible_first, key=lambda day: day.owed.value)
    differs = copay_first.owed.value != deductible_first.owed.value
    return attrs.evolve(
        least,
        remaining=_agreed(copay_first.remaining, deductible_first.remaining),
        unknowns=(unknowns.ORDER_NOT_KNOWN,) if differs else (),
    )


def _in_order(lines: Sequence[PlannedLine], benefits: Benefits, order: CostShareOrder) -> DayShare:
    shares: list[LineShare] = []
    remaining = benefits.remaining
    copay_taken: dict[str, Money] = {}
    for line in lines:
        benefit = benefits.for_service(line.service)
        if benefit.copay is not None:
            left = benefit.copay - copay_taken.get(line.service, Money.zero)
            benefit = attrs.evolve(benefit, copay=left)
        share = line_share(line, benefit=benefit, remaining=remaining, order=order)
        copay_taken[line.service] = copay_taken.get(line.service, Money.zero) + share.copay
        shares.append(share)
        remaining = share.remaining
    return DayShare(lines=tuple(shares), remaining=remaining)


def _agreed(one: Accumulators, other: Accumulators) -> Accumulators:
    """What both say; ``None`` where they differ."""
    deductible, out_of_pocket = one.deductible_remaining, one.out_of_pocket_remaining
    return Accumulators(
        deductible_remaining=deductible if deductible == other.deductible_remaining else None,
        out_of_pocket_remaining=out_of_pocket if out_of_pocket == other.out_of_pocket_remaining else None,
    )


def line_share(
    line: PlannedLine, *, benefit: Benefit, remaining: Accumulators, order: CostShareOrder
) -> LineShare:
    """The patient's share of one line, explained, never above the allowed amount nor above what remains.

    Where the allowed amount is not known, a known co-pay up to the charge is all that is owed for now.
    """
    if benefit.is_preventive:
        free = a_step(steps.PREVENTIVE, Money.zero, line.service, _PREVENTIVE_CITE)
        return LineShare(owed=Explained(Money.zero, trace=Trace((free,))), remaining=remaining)
    if benefit.is_silent:
        nothing = Explained(Money.zero, trace=Trace(), unknowns=(unknowns.SERVICE_NOT_RETURNED,))
        return LineShare(owed=nothing, remaining=remaining)
    return _shared(line, benefit, remaining, order)


def _shared(line: PlannedLine, benefit: Benefit, remaining: Accumulators, order: CostShareOrder) -> LineShare:
    not_known: list[str] = []
    if benefit.copay is None:
        not_known.append(unknowns.COPAY_NOT_RETURNED)
    asked = benefit.copay or Money.zero
    if line.allowed is None:
        not_known.append(unknowns.ALLOWED_NOT_KNOWN)
        copay, deductible, rest = min(asked, line.charge), Money.zero, Money.zero
    else:
        reach = _deductible_reach(benefit, remaining, not_known)
        if order is CostShareOrder.COPAY_FIRST:
            copay = min(asked, line.allowed)
            deductible = min(reach, line.allowed - copay)
        else:
            deductible = min(reach, line.allowed)
            copay = min(asked, line.allowed - deductible)
        rest = line.allowed - copay - deductible
    coinsurance = Money.zero
    if benefit.coinsurance is not None:
        coinsurance = rest.share(benefit.coinsurance)
    elif rest:
        not_known.append(unknowns.COINSURANCE_NOT_RETURNED)

    share = copay + deductible + coinsurance
    limit = remaining.out_of_pocket_remaining
    if limit is None and share:
        not_known.append(unknowns.OUT_OF_POCKET_NOT_RETURNED)
    owed = share if limit is None else min(share, limit)
    taken = [
        a_step(steps.COPAY, asked, line.service),
        a_step(steps.COPAY_CAP, copay - asked, line.service),
        a_step(steps.COINSURANCE, coinsurance, f"{line.service}: {benefit.coinsurance} of {rest}"),
        a_step(steps.OUT_OF_POCKET_CAP, owed - share, line.service),
    ]
    taken.insert(
        2 if order is CostShareOrder.COPAY_FIRST else 0,
        a_step(steps.DEDUCTIBLE, deductible, line.service),
    )
    return LineShare(
        owed=Explained(
            owed, trace=_said(taken, line.service, is_certain=not not_known), unknowns=tuple(not_known)
        ),
        copay=copay,
        remaining=remaining.after(deductible=_paid_of_deductible(copay, deductible, owed, order), share=owed),
    )


def _deductible_reach(benefit: Benefit, remaining: Accumulators, not_known: list[str]) -> Money:
    """How far the deductible can reach into this line; zero, and said, where the payer left it open."""
    left = remaining.deductible_remaining
    if benefit.deductible_applies is False or left == Money.zero:
        return Money.zero
    if benefit.deductible_applies is None:
        not_known.append(unknowns.DEDUCTIBLE_RULE_NOT_RETURNED)
        return Money.zero
    if left is None:
        not_known.append(unknowns.DEDUCTIBLE_NOT_RETURNED)
        return Money.zero
    return left


def _paid_of_deductible(copay: Money, deductible: Money, owed: Money, order: CostShareOrder) -> Money:
    """What of the deductible is really paid when the out-of-pocket limit cuts off what is taken last."""
    before = copay if order is CostShareOrder.COPAY_FIRST else Money.zero
    return max(Money.zero, min(deductible, owed - before))


def _said(taken: Sequence[Step], service: str, *, is_certain: bool) -> Trace:
    """The steps that move the amount; when none does and nothing is unknown, that the plan pays all."""
    moving = tuple(step for step in taken if step.amount)
    if not moving and is_certain:
        return Trace((a_step(steps.COVERED, Money.zero, service),))
    return Trace(moving)
