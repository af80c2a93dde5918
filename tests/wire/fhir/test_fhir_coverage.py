"""Coverages to FHIR R4 and back: nothing lost, nothing private said, and valid by another program."""

from datetime import date
from typing import Any, Final

import attrs
import pytest
from fhir.resources.R4B.coverage import Coverage as Judge
from hypothesis import given

from medoffice.billing import Coverage, InsuranceCard, Payer, Relation, Subscriber
from medoffice.core import (
    CoverageId,
    DateRange,
    InvalidValue,
    MemberId,
    PatientId,
    PayerId,
    PersonName,
    Severity,
)
from medoffice.testing.strategies import coverages
from medoffice.wire.fhir import from_bytes, names, read_coverage, to_bytes, write_coverage
from medoffice.wire.fhir.coverage import CLASS, RELATIONSHIP
from medoffice.wire.fhir.element import Read
from medoffice.wire.fhir.references import Reference
from medoffice.wire.json import WireError

CANARY: Final = "KANARIE7077"
COVERAGE: Final = Coverage(
    id=CoverageId("cov-1"),
    patient=PatientId("pt-1"),
    payer=Payer(PayerId("60054"), "Aurora Health"),
    plan="Aurora Gold",
    member_id=MemberId(CANARY),
    effective=DateRange.parse("2027-01-01/2027-12-31"),
    relation=Relation.CHILD,
    order=2,
)


@given(coverages())
def test_a_coverage_is_read_as_it_was_written(made: Coverage) -> None:
    """Every field, and valid by fhir.resources (R4B, whose Coverage has the elements of R4)."""
    document = to_bytes(write_coverage(made))
    read = read_coverage(from_bytes(document))
    assert (read.value, read.findings) == (made, ())
    assert Judge.model_validate_json(document).order == made.order


def test_somebody_elses_coverage_is_read_as_far_as_there_is_a_place() -> None:
    """A subscriber's number, a period of a year, a payer without a name; what is left out is a finding."""
    read = read_coverage(
        {
            "resourceType": "Coverage",
            "id": "abc",
            "status": "active",
            "subscriberId": "X12345",
            "beneficiary": {"reference": "Patient/p7"},
            "period": {"start": "2026-02", "end": "2027-02"},
            "payor": [{"reference": "Organization/60054"}, {"reference": "Organization/99999"}],
            "class": [{"type": {"coding": [{"code": "group"}]}, "value": "G1"}],
        }
    )
    assert read.value == Coverage(
        id=CoverageId("abc"),
        patient=PatientId("p7"),
        payer=Payer(PayerId("60054"), "60054"),
        plan="",
        member_id=MemberId("X12345"),
        effective=DateRange.parse("2026-02-01/2027-02-28"),
        relation=Relation.OTHER,
    )
    assert {each.where for each in read.findings} == {
        "Coverage.payor[0]",
        "Coverage.payor[1]",
        "Coverage.relationship",
        "Coverage.class[0]",
    }


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("status", None, "Coverage.status"),
        ("status", "entered-in-error", "Coverage.status"),
        ("beneficiary", None, "Coverage.beneficiary"),
        ("beneficiary", {"reference": "Group/1"}, "Coverage.beneficiary"),
        ("payor", None, "Coverage.payor"),
        ("payor", [], "Coverage.payor"),
        ("payor", [{"reference": "Patient/pt-1"}], "Coverage.payor[0]"),
        ("period", None, "Coverage.period"),
        ("period", {"end": "2027-01-01"}, "Coverage.period.start"),
        ("period", {"start": "2027-02-30"}, "Coverage.period"),
        ("period", {"start": "2027-02", "end": "2026"}, "Coverage.period"),
        ("order", 0, "Coverage.order"),
        ("identifier", None, "Coverage.subscriberId"),
        ("modifierExtension", [{"url": "urn:x"}], "Coverage.modifierExtension"),
    ],
)
def test_a_coverage_that_is_none_is_refused_at_its_place(key: str, value: object, path: str) -> None:
    """Each thing that R4 or medoffice requires is required, and no refusal says what stood there."""
    written: dict[str, Any] = write_coverage(COVERAGE) | {key: value}
    if value is None:
        del written[key]
    if key == "identifier":
        del written["subscriberId"]
    with pytest.raises(WireError) as caught:
        read_coverage(written)
    assert caught.value.path == path
    assert CANARY not in repr(caught.value)


def codes(read: Read[Coverage]) -> dict[str, str]:
    """The code of each finding by its place."""
    return {each.where.removeprefix("Coverage."): each.code for each in read.findings}


def test_an_id_of_somebody_s_server_is_not_bent_into_a_payer_s() -> None:
    """One that is written otherwise is refused; one that looks like a payer's is taken, and said to be taken."""
    written: dict[str, Any] = write_coverage(COVERAGE)
    for id_ in ("abc-def", "60054a", "a.b"):
        with pytest.raises(WireError, match="our_id") as caught:
            read_coverage(written | {"payor": [{"reference": f"Organization/{id_}"}]})
        assert caught.value.path == "Coverage.payor[0]"
    taken = read_coverage(written | {"payor": [{"reference": "Organization/60054"}]})
    assert (taken.value.payer.id, codes(taken)) == (PayerId("60054"), {"payor[0]": "FHR008"})


@pytest.mark.parametrize(
    "payor",
    [
        {"display": "Aurora  Health"},
        {"reference": "#org"},
        {"reference": "#org", "type": "Organization", "display": "Aurora Health"},
        {"reference": "Organization/abc-def", "display": "Aurora Health"},
        {"identifier": {"system": "urn:naic", "value": "60-054"}, "display": "Aurora Health"},
    ],
)
def test_a_caller_says_which_payer_a_reference_means(payor: dict[str, Any]) -> None:
    """By name, by somebody's number, or by an organization within; without a caller who knows it is refused."""
    organization = {"resourceType": "Organization", "id": "org", "name": "Aurora Health"}
    written = write_coverage(COVERAGE) | {"payor": [payor], "contained": [organization]}
    written["relationship"] = {"coding": [{"system": RELATIONSHIP, "code": "self"}]}

    def known(reference: Reference) -> str:
        assert " ".join(reference.display.split()) == "Aurora Health"
        return "60054"

    read = read_coverage(written, our_id=known)
    assert read.value.payer == COVERAGE.payer
    assert set(codes(read).values()) <= {"FHR001"}
    with pytest.raises(WireError) as caught:
        read_coverage(written)
    assert caught.value.path.startswith("Coverage.payor[0]")


def test_an_organization_within_may_bear_the_payer_s_id() -> None:
    """Then nobody has to know it."""
    organization = {
        "resourceType": "Organization",
        "id": "org",
        "name": "Aurora Health",
        "identifier": [{"system": "urn:x", "value": "7"}, {"system": names.PAYER, "value": "60054"}],
    }
    written = write_coverage(COVERAGE) | {"payor": [{"reference": "#org"}], "contained": [organization]}
    assert read_coverage(written).value.payer == COVERAGE.payer


def test_a_payer_within_is_kept_beside_a_subscriber_within() -> None:
    """A dependent's coverage holds both; only the organization that nothing refers to is a finding."""
    payer = {
        "resourceType": "Organization",
        "id": "org",
        "name": "Aurora Health",
        "identifier": [{"system": names.PAYER, "value": "60054"}],
    }
    person = {"resourceType": "Patient", "id": "s1", "name": [{"family": "Aldous", "given": ["Ruth"]}]}
    written = write_coverage(COVERAGE) | {
        "payor": [{"reference": "#org"}],
        "subscriber": {"reference": "#s1"},
        "contained": [person, payer, payer | {"id": "other"}],
    }
    read = read_coverage(written)
    assert read.value.payer == COVERAGE.payer
    assert read.value.subscriber is not None
    assert [each.where for each in read.findings] == ["Coverage.contained[2]"]


def test_two_values_for_one_thing_are_said_and_the_first_is_kept() -> None:
    """Two ids of medoffice, two member numbers, and a subscriber's that is another one."""
    written = write_coverage(COVERAGE)
    ours, member = written["identifier"]
    more = [ours | {"value": "cov-2"}, member | {"value": "OTHER1"}]
    read = read_coverage(written | {"identifier": [*written["identifier"], *more], "subscriberId": "OTHER2"})
    assert (read.value.id, read.value.member_id) == (COVERAGE.id, COVERAGE.member_id)
    assert codes(read) == {"identifier[2]": "FHR007", "identifier[3]": "FHR007", "subscriberId": "FHR007"}
    same = read_coverage(written | {"identifier": [*written["identifier"], ours, member]})
    assert same.findings == ()


def test_a_first_day_that_is_not_said_is_the_day_on_which_the_office_learned_of_it() -> None:
    """Where the caller says that day; an end that is said holds."""
    written = write_coverage(COVERAGE)
    del written["period"]
    since = date(2027, 3, 1)
    read = read_coverage(written, since=since)
    assert (read.value.effective, codes(read)) == (DateRange(since), {"period": "FHR009"})
    ends = read_coverage(written | {"period": {"end": "2027-06"}}, since=since)
    assert ends.value.effective == DateRange(since, date(2027, 6, 30))
    with pytest.raises(WireError):
        read_coverage(written | {"period": {"end": "2027-02"}}, since=since)
    said = read_coverage(write_coverage(COVERAGE), since=since)
    assert (said.value, said.findings) == (COVERAGE, ())


def test_a_relationship_in_unknown_codes_is_a_warning() -> None:
    """It says who holds the plan, and so whose number and birth date the payer is asked with."""
    written = write_coverage(COVERAGE) | {"relationship": {"coding": [{"system": "urn:x", "code": "01"}]}}
    read = read_coverage(written)
    assert read.value.relation is Relation.OTHER
    assert [(each.code, each.severity) for each in read.findings] == [("FHR009", Severity.WARNING)]


def test_the_member_number_is_in_no_repr_and_no_finding() -> None:
    """Not of what was read, nor of two numbers that differ."""
    read = read_coverage(write_coverage(COVERAGE) | {"subscriberId": f"{CANARY}9"})
    assert read.findings
    assert CANARY not in repr(read)


def test_a_contained_subscriber_of_somebody_else_is_read() -> None:
    """A contained Patient as well as a RelatedPerson; a reference to elsewhere is a finding, and no subscriber."""
    written: dict[str, Any] = write_coverage(COVERAGE)
    person = {"resourceType": "Patient", "id": "s1", "name": [{"family": "Aldous", "given": ["Ruth", "M"]}]}
    other = {"resourceType": "Patient", "id": "s2", "name": [{"family": "Nobody"}]}
    read = read_coverage(written | {"contained": [person, other], "subscriber": {"reference": "#s1"}})
    assert read.value.subscriber == Subscriber(name=PersonName(family="Aldous", given="Ruth", middle="M"))
    assert [each.where for each in read.findings] == ["Coverage.contained[1]"]
    away = read_coverage(written | {"subscriber": {"reference": "Patient/s9", "display": "Aldous"}})
    assert away.value.subscriber is None
    assert [each.where for each in away.findings] == ["Coverage.subscriber"]
    assert "Aldous" not in f"{read!r} {away!r}"


def test_what_a_card_cannot_have_is_left_out_with_a_finding() -> None:
    """A BIN of seven digits, a cost that is no co-pay in dollars, a class of another kind, a type of HL7's own."""
    written: dict[str, Any] = write_coverage(COVERAGE)
    rx = [
        {"type": {"coding": [{"system": CLASS, "code": code}]}, "value": value}
        for code, value in (("rxbin", "1234567"), ("rxpcn", "ADV"), ("sequence", "9"))
    ]
    read = read_coverage(
        written
        | {
            "class": rx,
            "costToBeneficiary": [{"type": {"text": "PCP"}, "valueQuantity": {"value": 20}}],
            "type": {
                "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PPO"}]
            },
            "dependent": "0-1",
        }
    )
    assert read.value.card == InsuranceCard(rx_pcn="ADV")
    assert (read.value.kind, read.value.dependent_number) == (None, "")
    assert {each.where for each in read.findings} == {
        "Coverage.class",
        "Coverage.class[2]",
        "Coverage.costToBeneficiary[0]",
        "Coverage.type",
        "Coverage.dependent",
    }


def test_an_order_beyond_fhirs_numbers_is_refused() -> None:
    """FHIR's integers have 32 bits."""
    with pytest.raises(InvalidValue):
        write_coverage(attrs.evolve(COVERAGE, order=2**31))
