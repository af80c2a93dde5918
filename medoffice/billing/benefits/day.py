"""The share of one day: its lines one after the other, each beginning where the one before left plan and limits."""

from collections.abc import Sequence

import attrs

from medoffice.billing.benefits import unknowns
from medoffice.billing.benefits.accumulators import Accumulators
from medoffice.billing.benefits.benefit import Benefit, Benefits, CostShareOrder, TierAccumulators
from medoffice.billing.benefits.cost_share import LineShare, share_after
from medoffice.billing.fees import PlannedLine
from medoffice.core import Explained, Money, Trace

_Key = tuple[str, str]


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
        return owed_for(self.lines, self.unknowns)


def owed_for(lines: Sequence[LineShare], not_known: Sequence[str] = ()) -> Explained[Money]:
    """The sum of the lines' shares with the steps of every line, and with their unknowns those of the day."""
    shares = [line.owed for line in lines]
    said = dict.fromkeys([code for share in shares for code in share.unknowns])
    said.update(dict.fromkeys(not_known))
    return Explained(
        Money(sum([share.value.cents for share in shares])),
        trace=Trace(tuple([step for share in shares for step in share.trace.steps])),
        unknowns=tuple(said),
    )


def day_share(lines: Sequence[PlannedLine], benefits: Benefits) -> DayShare:
    """The patient's share of all lines of one day; each begins where the one before left the limits.

    A co-pay is taken once for each service, however many lines the service has that day. When nobody knows
    the plan's order, both orders are worked out and the lower one is owed; what they disagree about is not
    known after.
    """
    least, *others = days = days_to_compare(lines, benefits)
    rest_of_day = least.rest_of_day()
    if others:
        rest_of_day = _agreed_day(rest_of_day, *(day.rest_of_day() for day in days))
    return DayShare(lines=tuple(least.shares), rest_of_day=rest_of_day, unknowns=unknowns_of(days))


def days_to_compare(lines: Sequence[PlannedLine], benefits: Benefits) -> "list[Day]":
    """The day in the plan's order, or when nobody knows it and it matters, in both; the one that is owed first."""
    if benefits.order is not None:
        return [Day(lines, benefits, benefits.order)]
    if not _order_matters(lines, benefits):
        return [Day(lines, benefits, CostShareOrder.COPAY_FIRST)]
    # Sorting keeps the first first where both cost the same.
    return sorted((Day(lines, benefits, order) for order in CostShareOrder), key=lambda day: day.total)


def unknowns_of(days: "Sequence[Day]") -> tuple[str, ...]:
    """What the day as a whole leaves open: the order, where it changes what is owed."""
    return () if days[0].total == days[-1].total else (unknowns.ORDER_NOT_KNOWN,)


def _order_matters(lines: Sequence[PlannedLine], benefits: Benefits) -> bool:
    """Whether any line has both a co-pay and a deductible: without the two there is no order."""
    return any(
        benefit.copay and benefit.deductible_applies is True and not benefit.is_preventive
        for benefit in (benefits.for_service(line.service, line.tier) for line in lines)
    )


class Day:
    """The lines of one day reckoned in one order, and what they took of co-pays, of the plan's dollars and of limits."""

    def __init__(self, lines: Sequence[PlannedLine], benefits: Benefits, order: CostShareOrder) -> None:
        self._benefits = benefits
        self._copays: dict[_Key, int] = {}
        self._paid: dict[_Key, int] = {}
        self._left = {each.tier: each.remaining for each in benefits.tier_limits}
        self._shared = benefits.remaining
        self.shares: list[LineShare] = []
        asked = {(each.service, each.tier): each for each in benefits.benefits}
        for line in lines:
            key = line.service, line.tier
            benefit = asked.get(key) or Benefit(service=line.service, tier=line.tier)
            share = share_after(
                line,
                benefit,
                self._left.get(line.tier, self._shared),
                order,
                copay_taken=self._copays.get(key, 0),
                paid=self._paid.get(key, 0),
            )
            self.shares.append(share)
            self._copays[key] = self._copays.get(key, 0) + share.copay.cents
            if share.plan_pays is not None:
                self._paid[key] = self._paid.get(key, 0) + share.plan_pays.cents
            if line.tier in self._left:
                self._left[line.tier] = share.remaining
            else:
                self._shared = share.remaining

    @property
    def total(self) -> int:
        """What is owed for the day, in cents."""
        return sum([share.owed.value.cents for share in self.shares])

    def rest_of_day(self) -> Benefits:
        """What the plan says for further lines of the same day."""
        return Benefits(
            benefits=tuple([self._rest_of(each) for each in self._benefits.benefits]),
            remaining=self._shared,
            order=self._benefits.order,
            tier_limits=tuple([TierAccumulators(tier, remaining) for tier, remaining in self._left.items()]),
        )

    def _rest_of(self, benefit: Benefit) -> Benefit:
        key = benefit.service, benefit.tier
        taken, paid = self._copays.get(key, 0), self._paid.get(key, 0)
        if benefit.copay is not None and taken:
            benefit = attrs.evolve(benefit, copay=Money(benefit.copay.cents - taken))
        if benefit.plan_pays_remaining is not None and paid:
            benefit = attrs.evolve(
                benefit, plan_pays_remaining=Money(benefit.plan_pays_remaining.cents - paid)
            )
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
