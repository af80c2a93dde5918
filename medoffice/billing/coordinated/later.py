"""A coverage that pays after others: how it coordinates, and what it would pay for a day's lines if it were first."""

from collections.abc import Sequence
from typing import Final

import attrs

from medoffice.billing.benefits import DayShare, LineShare, VerifiedCoverage, day_share, steps
from medoffice.billing.benefits.bounds import day_bounds
from medoffice.billing.coordination import Method
from medoffice.billing.coverage import CoverageKind
from medoffice.billing.fees import PlannedLine
from medoffice.core import Money

_COST_SHARING: Final = frozenset({steps.COPAY, steps.COPAY_CAP, steps.COINSURANCE, steps.OUT_OF_POCKET_CAP})
_METHODS: Final = {
    CoverageKind.MEDICARE: Method.MEDICARE,
    CoverageKind.MEDICARE_SUPPLEMENT: Method.SUPPLEMENT,
    CoverageKind.MEDICAID: Method.MEDICAID,
    CoverageKind.TRICARE: Method.STANDARD,
}
_ALONE: Final = frozenset({CoverageKind.VETERANS, CoverageKind.WORKERS_COMPENSATION, CoverageKind.LIABILITY})
_DEDUCTIBLE: Final = frozenset({steps.DEDUCTIBLE})


@attrs.frozen(kw_only=True)
class LaterCover:
    """A coverage after the first, in the order in which payers pay, and how it works out its payment.

    ``method`` is ``None`` when nobody knows how the plan coordinates. ``allowed`` is what its payer allows for each
    of the planned lines, in their order, ``None`` for those of which nobody knows it; empty when nobody knows any.
    ``pays_deductible`` is for a supplement: whether its terms cover Medicare's deductible; it covers co-pay and
    co-insurance, and its own benefits are not asked. ``is_on_fee_schedule`` (42 CFR 411.33 (a) or (e)) and
    ``is_assigned`` (the office accepts assignment) are for Medicare.
    """

    cover: VerifiedCoverage
    method: Method | None = None
    allowed: tuple[Money | None, ...] = ()
    pays_deductible: bool | None = None
    is_on_fee_schedule: bool = True
    is_assigned: bool = True

    @classmethod
    def on_file(cls, cover: VerifiedCoverage, lines: Sequence[PlannedLine] = ()) -> "LaterCover | None":
        """A coverage as it is on file, by its kind; ``None`` for one that shares no visit with another.

        Veterans' care pays for what it authorized and then alone, insurance for an accident for the accident alone.
        What its payer allows is what ``lines`` say was agreed with it. Without a contract, or where something about
        the amount is not settled, what it allows and therefore pays is open.
        """
        kind = cover.coverage.kind
        if kind in _ALONE:
            return None
        agreed = [line.agreed_with(cover.coverage.payer.id) for line in lines]
        allowed = tuple(None if each is None or each.unsettled else each.amount for each in agreed)
        return cls(cover=cover, method=_METHODS.get(kind) if kind else None, allowed=allowed)

    def lines_of(self, lines: Sequence[PlannedLine]) -> tuple[PlannedLine, ...]:
        """The planned lines with what this payer allows; what another does not pay is not billed by its terms."""
        allowed = self.allowed or (None,) * len(lines)
        return tuple(
            attrs.evolve(line, allowed=each, balance_billed=False, unsettled=())
            for line, each in zip(lines, allowed, strict=True)
        )


@attrs.frozen(kw_only=True)
class AsPrimary:
    """What one later payer allows and would pay first for each line; ``is_certain`` when nothing of it is open.

    ``at_least`` is what a supplement of which something is open pays in any case, and then ``pays`` is its most. Of
    another payer of which something is open nothing is sure.
    """

    later: LaterCover
    lines: tuple[PlannedLine, ...]
    pays: tuple[Money | None, ...]
    is_certain: bool
    day: DayShare
    at_least: tuple[Money, ...] = ()


def all_as_primary(
    later: Sequence[LaterCover], lines: Sequence[PlannedLine], first: DayShare
) -> tuple[AsPrimary, ...]:
    """What each later payer would pay for a day if it were first; a supplement, of what Medicare leaves.

    Medicare is the payer before the supplement that pays as Medicare does or, without one, the first.
    """
    made: list[AsPrimary] = []
    for each in later:
        if each.method is Method.SUPPLEMENT:
            medicare = [payer for payer in made if payer.later.method is Method.MEDICARE]
            made.append(_supplement(each, tuple(lines), first, medicare[-1] if medicare else None))
        else:
            made.append(_as_primary(each, lines))
    return tuple(made)


def _as_primary(later: LaterCover, lines: Sequence[PlannedLine]) -> AsPrimary:
    own = later.lines_of(lines)
    day = day_share(own, later.cover.benefits)
    owed = day.owed
    pays = tuple(share.plan_pays for share in day.lines)
    is_settled = not owed.unknowns and None not in pays
    is_certain = is_settled and set(day_bounds(own, later.cover.benefits)) == {owed.value.cents}
    return AsPrimary(later=later, lines=own, pays=pays, is_certain=is_certain, day=day)


def after_others(payer: AsPrimary, before: Sequence[Money]) -> tuple[Money, ...]:
    """What the payer's benefits pay of what ``before`` leaves of its allowed amounts, line by line."""
    rest = tuple(
        attrs.evolve(line, allowed=max(Money.zero, (line.allowed or Money.zero) - paid))
        for line, paid in zip(payer.lines, before, strict=True)
    )
    day = day_share(rest, payer.later.cover.benefits)
    return tuple(share.plan_pays or Money.zero for share in day.lines)


def _supplement(
    later: LaterCover, lines: tuple[PlannedLine, ...], first: DayShare, medicare: AsPrimary | None
) -> AsPrimary:
    day = first if medicare is None else medicare.day
    own = lines if medicare is None else medicare.lines
    at_least = tuple(max(Money.zero, _part(share, _COST_SHARING)) for share in day.lines)
    whole = tuple(
        max(Money.zero, _part(share, _COST_SHARING) + _part(share, _DEDUCTIBLE)) for share in day.lines
    )
    if medicare is not None and not medicare.is_certain:
        return AsPrimary(later=later, lines=own, pays=(None,) * len(own), is_certain=False, day=day)
    return AsPrimary(
        later=later,
        lines=own,
        # Where nobody knows whether it pays the deductible, no more is asked for now than is surely owed.
        pays=at_least if later.pays_deductible is False else whole,
        is_certain=later.pays_deductible is not None or whole == at_least,
        day=day,
        at_least=at_least,
    )


def _part(share: LineShare, codes: frozenset[str]) -> Money:
    amounts = (step.amount for step in share.owed.trace.steps if step.code in codes)
    return Money.total(amount for amount in amounts if amount is not None)
