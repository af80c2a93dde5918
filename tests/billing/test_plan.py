"""A plan's documents and what was spent give the benefits that are left."""

from datetime import date
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import Benefit, CostShareOrder, Payer, Plan, PlannedLine, Spent, day_share
from medoffice.billing.benefits import FamilyLimit
from medoffice.core import DateRange, InvalidValue, Money, PayerId, Percent

_JANE: Final = Plan(
    payer=Payer(PayerId("PRAIR1"), "Prairie Health Plan"),
    name="Silver PPO",
    year=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
    benefits=(
        Benefit(
            service="office-visit",
            copay=Money.zero,
            coinsurance=Percent.parse("20%"),
            deductible_applies=True,
        ),
    ),
    deductible=Money.parse("$1,500.00"),
    out_of_pocket=Money.parse("$5,000.00"),
    order=CostShareOrder.DEDUCTIBLE_FIRST,
)
_VISIT: Final = PlannedLine(service="office-visit", charge=Money(20000), allowed=Money.parse("$125.00"))


@pytest.mark.parametrize(
    ("deductible", "out_of_pocket", "owed"),
    [("0", "0", "125.00"), ("1500", "1500", "25.00"), ("1500", "5000", "0"), ("1450", "1450", "65.00")],
)
def test_jane_through_her_year(deductible: str, out_of_pocket: str, owed: str) -> None:
    """The Uniform Glossary's plan: all of it, then 20 percent, then nothing; and the visit on which it is met."""
    left = _JANE.after(Spent(deductible=Money.parse(deductible), out_of_pocket=Money.parse(out_of_pocket)))
    assert day_share([_VISIT], left).owed.value == Money.parse(owed)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_spending_more_never_costs_more(one: int, other: int) -> None:
    """The further a year has gone, the less a visit costs; what is left is never below zero."""
    less, more = sorted((one, other))
    owed = [
        day_share(
            [_VISIT], _JANE.after(Spent(deductible=Money(cents), out_of_pocket=Money(cents)))
        ).owed.value
        for cents in (less, more)
    ]
    assert owed[0] >= owed[1]


def test_what_was_spent_may_not_be_known() -> None:
    """Then what is left is not either, but for a limit of nothing."""
    assert _JANE.after(Spent()).remaining.deductible_remaining is None
    free = attrs.evolve(_JANE, deductible=Money.zero)
    assert free.after(Spent()).remaining.deductible_remaining == Money.zero


def test_a_familys_limits() -> None:
    """Count as the plan says: here the family's alone."""
    family = attrs.evolve(
        _JANE, family_deductible=Money.parse("$5,000.00"), family_deductible_counts=FamilyLimit.AGGREGATE
    )
    left = family.after(
        Spent(deductible=Money.parse("$3,800.00"), family_deductible=Money.parse("$4,000.00"))
    ).remaining
    assert left.deductible_parts == (Money.parse("$1,000.00"),)


def test_the_plans_year() -> None:
    """First and last day are in it."""
    assert [_JANE.is_in_force(day) for day in (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))] == [
        True,
        True,
        False,
    ]


_WRONG: Final[tuple[dict[str, Any], ...]] = (
    {"name": ""},
    {"name": "two\nlines"},
    {"deductible": Money(-1)},
    {"benefits": (*_JANE.benefits, *_JANE.benefits)},
)


@pytest.mark.parametrize("change", _WRONG)
def test_what_no_plan_is(change: dict[str, Any]) -> None:
    """Is refused when it is made."""
    with pytest.raises(InvalidValue):
        attrs.evolve(_JANE, **change)
