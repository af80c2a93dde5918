"""A question to a payer to FHIR R4 and back: nothing lost, nothing private said, and valid by another program."""

import re
from datetime import date
from typing import Any, Final

import pytest
from fhir.resources.R4B.coverageeligibilityrequest import CoverageEligibilityRequest as Judge
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.billing import Payer
from medoffice.billing.eligibility import EligibilityInquiry, InquiredPerson
from medoffice.core import NPI, CoverageId, MemberId, PatientId, PayerId, PersonName, Sex
from medoffice.testing.strategies import day_ranges, days, member_ids, npis, person_names
from medoffice.wire.fhir import (
    FhirInquiry,
    Purpose,
    Read,
    from_bytes,
    read_eligibility_request,
    to_bytes,
    write_eligibility_request,
)
from medoffice.wire.fhir.names import NPI as NPI_SYSTEM
from medoffice.wire.json import WireError

HL7: Final = "http://terminology.hl7.org/CodeSystem"
CANARY: Final = "KANARIE7077"
OPTIONAL: Final = {"identifier", "servicedDate", "servicedPeriod", "insurance", "item"}
"""What somebody else may leave out: then it is the resource's own id, the day, no coverage of ours, and the plan as a whole."""
DAY: Final = date(2027, 3, 1)


def persons() -> SearchStrategy[InquiredPerson]:
    """Persons with a name and perhaps a number."""
    return st.builds(
        InquiredPerson,
        name=person_names().filter(lambda name: bool(name.given) or not name.middle),
        member_id=st.none() | member_ids(),
        birth_date=st.none() | days(),
        sex=st.sampled_from(Sex),
    )


def inquiries() -> SearchStrategy[FhirInquiry]:
    """Questions about one patient's coverage."""
    asked = st.builds(
        EligibilityInquiry,
        payer=st.just(Payer(PayerId("60054"), "Aurora Health")),
        provider_name=st.just("West Office"),
        provider=npis(),
        subscriber=persons(),
        dependent=st.none() | persons(),
        on=days() | day_ranges().filter(lambda some: some.end is not None),
        service_types=st.lists(st.from_regex(r"[0-9A-Z]{1,2}", fullmatch=True), min_size=1, max_size=4).map(
            tuple
        ),
        trace=st.just("T-1"),
        origin=st.just("9123456789"),
    )
    return st.builds(
        FhirInquiry,
        coverage=st.none() | st.just(CoverageId("cov_1")),
        others=st.sampled_from([(), (CoverageId("cov-2"), CoverageId("cov-3"))]),
        id=st.just("inquiry-1"),
        patient=st.none() | st.just(PatientId("pt-1")),
        created=days(),
        purposes=st.lists(st.sampled_from(Purpose), min_size=1, unique=True).map(tuple),
        inquiry=asked,
    )


@given(inquiries())
def test_an_inquiry_is_read_as_it_was_written(made: FhirInquiry) -> None:
    """Every field, and valid by fhir.resources (R4B, whose elements are those of R4)."""
    document = to_bytes(write_eligibility_request(made))
    read = read_eligibility_request(from_bytes(document))
    assert (read.value, read.findings) == (made, ())
    Judge.model_validate_json(document)


@given(inquiries())
def test_whoever_is_contained_is_referred_to(made: FhirInquiry) -> None:
    """Invariant dom-3, which that program does not check."""
    written = write_eligibility_request(made)
    referred = set(re.findall(r'"reference":"(#[a-z]+)"', to_bytes(written).decode()))
    assert referred == {f"#{each['id']}" for each in written["contained"]}


@given(inquiries(), st.data())
def test_what_an_inquiry_needs_is_required(made: FhirInquiry, data: st.DataObject) -> None:
    """Each key that R4 or an inquiry requires; no refusal says what stood there."""
    written: dict[str, Any] = write_eligibility_request(made)
    del written[data.draw(st.sampled_from(sorted(written.keys() - OPTIONAL)))]
    with pytest.raises(WireError):
        read_eligibility_request(written)


def test_a_member_number_is_in_no_repr() -> None:
    """Nor in the refusal of a person who is none."""
    person = InquiredPerson(name=PersonName(family=CANARY), member_id=MemberId(CANARY))
    asked = EligibilityInquiry(
        payer=Payer(PayerId("60054"), "Aurora Health"),
        provider_name="West Office",
        provider=NPI("1234567893"),
        subscriber=person,
        on=DAY,
        trace="T-1",
        origin="9123456789",
    )
    written = write_eligibility_request(
        FhirInquiry(id="i", patient=PatientId("pt-1"), coverage=CoverageId("c"), created=DAY, inquiry=asked)
    )
    assert CANARY not in repr(read_eligibility_request(written))
    written["contained"][0]["birthDate"] = CANARY
    with pytest.raises(WireError) as caught:
        read_eligibility_request(written)
    assert CANARY not in repr(caught.value)


def elsewhere(**rest: Any) -> dict[str, Any]:
    """A question as another program writes it: patient and subscriber are two, the coverage is contained."""
    return {
        "resourceType": "CoverageEligibilityRequest",
        "id": "e1",
        "contained": [
            {
                "resourceType": "Coverage",
                "id": "c",
                "status": "active",
                "subscriber": {"reference": "#s"},
                "subscriberId": "A1",
                "beneficiary": {"reference": "#p"},
                "relationship": {"coding": [{"code": "child"}]},
                "payor": [{"display": "Aurora Health"}],
            },
            {"resourceType": "Patient", "id": "s", "birthDate": "1980-02-29"},
            {"resourceType": "Patient", "id": "p", "name": [{"family": "Doe", "given": ["Eva"]}]},
        ],
        "status": "active",
        "purpose": ["validation", "auth-requirements"],
        "patient": {"reference": "#p"},
        "created": "2027-03-01",
        "provider": {"display": "West Office", "identifier": {"system": NPI_SYSTEM, "value": "1234567893"}},
        "insurer": {"reference": "Organization/60054"},
        "insurance": [
            {"coverage": {"reference": "Coverage/second"}},
            {"focal": True, "coverage": {"reference": "#c"}, "businessArrangement": "x"},
        ],
        "item": [
            {
                "category": {"coding": [{"system": f"{HL7}/ex-benefitcategory", "code": "62"}]},
                "productOrService": {
                    "coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "70553"}]
                },
                "facility": {"reference": "Location/l"},
                "provider": {"reference": "Practitioner/d"},
            },
            {"category": {"text": "imaging"}},
        ],
        **rest,
    }


def read_elsewhere(**rest: Any) -> Read[FhirInquiry]:
    """Such a question, read; the judge holds it for R4 too."""
    written = elsewhere(**rest)
    Judge.model_validate(written)
    return read_eligibility_request(from_bytes(to_bytes(written)), origin="9123456789")


def test_somebody_elses_question_is_read() -> None:
    """Who is subscriber and who patient, which coverage is meant; and each part that an inquiry has no place for is named."""
    read = read_elsewhere()
    made, asked = read.value, read.value.inquiry
    assert asked.subscriber == InquiredPerson(member_id=MemberId("A1"), birth_date=date(1980, 2, 29))
    assert asked.dependent == InquiredPerson(name=PersonName(family="Doe", given="Eva"))
    assert (made.coverage, made.patient, made.purposes) == (
        None,
        None,
        (Purpose.VALIDATION, Purpose.AUTHORIZATION),
    )
    assert made.others == (CoverageId("second"),)
    assert (asked.service_types, asked.on, asked.trace) == (("62",), DAY, "e1")
    kind = "CoverageEligibilityRequest"
    assert {(each.where.removeprefix(f"{kind}."), each.code) for each in read.findings} == {
        ("insurance[1].businessArrangement", "FHR001"),
        ("item[0].productOrService", "FHR001"),
        ("item[0].facility", "FHR001"),
        ("item[0].provider", "FHR001"),
        ("item[1].category", "FHR006"),
        ("insurer", "FHR008"),
    }


def test_a_patient_who_is_the_subscriber() -> None:
    """By a contained patient alone, with neither items nor a coverage."""
    person = {"resourceType": "Patient", "id": "p", "name": [{"family": "Doe"}]}
    written = elsewhere(contained=[person])
    for key in ("insurance", "item"):
        del written[key]
    read = read_eligibility_request(written, origin="9123456789")
    assert [each.code for each in read.findings] == ["FHR008"]
    assert read.value.inquiry.subscriber == InquiredPerson(name=PersonName(family="Doe"))
    assert (read.value.inquiry.dependent, read.value.inquiry.service_types) == (None, ("30",))


def test_a_question_without_origin_is_refused() -> None:
    """Nobody else's number goes out as the office's."""
    with pytest.raises(WireError):
        read_eligibility_request(elsewhere())
