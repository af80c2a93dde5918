"""The bounds beside every answer that a payer could give: none lies outside, and some reach both ends.

Amounts are a few cents, so that all answers to what is silent can be tried: every cent that a line may have, and one
amount beyond all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CostShareOrder,
    FamilyLimit,
    PlannedLine,
    TierAccumulators,
    VerifiedCoverage,
    estimate,
)
from medoffice.billing.benefits.bounds import day_bounds
from medoffice.core import DateRange, Money, Percent
from medoffice.testing import store_records as make

ON: Final = date(2026, 11, 24)
MOST: Final = 4
FAR: Final = Money(10**6)
PERCENTS: Final = tuple(map(Percent.parse, ("0%", "25%", "50%", "75%", "100%")))
FREE: Final = PERCENTS[0]
COVER: Final = make.coverage()

Knob = tuple[str, int]
Day = tuple[list[PlannedLine], Benefits]


def covered(benefits: Benefits) -> VerifiedCoverage:
    """A coverage that runs on the day, with an answer."""
    return attrs.evolve(
        COVER, coverage=attrs.evolve(COVER.coverage, effective=DateRange(ON)), benefits=benefits
    )


def every(knob: Knob, charges: Sequence[int]) -> Sequence[Any]:
    """All answers to one question."""
    name, at = knob
    if name == "order":
        return tuple(CostShareOrder)
    if name == "deductible_applies":
        return (False, True)
    if name == "coinsurance":
        return PERCENTS
    if name == "allowed":
        return [Money(cents) for cents in range(charges[at] + 1)]
    reach = MOST if name == "copay" else 2 * MOST
    return [*(Money(cents) for cents in range(reach + 1)), FAR]


@attrs.frozen(kw_only=True)
class Case:
    """What stands fast (``lines``, ``benefits``, ``limits``), and a known value for every question."""

    lines: tuple[PlannedLine, ...]
    benefits: tuple[Benefit, ...]
    limits: tuple[Accumulators, ...]
    known: Mapping[Knob, Any]

    def day(self, answers: Mapping[Knob, Any]) -> Day:
        """The day when the questions are answered so; ``None`` is silence."""

        def said(name: str, at: int) -> Any:
            return {**self.known, **answers}[name, at]

        lines = [attrs.evolve(line, allowed=said("allowed", at)) for at, line in enumerate(self.lines)]
        names = ("copay", "coinsurance", "deductible_applies")
        benefits = [
            attrs.evolve(each, **{name: said(name, at) for name in names})
            for at, each in enumerate(self.benefits)
        ]
        amounts = ("deductible_remaining", "out_of_pocket_remaining", "family_deductible_remaining")
        limits = [
            attrs.evolve(each, **{name: said(name, at) for name in amounts})
            for at, each in enumerate(self.limits)
        ]
        return lines, Benefits(
            benefits=tuple(benefits),
            remaining=limits[0],
            order=said("order", 0),
            tier_limits=tuple(TierAccumulators("outside", each) for each in limits[1:]),
        )

    def all_days(self, silent: Sequence[Knob]) -> Iterator[Day]:
        """The day for all that the payer may answer to what is silent."""
        charges = [line.charge.cents for line in self.lines]
        for answers in product(*(every(knob, charges) for knob in silent)):
            yield self.day(dict(zip(silent, answers, strict=True)))


@st.composite
def cases(draw: st.DrawFn, *, is_plain: bool) -> tuple[Case, list[Knob]]:
    """A case and up to three questions that are silent; a plain one has none of what the bounds may be wider for."""
    cents = st.integers(0, MOST).map(Money)
    some = st.sampled_from
    odd = some((False, False, not is_plain))
    tiers = ("in-network", "outside")
    benefits = tuple(
        Benefit(
            service=service,
            tier=tier,
            is_preventive=draw(some((False,) * 9 + (True,))),
            visits_remaining=draw(some((None,) * 9 + (0,))),
            copay_to_deductible=draw(some((False, False, True))),
            copay_to_out_of_pocket=not draw(odd),
            plan_pays_remaining=draw(cents) if draw(odd) else None,
        )
        for service, tier in (("visit", tiers[0]), ("lab", tiers[0]), ("lab", tiers[1]))
    )
    lines = []
    known: dict[Knob, Any] = {("order", 0): draw(some(CostShareOrder))}
    for at in range(draw(st.integers(1, 4))):
        asked, charge = draw(some(benefits)), draw(cents)
        bill = draw(some((False,) * 7 + (True,)))
        lines.append(PlannedLine(service=asked.service, tier=asked.tier, charge=charge, balance_billed=bill))
        known["allowed", at] = Money(draw(st.integers(0, charge.cents)))
    for at in range(len(benefits)):
        known["copay", at] = draw(cents)
        known["coinsurance", at] = draw(some(PERCENTS))
        known["deductible_applies", at] = draw(st.booleans())
    limits = tuple(
        Accumulators(
            family_deductible=draw(some((None, None, *FamilyLimit))),
            self_only_limit_remaining=draw(some((None, None, Money(MOST)))),
        )
        for _ in range(draw(st.integers(1, 2)))
    )
    amounts = st.integers(0, 2 * MOST).map(Money) | st.just(FAR)
    for at in range(len(limits)):
        for name in ("deductible_remaining", "out_of_pocket_remaining", "family_deductible_remaining"):
            known[name, at] = draw(amounts)
    silent = draw(st.lists(some(sorted(known)), unique=True, max_size=3))
    if is_plain:
        loose = [at for at, each in enumerate(benefits) if each.copay_to_deductible]
        silent = [knob for knob in silent if knob[0] != "copay" or knob[1] not in loose]
    return Case(lines=tuple(lines), benefits=benefits, limits=limits, known=known), silent


def span_and_costs(case: Case, silent: Sequence[Knob]) -> tuple[tuple[int, int], list[int]]:
    """The bounds in cents before the payer has answered, and what the day costs after each answer."""
    lines, benefits = case.day(dict.fromkeys(silent))
    low, high = day_bounds(lines, benefits)
    made = estimate(lines=lines, cover=covered(benefits), on=ON)
    # What is left out of the amount that is due for now may put it outside; then it is itself the end.
    due = made.due_today.cents
    assert (made.lower.cents, made.upper.cents) == (min(low, due), max(high, due))
    costs = []
    for answered, whole in case.all_days(silent):
        truth = estimate(lines=answered, cover=covered(whole), on=ON)
        assert truth.is_certain
        costs.append(truth.due_today.cents)
    return (low, high), costs


@settings(max_examples=150)
@given(cases(is_plain=False))
def test_no_answer_leads_outside_the_bounds(case: tuple[Case, list[Knob]]) -> None:
    """With plan's dollars and co-pays that count as they like, whatever is answered to what was silent."""
    (low, high), costs = span_and_costs(*case)
    assert low <= min(costs)
    assert max(costs) <= high


@settings(max_examples=150)
@given(cases(is_plain=True))
def test_some_answer_reaches_each_bound(case: tuple[Case, list[Knob]]) -> None:
    """Where there are no plan's dollars, and every co-pay counts to the limit and to no deductible, or is known."""
    span, costs = span_and_costs(*case)
    assert span == (min(costs), max(costs))


@settings(max_examples=100)
@given(cases(is_plain=True), st.data())
def test_the_upper_bound_of_a_service_with_dollars_is_reached_where_its_share_may_be_nothing(
    case: tuple[Case, list[Knob]], data: st.DataObject
) -> None:
    """With no co-pay and no co-insurance, or unknown ones, and a deductible that does not or may not apply."""
    plain, silent = case
    at = data.draw(st.integers(0, 2))
    limited = list(plain.benefits)
    limited[at] = attrs.evolve(
        limited[at], plan_pays_remaining=Money(data.draw(st.integers(0, MOST))), copay_to_deductible=False
    )
    nothing = {("copay", at): Money.zero, ("coinsurance", at): FREE, ("deductible_applies", at): False}
    (_, high), costs = span_and_costs(
        attrs.evolve(plain, benefits=tuple(limited), known={**plain.known, **nothing}), silent
    )
    assert high == max(costs)


@given(cases(is_plain=False))
def test_an_order_and_a_rule_alone_leave_what_each_of_them_costs(case: tuple[Case, list[Knob]]) -> None:
    """Where nothing else is silent both bounds are reached, also with dollars and co-pays of any kind."""
    span, costs = span_and_costs(case[0], [("order", 0), ("deductible_applies", 0)])
    assert span == (min(costs), max(costs))


def _one(service: str, **how: object) -> Benefit:
    return Benefit(
        service=service,
        **{"copay": Money.zero, "coinsurance": FREE, "deductible_applies": False, **how},  # type: ignore[arg-type]
    )


HALF: Final = Percent.parse("50%")
WHOLE: Final = PERCENTS[-1]


@pytest.mark.parametrize(
    ("first", "second", "deductible", "limit", "order", "span"),
    [
        # All of the limit may go to the test when the visit's share is nothing and $50.00 lie above the plan's dollars;
        # a share of $50.00 costs the same and leaves nothing of the limit.
        (
            _one("visit", coinsurance=None, plan_pays_remaining=Money(5_000)),
            _one("lab", coinsurance=WHOLE),
            Money.zero,
            Money(5_000),
            CostShareOrder.COPAY_FIRST,
            ("$50.00", "$100.00"),
        ),
        # A deductible of $100.00 takes the place of a co-pay that does not count, and reaches the limit.
        (
            _one("visit", copay=Money(10_000), deductible_applies=True, copay_to_out_of_pocket=False),
            _one("lab", coinsurance=WHOLE),
            None,
            Money(10_000),
            CostShareOrder.DEDUCTIBLE_FIRST,
            ("$100.00", "$200.00"),
        ),
        # The same when the order is not known either.
        (
            _one("visit", copay=Money(10_000), deductible_applies=True, copay_to_out_of_pocket=False),
            _one("lab", coinsurance=WHOLE),
            None,
            Money(10_000),
            None,
            ("$100.00", "$200.00"),
        ),
        # Nothing is open but the order, and it changes nothing: the visit's share of $50.00 is taken off the limit.
        (
            _one("visit", coinsurance=HALF, plan_pays_remaining=Money(2_000)),
            _one("lab", coinsurance=WHOLE),
            Money.zero,
            Money(6_000),
            None,
            ("$90.00", "$90.00"),
        ),
        # The visit takes nothing from the limit when its co-pay is nothing, and the test's co-pay takes all of it.
        (
            _one("visit", copay=None, plan_pays_remaining=Money(5_000)),
            _one("lab", copay=None),
            Money.zero,
            Money(5_000),
            CostShareOrder.COPAY_FIRST,
            ("$50.00", "$100.00"),
        ),
        # The same with co-insurance.
        (
            _one("visit", coinsurance=None, plan_pays_remaining=Money(5_000)),
            _one("lab", coinsurance=None),
            Money.zero,
            Money(5_000),
            CostShareOrder.COPAY_FIRST,
            ("$50.00", "$100.00"),
        ),
        # A preventive visit takes nothing, whatever its co-pay.
        (
            _one("visit", copay=None, is_preventive=True, copay_to_deductible=True),
            _one("lab", coinsurance=None, deductible_applies=True),
            Money(10_000),
            Money(50_000),
            CostShareOrder.COPAY_FIRST,
            ("$100.00", "$100.00"),
        ),
        # A deductible that is not known is taken at both ends when what it would displace counts.
        (
            _one("visit", copay=Money(2_000), coinsurance=HALF, deductible_applies=True),
            _one("lab", coinsurance=WHOLE),
            None,
            Money(50_000),
            CostShareOrder.DEDUCTIBLE_FIRST,
            ("$160.00", "$200.00"),
        ),
        # What is left of a family's deductible may be nothing, and no more than the person's counts.
        (
            _one("visit", coinsurance=None),
            _one("lab", deductible_applies=None),
            Money(3_000),
            Money(50_000),
            CostShareOrder.COPAY_FIRST,
            ("$0.00", "$130.00"),
        ),
    ],
)
def test_bounds_that_were_worked_out_by_hand(
    first: Benefit,
    second: Benefit,
    deductible: Money | None,
    limit: Money,
    order: CostShareOrder | None,
    span: tuple[str, str],
) -> None:
    """A visit and a test, $100.00 allowed for each."""
    answer = Benefits(
        benefits=(first, second),
        remaining=Accumulators(deductible_remaining=deductible, out_of_pocket_remaining=limit),
        order=order,
    )
    lines = [
        PlannedLine(service=service, charge=Money(15_000), allowed=Money(10_000))
        for service in ("visit", "lab")
    ]
    made = estimate(lines=lines, cover=covered(answer), on=ON)
    assert (str(made.lower), str(made.upper)) == span


@pytest.mark.parametrize("extra", [{"is_preventive": True}, {"visits_remaining": 0}])
def test_what_is_silent_about_a_service_that_it_does_not_matter_for_leaves_the_rest_exact(
    extra: dict[str, object],
) -> None:
    """A co-pay of a preventive service, or of one with no visit left, is never asked for."""
    visit = _one("visit", coinsurance=HALF, plan_pays_remaining=Money(2_000))
    answer = Benefits(
        benefits=(visit, _one("lab", coinsurance=WHOLE), _one("shot", copay=None, **extra)),
        remaining=Accumulators(deductible_remaining=Money.zero, out_of_pocket_remaining=Money(6_000)),
    )
    lines = [
        PlannedLine(service=service, charge=Money(10_000), allowed=Money(10_000))
        for service in ("visit", "lab", "shot")
    ]
    made = estimate(lines=lines, cover=covered(answer), on=ON)
    assert made.lower == made.due_today == made.upper


@pytest.mark.parametrize(
    "question", [{"deductible_applies": None}, {"copay": None, "plan_pays_remaining": FAR}]
)
@pytest.mark.parametrize(("services", "span"), [(6, ("$3.00", "$6.00")), (7, ("$0.00", "$7.00"))])
def test_beyond_six_questions_the_bounds_are_the_widest(
    question: dict[str, object], services: int, span: tuple[str, str]
) -> None:
    """$1.00 for each of the services, half of it co-insurance; with one service more the least is nothing."""
    names = [f"service-{number}" for number in range(services)]
    answer = Benefits(
        benefits=tuple(_one(name, **{"coinsurance": HALF, **question}) for name in names),
        remaining=Accumulators(deductible_remaining=FAR, out_of_pocket_remaining=FAR),
        order=CostShareOrder.COPAY_FIRST,
    )
    lines = [PlannedLine(service=name, charge=Money(300), allowed=Money(100)) for name in names]
    made = estimate(lines=lines, cover=covered(answer), on=ON)
    assert (str(made.lower), str(made.upper)) == span
