"""Limits of a single service, and what a co-pay counts towards."""

from typing import Final

import attrs
import pytest

from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CostShareOrder,
    PlannedLine,
    day_share,
    line_share,
)
from medoffice.billing.benefits import steps, unknowns
from medoffice.core import InvalidValue, Money, Percent

THERAPY: Final = Benefit(
    service="therapy", copay=Money(3_000), coinsurance=Percent.parse("0%"), deductible_applies=False
)
LEFT: Final = Accumulators(deductible_remaining=Money(50_000), out_of_pocket_remaining=Money(100_000))
ORDER: Final = CostShareOrder.COPAY_FIRST
LINE: Final = PlannedLine(service="therapy", charge=Money(20_000), allowed=Money(12_000))


def test_with_no_visit_left_the_allowed_amount_is_owed_and_counts_towards_nothing() -> None:
    """The plan pays nothing, and the limits of the year stay where they are."""
    last = attrs.evolve(THERAPY, visits_remaining=1)
    none = attrs.evolve(THERAPY, visits_remaining=0)
    paid, refused = (line_share(LINE, benefit=each, remaining=LEFT, order=ORDER) for each in (last, none))
    assert str(paid.owed.value) == "$30.00"
    assert str(refused.owed.value) == "$120.00"
    assert refused.plan_pays == Money.zero
    assert refused.remaining == LEFT
    assert [step.code for step in refused.owed.trace.steps] == [steps.VISIT_LIMIT]


def test_the_lines_of_one_service_on_one_day_are_one_visit() -> None:
    """The last visit covers both lines of the day."""
    answer = Benefits(benefits=(attrs.evolve(THERAPY, visits_remaining=1),), remaining=LEFT, order=ORDER)
    assert str(day_share([LINE, LINE], answer).owed.value) == "$30.00"


def test_the_plan_pays_no_more_than_its_dollars_for_a_service() -> None:
    """$90.00 a line after a co-pay of $30.00, then $120.00: of $150.00 the plan's part of the second is $60.00."""
    answer = Benefits(
        benefits=(attrs.evolve(THERAPY, plan_pays_remaining=Money(15_000)),), remaining=LEFT, order=ORDER
    )
    day = day_share([LINE, LINE], answer)
    assert [line.plan_pays for line in day.lines] == [Money(9_000), Money(6_000)]
    assert [str(line.owed.value) for line in day.lines] == ["$30.00", "$60.00"]
    assert day.lines[1].owed.trace.steps[-1].code == steps.BENEFIT_LIMIT
    assert day.remaining.out_of_pocket_remaining == Money(97_000)  # the co-pay alone


def test_the_plan_s_dollars_are_used_up_by_all_lines_before() -> None:
    """$90.00, then $120.00 a line: of $250.00 the third line finds $40.00."""
    answer = Benefits(
        benefits=(attrs.evolve(THERAPY, plan_pays_remaining=Money(25_000)),), remaining=LEFT, order=ORDER
    )
    day = day_share([LINE, LINE, LINE], answer)
    assert [line.plan_pays for line in day.lines] == [Money(9_000), Money(12_000), Money(4_000)]
    assert day.rest_of_day.for_service("therapy").plan_pays_remaining == Money.zero


def test_a_single_cent_above_the_plan_s_dollars_is_the_patient_s() -> None:
    """$89.99 of the plan where it would pay $90.00: $30.01."""
    benefit = attrs.evolve(THERAPY, plan_pays_remaining=Money(8_999))
    share = line_share(LINE, benefit=benefit, remaining=LEFT, order=ORDER)
    assert (str(share.owed.value), share.plan_pays) == ("$30.01", Money(8_999))


@pytest.mark.parametrize(
    ("to_deductible", "to_limit", "deductible", "limit"),
    [
        (False, True, 50_000, 97_000),
        (True, True, 47_000, 97_000),
        (False, False, 50_000, 100_000),
        (True, False, 47_000, 100_000),
    ],
)
def test_a_copay_counts_as_the_plan_says(
    *, to_deductible: bool, to_limit: bool, deductible: int, limit: int
) -> None:
    """Towards the out-of-pocket limit and not the deductible, unless the plan says otherwise."""
    benefit = attrs.evolve(THERAPY, copay_to_deductible=to_deductible, copay_to_out_of_pocket=to_limit)
    after = line_share(LINE, benefit=benefit, remaining=LEFT, order=ORDER).remaining
    assert after.deductible_remaining == Money(deductible)
    assert after.out_of_pocket_remaining == Money(limit)


def test_a_copay_that_does_not_count_is_owed_beyond_the_limit() -> None:
    """With the year's limit reached, co-insurance ends and such a co-pay goes on."""
    met = Accumulators(deductible_remaining=Money.zero, out_of_pocket_remaining=Money.zero)
    benefit = attrs.evolve(THERAPY, coinsurance=Percent.parse("20%"))
    beyond = attrs.evolve(benefit, copay_to_out_of_pocket=False)
    one, other = (line_share(LINE, benefit=each, remaining=met, order=ORDER) for each in (benefit, beyond))
    assert (str(one.owed.value), str(other.owed.value)) == ("$0.00", "$30.00")


def test_limits_of_a_service_cannot_be_impossible() -> None:
    """No visits or dollars below zero, and no half visits."""
    for broken in ({"visits_remaining": -1}, {"visits_remaining": True}, {"plan_pays_remaining": Money(-1)}):
        with pytest.raises(InvalidValue):
            Benefit(service="therapy", **broken)


def test_a_preventive_service_with_a_dollar_limit_and_no_price_is_not_certain() -> None:
    """The plan pays in full up to its dollars: without the allowed amount nobody knows what lies beyond."""
    shot = Benefit(service="therapy", is_preventive=True, plan_pays_remaining=Money.zero)
    share = line_share(attrs.evolve(LINE, allowed=None), benefit=shot, remaining=LEFT, order=ORDER)
    assert share.owed.unknowns == (unknowns.ALLOWED_NOT_KNOWN,)
