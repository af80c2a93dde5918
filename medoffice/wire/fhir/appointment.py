"""Appointment of FHIR R4 (https://hl7.org/fhir/R4/appointment.html), written."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

import attrs

from medoffice.core import InvalidValue, PhiClass, ResourceId, as_instant, phi
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.resources import Equipment, Provider, Resource, Room
from medoffice.wire.fhir import names
from medoffice.wire.fhir.codings import Coding, write_concept
from medoffice.wire.fhir.extensions import extension, period
from medoffice.wire.fhir.primitives import is_id, write_instant
from medoffice.wire.fhir.references import write_reference

_MOST: Final = 2_147_483_647
_MINUTE: Final = timedelta(minutes=1)
KINDS: Final[Mapping[type[Resource], str]] = MappingProxyType(
    {Provider: "Practitioner", Room: "Location", Equipment: "Device"}
)
"""Which resource of FHIR stands for each of ours."""
_OPEN: Final = frozenset((Status.PROPOSED, Status.PENDING, Status.WAITLIST))
"""States in which somebody still has to say yes."""
WITH_REASON: Final = frozenset((Status.CANCELLED, Status.NOSHOW))
"""States that may have a reason for the cancellation (invariant app-4 of FHIR R4)."""


class Says(Enum):
    """How much of an appointment is given away."""

    WHO_AND_WHEN = "who-and-when"
    """The patient by a reference, the time, the kind of visit, the resources; not why."""
    ALL = "all"
    """Also the reason for the visit."""


def _instant(value: datetime | None) -> datetime | None:
    return None if value is None else as_instant(value)


@attrs.frozen(kw_only=True)
class FhirAppointment:
    """An appointment with what FHIR has beside it: when it was made, why it was cancelled, the slots that it fills.

    ``slots`` are ids of FHIR's Slot resources.

    Raises:
        InvalidValue: when there is a reason for a cancellation that is none, or an id of a slot is no id of FHIR.
    """

    appointment: Appointment
    created: datetime | None = attrs.field(default=None, converter=_instant)
    cancelled_because: Coding | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    slots: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.cancelled_because is not None and self.appointment.status not in WITH_REASON:
            raise InvalidValue("appointment", "only one that is cancelled or a no-show has a reason for that")
        if not all(map(is_id, self.slots)):
            raise InvalidValue("appointment", "a slot's id has letters, digits, hyphens and dots, 64 at most")


def kinds_of(resources: Iterable[Resource]) -> dict[ResourceId, str]:
    """Which resource of FHIR each of the office's is, for :func:`write_appointment`."""
    return {each.id: KINDS[type(each)] for each in resources if type(each) in KINDS}


def write_appointment(
    made: FhirAppointment | Appointment,
    *,
    kinds: Mapping[ResourceId, str] = MappingProxyType({}),
    says: Says = Says.WHO_AND_WHEN,
) -> dict[str, Any]:
    """The resource as JSON's objects and lists.

    ``kinds`` (see :func:`kinds_of`) tells clinicians, rooms and devices apart; without it they are referred to by their
    identifiers alone. What R4 has no element for is in extensions named in :mod:`medoffice.wire.fhir.names`. There is never
    a comment, and no narrative: both are read by people who need not know.

    Raises:
        InvalidValue: when a number is larger than FHIR's.
    """
    whole = made if isinstance(made, FhirAppointment) else FhirAppointment(appointment=made)
    visit = whole.appointment
    resource: dict[str, Any] = {"resourceType": "Appointment"}
    if is_id(visit.id.value):
        resource["id"] = visit.id.value
    resource["extension"] = _extensions(visit)
    resource["identifier"] = [{"system": names.APPOINTMENT, "value": visit.id.value}]
    resource["status"] = visit.status.value
    if whole.cancelled_because is not None:
        resource["cancelationReason"] = write_concept(whole.cancelled_because)
    resource["serviceType"] = [write_concept(Coding(names.VISIT_TYPE, visit.visit_type))]
    if says is Says.ALL and visit.reason:
        resource["reasonCode"] = [{"text": visit.reason}]
    resource["start"] = write_instant(visit.slot.start)
    resource["end"] = write_instant(visit.slot.end)
    minutes, rest = divmod(visit.slot.length, _MINUTE)
    if not rest:
        resource["minutesDuration"] = minutes
    if whole.slots:
        resource["slot"] = [{"reference": f"Slot/{each}"} for each in whole.slots]
    if whole.created is not None:
        resource["created"] = write_instant(whole.created)
    resource["participant"] = _participants(visit, kinds)
    return resource


def _extensions(visit: Appointment) -> list[dict[str, Any]]:
    for number in (visit.revision, visit.seats):
        if number > _MOST:
            raise InvalidValue("appointment", "FHIR has no number as large as its revision or seats")
    found = [extension(names.REVISION, "UnsignedInt", visit.revision)]
    if visit.occupied != visit.slot:
        found.append(extension(names.OCCUPIED, "Period", period(visit.occupied)))
    if visit.modality is not Modality.IN_PERSON:
        found.append(extension(names.MODALITY, "Code", visit.modality.value))
    if visit.is_new_patient:
        found.append(extension(names.NEW_PATIENT, "Boolean", value=True))
    found += [extension(names.SHARED, "String", each.value) for each in visit.shared]
    if visit.is_group:
        found.append(extension(names.SEATS, "PositiveInt", visit.seats))
    if visit.series:
        found.append(extension(names.SERIES, "String", visit.series))
    return found


def _participants(visit: Appointment, kinds: Mapping[ResourceId, str]) -> list[dict[str, Any]]:
    actors = [write_reference("Patient", names.PATIENT, visit.patient.value)]
    actors += [write_reference(kinds.get(each, ""), names.RESOURCE, each.value) for each in visit.resources]
    if visit.location:
        actors.append(write_reference("Location", names.LOCATION, visit.location))
    status = "needs-action" if visit.status in _OPEN else "accepted"
    return [{"actor": actor, "required": "required", "status": status} for actor in actors]
