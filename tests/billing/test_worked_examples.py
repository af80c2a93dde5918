"""Published examples of cost sharing, each with where it stands."""

import attrs
import pytest

from medoffice.billing import (
    Accumulators,
    Benefit,
    CostShareOrder,
    FamilyLimit,
    PlannedLine,
    line_share,
)
from medoffice.core import Money, Percent


@attrs.frozen(kw_only=True)
class Example:
    """One published calculation: a plan's terms, an allowed amount, and the patient's part of it."""

    source: str
    allowed: str
    coinsurance: str
    deductible_left: str
    limit_left: str = "$100,000.00"
    patient: str
    of_it_deductible: str


EXAMPLES = [
    Example(
        source="mnhealthplans.org and connectforhealthco.com, glossary, coinsurance: deductible met",
        allowed="$100.00",
        coinsurance="20%",
        deductible_left="$0.00",
        patient="$20.00",
        of_it_deductible="$0.00",
    ),
    Example(
        source="connectforhealthco.com, glossary, coinsurance: deductible not met",
        allowed="$100.00",
        coinsurance="20%",
        deductible_left="$1,000.00",
        patient="$100.00",
        of_it_deductible="$100.00",
    ),
    Example(
        source="alturabenefits.com, glossary, co-insurance: deductible met",
        allowed="$100.00",
        coinsurance="30%",
        deductible_left="$0.00",
        patient="$30.00",
        of_it_deductible="$0.00",
    ),
    Example(
        source="ciia.ky, term co-insurance: an office visit of $80 at 20 percent",
        allowed="$80.00",
        coinsurance="20%",
        deductible_left="$0.00",
        patient="$16.00",
        of_it_deductible="$0.00",
    ),
    Example(
        source="Summary of Benefits and Coverage of a Mississippi state plan, Peg is Having a Baby",
        allowed="$12,700.00",
        coinsurance="20%",
        deductible_left="$1,800.00",
        patient="$3,980.00",
        of_it_deductible="$1,800.00",
    ),
    Example(
        source="by hand: the limit cuts 20 percent of $1,000.00 to the $40.00 that are left",
        allowed="$1,000.00",
        coinsurance="20%",
        deductible_left="$0.00",
        limit_left="$40.00",
        patient="$40.00",
        of_it_deductible="$0.00",
    ),
    Example(
        source="by hand: the limit cuts a deductible, and only what is paid counts towards it",
        allowed="$500.00",
        coinsurance="20%",
        deductible_left="$300.00",
        limit_left="$250.00",
        patient="$250.00",
        of_it_deductible="$250.00",
    ),
    Example(
        source="CMS Uniform Glossary, How You and Your Insurer Share Costs: before the deductible of $1,500",
        allowed="$125.00",
        coinsurance="20%",
        deductible_left="$1,500.00",
        limit_left="$5,000.00",
        patient="$125.00",
        of_it_deductible="$125.00",
    ),
    Example(
        source="CMS Uniform Glossary, How You and Your Insurer Share Costs: deductible met",
        allowed="$125.00",
        coinsurance="20%",
        deductible_left="$0.00",
        limit_left="$3,500.00",
        patient="$25.00",
        of_it_deductible="$0.00",
    ),
    Example(
        source="CMS Uniform Glossary, How You and Your Insurer Share Costs: limit of $5,000 reached",
        allowed="$125.00",
        coinsurance="20%",
        deductible_left="$0.00",
        limit_left="$0.00",
        patient="$0.00",
        of_it_deductible="$0.00",
    ),
    Example(
        source="cld.bz/bookdata/PsZqru page 58, exact; it prints the co-insurance of $1,980 as $2,000",
        allowed="$12,800.00",
        coinsurance="20%",
        deductible_left="$2,900.00",
        patient="$4,880.00",
        of_it_deductible="$2,900.00",
    ),
    Example(
        source="Medicare Part B, 20 percent of the 2025 national amount (42 CFR 410.152), deductible met",
        allowed="$88.95",
        coinsurance="20%",
        deductible_left="$0.00",
        patient="$17.79",
        of_it_deductible="$0.00",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.source)
@pytest.mark.parametrize("order", CostShareOrder)
def test_a_published_example_comes_out_to_the_cent(example: Example, order: CostShareOrder) -> None:
    """The patient's part and the part of it that counts towards the deductible are those of the source."""
    left = Money.parse(example.deductible_left)
    share = line_share(
        PlannedLine(
            service="office-visit",
            charge=Money.parse(example.allowed),
            allowed=Money.parse(example.allowed),
        ),
        benefit=Benefit(
            service="office-visit",
            copay=Money.zero,
            coinsurance=Percent.parse(example.coinsurance),
            deductible_applies=True,
        ),
        remaining=Accumulators(
            deductible_remaining=left, out_of_pocket_remaining=Money.parse(example.limit_left)
        ),
        order=order,
    )
    assert str(share.owed.value) == example.patient
    assert share.plan_pays == Money.parse(example.allowed) - share.owed.value
    assert share.remaining.deductible_remaining == left - Money.parse(example.of_it_deductible)
    assert share.owed.is_certain


def test_an_aggregate_deductible_is_not_met_by_one_member() -> None:
    """myussbenefits.com/deductibles: of $5,000 the family has spent $4,000, one member $3,800: $1,000 to go."""
    share = line_share(
        PlannedLine(service="office-visit", charge=Money.parse("$900.00"), allowed=Money.parse("$900.00")),
        benefit=Benefit(
            service="office-visit",
            copay=Money.zero,
            coinsurance=Percent.parse("20%"),
            deductible_applies=True,
        ),
        remaining=Accumulators(
            deductible_remaining=Money.zero,
            family_deductible_remaining=Money.parse("$1,000.00"),
            family_deductible=FamilyLimit.AGGREGATE,
            out_of_pocket_remaining=Money.parse("$9,000.00"),
        ),
        order=CostShareOrder.DEDUCTIBLE_FIRST,
    )
    assert share.plan_pays == Money.zero
    assert str(share.remaining.family_deductible_remaining) == "$100.00"


def test_preventive_care_costs_nothing_whatever_else_the_plan_asks() -> None:
    """45 CFR 147.130: a co-pay of $30 and a deductible of $1,500 left, and the plan pays the $180."""
    share = line_share(
        PlannedLine(service="wellness", charge=Money.parse("$180.00"), allowed=Money.parse("$180.00")),
        benefit=Benefit(
            service="wellness", copay=Money.parse("$30.00"), deductible_applies=True, is_preventive=True
        ),
        remaining=Accumulators(deductible_remaining=Money.parse("$1,500.00")),
        order=CostShareOrder.COPAY_FIRST,
    )
    assert (str(share.owed.value), str(share.plan_pays)) == ("$0.00", "$180.00")
