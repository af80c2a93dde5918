"""What a coverage on file says to the order of payers."""

from datetime import date

import attrs
import pytest
from hypothesis import given

from medoffice.billing import Coverage, CoverageKind, Payer, Relation, Subscriber, primary_payer
from medoffice.billing.coordination import Family, PatientFacts, PlanKind, plan_facts_of
from medoffice.core import (
    CoverageId,
    DateRange,
    InvalidValue,
    MemberId,
    Patient,
    PatientId,
    PayerId,
    PersonName,
)
from medoffice.testing.strategies import coverages, patients


@given(coverages(), patients())
def test_only_what_is_on_file_is_said(coverage: Coverage, patient: Patient) -> None:
    """The holder's birth date is the patient's or the subscriber's, and nobody guesses since when they have the plan."""
    held = attrs.evolve(coverage, patient=patient.id)
    facts = plan_facts_of(held, patient)
    assert (facts.key, facts.relation, facts.since, facts.employees) == (
        held.id.value,
        held.relation,
        None,
        None,
    )
    if held.relation is Relation.SELF:
        assert facts.holder_birth == patient.birth_date
    else:
        assert facts.holder_birth == (held.subscriber.birth_date if held.subscriber else None)


@pytest.mark.parametrize(
    ("kind", "plan"),
    [
        (None, PlanKind.GROUP),
        (CoverageKind.HMO, PlanKind.GROUP),
        (CoverageKind.MEDICARE, PlanKind.MEDICARE),
        (CoverageKind.MEDICARE_ADVANTAGE, PlanKind.MEDICARE),
        (CoverageKind.MEDICAID, PlanKind.MEDICAID),
        (CoverageKind.VETERANS, PlanKind.VETERANS),
        (CoverageKind.WORKERS_COMPENSATION, PlanKind.ACCIDENT),
        (CoverageKind.LIABILITY, PlanKind.ACCIDENT),
    ],
)
def test_kinds_of_plan(kind: CoverageKind | None, plan: PlanKind) -> None:
    """What stands on the card is the kind of payer that the order asks about."""
    coverage, patient = _child("mother", date(1990, 3, 15))
    assert plan_facts_of(attrs.evolve(coverage, kind=kind), patient).kind is plan


def test_two_coverages_on_file_are_put_in_order() -> None:
    """The parent whose birthday is earlier in the year is asked first; what was asked beside is passed on."""
    mother, patient = _child("mother", date(1990, 3, 15))
    father, _ = _child("father", date(1985, 7, 2))
    facts = [plan_facts_of(each, patient, employees=50) for each in (father, mother)]
    assert {each.employees for each in facts} == {50}
    assert primary_payer(facts, PatientFacts(family=Family.TOGETHER)).value == ("mother",)


def test_somebody_elses_coverage_is_a_mistake() -> None:
    """Two patients are never mixed."""
    coverage, patient = _child("mother", date(1990, 3, 15))
    with pytest.raises(InvalidValue):
        plan_facts_of(attrs.evolve(coverage, patient=PatientId("pt-other")), patient)


def _child(holder: str, born: date) -> tuple[Coverage, Patient]:
    patient = Patient(id=PatientId("pt-1"), name=PersonName(family="Li"), birth_date=date(2015, 7, 4))
    coverage = Coverage(
        id=CoverageId(holder),
        patient=patient.id,
        payer=Payer(PayerId("AB"), "A"),
        plan="",
        member_id=MemberId("12"),
        effective=DateRange(date(2026, 1, 1)),
        relation=Relation.CHILD,
        subscriber=Subscriber(name=PersonName(family="Li"), birth_date=born),
    )
    return coverage, patient
