"""Payers and coverages."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import Coverage, Payer, PlannedLine, Relation
from medoffice.core import CoverageId, DateRange, InvalidValue, MemberId, Money, PatientId, PayerId
from medoffice.core.phi import PhiClass, phi_fields

YEAR = DateRange(date(2026, 1, 1), date(2026, 12, 31))
COVERAGE = Coverage(
    id=CoverageId("c1"),
    patient=PatientId("p1"),
    payer=Payer(PayerId("12345"), "Prairie Health"),
    plan="Silver 3000",
    member_id=MemberId("CANARY0042"),
    effective=YEAR,
)


@given(st.integers(-3, 370))
def test_a_coverage_is_active_on_its_days_and_no_other(shift: int) -> None:
    """The first and the last day count, the days outside do not."""
    assert COVERAGE.is_active(YEAR.start + timedelta(days=shift)) == (0 <= shift < 365)


def test_the_member_id_is_a_plan_number_and_hidden() -> None:
    """The member id is marked as PHI and is not in the repr."""
    assert phi_fields(Coverage) == {"member_id": PhiClass.PLAN_NUMBER}
    assert "CANARY" not in repr(COVERAGE)


@given(st.sampled_from(Relation))
def test_a_relation_reads_back(relation: Relation) -> None:
    """Text and relation are one, in any case."""
    assert Relation.parse(str(relation).upper()) is relation


def test_an_unknown_relation_is_refused_without_repeating_it() -> None:
    """The message holds the choices, never the text."""
    with pytest.raises(InvalidValue) as caught:
        Relation.parse("canary")
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("change", [{"order": 0}, {"order": True}, {"plan": "two\nlines"}])
def test_an_impossible_coverage_cannot_be_built(change: dict[str, object]) -> None:
    """Payers are asked in an order that counts from one, and a plan's name is one line."""
    with pytest.raises(InvalidValue):
        attrs.evolve(COVERAGE, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", " ", "two\nlines"])
def test_a_payer_has_a_name_of_one_line(name: str) -> None:
    """A payer without a name cannot be built."""
    with pytest.raises(InvalidValue):
        Payer(PayerId("12345"), name)


@pytest.mark.parametrize(
    ("service", "charge", "allowed"),
    [
        ("Office Visit", Money(1), None),
        ("", Money(1), None),
        ("lab", Money(-1), None),
        ("lab", Money(1), Money(-1)),
    ],
)
def test_an_impossible_line_cannot_be_built(service: str, charge: Money, allowed: Money | None) -> None:
    """A service is a slug, and neither the charge nor the allowed amount is below zero."""
    with pytest.raises(InvalidValue):
        PlannedLine(service=service, charge=charge, allowed=allowed)
