"""Appointment of FHIR R4, read: ours as they were, and those of others as far as medoffice has a place for them."""

from types import MappingProxyType
from typing import Any, Final

import attrs

from medoffice.core import AppointmentId, InvalidValue, PatientId, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.modality import Modality
from medoffice.wire.fhir import names
from medoffice.wire.fhir.appointment import WITH_REASON, FhirAppointment
from medoffice.wire.fhir.codings import Coding, VisitTypes, read_concept, read_visit_types
from medoffice.wire.fhir.element import OF_RESOURCE, Element, Read, at, resource
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.fhir.references import OurId, Reference, read_reference, same_id
from medoffice.wire.json import WireError

_RESOURCES: Final = frozenset(("Practitioner", "PractitionerRole", "Location", "Device", "HealthcareService"))
_PARTICIPATIONS: Final = frozenset(("accepted", "declined", "tentative", "needs-action"))
_OTHERS: Final = (
    *OF_RESOURCE,
    *("serviceCategory", "specialty", "appointmentType", "reasonReference", "priority", "description"),
    *("supportingInformation", "comment", "patientInstruction", "basedOn", "requestedPeriod"),
)
"""What an Appointment of R4 may have beside what is kept here."""


@attrs.frozen(kw_only=True)
class _Who:
    """Whom an appointment concerns."""

    patient: PatientId
    resources: tuple[ResourceId, ...]
    location: str


def read_appointment(
    json: object,
    *,
    our_id: OurId = same_id,
    visit_types: VisitTypes = MappingProxyType({}),
) -> Read[FhirAppointment]:
    """The appointment of a resource, as JSON's objects and lists.

    What carries medoffice's identifiers and codes is read as it was written. Of others, ``our_id`` says which id a reference
    or the resource's own id becomes, and ``visit_types`` which code means which kind of visit. Their clinicians, rooms,
    devices and services become resources.

    Raises:
        WireError: with its place, when something that must be there is missing or impossible, a reference or a code is not
            known, or there is a modifier extension, which may turn the meaning round.
    """
    element = resource(json, "Appointment")
    extensions = Extensions(element)
    slot = _slot(element)
    status = _status(element)
    who = _who(element, our_id)
    visit = at(
        element.path,
        lambda: Appointment(
            id=_id(element, our_id),
            patient=who.patient,
            visit_type=_visit_type(element, visit_types),
            slot=slot,
            resources=who.resources,
            status=status,
            reason=_reason(element),
            location=who.location,
            **_extended(extensions, slot),
        ),
    )
    whole = at(
        element.path,
        lambda: FhirAppointment(
            appointment=visit,
            created=element.instant("created"),
            cancelled_because=_cancelled_because(element, status),
            slots=_slots(element),
        ),
    )
    extensions.close()
    element.close(*_OTHERS)
    return Read(whole, tuple(dict.fromkeys(element.findings)))


def _slot(element: Element) -> TimeSlot:
    slot = element.slot()
    element.whole("minutesDuration", 1)  # may be less than the slot, and says nothing about when
    return slot


def _status(element: Element) -> Status:
    element.need("status")
    text = element.code("status")
    return at(element.below("status"), lambda: Status.parse(text))


def _id(element: Element, our_id: OurId) -> AppointmentId:
    """Ours by its identifier; somebody else's by the id of the resource."""
    ours = ""
    for each in element.elements("identifier"):
        system, value = each.text("system"), each.text("value")
        each.close("use", "type", "period", "assigner")
        if system == names.APPOINTMENT:
            ours = value
        else:
            element.findings.append(not_kept(each.path))
    text = element.text("id")
    if not ours:
        if not text:
            raise WireError("it is missing, and so is an identifier of medoffice", element.below("id"))
        ours = at(element.below("id"), lambda: our_id(Reference(kind="Appointment", id=text)))
    return at(element.below("id"), lambda: AppointmentId(ours))


def _visit_type(element: Element, known: VisitTypes) -> str:
    element.need("serviceType")
    found = read_visit_types(element, "serviceType", known)
    if len(found) > 1:
        raise WireError("it is for one kind of visit", element.below("serviceType"))
    return found[0]


def _reason(element: Element) -> str:
    texts = []
    for each in element.elements("reasonCode"):
        codings, text = read_concept(each)
        texts.append(text or next((coding.display for coding in codings if coding.display), ""))
    if len(texts) > 1:
        element.findings.append(not_kept(f"{element.path}.reasonCode[1]"))
    return texts[0] if texts else ""


def _cancelled_because(element: Element, status: Status) -> Coding | None:
    found = element.element("cancelationReason")
    if found is None:
        return None
    if status not in WITH_REASON:
        raise WireError("only what is cancelled or a no-show has one (app-4)", found.path)
    codings, text = read_concept(found)
    if text or len(codings) > 1:
        element.findings.append(not_kept(found.path))
    return codings[0] if codings else None


def _slots(element: Element) -> tuple[str, ...]:
    found = []
    for each in element.elements("slot"):
        reference = read_reference(each)
        if reference.kind != "Slot" or not reference.id:
            raise WireError("it is a reference to a Slot", each.path)
        found.append(reference.id)
    return tuple(found)


def _who(element: Element, our_id: OurId) -> _Who:
    element.need("participant")
    patients: list[str] = []
    resources: list[str] = []
    locations: list[str] = []
    for each in element.elements("participant"):
        each.need("status")
        if each.code("status") not in _PARTICIPATIONS:
            raise WireError("it is accepted, declined, tentative or needs-action", each.below("status"))
        actor = each.element("actor")
        if actor is None and not each.has("type"):
            raise WireError("it has an actor or a type (app-1)", each.path)
        each.code("required")
        each.close("type", "period")
        if actor is None:
            continue
        reference = read_reference(actor)
        known = {names.PATIENT: patients, names.RESOURCE: resources, names.LOCATION: locations}
        if reference.system in known:
            known[reference.system].append(reference.value)
        elif reference.kind == "Patient":
            patients.append(at(actor.path, lambda: our_id(reference)))  # noqa: B023 - called at once
        elif reference.kind in _RESOURCES:
            resources.append(at(actor.path, lambda: our_id(reference)))  # noqa: B023 - called at once
        else:
            element.findings.append(not_kept(actor.path))
    path = element.below("participant")
    if len(patients) != 1:
        raise WireError("one patient takes part", path)
    if len(locations) > 1:
        raise WireError("it is at one site", path)
    return at(
        path,
        lambda: _Who(
            patient=PatientId(patients[0]),
            resources=tuple(sorted(map(ResourceId, resources))),
            location="".join(locations),
        ),
    )


def _extended(extensions: Extensions, slot: TimeSlot) -> dict[str, Any]:
    """The fields that R4 has no element for."""
    occupied = extensions.one(names.OCCUPIED)
    revision = extensions.one(names.REVISION)
    modality = extensions.one(names.MODALITY)
    new_patient = extensions.one(names.NEW_PATIENT)
    seats = extensions.one(names.SEATS)
    series = extensions.one(names.SERIES)
    shared = [each.text("valueString") for each in extensions.all(names.SHARED)]
    return {
        "occupied": _period(occupied) if occupied else slot,
        "revision": _number(revision, "valueUnsignedInt", 0) if revision else 0,
        "modality": Modality.parse(modality.code("valueCode")) if modality else Modality.IN_PERSON,
        "is_new_patient": new_patient.flag("valueBoolean", default=False) if new_patient else False,
        "seats": _number(seats, "valuePositiveInt", 1) if seats else 1,
        "series": series.text("valueString") if series else "",
        "shared": tuple(sorted(map(ResourceId, shared))),
    }


def _period(element: Element) -> TimeSlot:
    found = element.element("valuePeriod")
    if found is None:
        raise WireError("it is missing", element.below("valuePeriod"))
    return found.slot()


def _number(element: Element, key: str, least: int) -> int:
    found = element.whole(key, least)
    if found is None:
        raise InvalidValue("extension", "it has no number")
    return found
