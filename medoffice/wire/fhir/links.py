"""SMART Scheduling Links: what an office publishes so that patients' search tools find its free times.

The guide (http://hl7.org/fhir/uv/smart-scheduling-links, 1.0.0, on FHIR 4.0.1) wants a manifest, whose address ends in
``$bulk-publish``, and files of Locations, Schedules and Slots, one resource a line. They are public, so there is nothing in
them but what a sign on the door says and when somebody can come: neither clinicians, nor rooms, nor ids of either.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import Address, InvalidValue, PhiClass, Phone, ResourceId, TimeSlot, as_instant, phi
from medoffice.scheduling.names import slug
from medoffice.scheduling.search.free_slot import FreeSlot
from medoffice.wire.fhir import names
from medoffice.wire.fhir.codings import Coding, write_concept
from medoffice.wire.fhir.document import to_bytes
from medoffice.wire.fhir.primitives import is_id, write_instant
from medoffice.wire.fhir.schedule import SlotStatus

MANIFEST: Final = "$bulk-publish"
_IG: Final = "http://hl7.org/fhir/uv/smart-scheduling-links/StructureDefinition"
_REGISTRY: Final = "http://fhir-registry.smarthealthit.org/StructureDefinition"


class Edition(Enum):
    """Whose names the extensions have. The two editions of the guide differ in nothing else that is written here."""

    HL7 = _IG
    """The structure definitions of HL7's guide."""
    SMART = _REGISTRY
    """The guide of 2021, and still the prose of HL7's."""


DEEP_LINKS: Final = tuple(f"{each.value}/booking-deep-link" for each in Edition)
PHONES: Final = tuple(f"{each.value}/booking-phone" for each in Edition)
CAPACITY: Final = f"{_REGISTRY}/slot-capacity"
"""How many can book the same time; only the guide of 2021 has it, so it is written under that name."""


def _fhir_id(_: object, attribute: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or not is_id(value):
        raise InvalidValue("link", f"{attribute.name} has letters, digits, hyphens and dots, 64 at most")


@attrs.frozen(kw_only=True)
class Site:
    """A place where patients can come: ``location`` is its slug in the schedule, ``""`` for an office of one."""

    location: str = attrs.field(default="", validator=slug("site", "its location", or_empty=True))
    name: str
    phone: Phone = attrs.field(**phi(PhiClass.PHONE))
    address: Address = attrs.field(**phi(PhiClass.PLACE))
    description: str = ""

    @property
    def id(self) -> str:
        """The id of its Location."""
        return self.location or "office"


@attrs.frozen(kw_only=True)
class Service:
    """A kind of visit that can be booked from outside: its code here, and the codes that search tools know."""

    visit_type: str = attrs.field(validator=slug("service", "its kind of visit"))
    name: str
    codings: tuple[Coding, ...] = ()


@attrs.frozen(kw_only=True)
class OpenSchedule:
    """The free times of one kind of visit at one site, as they are published."""

    id: str = attrs.field(validator=_fhir_id)
    site: str = attrs.field(validator=_fhir_id)
    services: tuple[Coding, ...]


@attrs.frozen(kw_only=True)
class OpenSlot:
    """A published time: where it is booked (by a link, by telephone, or both), and how many can book it."""

    id: str = attrs.field(validator=_fhir_id)
    schedule: str = attrs.field(validator=_fhir_id)
    slot: TimeSlot
    status: SlotStatus = SlotStatus.FREE
    link: str = ""
    phone: str = attrs.field(default="", **phi(PhiClass.PHONE))
    capacity: int = 1


def open_slots(
    free: Iterable[FreeSlot], *, link: Callable[[OpenSlot], str] | None = None, phone: Phone | None = None
) -> tuple[OpenSlot, ...]:
    """The times of a search as they are published: the same time with several clinicians is one, with room for several.

    As many can book it as there are ways that take nothing from each other: two clinicians who would need the same room are
    room for one. A group's visit has the seats that are left. Ids are made of the schedule and the time, so they are the
    same in the next publication. ``link`` gives the address of the page that books a slot.

    Raises:
        InvalidValue: when site and kind of visit together are too long for an id of FHIR.
    """
    room: dict[tuple[str, TimeSlot], int] = {}
    taken: dict[tuple[str, TimeSlot], set[ResourceId]] = {}
    for each in free:
        key = schedule_id(each.location, each.visit), each.slot
        before = taken.setdefault(key, set())
        if before.isdisjoint(each.resources):
            before.update(each.resources)
            room[key] = room.get(key, 0) + each.seats_left
    found = []
    for (schedule, slot), capacity in sorted(room.items(), key=lambda item: (item[0][1].start, item[0][0])):
        minutes = int(slot.length.total_seconds()) // 60
        made = OpenSlot(
            id=f"{schedule}.{slot.start:%Y%m%dT%H%M}.{minutes}",
            schedule=schedule,
            slot=slot,
            phone=f"+1{phone.digits}" if phone else "",
            capacity=capacity,
        )
        found.append(attrs.evolve(made, link=link(made)) if link else made)
    return tuple(found)


def schedule_id(location: str, visit_type: str) -> str:
    """The id of the schedule of one kind of visit at one site."""
    return f"{location or 'office'}.{visit_type}"


def publish(
    *,
    base: str,
    sites: Sequence[Site],
    services: Sequence[Service],
    slots: Iterable[OpenSlot],
    now: datetime,
    zone: ZoneInfo | None = None,
    edition: Edition = Edition.HL7,
) -> dict[str, bytes]:
    """The files by name: the manifest, and beside it locations and schedules by state, slots by state and week.

    ``base`` is the address of the folder in which they will lie; ``zone`` that under whose offset times are written (UTC
    without). The same question gives the same bytes. A state and a week (ISO 8601) have a file of their own, so that a
    client fetches what it needs.

    Raises:
        InvalidValue: when the address is not one of HTTPS, a slot is of a site or kind of visit that is not given, or
            ``now`` has no time zone.
    """
    if not base.startswith("https://") or any(letter.isspace() for letter in base):
        raise InvalidValue("publication", "its address begins with https:// and has no blanks")
    by_schedule = {
        schedule_id(site.location, service.visit_type): site for site in sites for service in services
    }
    lines: dict[tuple[str, str], list[dict[str, Any]]] = {}
    states: dict[str, str] = {}

    def put(kind: str, name: str, site: Site, resource: dict[str, Any]) -> None:
        lines.setdefault((kind, name), []).append(resource)
        states[name] = site.address.state

    for site in sites:
        put("Location", f"locations-{site.address.state}.ndjson", site, _location(site))
        for service in services:
            put("Schedule", f"schedules-{site.address.state}.ndjson", site, _schedule(site, service))
    for slot in sorted(slots, key=lambda each: (each.slot.start, each.id)):
        at = by_schedule.get(slot.schedule)
        if at is None:
            raise InvalidValue("publication", "each slot is of a site and a kind of visit that are published")
        year, week, _ = (
            slot.slot.start.astimezone(zone).isocalendar() if zone else slot.slot.start.isocalendar()
        )
        put("Slot", f"slots-{at.address.state}-{year}-W{week:02}.ndjson", at, _slot(slot, zone, edition))
    files = {name: b"\n".join(map(to_bytes, some)) + b"\n" for (_, name), some in lines.items()}
    return {MANIFEST: _manifest(base.rstrip("/"), lines, states, now)} | files


def _manifest(
    base: str, lines: Mapping[tuple[str, str], object], states: Mapping[str, str], now: datetime
) -> bytes:
    output = [
        {"type": kind, "url": f"{base}/{name}", "extension": {"state": [states[name]]}}
        for kind, name in lines
    ]
    return to_bytes(
        {
            "transactionTime": write_instant(as_instant(now)),
            "request": f"{base}/{MANIFEST}",
            "output": output,
            "error": [],
        }
    )


def _location(site: Site) -> dict[str, Any]:
    address = site.address
    return {
        "resourceType": "Location",
        "id": site.id,
        "status": "active",
        "name": site.name,
        **({"description": site.description} if site.description else {}),
        "telecom": [{"system": "phone", "value": f"+1{site.phone.digits}"}],
        "address": {
            "line": [line for line in (address.street, address.unit) if line],
            "city": address.city,
            "state": address.state,
            "postalCode": address.zip_code,
        },
    }


def _schedule(site: Site, service: Service) -> dict[str, Any]:
    ours = Coding(names.VISIT_TYPE, service.visit_type, display=service.name)
    return {
        "resourceType": "Schedule",
        "id": schedule_id(site.location, service.visit_type),
        "serviceType": [write_concept(*service.codings, ours)],
        "actor": [{"reference": f"Location/{site.id}", "display": site.name}],
    }


def _slot(made: OpenSlot, zone: ZoneInfo | None, edition: Edition) -> dict[str, Any]:
    extensions: list[dict[str, Any]] = []
    if made.link:
        extensions.append({"url": f"{edition.value}/booking-deep-link", "valueUrl": made.link})
    if made.phone:
        extensions.append({"url": f"{edition.value}/booking-phone", "valueString": made.phone})
    if made.capacity > 1:
        extensions.append({"url": CAPACITY, "valueInteger": made.capacity})
    return {
        "resourceType": "Slot",
        "id": made.id,
        **({"extension": extensions} if extensions else {}),
        "schedule": {"reference": f"Schedule/{made.schedule}"},
        "status": made.status.value,
        "start": write_instant(made.slot.start, zone),
        "end": write_instant(made.slot.end, zone),
    }
