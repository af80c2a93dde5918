"""Limits of person and family: embedded, aggregate, and the law's limit for one person."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CostShareOrder,
    FamilyLimit,
    PlannedLine,
    TierAccumulators,
    day_share,
    line_share,
)
from medoffice.billing.benefits import steps, unknowns
from medoffice.core import InvalidValue, Money, Percent

VISIT = Benefit(
    service="office-visit", copay=Money.zero, coinsurance=Percent.parse("20%"), deductible_applies=True
)
cents = st.integers(0, 60_000).map(Money)
kinds = st.none() | st.sampled_from(FamilyLimit)
limits = st.builds(
    Accumulators,
    deductible_remaining=cents,
    out_of_pocket_remaining=cents,
    family_deductible_remaining=cents,
    family_out_of_pocket_remaining=cents,
    family_deductible=kinds,
    family_out_of_pocket=kinds,
    self_only_limit_remaining=st.none() | cents,
)


def visit(allowed: str, tier: str = "in-network") -> PlannedLine:
    """An office visit at twice what is allowed."""
    amount = Money.parse(allowed)
    return PlannedLine(service="office-visit", charge=amount + amount, allowed=amount, tier=tier)


def owed(allowed: str, remaining: Accumulators) -> str:
    """The share of one visit."""
    share = line_share(visit(allowed), benefit=VISIT, remaining=remaining, order=CostShareOrder.COPAY_FIRST)
    return str(share.owed.value)


def left(person: str, family: str, how: FamilyLimit | None) -> Accumulators:
    """A deductible of person and family, with no limit that is near."""
    return Accumulators(
        deductible_remaining=Money.parse(person),
        family_deductible_remaining=Money.parse(family),
        family_deductible=how,
        out_of_pocket_remaining=Money.parse("$9,000.00"),
    )


@pytest.mark.parametrize(
    ("how", "person", "family", "share"),
    [
        (FamilyLimit.EMBEDDED, "$0.00", "$1,000.00", "$20.00"),  # the person's is met
        (FamilyLimit.EMBEDDED, "$1,000.00", "$0.00", "$20.00"),  # the family's is met
        (FamilyLimit.EMBEDDED, "$1,000.00", "$50.00", "$60.00"),  # 50 + 20 % of 50
        (FamilyLimit.AGGREGATE, "$0.00", "$1,000.00", "$100.00"),  # only the family's counts
        (FamilyLimit.AGGREGATE, "$1,000.00", "$0.00", "$20.00"),
        (None, "$1,000.00", "$0.00", "$100.00"),  # the plan has no family deductible
    ],
)
def test_a_family_deductible_ends_as_its_kind_says(
    how: FamilyLimit | None, person: str, family: str, share: str
) -> None:
    """Embedded: by the person's or the family's; aggregate: by the family's only."""
    assert owed("$100.00", left(person, family, how)) == share


def test_the_law_caps_a_person_under_an_aggregate_limit() -> None:
    """The family has $8,000.00 to go, the person $40.00 to the self-only limit: $40.00 are owed."""
    remaining = Accumulators(
        deductible_remaining=Money.zero,
        family_out_of_pocket_remaining=Money.parse("$8,000.00"),
        family_out_of_pocket=FamilyLimit.AGGREGATE,
        self_only_limit_remaining=Money.parse("$40.00"),
    )
    assert owed("$1,000.00", remaining) == "$40.00"


@given(st.lists(cents, max_size=4), limits, st.sampled_from(CostShareOrder))
def test_a_day_stays_within_every_limit_that_counts(
    amounts: list[Money], remaining: Accumulators, order: CostShareOrder
) -> None:
    """The lines of a day share the limits; each falls by what was paid and none below zero."""
    planned = [PlannedLine(service="office-visit", charge=each, allowed=each) for each in amounts]
    day = day_share(planned, Benefits(benefits=(VISIT,), remaining=remaining, order=order))
    most = [part for part in remaining.out_of_pocket_parts if part is not None]
    assert Money.zero <= day.owed.value <= min(most)
    fell = [
        before - after
        for before, after in zip(
            remaining.out_of_pocket_parts, day.remaining.out_of_pocket_parts, strict=True
        )
        if before is not None and after is not None
    ]
    assert all(each == day.owed.value for each in fell)


@given(limits, cents, cents)
def test_no_more_is_taken_than_remains_of_what_counts(
    remaining: Accumulators, deductible: Money, share: Money
) -> None:
    """What counts refuses to fall below zero; what does not count stops there."""
    parts = [
        *((part, deductible) for part in remaining.deductible_parts),
        *((part, share) for part in remaining.out_of_pocket_parts),
    ]
    if any(part is not None and part < taken for part, taken in parts):
        with pytest.raises(InvalidValue):
            remaining.after(deductible=deductible, share=share)
    else:
        remaining.after(deductible=deductible, share=share)


def test_half_an_embedded_deductible_is_said_to_be_unknown() -> None:
    """The family's figure is missing: the person's alone does not tell what is left, unless it is met."""
    remaining = Accumulators(
        deductible_remaining=Money(5_000),
        family_deductible=FamilyLimit.EMBEDDED,
        out_of_pocket_remaining=Money(500_000),
    )
    order = CostShareOrder.COPAY_FIRST
    share = line_share(visit("$100.00"), benefit=VISIT, remaining=remaining, order=order)
    assert share.owed.unknowns == (unknowns.DEDUCTIBLE_NOT_RETURNED,)
    met = Accumulators(
        deductible_remaining=Money.zero,
        family_deductible=FamilyLimit.EMBEDDED,
        out_of_pocket_remaining=Money(500_000),
    )
    assert line_share(visit("$100.00"), benefit=VISIT, remaining=met, order=order).owed.is_certain


def test_a_tier_with_limits_of_its_own_leaves_the_others_alone() -> None:
    """Out of network the deductible is another one; without its own limits a tier shares the plan's."""
    far = Accumulators(deductible_remaining=Money.zero, out_of_pocket_remaining=Money(500_000))
    near = Accumulators(deductible_remaining=Money(10_000), out_of_pocket_remaining=Money(900_000))
    outside = Benefit(
        service="office-visit",
        copay=Money.zero,
        coinsurance=Percent.parse("50%"),
        deductible_applies=True,
        tier="out-of-network",
    )
    answer = Benefits(
        benefits=(VISIT, outside),
        remaining=far,
        order=CostShareOrder.COPAY_FIRST,
        tier_limits=(TierAccumulators("out-of-network", near),),
    )
    day = day_share([visit("$100.00"), visit("$200.00", "out-of-network")], answer)
    assert [str(line.owed.value) for line in day.lines] == ["$20.00", "$150.00"]
    assert day.remaining.out_of_pocket_remaining == Money(498_000)
    outer = day.rest_of_day.remaining_in("out-of-network")
    assert (outer.deductible_remaining, outer.out_of_pocket_remaining) == (Money.zero, Money(885_000))


def test_a_balance_bill_is_a_step_of_its_own_only_when_it_is_said() -> None:
    """$200.00 charged, $100.00 allowed: $100.00 more, which counts towards no limit."""
    remaining = Accumulators(deductible_remaining=Money.zero, out_of_pocket_remaining=Money(1_000))
    order = CostShareOrder.COPAY_FIRST
    plain = visit("$100.00")
    billed = PlannedLine(
        service=plain.service, charge=plain.charge, allowed=plain.allowed, balance_billed=True
    )
    protected, asked = (
        line_share(each, benefit=VISIT, remaining=remaining, order=order) for each in (plain, billed)
    )
    assert str(protected.owed.value) == "$10.00"
    assert str(asked.owed.value) == "$110.00"
    assert asked.owed.trace.steps[-1].code == steps.BALANCE_BILL
    assert protected.remaining == asked.remaining
    assert protected.plan_pays == asked.plan_pays == Money(9_000)


def test_a_person_s_limit_that_is_met_needs_no_figure_of_the_family() -> None:
    """Nothing is left out of pocket, whatever is left of the family's: nothing is owed, for certain."""
    met = Accumulators(
        deductible_remaining=Money.zero,
        out_of_pocket_remaining=Money.zero,
        family_out_of_pocket=FamilyLimit.EMBEDDED,
    )
    share = line_share(visit("$100.00"), benefit=VISIT, remaining=met, order=CostShareOrder.DEDUCTIBLE_FIRST)
    assert (share.owed.value, share.owed.unknowns) == (Money.zero, ())


@given(limits, cents, cents)
def test_each_limit_falls_by_what_counts_towards_it(
    remaining: Accumulators, to_deductible: Money, more: Money
) -> None:
    """The deductibles by what was taken of them, person's and family's alike; the limits by the whole share."""
    share = to_deductible + more
    try:
        after = remaining.after(deductible=to_deductible, share=share)
    except InvalidValue:
        return
    for name, taken in (
        ("deductible_remaining", to_deductible),
        ("family_deductible_remaining", to_deductible),
        ("out_of_pocket_remaining", share),
        ("family_out_of_pocket_remaining", share),
        ("self_only_limit_remaining", share),
    ):
        before = getattr(remaining, name)
        wanted = None if before is None else max(Money.zero, before - taken)
        assert getattr(after, name) == wanted


def test_where_two_orders_differ_less_is_left_of_the_law_s_limit() -> None:
    """A co-pay that counts towards no limit: before the deductible 30 dollars count, after it 50."""
    plan = Benefits(
        benefits=(
            Benefit(
                service="office-visit",
                copay=Money.parse("$30.00"),
                coinsurance=Percent.parse("0%"),
                deductible_applies=True,
                copay_to_out_of_pocket=False,
            ),
        ),
        remaining=Accumulators(
            deductible_remaining=Money.parse("$50.00"),
            out_of_pocket_remaining=Money.parse("$900.00"),
            self_only_limit_remaining=Money.parse("$1,000.00"),
        ),
    )
    after = {
        order: day_share([visit("$60.00")], attrs.evolve(plan, order=order)).remaining
        for order in (None, *CostShareOrder)
    }
    left = {order: str(each.self_only_limit_remaining) for order, each in after.items()}
    assert left == {
        CostShareOrder.COPAY_FIRST: "$970.00",
        CostShareOrder.DEDUCTIBLE_FIRST: "$950.00",
        None: "$950.00",
    }
    assert after[None].out_of_pocket_remaining is None
