"""A coverage that pays after others: how it coordinates, and what it would pay for a day's lines if it were first."""

from collections.abc import Sequence
from typing import Final

import attrs

from medoffice.billing.benefits import DayShare, LineShare, VerifiedCoverage, day_share, steps
from medoffice.billing.benefits.bounds import day_bounds
from medoffice.billing.coordination import Method
from medoffice.billing.fees import PlannedLine
from medoffice.core import Money

_COST_SHARING: Final = frozenset({steps.COPAY, steps.COPAY_CAP, steps.COINSURANCE, steps.OUT_OF_POCKET_CAP})


@attrs.frozen(kw_only=True)
class LaterCover:
    """A coverage after the first, in the order in which payers pay, and how it works out its payment.

    ``method`` is ``None`` when nobody knows how the plan coordinates. ``allowed`` is what its payer allows for each
    of the planned lines, in their order, ``None`` for those of which nobody knows it; empty when nobody knows any.
    ``pays_deductible`` is for a supplement: whether its terms cover Medicare's deductible; it covers co-pay and
    co-insurance, and its own benefits are not asked. ``is_on_fee_schedule`` is for Medicare (42 CFR 411.33 (a) or (e)).
    """

    cover: VerifiedCoverage
    method: Method | None = None
    allowed: tuple[Money | None, ...] = ()
    pays_deductible: bool | None = None
    is_on_fee_schedule: bool = True

    def lines_of(self, lines: Sequence[PlannedLine]) -> tuple[PlannedLine, ...]:
        """The planned lines with what this payer allows; what another does not pay is not billed by its terms."""
        allowed = self.allowed or (None,) * len(lines)
        return tuple(
            attrs.evolve(line, allowed=each, balance_billed=False)
            for line, each in zip(lines, allowed, strict=True)
        )


@attrs.frozen(kw_only=True)
class AsPrimary:
    """What one later payer allows and would pay first for each line; ``is_certain`` when nothing of it is open."""

    later: LaterCover
    lines: tuple[PlannedLine, ...]
    pays: tuple[Money | None, ...]
    is_certain: bool


def as_primary(later: LaterCover, lines: Sequence[PlannedLine], first: DayShare) -> AsPrimary:
    """What a later payer would pay for a day if it were first; for a supplement, what its terms cover of ``first``."""
    if later.method is Method.SUPPLEMENT:
        return _supplement(later, lines, first)
    own = later.lines_of(lines)
    day = day_share(own, later.cover.benefits)
    owed = day.owed
    is_certain = not owed.unknowns and set(day_bounds(own, later.cover.benefits)) == {owed.value.cents}
    return AsPrimary(
        later=later, lines=own, pays=tuple(share.plan_pays for share in day.lines), is_certain=is_certain
    )


def after_others(payer: AsPrimary, before: Sequence[Money]) -> tuple[Money, ...]:
    """What the payer's benefits pay of what ``before`` leaves of its allowed amounts, line by line."""
    rest = tuple(
        attrs.evolve(line, allowed=max(Money.zero, (line.allowed or Money.zero) - paid))
        for line, paid in zip(payer.lines, before, strict=True)
    )
    day = day_share(rest, payer.later.cover.benefits)
    return tuple(share.plan_pays or Money.zero for share in day.lines)


def _supplement(later: LaterCover, lines: Sequence[PlannedLine], first: DayShare) -> AsPrimary:
    deductibles = tuple(_part(share, frozenset({steps.DEDUCTIBLE})) for share in first.lines)
    shares = tuple(_part(share, _COST_SHARING) for share in first.lines)
    is_open = later.pays_deductible is None and any(deductibles)
    # Where nobody knows whether it pays the deductible, no more is asked for now than is surely owed.
    pays = tuple(
        max(Money.zero, share if later.pays_deductible is False else share + deductible)
        for share, deductible in zip(shares, deductibles, strict=True)
    )
    return AsPrimary(later=later, lines=tuple(lines), pays=pays, is_certain=not is_open)


def _part(share: LineShare, codes: frozenset[str]) -> Money:
    amounts = (step.amount for step in share.owed.trace.steps if step.code in codes)
    return Money.total(amount for amount in amounts if amount is not None)
