"""Appointments to FHIR R4 and back: nothing lost, nothing private unless asked for, and valid by two judges."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs
import pytest
from fhir.resources.R4B import __fhir_version__
from fhir.resources.R4B.appointment import Appointment as Judge
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from medoffice.core import AppointmentId, InvalidValue, PatientId, ResourceId, TimeSlot
from medoffice.scheduling import Appointment, Equipment, Provider, Room, Status
from medoffice.testing.strategies import appointments, instants
from medoffice.wire.fhir import (
    CANCELLATION_REASON,
    Coding,
    FhirAppointment,
    Reference,
    Says,
    from_bytes,
    kinds_of,
    read_appointment,
    to_bytes,
    write_appointment,
)
from medoffice.wire.json import WireError

CANARY: Final = "Kanarienvogel7077"
START: Final = datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
KINDS: Final = kinds_of([Provider("dr-okafor"), Room("room-2"), Equipment("ekg-1")])


def visit(**rest: Any) -> Appointment:
    """A visit with a clinician, a room and a device."""
    slot = TimeSlot.lasting(START, timedelta(minutes=30))
    fields: dict[str, Any] = {
        "id": AppointmentId("apt-1"),
        "patient": PatientId("pt-1"),
        "visit_type": "follow-up",
        "slot": slot,
        "occupied": slot.widened(before=timedelta(minutes=5), after=timedelta(minutes=10)),
        "resources": (ResourceId("dr-okafor"), ResourceId("ekg-1"), ResourceId("room-2")),
    }
    return Appointment(**(fields | rest))


@st.composite
def resources(draw: DrawFn) -> FhirAppointment:
    """Appointments with what FHIR has beside them."""
    appointment = draw(appointments())
    may_have_reason = appointment.status in {Status.CANCELLED, Status.NOSHOW}
    return FhirAppointment(
        appointment=appointment,
        created=draw(st.none() | instants()),
        cancelled_because=Coding(CANCELLATION_REASON, "pat")
        if may_have_reason and draw(st.booleans())
        else None,
        slots=tuple(draw(st.lists(st.from_regex(r"[A-Za-z0-9.\-]{1,64}", fullmatch=True), max_size=2))),
    )


@given(whole=resources(), is_known=st.booleans())
def test_what_is_written_is_read_as_it_was(*, whole: FhirAppointment, is_known: bool) -> None:
    """Every field, of every appointment, whether or not its resources are known by their kinds."""
    kinds = dict.fromkeys(whole.appointment.resources, "Practitioner") if is_known else {}
    document = to_bytes(write_appointment(whole, kinds=kinds, says=Says.ALL))
    read = read_appointment(from_bytes(document))
    assert read.value == whole
    assert read.findings == ()
    assert to_bytes(write_appointment(read.value, kinds=kinds, says=Says.ALL)) == document


@given(resources())
def test_by_default_all_is_read_back_but_the_reason(whole: FhirAppointment) -> None:
    """The reason for a visit leaves the office only when asked to."""
    read = read_appointment(write_appointment(whole)).value
    assert read == attrs.evolve(whole, appointment=attrs.evolve(whole.appointment, reason=""))


@given(resources())
def test_what_is_written_is_valid_by_another_program(whole: FhirAppointment) -> None:
    """By fhir.resources, whose release R4B 4.3.0 has the elements of 4.0.1 for an Appointment, and no others."""
    written = write_appointment(whole, kinds=KINDS, says=Says.ALL)
    judged = Judge.model_validate_json(to_bytes(written))
    assert judged.status == whole.appointment.status.value
    assert judged.start == whole.appointment.slot.start
    assert judged.end == whole.appointment.slot.end


@given(resources())
def test_what_is_written_keeps_the_invariants_of_r4(whole: FhirAppointment) -> None:
    """app-1 to app-4, which that program does not check, and the primitive types, by FHIR's own expressions."""
    written = write_appointment(whole, kinds=KINDS, says=Says.ALL)
    assert all("actor" in each or "type" in each for each in written["participant"])
    assert ("start" in written) == ("end" in written)
    assert "start" in written or written["status"] in {"proposed", "cancelled", "waitlist"}
    assert "cancelationReason" not in written or written["status"] in {"cancelled", "noshow"}
    instant = (
        r"([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])"
        r"T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
    )
    assert re.fullmatch(instant, written["start"])
    assert re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", written.get("id", "x"))
    assert all(each.keys() != {"url"} and re.fullmatch(r"\S*", each["url"]) for each in written["extension"])
    for place, value in places(written):
        assert value not in ("", None, [], {}), place
        if place[-1] == "reference":
            assert re.fullmatch(r"[A-Za-z]+/[A-Za-z0-9\-.]{1,64}", value)


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every place of a document with what stands there."""
    inside: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, below in inside:
        yield (*at, step), below
        yield from places(below, (*at, step))


def test_the_judge_speaks_r4b() -> None:
    """The release that the tests say it is; R4 itself needs fhir.resources 6.2, which wants an older pydantic."""
    assert __fhir_version__ == "4.3.0"


def test_an_appointment_looks_like_this() -> None:
    """The whole of one, for who wants to see it."""
    found = write_appointment(
        FhirAppointment(
            appointment=visit(status=Status.CANCELLED, revision=3, reason=CANARY, location="west"),
            created=datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC),
            cancelled_because=Coding(CANCELLATION_REASON, "pat", display="Patient"),
            slots=("slot-1",),
        ),
        kinds=KINDS,
    )

    def taker(reference: str, system: str) -> dict[str, Any]:
        kind, _, value = reference.partition("/")
        actor = {"reference": reference, "type": kind, "identifier": {"system": system, "value": value}}
        return {"actor": actor, "required": "required", "status": "accepted"}

    assert found == {
        "resourceType": "Appointment",
        "id": "apt-1",
        "extension": [
            {"url": "urn:medoffice:fhir:revision", "valueUnsignedInt": 3},
            {
                "url": "urn:medoffice:fhir:occupied",
                "valuePeriod": {"start": "2027-03-14T07:25:00Z", "end": "2027-03-14T08:10:00Z"},
            },
        ],
        "identifier": [{"system": "urn:medoffice:appointment", "value": "apt-1"}],
        "status": "cancelled",
        "cancelationReason": {
            "coding": [{"system": CANCELLATION_REASON, "code": "pat", "display": "Patient"}]
        },
        "serviceType": [{"coding": [{"system": "urn:medoffice:visit-type", "code": "follow-up"}]}],
        "start": "2027-03-14T07:30:00Z",
        "end": "2027-03-14T08:00:00Z",
        "minutesDuration": 30,
        "slot": [{"reference": "Slot/slot-1"}],
        "created": "2027-01-02T03:04:05Z",
        "participant": [
            taker("Patient/pt-1", "urn:medoffice:patient"),
            taker("Practitioner/dr-okafor", "urn:medoffice:resource"),
            taker("Device/ekg-1", "urn:medoffice:resource"),
            taker("Location/room-2", "urn:medoffice:resource"),
            taker("Location/west", "urn:medoffice:location"),
        ],
    }


def test_an_id_that_fhir_cannot_have_stands_in_the_identifier_alone() -> None:
    """FHIR's ids have no underscore; a made-up one would be somebody else's."""
    written = write_appointment(visit(id=AppointmentId("apt_1"), patient=PatientId("pt_1")))
    assert "id" not in written
    assert "reference" not in written["participant"][0]["actor"]
    assert read_appointment(written).value.appointment.id == AppointmentId("apt_1")


@pytest.mark.parametrize("status", Status)
def test_each_status_is_the_code_of_fhir(status: Status) -> None:
    """One to one, all ten; who has not yet said yes needs to act."""
    written = write_appointment(visit(status=status))
    assert written["status"] == status.value
    waits = status in {Status.PROPOSED, Status.PENDING, Status.WAITLIST}
    assert {each["status"] for each in written["participant"]} == {"needs-action" if waits else "accepted"}


def test_why_it_was_cancelled_is_said_of_what_was_cancelled() -> None:
    """FHIR's app-4; and a number that is too large for FHIR is not cut off."""
    with pytest.raises(InvalidValue):
        FhirAppointment(appointment=visit(), cancelled_because=Coding(CANCELLATION_REASON, "pat"))
    with pytest.raises(InvalidValue):
        FhirAppointment(appointment=visit(), slots=("a b",))
    with pytest.raises(InvalidValue):
        write_appointment(visit(revision=2**31))


FOREIGN: Final[dict[str, Any]] = {
    "resourceType": "Appointment",
    "id": "Example",
    "meta": {"versionId": "7"},
    "text": {"status": "generated", "div": "<div>Kanarienvogel7077</div>"},
    "status": "booked",
    "serviceType": [{"coding": [{"system": "http://snomed.info/sct", "code": "11429006"}]}],
    "reasonCode": [{"coding": [{"system": "http://snomed.info/sct", "code": "1", "display": "Check"}]}],
    "priority": 5,
    "description": "Kanarienvogel7077",
    "start": "2027-03-14T09:00:00.000+01:00",
    "end": "2027-03-14T09:45:00.1234567+01:00",
    "comment": "Kanarienvogel7077",
    "participant": [
        {"actor": {"reference": "Patient/p1", "display": "Kanarienvogel7077"}, "status": "accepted"},
        {"type": [{"text": "attender"}], "actor": {"reference": "Practitioner/d1"}, "status": "tentative"},
        {"type": [{"text": "translator"}], "status": "needs-action"},
    ],
}
TYPES: Final = {Coding("http://snomed.info/sct", "11429006"): "consultation"}


def our_id(reference: Reference) -> str:
    """Somebody's ids, in lower case."""
    return f"their-{reference.id.lower()}"


def test_somebody_elses_appointment_is_read_as_far_as_there_is_a_place_for_it() -> None:
    """Ids and codes by what they are known as; what is not kept is said, and what it says is not."""
    read = read_appointment(FOREIGN, our_id=our_id, visit_types=TYPES)
    assert read.value.appointment == visit(
        id=AppointmentId("their-example"),
        patient=PatientId("their-p1"),
        visit_type="consultation",
        slot=TimeSlot.parse("2027-03-14T08:00:00Z/2027-03-14T08:45:00.123456Z"),
        occupied=TimeSlot.parse("2027-03-14T08:00:00Z/2027-03-14T08:45:00.123456Z"),
        resources=(ResourceId("their-d1"),),
        reason="Check",
    )
    assert {each.code for each in read.findings} == {"FHR001"}
    assert {each.where for each in read.findings} >= {
        "Appointment.comment",
        "Appointment.text",
        "Appointment.priority",
    }
    assert CANARY not in repr(read.findings)


def changed(**rest: Any) -> dict[str, Any]:
    """The appointment of somebody else, with some keys changed, or left out where they are None."""
    return {key: value for key, value in {**FOREIGN, **rest}.items() if value is not None}


def taking_part(*references: str, status: str = "accepted") -> list[dict[str, Any]]:
    """Participants."""
    return [{"actor": {"reference": each}, "status": status} for each in references]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], "Appointment"),
        ({}, "Appointment.resourceType"),
        (changed(resourceType="Slot"), "Appointment.resourceType"),
        (changed(status=None), "Appointment.status"),
        (changed(status="Booked"), "Appointment.status"),
        (changed(status=["booked"]), "Appointment.status"),
        (changed(start=None), "Appointment.start"),
        (changed(end=None), "Appointment.end"),
        (changed(start="2027-03-14T09:00:00"), "Appointment.start"),
        (changed(start="2027-03-14"), "Appointment.start"),
        (changed(start="2027-02-30T09:00:00Z"), "Appointment.start"),
        (changed(start="2027-03-14T09:00Z"), "Appointment.start"),
        (changed(start="2027-03-14T09:00:00-05"), "Appointment.start"),
        (changed(start="2027-03-15T09:00:00Z"), "Appointment"),
        (changed(minutesDuration=0), "Appointment.minutesDuration"),
        (changed(minutesDuration="30"), "Appointment.minutesDuration"),
        (changed(minutesDuration=True), "Appointment.minutesDuration"),
        (changed(id=None), "Appointment.id"),
        (changed(serviceType=None), "Appointment.serviceType"),
        (changed(serviceType=[]), "Appointment.serviceType"),
        (changed(serviceType=[{"text": "x"}]), "Appointment.serviceType[0]"),
        (changed(serviceType=[{"coding": [{"code": "unknown"}]}]), "Appointment.serviceType[0]"),
        (changed(participant=None), "Appointment.participant"),
        (changed(participant=[]), "Appointment.participant"),
        (changed(participant=taking_part("Practitioner/d1")), "Appointment.participant"),
        (changed(participant=taking_part("Patient/p1", "Patient/p2", "Device/x")), "Appointment.participant"),
        (changed(participant=taking_part("Patient/p1")), "Appointment"),
        (changed(participant=taking_part("Patient/p1", status="yes")), "Appointment.participant[0].status"),
        (changed(participant=[{"status": "accepted"}]), "Appointment.participant[0]"),
        (changed(participant=taking_part("p1")), "Appointment.participant[0].actor.reference"),
        (changed(participant=taking_part("#p1")), "Appointment.participant[0].actor.reference"),
        (changed(participant=taking_part("urn:uuid:1")), "Appointment.participant[0].actor.reference"),
        (changed(slot=[{"reference": "Schedule/1"}]), "Appointment.slot[0]"),
        (changed(cancelationReason={"text": "x"}), "Appointment.cancelationReason"),
        (
            changed(modifierExtension=[{"url": "urn:not-at-all", "valueBoolean": True}]),
            "Appointment.modifierExtension",
        ),
        (changed(implicitRules="urn:rules"), "Appointment.implicitRules"),
        (
            changed(participant=[{**FOREIGN["participant"][0], "modifierExtension": [{"url": "urn:x"}]}]),
            "Appointment.participant[0].modifierExtension",
        ),
        (changed(extension=[{"valueString": "x"}]), "Appointment.extension[0].url"),
        (
            changed(extension=[{"url": "urn:medoffice:fhir:revision", "valueUnsignedInt": -1}]),
            "Appointment.extension[0].valueUnsignedInt",
        ),
        (changed(extension=[{"url": "urn:medoffice:fhir:modality", "valueCode": "by-post"}]), "Appointment"),
        (
            changed(extension=[{"url": "urn:medoffice:fhir:series", "valueString": "a"}] * 2),
            "Appointment.extension[1]",
        ),
    ],
)
def test_what_cannot_be_an_appointment_is_refused_at_its_place(document: Any, path: str) -> None:
    """Missing, impossible, not known, or meant otherwise than it looks; the refusal shows nothing of what stood there."""
    with pytest.raises(WireError) as caught:
        read_appointment(document, our_id=our_id, visit_types=TYPES)
    assert caught.value.path == path
    assert CANARY not in repr(caught.value)
    assert caught.value.__cause__ is None


def test_references_to_another_server_are_nobody_of_ours() -> None:
    """The same id on another server is somebody else, unless it is said who."""
    here = changed(id="apt-9", participant=taking_part("Patient/p1", "Device/x"))
    assert read_appointment(here, visit_types=TYPES).value.appointment.patient == PatientId("p1")
    document = changed(
        id="apt-9",
        participant=taking_part("https://elsewhere.example/fhir/Patient/p1/_history/3", "Device/x"),
    )
    with pytest.raises(WireError) as caught:
        read_appointment(document, visit_types=TYPES)
    assert caught.value.path == "Appointment.participant[0].actor"
    bases = []

    def note(reference: Reference) -> str:
        bases.append(reference.base)
        return "known"

    read_appointment(document, our_id=note, visit_types=TYPES)
    assert "https://elsewhere.example/fhir/" in bases


def test_elements_of_another_release_are_said() -> None:
    """R5 has a recurrence; R4 has not: a warning, at its place and without its name, which could be anything."""
    read = read_appointment(changed(**{CANARY: 1, "recurrenceId": 1}), our_id=our_id, visit_types=TYPES)
    warned = [each for each in read.findings if each.code == "FHR002"]
    assert [each.where for each in warned] == ["Appointment"]
    assert CANARY not in repr(read.findings)


def test_nothing_private_is_in_what_is_refused_or_shown() -> None:
    """Reasons do not appear in a repr, nor do ids of references."""
    read = read_appointment(write_appointment(visit(reason=CANARY), says=Says.ALL))
    assert read.value.appointment.reason == CANARY
    assert CANARY not in repr(read)
    assert CANARY not in repr(Reference(kind="Patient", id=CANARY, value=CANARY))
