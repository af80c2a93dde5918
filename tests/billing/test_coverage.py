"""Payers and coverages."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import (
    CardPhone,
    Coverage,
    CoverageKind,
    InsuranceCard,
    Payer,
    PlannedLine,
    PrintedCopay,
    Relation,
    Subscriber,
)
from medoffice.core import (
    CoverageId,
    DateRange,
    InvalidValue,
    MemberId,
    Money,
    PatientId,
    PayerId,
    PersonName,
    Phone,
)
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
    assert phi_fields(Coverage)["member_id"] is PhiClass.PLAN_NUMBER
    assert "CANARY" not in repr(COVERAGE)


def test_whoever_holds_the_plan_and_what_the_card_says_is_hidden() -> None:
    """Neither the subscriber nor the group nor any number of the card is in the repr."""
    grown = attrs.evolve(
        COVERAGE,
        relation=Relation.CHILD,
        subscriber=Subscriber(
            name=PersonName(family="Canarybird", given="Tweetina"), birth_date=date(1931, 7, 19)
        ),
        dependent_number="CANARY02",
        group_number="CANARY-G1",
        group_name="Canary Mills",
        card=InsuranceCard(
            rx_bin="610014",
            rx_group="CANARYRX",
            phones=(CardPhone("Member services", Phone("8005550142")),),
            copays=(PrintedCopay("PCP", Money(2500)),),
        ),
    )
    assert "canary" not in repr(grown).lower()
    assert "1931" not in repr(grown.subscriber)
    assert "5550142" not in repr(grown.card)
    assert "25" not in repr(grown.card).replace("610014", "")


@pytest.mark.parametrize(
    "change",
    [
        {"subscriber": Subscriber(name=PersonName(family="Li"))},
        {"dependent_number": "02"},
        {"relation": Relation.CHILD, "dependent_number": "0-2"},
        {"group_number": "G" * 51},
        {"group_name": "two\nlines"},
    ],
)
def test_a_contradiction_cannot_be_built(change: dict[str, object]) -> None:
    """A patient who holds the plan has no other subscriber and is no dependent; numbers are numbers."""
    with pytest.raises(InvalidValue):
        attrs.evolve(COVERAGE, **change)  # type: ignore[arg-type]


def test_a_dependent_may_be_on_file_before_anybody_knows_the_subscriber() -> None:
    """The card of a child often names the child alone."""
    assert attrs.evolve(COVERAGE, relation=Relation.CHILD, dependent_number="02").subscriber is None


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"rx_bin": "12345"},
        {"rx_bin": "1234567"},
        {"rx_pcn": "x" * 25},
        {"rx_group": "two  blanks"},
        {"copays": (PrintedCopay("PCP", Money(1)), PrintedCopay("PCP", Money(2)))},
    ],
)
def test_an_impossible_card_cannot_be_built(said: dict[str, object]) -> None:
    """A BIN has six or eight digits, a service one co-pay, and of a card something was read."""
    with pytest.raises(InvalidValue):
        InsuranceCard(**said)  # type: ignore[arg-type]


def test_a_printed_copay_is_not_below_zero_and_has_words() -> None:
    """A card never says that the plan pays the patient."""
    for service, cents in (("PCP", -1), ("", 1), ("two  blanks", 1)):
        with pytest.raises(InvalidValue):
            PrintedCopay(service, Money(cents))


@given(st.sampled_from(CoverageKind))
def test_a_kind_reads_back(kind: CoverageKind) -> None:
    """Text and kind are one, in any case; another word is refused and the kinds are named."""
    assert CoverageKind.parse(f" {str(kind).upper()} ") is kind
    with pytest.raises(InvalidValue, match="hmo"):
        CoverageKind.parse("canary")


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
