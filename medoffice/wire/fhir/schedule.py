"""Schedule and Slot of FHIR R4 (https://hl7.org/fhir/R4/schedule.html, slot.html), both ways."""

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, Self

import attrs

from medoffice.core import InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling.names import slug
from medoffice.scheduling.resources import Resource
from medoffice.wire.fhir import names
from medoffice.wire.fhir.codings import Coding, VisitTypes, read_visit_types, write_concept
from medoffice.wire.fhir.element import OF_RESOURCE, Element, Read, at, resource
from medoffice.wire.fhir.extensions import Extensions, extension, period
from medoffice.wire.fhir.primitives import is_id, write_instant
from medoffice.wire.fhir.references import OurId, read_reference, same_id, write_reference
from medoffice.wire.json import WireError

_ACTORS: Final = frozenset(("Practitioner", "PractitionerRole", "Location", "Device", "HealthcareService"))
_MOST_SEATS: Final = 500


class SlotStatus(Enum):
    """Whether a slot can be booked; the codes of FHIR R4 ``SlotStatus``."""

    BUSY = "busy"
    FREE = "free"
    BUSY_UNAVAILABLE = "busy-unavailable"
    """Nobody is there."""
    BUSY_TENTATIVE = "busy-tentative"
    """Held for somebody who has still to say yes."""
    ENTERED_IN_ERROR = "entered-in-error"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code of FHIR.

        Raises:
            InvalidValue: when FHIR R4 has no such code.
        """
        try:
            return cls(text.strip())
        except ValueError:
            raise InvalidValue("slot status", "it is one of the five codes of FHIR R4") from None

    def __str__(self) -> str:
        return self.value


def _fhir_id(_: object, attribute: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or not is_id(value):
        raise InvalidValue("FHIR", f"{attribute.name} has letters, digits, hyphens and dots, 64 at most")


def _codes(value: str | Iterable[str]) -> frozenset[str]:
    return frozenset((value,)) if isinstance(value, str) else frozenset(value)


@attrs.frozen(kw_only=True)
class FhirSchedule:
    """Whose calendar some slots are of: ``actors`` (sorted) and the site, the kinds of visit, and for how long.

    Raises:
        InvalidValue: when there is neither an actor nor a site, the actors are not in order, or the id is not FHIR's.
    """

    id: str = attrs.field(validator=_fhir_id)
    actors: tuple[ResourceId, ...] = ()
    location: str = attrs.field(default="", validator=slug("schedule", "its location", or_empty=True))
    visit_types: frozenset[str] = attrs.field(default=frozenset(), converter=_codes)
    horizon: TimeSlot | None = None
    is_active: bool = True

    def __attrs_post_init__(self) -> None:
        if list(self.actors) != sorted(set(self.actors)) or not (self.actors or self.location):
            raise InvalidValue(
                "schedule", "its actors are sorted and without repeats; one, or a site, is there"
            )

    @classmethod
    def of(
        cls, some: Resource, *, visit_types: frozenset[str] = frozenset(), horizon: TimeSlot | None = None
    ) -> Self:
        """The schedule of one resource, under its own id.

        Raises:
            InvalidValue: when that is no id of FHIR (it has an underscore).
        """
        return cls(
            id=some.id.value,
            actors=(some.id,),
            location=some.location,
            visit_types=visit_types,
            horizon=horizon,
        )


@attrs.frozen(kw_only=True)
class FhirSlot:
    """A stretch of a schedule that is free or taken; ``capacity`` is how many visits there is room for.

    Raises:
        InvalidValue: when an id is not FHIR's, or the capacity is out of its bounds.
    """

    id: str = attrs.field(validator=_fhir_id)
    schedule: str = attrs.field(validator=_fhir_id)
    slot: TimeSlot
    status: SlotStatus = SlotStatus.FREE
    visit_types: frozenset[str] = attrs.field(default=frozenset(), converter=_codes)
    is_overbooked: bool = False
    capacity: int = 1

    def __attrs_post_init__(self) -> None:
        if type(self.capacity) is not int or not 1 <= self.capacity <= _MOST_SEATS:
            raise InvalidValue("slot", f"its capacity is a whole number from 1 to {_MOST_SEATS}")


def write_schedule(
    made: FhirSchedule, *, kinds: Mapping[ResourceId, str] = MappingProxyType({})
) -> dict[str, Any]:
    """The resource as JSON's objects and lists; ``kinds`` as in :func:`write_appointment`."""
    actors = [write_reference(kinds.get(each, ""), names.RESOURCE, each.value) for each in made.actors]
    if made.location:
        actors.append(write_reference("Location", names.LOCATION, made.location))
    written: dict[str, Any] = {"resourceType": "Schedule", "id": made.id, "active": made.is_active}
    written |= _service_types(made.visit_types)
    written["actor"] = actors
    if made.horizon is not None:
        written["planningHorizon"] = period(made.horizon)
    return written


def write_slot(made: FhirSlot) -> dict[str, Any]:
    """The resource as JSON's objects and lists."""
    written: dict[str, Any] = {"resourceType": "Slot", "id": made.id}
    if made.capacity > 1:
        written["extension"] = [extension(names.CAPACITY, "PositiveInt", made.capacity)]
    written |= _service_types(made.visit_types)
    return written | {
        "schedule": {"reference": f"Schedule/{made.schedule}"},
        "status": made.status.value,
        "start": write_instant(made.slot.start),
        "end": write_instant(made.slot.end),
        "overbooked": made.is_overbooked,
    }


def _service_types(visit_types: frozenset[str]) -> dict[str, Any]:
    concepts = [write_concept(Coding(names.VISIT_TYPE, each)) for each in sorted(visit_types)]
    return {"serviceType": concepts} if concepts else {}


def read_schedule(
    json: object, *, our_id: OurId = same_id, visit_types: VisitTypes = MappingProxyType({})
) -> Read[FhirSchedule]:
    """The schedule of a resource; ``our_id`` and ``visit_types`` as in :func:`read_appointment`.

    Raises:
        WireError: with its place, when something is missing, impossible or not known, or must be understood and is not.
    """
    element = resource(json, "Schedule")
    extensions = Extensions(element)
    element.need("id")
    element.need("actor")
    actors: list[str] = []
    location = ""
    for each in element.elements("actor"):
        reference = read_reference(each)
        if reference.system == names.LOCATION:
            location = reference.value
        elif reference.system == names.RESOURCE:
            actors.append(reference.value)
        elif reference.kind in _ACTORS:
            actors.append(at(each.path, lambda: our_id(reference)))  # noqa: B023 - called at once
        else:
            raise WireError("it is a clinician, a room, a device, a service or a site", each.path)
    horizon = element.element("planningHorizon")
    found = at(
        element.path,
        lambda: FhirSchedule(
            id=element.text("id"),
            actors=tuple(sorted(map(ResourceId, actors))),
            location=location,
            visit_types=frozenset(read_visit_types(element, "serviceType", visit_types)),
            horizon=horizon.slot() if horizon else None,
            is_active=element.flag("active", default=True),
        ),
    )
    extensions.close()
    element.close(*OF_RESOURCE, "serviceCategory", "specialty", "comment")
    return Read(found, tuple(dict.fromkeys(element.findings)))


def read_slot(json: object, *, visit_types: VisitTypes = MappingProxyType({})) -> Read[FhirSlot]:
    """The slot of a resource; ``visit_types`` as in :func:`read_appointment`.

    Raises:
        WireError: with its place, when something is missing, impossible or not known, or must be understood and is not.
    """
    element = resource(json, "Slot")
    extensions = Extensions(element)
    for key in ("id", "status"):
        element.need(key)
    text = element.code("status")
    capacity = extensions.one(names.CAPACITY)
    found = at(
        element.path,
        lambda: FhirSlot(
            id=element.text("id"),
            schedule=schedule_of(element),
            slot=element.slot(),
            status=SlotStatus.parse(text),
            visit_types=frozenset(read_visit_types(element, "serviceType", visit_types)),
            is_overbooked=element.flag("overbooked", default=False),
            capacity=(capacity.whole("valuePositiveInt", 1) or 1) if capacity else 1,
        ),
    )
    extensions.close()
    element.close(*OF_RESOURCE, "serviceCategory", "specialty", "appointmentType", "comment")
    return Read(found, tuple(dict.fromkeys(element.findings)))


def schedule_of(element: Element) -> str:
    """The id of the schedule that a slot refers to.

    Raises:
        WireError: when it refers to none.
    """
    element.need("schedule")
    found = element.element("schedule")
    if found is None:
        raise WireError("it is missing", element.below("schedule"))
    reference = read_reference(found)
    if reference.kind != "Schedule" or not reference.id:
        raise WireError("it is a reference to a Schedule", found.path)
    return reference.id
