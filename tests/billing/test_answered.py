"""What a payer answered becomes benefits, and an estimate with bounds where it was silent."""

from datetime import date

import pytest

from benchmarks.x12_files import FULL, answer
from medoffice.billing import (
    CostShareOrder,
    Coverage,
    Payer,
    PlannedLine,
    VerifiedCoverage,
    benefits_of,
    estimate_with_bounds,
)
from medoffice.billing.benefits import FamilyLimit
from medoffice.billing.eligibility import Network
from medoffice.core import CoverageId, DateRange, MemberId, Money, PatientId, PayerId, Percent
from medoffice.wire.x12 import read_271

_SERVICES = {"office-visit": "98", "therapy": "PT"}
_DAY = date(2026, 11, 25)
_COVERAGE = Coverage(
    id=CoverageId("cov-1"),
    patient=PatientId("pat-1"),
    payer=Payer(PayerId("PRAIR1"), "Prairie Health Plan"),
    plan="Silver PPO",
    member_id=MemberId("PHP0012345"),
    effective=DateRange(date(2026, 1, 1)),
)


def _visit(allowed: str = "150.00") -> PlannedLine:
    return PlannedLine(service="office-visit", charge=Money.parse("200.00"), allowed=Money.parse(allowed))


def test_what_was_said_is_taken_over() -> None:
    """Co-pay, co-insurance, limits of person and family, visits that are left."""
    (full,) = read_271(FULL)
    benefits = benefits_of(full, _SERVICES, family=FamilyLimit.EMBEDDED)
    visit, therapy = benefits.benefits
    assert (visit.copay, visit.coinsurance) == (Money(3000), Percent.parse("20%"))
    assert visit.deductible_applies is None
    assert therapy.visits_remaining == 12
    assert benefits.remaining.deductible_remaining == Money(42050)
    assert benefits.remaining.out_of_pocket_remaining == Money(499975)
    assert benefits.remaining.family_deductible_remaining is None
    assert benefits.order is None
    assert benefits_of(full, _SERVICES, network=Network.OUT).for_service("office-visit").copay == Money(6000)


def test_silence_becomes_bounds() -> None:
    """Whether the deductible reaches the visit was not said: from the co-pay and co-insurance to all of it."""
    (full,) = read_271(FULL)
    cover = VerifiedCoverage(
        coverage=_COVERAGE,
        benefits=benefits_of(full, _SERVICES, order=CostShareOrder.COPAY_FIRST),
        verified_on=_DAY,
    )
    said = estimate_with_bounds(lines=[_visit()], cover=cover, on=_DAY)
    assert (said.lower, said.upper) == (Money.parse("54.00"), Money.parse("150.00"))
    assert said.due_today == Money.parse("54.00")
    assert said.unknowns == ("deductible-rule-not-returned",)


@pytest.mark.parametrize(
    ("statement", "applies", "due"),
    [("EB*C*IND*98***23*500*****Y", True, "150.00"), ("EB*C*IND*98***23*0*****Y", False, "25.00")],
)
def test_a_deductible_of_the_service_itself(statement: str, applies: bool, due: str) -> None:  # noqa: FBT001
    """Settles whether it reaches the service."""
    (said,) = read_271(
        answer(
            "EB*1**30",
            "EB*B**98****25*****Y",
            "EB*A**98*****0****Y",
            "EB*C*IND*30***29*500*****Y",
            "EB*G*IND*30***29*3000*****Y",
            statement,
        )
    )
    benefits = benefits_of(said, _SERVICES, order=CostShareOrder.COPAY_FIRST)
    assert benefits.for_service("office-visit").deductible_applies is applies
    cover = VerifiedCoverage(coverage=_COVERAGE, benefits=benefits, verified_on=_DAY)
    made = estimate_with_bounds(lines=[_visit()], cover=cover, on=_DAY)
    assert (made.due_today, made.lower, made.upper) == (Money.parse(due),) * 3


def test_a_silent_answer_is_silent() -> None:
    """Nothing is guessed: the bounds are nothing and all."""
    (said,) = read_271(answer("EB*1**30"))
    cover = VerifiedCoverage(coverage=_COVERAGE, benefits=benefits_of(said, _SERVICES), verified_on=_DAY)
    made = estimate_with_bounds(lines=[_visit()], cover=cover, on=_DAY)
    assert (made.lower, made.upper) == (Money.zero, Money.parse("150.00"))
    assert not made.is_certain
