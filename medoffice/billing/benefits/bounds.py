"""From what to what a day's share may reach, whatever the payer says to the questions it left open.

The plan's order and whether the deductible applies to a service are tried both ways. With these settled a day
costs more the higher a co-pay, a co-insurance, an allowed amount, or what is left of a deductible or a limit, so
the lowest and the highest answer to everything else that is open are the two ends. Two things do not rise so
evenly, and there the bounds are drawn wider than need be rather than too narrow: an unknown co-pay that counts
towards the deductible, and a limit on the plan's dollars for a service or a co-pay beyond the out-of-pocket limit,
where the most is all that is allowed.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Final

from medoffice.billing.benefits.accumulators import Accumulators
from medoffice.billing.benefits.benefit import Benefit, Benefits, CostShareOrder
from medoffice.billing.benefits.taking import UNBOUNDED, Terms, take
from medoffice.billing.fees import PlannedLine
from medoffice.core import Money, Percent

_MOST_RULES: Final = 6
"""Services with an open deductible rule that are tried both ways; beyond that the bounds are the widest."""
_ALL: Final = Percent.parse("100%")
_NONE: Final = Percent.parse("0%")
_Key = tuple[str, str]


def day_bounds(lines: Sequence[PlannedLine], benefits: Benefits) -> tuple[int, int]:
    """The least and the most in cents that the lines of one day may cost the patient, balance bills included.

    An allowed amount that nobody knows lies between nothing and the charge.
    """
    asked = [(line, benefits.for_service(line.service, line.tier)) for line in lines]
    reached = [benefit for _, benefit in asked if _is_reached(benefit, benefits)]
    keys = {(each.service, each.tier) for each in reached if each.deductible_applies is None}
    orders: tuple[CostShareOrder, ...] = (benefits.order or CostShareOrder.COPAY_FIRST,)
    if benefits.order is None and any(each.copay is None or each.copay.cents for each in reached):
        orders = tuple(CostShareOrder)
    if len(keys) > _MOST_RULES:
        return 0, _most(lines)
    is_open = any(_is_open(line, benefit, benefits) for line, benefit in asked)
    lows, highs = [], []
    for order, rules in product(orders, _both_ways(keys)):
        lows.append(_End(is_high=False, is_open=is_open, benefits=benefits).cost(asked, rules, order))
        highs.append(_End(is_high=True, is_open=is_open, benefits=benefits).cost(asked, rules, order))
    if is_open and any(
        benefit.plan_pays_remaining is not None or not benefit.copay_to_out_of_pocket for _, benefit in asked
    ):
        return min(lows), _most(lines)
    return min(lows), max(highs)


def _most(lines: Sequence[PlannedLine]) -> int:
    """No more than all that is allowed or, where that is open or a balance is billed, charged."""
    return sum(
        max(line.charge, line.allowed or Money.zero).cents
        if line.allowed is None or line.balance_billed
        else line.allowed.cents
        for line in lines
    )


def _both_ways(keys: Iterable[_Key]) -> Iterator[dict[_Key, bool]]:
    ordered = sorted(keys)
    for answers in product((False, True), repeat=len(ordered)):
        yield dict(zip(ordered, answers, strict=True))


def _is_reached(benefit: Benefit, benefits: Benefits) -> bool:
    """Whether a deductible may reach the service: only there do its rule and the order matter."""
    if benefit.is_preventive or benefit.visits_remaining == 0 or benefit.deductible_applies is False:
        return False
    return Money.zero not in benefits.remaining_in(benefit.tier).deductible_parts


def _is_open(line: PlannedLine, benefit: Benefit, benefits: Benefits) -> bool:
    """Whether anything is open that may change a line's cost by degrees."""
    remaining = benefits.remaining_in(line.tier)
    said = (line.allowed, benefit.copay, benefit.coinsurance, benefit.deductible_applies, benefits.order)
    parts = (*remaining.deductible_parts, *remaining.out_of_pocket_parts)
    return None in said or None in parts


class _End:
    """One end of the bounds: every open question answered by its lowest answer, or by its highest."""

    def __init__(self, *, is_high: bool, is_open: bool, benefits: Benefits) -> None:
        self._is_high = is_high
        self._is_open = is_open
        self._left = {each.tier: _Left(each.remaining, is_high=is_high) for each in benefits.tier_limits}
        self._shared = _Left(benefits.remaining, is_high=is_high)
        self._copay_taken: dict[_Key, int] = {}
        self._dollars: dict[_Key, int] = {}
        self._most_paid: dict[_Key, int] = {}

    def cost(
        self,
        asked: Sequence[tuple[PlannedLine, Benefit]],
        rules: dict[_Key, bool],
        order: CostShareOrder,
    ) -> int:
        """What the day costs in cents."""
        total = most = 0
        for line, benefit in asked:
            allowed = self._allowed(line)
            billed = max(0, line.charge.cents - allowed) if line.balance_billed else 0
            total += billed + self._share(line, benefit, allowed, rules, order)
            most += billed + allowed
        return min(most, total + self._beyond_dollars())

    def _allowed(self, line: PlannedLine) -> int:
        """The end of the allowed amount; with a balance bill the whole is dearest when nothing is allowed."""
        if line.allowed is not None:
            return line.allowed.cents
        return line.charge.cents if self._is_high is not line.balance_billed else 0

    def _share(
        self,
        line: PlannedLine,
        benefit: Benefit,
        allowed: int,
        rules: dict[_Key, bool],
        order: CostShareOrder,
    ) -> int:
        key = line.service, line.tier
        if benefit.visits_remaining == 0:
            return allowed
        if benefit.is_preventive:
            return self._with_dollars(key, benefit, allowed, 0)
        left = self._left.get(line.tier, self._shared)
        high = self._is_high
        copay = benefit.copay.cents if benefit.copay is not None else UNBOUNDED if high else 0
        coinsurance = benefit.coinsurance if benefit.coinsurance is not None else _ALL if high else _NONE
        applies = rules.get(key, False) if benefit.deductible_applies is None else benefit.deductible_applies
        is_loose = benefit.copay is None and benefit.copay_to_deductible
        terms = Terms(
            copay - self._copay_taken.get(key, 0),
            coinsurance,
            benefit.copay_to_deductible and not is_loose,
            benefit.copay_to_out_of_pocket,
        )
        taken = take(
            allowed, terms, applies=applies, left=left.deductible, limit=left.out_of_pocket, order=order
        )
        self._copay_taken[key] = self._copay_taken.get(key, 0) + taken.copay
        credited = taken.to_deductible
        if is_loose and not high:
            credited = allowed
        left.take(deductible=credited, share=taken.to_limit)
        return self._with_dollars(key, benefit, allowed, taken.owed)

    def _with_dollars(self, key: _Key, benefit: Benefit, allowed: int, owed: int) -> int:
        """A line's share; what lies above the plan's dollars is settled at the end, or here when all is known."""
        if benefit.plan_pays_remaining is not None:
            self._dollars[key] = benefit.plan_pays_remaining.cents
            pays = allowed if self._is_open else allowed - owed
            self._most_paid[key] = self._most_paid.get(key, 0) + pays
        return owed

    def _beyond_dollars(self) -> int:
        """What the patient pays beyond the plan's dollars, never less (high) or never more (low) than that."""
        if self._is_open and not self._is_high:
            return 0
        return sum(max(0, paid - self._dollars[key]) for key, paid in self._most_paid.items())


class _Left:
    """What is left of the limits in cents, an open one at its end."""

    def __init__(self, remaining: Accumulators, *, is_high: bool) -> None:
        self.deductible = _end(remaining.deductible_parts, is_high=is_high)
        self.out_of_pocket = _end(remaining.out_of_pocket_parts, is_high=is_high)

    def take(self, *, deductible: int, share: int) -> None:
        """Take from both; a bound may credit the deductible with more than is left."""
        self.deductible = max(0, self.deductible - deductible)
        self.out_of_pocket -= share


def _end(parts: tuple[Money | None, ...], *, is_high: bool) -> int:
    if not is_high and None in parts:
        return 0
    return min((part.cents for part in parts if part is not None), default=UNBOUNDED)
