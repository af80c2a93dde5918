"""A question to a payer to FHIR R4 and back: nothing lost, nothing private said, and valid by another program."""

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
from medoffice.wire import WireError
from medoffice.wire.fhir import (
    FhirInquiry,
    from_bytes,
    read_eligibility_request,
    to_bytes,
    write_eligibility_request,
)

CANARY: Final = "KANARIE7077"
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
        id=st.just("inquiry-1"),
        patient=st.just(PatientId("pt-1")),
        coverage=st.just(CoverageId("cov-1")),
        created=days(),
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
    referred = {each["valueReference"]["reference"] for each in written["extension"]}
    assert referred == {f"#{each['id']}" for each in written["contained"]}


@given(inquiries(), st.data())
def test_what_an_inquiry_needs_is_required(made: FhirInquiry, data: st.DataObject) -> None:
    """Each key that R4 or an inquiry requires; no refusal says what stood there."""
    written: dict[str, Any] = write_eligibility_request(made)
    del written[data.draw(st.sampled_from(sorted(written.keys() - {"extension"})))]
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
