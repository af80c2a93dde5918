"""Whatever JSON comes in: a value that can be written again, or a refusal; never another exception."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from medoffice.billing import Coverage, Payer
from medoffice.billing.eligibility import (
    About,
    AnsweredDays,
    EligibilityAnswer,
    EligibilityInquiry,
    InquiredPerson,
    Level,
    Network,
    Period,
    Rejection,
    Statement,
)
from medoffice.billing.eligibility.rejections import Level as RejectedLevel
from medoffice.core import (
    NPI,
    AppointmentId,
    CoverageId,
    DateRange,
    MemberId,
    Money,
    PatientId,
    PayerId,
    Percent,
    PersonName,
    ResourceId,
    Sex,
    TimeSlot,
)
from medoffice.scheduling import Appointment, Status
from medoffice.wire.fhir import (
    CANCELLATION_REASON,
    Coding,
    FhirAnswer,
    FhirAppointment,
    FhirInquiry,
    FhirSchedule,
    FhirSlot,
    Says,
    from_bytes,
    read_appointment,
    read_bundle,
    read_coverage,
    read_eligibility_answer,
    read_eligibility_request,
    read_schedule,
    read_slot,
    to_bytes,
    write_appointment,
    write_bundle,
    write_coverage,
    write_eligibility_answer,
    write_eligibility_request,
    write_schedule,
    write_slot,
)
from medoffice.wire.json import WireError

SLOT: Final = TimeSlot.lasting(datetime(2027, 3, 14, 7, tzinfo=UTC), timedelta(minutes=30))
WHOLE: Final = FhirAppointment(
    appointment=Appointment(
        id=AppointmentId("apt-1"),
        patient=PatientId("pt-1"),
        visit_type="follow-up",
        slot=SLOT,
        occupied=SLOT.widened(before=timedelta(minutes=5), after=timedelta(minutes=5)),
        resources=(ResourceId("dr-a"), ResourceId("room-1")),
        shared=(ResourceId("room-1"),),
        status=Status.CANCELLED,
        reason="cough",
        location="west",
        series="series-1",
        seats=4,
        is_new_patient=True,
        revision=2,
    ),
    created=SLOT.start,
    cancelled_because=Coding(CANCELLATION_REASON, "pat"),
    slots=("slot-1",),
)
COVERAGE: Final = Coverage(
    id=CoverageId("cov-1"),
    patient=PatientId("pt-1"),
    payer=Payer(PayerId("60054"), "Aurora Health"),
    plan="Aurora Gold",
    member_id=MemberId("AUR123"),
    effective=DateRange(date(2027, 1, 1), date(2027, 12, 31)),
)
ANSWER: Final = FhirAnswer(
    id="answer-1",
    patient=COVERAGE.patient,
    coverage=COVERAGE.id,
    insurer=COVERAGE.payer,
    answer=EligibilityAnswer(
        answered_on=date(2027, 3, 1),
        traces=("T1", "T2"),
        days=(
            AnsweredDays(kind="346", start=date(2027, 1, 1)),
            AnsweredDays(kind="472", start=date(2027, 1, 2)),
        ),
        statements=(
            Statement(about=About.ACTIVE, code="1", service_types=("30",), plan="Gold"),
            Statement(
                about=About.DEDUCTIBLE,
                code="C",
                level=Level.FAMILY,
                service_types=("98", "5"),
                period=Period.REMAINING,
                amount=Money(12345),
                network=Network.IN,
                messages=("one", "two"),
            ),
            Statement(
                about=About.COINSURANCE, code="A", percent=Percent.parse("12.5%"), procedure="HC:99213"
            ),
        ),
        rejections=(Rejection(level=RejectedLevel.SERVICE, code="62", follow_up="C"),),
    ),
)
INQUIRY: Final = FhirInquiry(
    id="inquiry-1",
    patient=COVERAGE.patient,
    coverage=COVERAGE.id,
    created=date(2027, 3, 1),
    inquiry=EligibilityInquiry(
        payer=COVERAGE.payer,
        provider_name="West Office",
        provider=NPI("1234567893"),
        subscriber=InquiredPerson(
            name=PersonName(family="Doe", given="Jo", middle="Q", suffix="Jr"), member_id=MemberId("AUR123")
        ),
        dependent=InquiredPerson(name=PersonName(family="Doe"), birth_date=date(2020, 2, 29), sex=Sex.FEMALE),
        on=COVERAGE.effective,
        service_types=("30", "98"),
        trace="T1",
        origin="9123456789",
    ),
)
SEEDS: Final[tuple[dict[str, Any], ...]] = (
    write_appointment(WHOLE, kinds={ResourceId("dr-a"): "Practitioner"}, says=Says.ALL),
    write_schedule(FhirSchedule(id="c1", actors=(ResourceId("dr-a"),), location="west", horizon=SLOT)),
    write_slot(FhirSlot(id="s1", schedule="c1", slot=SLOT, visit_types="ekg", capacity=3)),
    write_coverage(COVERAGE),
    write_eligibility_answer(ANSWER),
    write_eligibility_request(INQUIRY),
    write_bundle(
        [write_slot(FhirSlot(id="s1", schedule="c1", slot=SLOT))], kind="searchset", base="https://a.example"
    ),
)
READERS: Final[dict[str, tuple[Callable[[object], Any], Callable[[Any], Any]]]] = {
    "Appointment": (read_appointment, lambda value: write_appointment(value, says=Says.ALL)),
    "Schedule": (read_schedule, write_schedule),
    "Slot": (read_slot, write_slot),
    "Coverage": (read_coverage, write_coverage),
    "CoverageEligibilityResponse": (read_eligibility_answer, write_eligibility_answer),
    "CoverageEligibilityRequest": (read_eligibility_request, write_eligibility_request),
    "Bundle": (read_bundle, lambda value: write_bundle(value.resources)),
}


def is_read(data: bytes) -> bool:
    """Whether a document is read by any reader; what is read is written as what is read as the same."""
    is_any = False
    for read, write in READERS.values():
        try:
            value = read(from_bytes(data)).value
        except WireError:
            continue
        is_any = True
        if read is not read_bundle:
            assert read(from_bytes(to_bytes(write(value)))).value == value
    return is_any


def leaves() -> SearchStrategy[Any]:
    """What JSON has at its ends, the odd among it."""
    odd = [
        "",
        " ",
        "\0",
        "2027-03-14T07:00:00Z",
        "0000-00-00T00:00:00Z",
        "9999-12-31T23:59:60.9-14:00",
        "Patient/x",
        "#a",
    ]
    return (
        st.none()
        | st.booleans()
        | st.integers(-(2**65), 2**65)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=8)
        | st.sampled_from(odd)
    )


def containers(value: Any) -> list[Any]:
    """Every object and list of a document."""
    below = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else None
    return [] if below is None else [value, *(each for item in below for each in containers(item))]


@st.composite
def forged(draw: DrawFn) -> bytes:
    """A good document in which values were swapped or replaced, and keys taken out or put in."""
    document = deepcopy(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 3))):
        inside = [each for each in containers(document) if each]
        if not inside:
            break
        one, other = draw(st.sampled_from(inside)), draw(st.sampled_from(inside))
        here, there = (
            draw(st.sampled_from(sorted(each) if isinstance(each, dict) else range(len(each))))
            for each in (one, other)
        )
        match draw(st.sampled_from(["swap", "copy", "replace", "delete", "insert"])):
            case "swap":
                one[here], other[there] = deepcopy(other[there]), deepcopy(one[here])
            case "copy":
                one[here] = deepcopy(other[there])
            case "replace":
                one[here] = draw(leaves())
            case "delete":
                del one[here]
            case _ if isinstance(one, dict):
                one[draw(st.sampled_from(["_start", "modifierExtension", "extension", "x"]))] = draw(leaves())
            case _:
                one.insert(here, draw(leaves()))
    return json.dumps(document).encode()


@st.composite
def torn(draw: DrawFn) -> bytes:
    """A good document with some bytes changed, left out, or put in."""
    data = bytearray(to_bytes(draw(st.sampled_from(SEEDS))))
    for _ in range(draw(st.integers(1, 3))):
        place, length = draw(st.integers(0, len(data) - 1)), draw(st.integers(0, 2))
        data[place : place + length] = draw(
            st.binary(max_size=2) | st.sampled_from([b'"', b"0", b"{", b"]", b"\\"])
        )
    return bytes(data)


def test_the_seeds_are_read() -> None:
    """What makes the following laws worth anything is that they start from documents that are good."""
    assert all(is_read(to_bytes(seed)) for seed in SEEDS)


@given(st.binary(max_size=100))
def test_noise_is_refused(data: bytes) -> None:
    """No bytes at all are an appointment by chance."""
    assert not is_read(data)


@given(torn())
def test_a_torn_document_is_read_or_refused(data: bytes) -> None:
    """A few bytes that were changed on the way."""
    is_read(data)


@given(forged())
def test_a_forged_document_is_read_or_refused(data: bytes) -> None:
    """Values that were moved about by somebody who knows the form."""
    is_read(data)


@pytest.mark.parametrize(
    "data",
    [b"[" * 100_000, b'{"a":1,"a":2}', b'{"a":NaN}', b"\xff", b"", b'"\\ud800"', b" " * 50_000_001],
    ids=["deep", "twice", "no number", "no UTF-8", "nothing", "half a character", "large"],
)
def test_documents_that_are_deep_large_or_say_things_twice_are_refused(data: bytes) -> None:
    """Brackets without end, one key with two values, numbers that are none, half of a character."""
    with pytest.raises(WireError):
        from_bytes(data)
