"""SMART Scheduling Links, read: somebody's publication, of either edition of the guide."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import attrs

from medoffice.core import Finding
from medoffice.wire.fhir.codings import Coding, read_concept
from medoffice.wire.fhir.document import from_bytes
from medoffice.wire.fhir.element import OF_RESOURCE, Element, Read, at, resource
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import dangling, not_read
from medoffice.wire.fhir.links import CAPACITY, DEEP_LINKS, PHONES, OpenSchedule, OpenSlot
from medoffice.wire.fhir.references import read_reference
from medoffice.wire.fhir.schedule import SlotStatus, schedule_of
from medoffice.wire.json import WireError


@attrs.frozen(kw_only=True)
class Output:
    """One file of a manifest: what its lines are, where it is, and for which states; none means all."""

    kind: str
    url: str
    states: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Manifest:
    """When a publication was made, and its files."""

    published: datetime
    outputs: tuple[Output, ...]


@attrs.frozen(kw_only=True)
class PublishedSite:
    """A place as it was published: its id, its name, its telephone numbers."""

    id: str
    name: str
    phones: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Publication:
    """What could be read of a publication."""

    published: datetime
    sites: tuple[PublishedSite, ...] = ()
    schedules: tuple[OpenSchedule, ...] = ()
    slots: tuple[OpenSlot, ...] = ()


def read_manifest(data: bytes) -> Manifest:
    """The manifest at an address that ends in ``$bulk-publish``.

    Raises:
        WireError: with its place, when it is none.
    """
    element = Element(from_bytes(data), "manifest", [])
    published = element.instant("transactionTime")
    if published is None:
        raise WireError("it is missing", element.below("transactionTime"))
    outputs = []
    for each in _maybe(element, "output"):
        for key in ("type", "url"):
            each.need(key)
        tags = each.element("extension")
        states = tags.texts("state") if tags else ()
        outputs.append(Output(kind=each.text("type"), url=each.text("url"), states=states))
    return Manifest(published=published, outputs=tuple(outputs))


def read_publication(manifest: bytes, files: Mapping[str, bytes]) -> Read[Publication]:
    """A publication of which the files were fetched, each by the address that the manifest gives it.

    Files that were not fetched are left out, and slots of schedules that are not there are findings.

    Raises:
        WireError: with file, line and place, when one of them is not what it should be.
    """
    whole = read_manifest(manifest)
    findings: list[Finding] = []
    sites: list[PublishedSite] = []
    schedules: list[OpenSchedule] = []
    slots: list[OpenSlot] = []
    for number, output in enumerate(whole.outputs):
        where = f"output[{number}]"
        for line, value in _lines(files.get(output.url, b""), where):
            try:
                match output.kind:
                    case "Location":
                        sites.append(_site(value, findings))
                    case "Schedule":
                        schedules.append(_schedule(value, findings))
                    case "Slot":
                        slots.append(_slot(value, findings))
                    case _:
                        findings.append(not_read(where))
                        break
            except WireError as trouble:
                raise WireError(trouble.reason, f"{line}: {trouble.path}") from None
    known = {each.id for each in schedules}
    if any(each.schedule not in known for each in slots):
        findings.append(dangling("Slot.schedule"))
    places = {each.id for each in sites}
    if any(each.site not in places for each in schedules):
        findings.append(dangling("Schedule.actor"))
    made = Publication(
        published=whole.published, sites=tuple(sites), schedules=tuple(schedules), slots=tuple(slots)
    )
    return Read(made, tuple(dict.fromkeys(findings)))


def _lines(data: bytes, where: str) -> Iterator[tuple[str, object]]:
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            place = f"{where} line {number}"
            try:
                found = from_bytes(line)
            except WireError as trouble:
                raise WireError(trouble.reason, place) from None
            yield place, found


def _maybe(element: Element, key: str) -> Iterator[Element]:
    """The objects of a list that may be empty, as a manifest's may."""
    return iter(()) if element.values.get(key) == [] else element.elements(key)


def _site(json: object, findings: list[Finding]) -> PublishedSite:
    element = resource(json, "Location")
    for key in ("id", "name"):
        element.need(key)
    telecoms = list(element.elements("telecom"))
    phones = tuple(each.text("value") for each in telecoms if each.code("system") == "phone")
    made = PublishedSite(id=element.text("id"), name=element.text("name"), phones=phones)
    findings += element.findings
    return made


def _schedule(json: object, findings: list[Finding]) -> OpenSchedule:
    element = resource(json, "Schedule")
    for key in ("id", "actor"):
        element.need(key)
    codings: list[Coding] = []
    for concept in element.elements("serviceType"):
        codings += read_concept(concept)[0]
    sites = [found.id for found in map(read_reference, element.elements("actor")) if found.kind == "Location"]
    if not sites:
        raise WireError("one of its actors is a Location", element.below("actor"))
    made = at(
        element.path,
        lambda: OpenSchedule(id=element.text("id"), site=sites[0], services=tuple(codings)),
    )
    element.close(*OF_RESOURCE, "active", "serviceCategory", "specialty", "planningHorizon", "comment")
    findings += element.findings
    return made


def _slot(json: object, findings: list[Finding]) -> OpenSlot:
    element = resource(json, "Slot")
    extensions = Extensions(element)
    for key in ("id", "status"):
        element.need(key)
    status = element.code("status")
    link, phone, capacity = extensions.one(*DEEP_LINKS), extensions.one(*PHONES), extensions.one(CAPACITY)
    made = at(
        element.path,
        lambda: OpenSlot(
            id=element.text("id"),
            schedule=schedule_of(element),
            slot=element.slot(),
            status=SlotStatus.parse(status),
            link=link.text("valueUrl") if link else "",
            phone=phone.text("valueString") if phone else "",
            capacity=(capacity.whole("valueInteger", 1) or 1) if capacity else 1,
        ),
    )
    extensions.close()
    element.close(
        *OF_RESOURCE,
        "serviceType",
        "serviceCategory",
        "specialty",
        "appointmentType",
        "overbooked",
        "comment",
    )
    findings += element.findings
    return made
