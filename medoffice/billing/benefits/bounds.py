"""From what to what a day's share may reach, whatever the payer says to the questions it left open.

The plan's order, and whether the deductible applies to a service, are tried both ways. With these settled a day
costs more the higher a co-pay, a co-insurance, an allowed amount, or what is left of a deductible or a limit: a cent
more on one line takes at most one cent off the lines after it. So the lowest and the highest answer to everything
else are the two ends, and both are *reached*: some answer of the payer makes the day cost just that.

Three things do not rise so evenly. There the bounds still *hold*, and may be wider than need be:

- The plan's dollars for a service. The patient pays the larger of the share and of what lies above these dollars,
  and the latter takes nothing from the limits. A day therefore costs the most of what it costs when, for any of these
  services, only what lies above is counted. At the upper end such a service takes nothing from the limits; that is
  reached when its own open answers, or its known ones, can make its share nothing. At the lower end it takes
  as much of them as lies above the dollars, for which the patient pays the same.
- A co-pay that does not count towards the out-of-pocket limit, after a deductible. A larger deductible puts an
  amount that counts in the place of the co-pay, costs the same and spares the lines after it. Where the
  deductible is not known it takes at the upper end only what the co-pay leaves of a line, and at the
  lower end the co-pay is taken off the limit as well.
- A co-pay that nobody knows and that counts towards the deductible: it spares the lines after it more than it costs.
  At the upper end it takes nothing from the deductible, at the lower end all that is allowed.

Beyond six of the questions that are tried both ways (open rules of a deductible, services with plan's dollars) the
bounds are nothing and all that is allowed or charged.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Final, NamedTuple

from medoffice.billing.benefits.benefit import Benefit, Benefits, CostShareOrder
from medoffice.billing.benefits.taking import UNBOUNDED, Terms, take
from medoffice.billing.fees import PlannedLine
from medoffice.core import Money, Percent

_MOST_QUESTIONS: Final = 6
_ALL: Final = Percent.parse("100%")
_NONE: Final = Percent.parse("0%")
_FREE: Final = Terms(0, _NONE, copay_to_deductible=False, copay_to_limit=True)
_Key = tuple[str, str]
_Asked = tuple[PlannedLine, Benefit]


def day_bounds(lines: Sequence[PlannedLine], benefits: Benefits) -> tuple[int, int]:
    """The least and the most in cents that the lines of one day may cost the patient, balance bills included.

    An allowed amount that nobody knows lies between nothing and the charge.
    """
    asked = [(line, benefits.for_service(line.service, line.tier)) for line in lines]
    low, high = (_End(asked, benefits, is_high=is_high) for is_high in (False, True))
    if max(len(low.rules), len(high.rules)) + len(low.dollars) > _MOST_QUESTIONS:
        return 0, high.most
    if not any(_is_open(line, benefit, benefits) for line, benefit in asked):
        costs = [high.cost(order, rules, None) for order, rules in high.answers()]
        return min(costs), max(costs)
    sets = low.sets_beyond()
    return (
        min([max([low.cost(order, rules, beyond) for beyond in sets]) for order, rules in low.answers()]),
        max([high.cost(order, rules, beyond) for order, rules in high.answers() for beyond in sets]),
    )


def _is_open(line: PlannedLine, benefit: Benefit, benefits: Benefits) -> bool:
    """Whether anything is open that may change a line's cost by degrees, and not only by one way or the other."""
    if line.allowed is None:
        return True
    if benefit.visits_remaining == 0 or benefit.is_preventive:
        return False
    remaining = benefits.remaining_in(line.tier)
    parts = (*remaining.deductible_parts, *remaining.out_of_pocket_parts)
    return benefit.copay is None or benefit.coinsurance is None or None in parts


class _Line(NamedTuple):
    """One line at one end, amounts in cents.

    ``applies`` is ``None`` where that is tried both ways. ``is_loose`` is an unknown co-pay that counts towards the
    deductible; ``may_yield`` one that does not count towards the limit and may make room for the deductible.
    """

    key: _Key
    limits: int
    allowed: int
    terms: Terms
    applies: bool | None
    is_loose: bool = False
    may_yield: bool = False


class _End:
    """One end of the bounds: what is open by degrees answered by its lowest answer, or by its highest."""

    def __init__(self, asked: Sequence[_Asked], benefits: Benefits, *, is_high: bool) -> None:
        self._is_high = is_high
        self._fixed = 0
        self._lines: list[_Line] = []
        self._is_adrift = False
        self.dollars: dict[_Key, int] = {}
        self.rules: dict[_Key, tuple[bool, ...]] = {}
        self._orders: tuple[CostShareOrder, ...] = (benefits.order or CostShareOrder.COPAY_FIRST,)
        own = [each.tier for each in benefits.tier_limits]
        self._limits: list[tuple[int, int]] = []
        self._is_deductible_open: list[bool] = []
        for remaining in (*(each.remaining for each in benefits.tier_limits), benefits.remaining):
            deductible, limit = remaining.deductible_parts, remaining.out_of_pocket_parts
            self._limits.append((_end(deductible, is_high=is_high), _end(limit, is_high=is_high)))
            self._is_deductible_open.append(None in deductible)
        for line, benefit in asked:
            at = own.index(line.tier) if line.tier in own else len(own)
            self._ask(line, benefit, at, is_order_open=benefits.order is None)

    def _ask(self, line: PlannedLine, benefit: Benefit, at: int, *, is_order_open: bool) -> None:
        key, allowed, high = (line.service, line.tier), self._allowed(line), self._is_high
        if line.balance_billed:
            self._fixed += max(0, line.charge.cents - allowed)
        if benefit.visits_remaining == 0:
            self._fixed += allowed
            return
        if benefit.plan_pays_remaining is not None:
            self.dollars[key] = benefit.plan_pays_remaining.cents
        if benefit.is_preventive:
            self._lines.append(_Line(key, at, allowed, _FREE, applies=False))
            return
        copay = benefit.copay
        is_loose = copay is None and benefit.copay_to_deductible
        deductible = self._limits[at][0]
        terms = Terms(
            copay.cents if copay is not None else UNBOUNDED if high else 0,
            benefit.coinsurance or (_ALL if high else _NONE),
            benefit.copay_to_deductible and not is_loose,
            benefit.copay_to_out_of_pocket,
        )
        ways = self._ways(benefit, deductible)
        if len(ways) > 1:
            self.rules[key] = ways
        is_reached = True in ways or (
            self._is_deductible_open[at] and benefit.deductible_applies is not False
        )
        may_yield = is_reached and not benefit.copay_to_out_of_pocket
        applies = None if len(ways) > 1 else ways[0]
        self._lines.append(_Line(key, at, allowed, terms, applies, is_loose, may_yield))
        self._is_adrift |= is_loose
        if is_order_open and (may_yield or (True in ways and terms.copay and deductible < UNBOUNDED)):
            self._orders = tuple(CostShareOrder)

    def _allowed(self, line: PlannedLine) -> int:
        """The end of the allowed amount; with a balance bill the whole is dearest when nothing is allowed."""
        if line.allowed is not None:
            return line.allowed.cents
        return line.charge.cents if self._is_high is not line.balance_billed else 0

    def _ways(self, benefit: Benefit, deductible: int) -> tuple[bool, ...]:
        """The answers to whether the deductible applies that may make an end, the only one where one is enough."""
        if benefit.deductible_applies is False or not deductible:
            return (False,)
        if benefit.deductible_applies is True:
            return (True,)
        if self._is_high and (benefit.copay is None or benefit.coinsurance is None):
            return (False,)  # all is the patient's without it, and it is spared for other lines
        if deductible == UNBOUNDED:
            return (True,)  # all is the patient's, and it is never used up
        return (False, True)

    def answers(self) -> Iterator[tuple[CostShareOrder, dict[_Key, bool]]]:
        """Every answer to what is tried both ways."""
        for order in self._orders:
            for ways in product(*self.rules.values()):
                yield order, dict(zip(self.rules, ways, strict=True))

    def sets_beyond(self) -> list[tuple[_Key, ...]]:
        """Every set of services of which only what lies above the plan's dollars is counted."""
        keys = list(self.dollars)
        return [each for count in range(len(keys) + 1) for each in combinations(keys, count)]

    @property
    def most(self) -> int:
        """All that is allowed or, where that is open or a balance is billed, charged."""
        return self._fixed + sum(line.allowed for line in self._lines)

    def cost(self, order: CostShareOrder, rules: dict[_Key, bool], beyond: tuple[_Key, ...] | None) -> int:
        """What the day costs in cents.

        ``beyond`` are the services of which only what lies above the plan's dollars is counted; ``None`` when
        nothing is open and all of it can be reckoned.
        """
        above = {key: self._above(key) for key in (self.dollars if beyond is None else beyond)}
        paid = dict.fromkeys(above, 0)
        copays: dict[_Key, int] = {}
        total = self._fixed
        left = [[*each] for each in self._limits]
        is_adrift = bool(beyond) or self._is_adrift
        for key, at, allowed, terms, always, is_loose, may_yield in self._lines:
            limits = left[at]
            if beyond and key in paid:
                if not self._is_high:
                    free = max(0, min(allowed, above[key] - paid[key]))
                    paid[key] += free
                    limits[:] = (max(0, each - free) for each in limits)
                continue
            before = copays.get(key, 0)
            asked = terms._replace(copay=terms.copay - before) if before else terms
            applies = rules[key] if always is None else always
            yields = (
                may_yield
                and order is CostShareOrder.DEDUCTIBLE_FIRST
                and rules.get(key, True)
                and (is_adrift or self._is_deductible_open[at])
            )
            reach, limit = limits
            if yields and self._is_high:
                reach = min(reach, max(0, allowed - asked.copay))
            taken = take(allowed, asked, applies=applies, left=reach, limit=limit, order=order)
            total += taken.owed
            copays[key] = before + taken.copay
            if key in paid:
                paid[key] += taken.owed
            limits[0] -= taken.to_deductible
            limits[1] -= taken.to_limit
            if is_loose and not self._is_high:
                limits[0] = max(0, reach - allowed)
            if yields and not self._is_high:
                limits[1] = max(0, limits[1] - taken.copay)
        if beyond is None:
            return total + sum(max(0, above[key] - paid[key]) for key in above)
        return total + sum(above.values())

    def _above(self, key: _Key) -> int:
        """What of a service's allowed amounts lies above the plan's dollars; below zero when less is allowed."""
        return sum(line.allowed for line in self._lines if line.key == key) - self.dollars[key]


def _end(parts: tuple[Money | None, ...], *, is_high: bool) -> int:
    """The least of what is left of the limits that count, an open one at its end."""
    if None in parts and not is_high:
        return 0
    return min([part.cents for part in parts if part is not None], default=UNBOUNDED)
