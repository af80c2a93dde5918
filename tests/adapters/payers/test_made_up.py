"""Made-up payers say the benefits that they were given, as far as a 271 has words for them."""

from datetime import date
from typing import Final

import attrs
import pytest
from hypothesis import assume, given

from medoffice.adapters.payers import MadeUpPayers
from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    Relation,
    VerifiedCoverage,
    benefits_of,
)
from medoffice.billing.benefits.benefit import CostShareOrder
from medoffice.billing.eligibility import InquiredPerson
from medoffice.core import CoverageId, MemberId, Money, Percent, PersonName
from medoffice.ports.payers import Answered
from medoffice.testing.payer_conformance import COVERAGE, inquiry
from medoffice.testing.strategies import verified_coverages

SERVICES: Final = {"office-visit": "98", "preventive": "81", "physical-therapy": "PT"}
ASKED: Final = ("30", "81", "98", "PT")
TODAY: Final = date(2026, 11, 25)


def answered(cover: VerifiedCoverage, **asked: object) -> Benefits:
    """The benefits as who asked reads them."""
    payers = MadeUpPayers([cover], today=TODAY, services=SERVICES)
    question = attrs.evolve(
        inquiry(),
        payer=cover.coverage.payer,
        service_types=ASKED,
        **asked,  # type: ignore[arg-type]
    )
    said = payers.ask(question)
    assert isinstance(said, Answered)
    assert said.answer.answered_on == TODAY
    return benefits_of(
        said.answer,
        SERVICES,
        order=cover.benefits.order,
        preventive=frozenset(each.service for each in cover.benefits.benefits if each.is_preventive),
    )


def test_what_was_given_comes_back() -> None:
    """Co-pay, co-insurance, whether the deductible applies, visits left, and what is left of the year's limits."""
    benefits = Benefits(
        benefits=(
            Benefit(
                service="office-visit",
                copay=Money(3000),
                coinsurance=Percent.parse("20%"),
                deductible_applies=True,
            ),
            Benefit(service="preventive", is_preventive=True),
            Benefit(
                service="physical-therapy", copay=Money.zero, deductible_applies=False, visits_remaining=7
            ),
        ),
        remaining=Accumulators(
            deductible_remaining=Money.zero,
            out_of_pocket_remaining=Money(250_000),
            family_deductible_remaining=Money(300_000),
        ),
        order=CostShareOrder.COPAY_FIRST,
    )
    cover = VerifiedCoverage(coverage=COVERAGE, benefits=benefits, verified_on=None)
    assert answered(cover) == benefits


@given(verified_coverages())
def test_what_comes_back_was_given(made: VerifiedCoverage) -> None:
    """Nothing is invented: each co-pay and percentage that is read was given, and nothing contradicts itself."""
    assume(made.coverage.is_active(date(2026, 11, 30)))
    holder = InquiredPerson(name=PersonName(family="Li"), member_id=made.coverage.member_id)
    dependent = (
        None
        if made.coverage.relation is Relation.SELF
        else InquiredPerson(name=PersonName(family="Bo"), birth_date=date(2015, 7, 4))
    )
    read = answered(made, subscriber=holder, dependent=dependent)
    for benefit in read.benefits:
        given_one = made.benefits.for_service(benefit.service)
        assert (benefit.copay, benefit.coinsurance, benefit.deductible_applies) == (
            given_one.copay,
            given_one.coinsurance,
            given_one.deductible_applies,
        )
    left = made.benefits.remaining
    assert read.remaining.deductible_remaining == left.deductible_remaining
    assert read.remaining.out_of_pocket_remaining == left.out_of_pocket_remaining


def test_a_payer_knows_a_dependent_beside_the_subscriber() -> None:
    """One number, two coverages: the one that is asked about answers."""
    own = VerifiedCoverage(
        coverage=COVERAGE,
        benefits=Benefits(
            benefits=(Benefit(service="office-visit", copay=Money(1)),), remaining=Accumulators()
        ),
        verified_on=None,
    )
    child = VerifiedCoverage(
        coverage=attrs.evolve(COVERAGE, id=CoverageId("cov-2"), relation=Relation.CHILD),
        benefits=Benefits(
            benefits=(Benefit(service="office-visit", copay=Money(2)),), remaining=Accumulators()
        ),
        verified_on=None,
    )
    payers = MadeUpPayers([own, child], services=SERVICES)
    dependent = InquiredPerson(name=PersonName(family="Bo"), birth_date=date(2015, 7, 4))
    for number, (trace, person) in enumerate((("T-1", None), ("T-2", dependent)), start=1):
        said = payers.ask(attrs.evolve(inquiry(trace), dependent=person, service_types=ASKED))
        assert isinstance(said, Answered)
        assert benefits_of(said.answer, SERVICES).for_service("office-visit").copay == Money(number)
        assert (said.answer.dependent is None) is (person is None)


@pytest.mark.parametrize("number", ["PHP0099999", "PH"])
def test_a_number_that_nobody_has_is_not_found(number: str) -> None:
    """The answer says so, and has its day."""
    payers = MadeUpPayers([COVERAGE], today=TODAY)
    said = payers.ask(attrs.evolve(inquiry(), subscriber=InquiredPerson(member_id=MemberId(number))))
    assert isinstance(said, Answered)
    assert [each.code for each in said.answer.rejections] == ["75"]
    assert said.answer.answered_on == TODAY
