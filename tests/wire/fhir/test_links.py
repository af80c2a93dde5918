"""SMART Scheduling Links: what is published is what a search found, public, the same each time, and read back."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from fhir.resources.R4B.location import Location as LocationJudge
from fhir.resources.R4B.schedule import Schedule as ScheduleJudge
from fhir.resources.R4B.slot import Slot as SlotJudge
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from medoffice.core import Address, InvalidValue, Phone, ResourceId, TimeSlot
from medoffice.scheduling.search.free_slot import FreeSlot
from medoffice.wire.fhir import (
    MANIFEST,
    SERVICE_TYPE,
    Coding,
    Edition,
    Publication,
    Read,
    Service,
    Site,
    SlotStatus,
    open_slots,
    publish,
    read_manifest,
    read_publication,
)
from medoffice.wire.json import WireError

BASE: Final = "https://office.example/open"
NOW: Final = datetime(2027, 2, 25, 15, 0, tzinfo=UTC)
DESK: Final = Phone.parse("312-555-0142")
SITES: Final = (
    Site(
        name="Northside",
        phone=DESK,
        address=Address(street="12 Main Street", city="Springfield", state="IL", zip_code="62701"),
    ),
    Site(
        location="west",
        name="Northside West",
        phone=Phone.parse("414-555-0143"),
        address=Address(
            street="900 West Avenue", unit="Suite 4", city="Racine", state="WI", zip_code="53402-1234"
        ),
        description="Behind the bank.",
    ),
)
SERVICES: Final = (
    Service(
        visit_type="follow-up",
        name="Follow-up visit",
        codings=(Coding(SERVICE_TYPE, "124", display="General Practice"),),
    ),
    Service(
        visit_type="flu-shot", name="Flu shot", codings=(Coding(SERVICE_TYPE, "57", display="Immunization"),)
    ),
)


def free(
    minute: int, *resources: str, visit: str = "follow-up", location: str = "", seats_left: int = 1
) -> FreeSlot:
    """A time that a search found."""
    slot = TimeSlot.lasting(NOW + timedelta(minutes=minute), timedelta(minutes=30))
    return FreeSlot(
        visit=visit,
        slot=slot,
        occupied=slot,
        resources=tuple(sorted(map(ResourceId, resources))),
        lead=ResourceId(resources[0]),
        location=location,
        seats=max(1, seats_left),
        seats_left=seats_left,
    )


@st.composite
def searches(draw: DrawFn) -> list[FreeSlot]:
    """What searches for some kinds of visit at some sites found."""
    return [
        free(
            15 * draw(st.integers(0, 4_000)),
            f"dr-{draw(st.integers(0, 3))}",
            f"room-{draw(st.integers(0, 2))}",
            visit=draw(st.sampled_from(["follow-up", "flu-shot"])),
            location=draw(st.sampled_from(["", "west"])),
            seats_left=draw(st.integers(1, 5)),
        )
        for _ in range(draw(st.integers(0, 12)))
    ]


def published(found: Iterable[FreeSlot], **rest: Any) -> dict[str, bytes]:
    """The files of a search, with a link for each slot."""
    slots = open_slots(found, link=lambda slot: f"https://office.example/book?slot={slot.id}", phone=DESK)
    return publish(base=BASE, sites=SITES, services=SERVICES, slots=slots, now=NOW, **rest)


def fetched(files: dict[str, bytes]) -> Read[Publication]:
    """The publication as a client reads it, who knows the files by their addresses."""
    return read_publication(files[MANIFEST], {f"{BASE}/{name}": data for name, data in files.items()})


def lines(data: bytes) -> list[dict[str, Any]]:
    """The resources of a file."""
    return [json.loads(line) for line in data.splitlines()]


@given(
    found=searches(),
    zone=st.sampled_from([None, ZoneInfo("America/Chicago"), ZoneInfo("Asia/Kathmandu")]),
    edition=st.sampled_from(Edition),
)
def test_what_is_published_is_read_back(
    *, found: list[FreeSlot], zone: ZoneInfo | None, edition: Edition
) -> None:
    """Every time, under whatever offset it is written and whosever names the extensions have."""
    read = fetched(published(found, zone=zone, edition=edition))
    expected = open_slots(found, link=lambda slot: f"https://office.example/book?slot={slot.id}", phone=DESK)
    assert read.findings == ()
    assert sorted(read.value.slots, key=lambda each: (each.slot.start, each.id)) == sorted(
        expected, key=lambda each: (each.slot.start, each.id)
    )
    assert read.value.published == NOW
    assert {site.id for site in read.value.sites} == {"office", "west"}
    assert {each.id for each in read.value.schedules} == {
        f"{site}.{service.visit_type}" for site in ("office", "west") for service in SERVICES
    }


@given(searches())
def test_what_is_published_is_valid_and_as_the_guide_wants_it(found: list[FreeSlot]) -> None:
    """By fhir.resources, and by what the guide's profiles require beside it: ids, one address, a service, an offset."""
    files = published(found)
    judges: dict[str, Any] = {"Location": LocationJudge, "Schedule": ScheduleJudge, "Slot": SlotJudge}
    manifest = json.loads(files[MANIFEST])
    assert manifest["request"].endswith("/$bulk-publish")
    assert manifest["error"] == []
    assert {output["url"] for output in manifest["output"]} == {
        f"{BASE}/{name}" for name in files if name != MANIFEST
    }
    for output in manifest["output"]:
        some = lines(files[output["url"].removeprefix(f"{BASE}/")])
        assert some
        assert len(output["extension"]["state"]) == 1
        for each in some:
            judges[output["type"]].model_validate(each)
            assert each["resourceType"] == output["type"]
            assert len(each["id"]) <= 64
    for each in lines(files["locations-WI.ndjson"]):
        assert each["telecom"] == [{"system": "phone", "value": "+14145550143"}]
        assert {"line", "city", "state", "postalCode"} == each["address"].keys()
    for each in lines(files["schedules-IL.ndjson"]):
        assert each["serviceType"]
        assert each["actor"][0]["reference"] == "Location/office"


@given(searches())
def test_nobody_is_named_and_the_same_question_has_the_same_bytes(found: list[FreeSlot]) -> None:
    """Neither clinicians nor rooms are in a publication, and the order in which times were found does not matter."""
    files = published(found)
    assert published(found) == files
    assert not any(b"dr-" in data or b"room-" in data for data in files.values())


def test_a_slot_looks_like_this() -> None:
    """One of HL7's edition, in the time of the office; two clinicians with a room each are room for two."""
    files = published(
        [free(0, "dr-a", "room-1"), free(0, "dr-b", "room-2"), free(0, "dr-c", "room-1")],
        zone=ZoneInfo("America/Chicago"),
    )
    (slot,) = lines(files["slots-IL-2027-W08.ndjson"])
    guide = "http://hl7.org/fhir/uv/smart-scheduling-links/StructureDefinition"
    name = "office.follow-up.20270225T1500.30"
    assert slot == {
        "resourceType": "Slot",
        "id": name,
        "extension": [
            {"url": f"{guide}/booking-deep-link", "valueUrl": f"https://office.example/book?slot={name}"},
            {"url": f"{guide}/booking-phone", "valueString": "+13125550142"},
            {
                "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity",
                "valueInteger": 2,
            },
        ],
        "schedule": {"reference": "Schedule/office.follow-up"},
        "status": "free",
        "start": "2027-02-25T09:00:00-06:00",
        "end": "2027-02-25T09:30:00-06:00",
    }


def test_two_clinicians_who_need_one_room_are_room_for_one() -> None:
    """What is published as free can be booked as often as it says."""
    (one,) = open_slots([free(0, "dr-a", "room-1"), free(0, "dr-b", "room-1")])
    assert one.capacity == 1
    (group,) = open_slots([free(0, "dr-a", "room-1", seats_left=6)])
    assert group.capacity == 6


def test_times_on_both_sides_of_a_change_have_their_own_offsets() -> None:
    """The second of March's Sundays: 01:30 is under -06:00, 03:00, half an hour later, under -05:00."""
    change = datetime(2027, 3, 14, 8, 0, tzinfo=UTC)
    minute = int((change - NOW) / timedelta(minutes=1))
    files = published([free(minute - 30, "dr-a"), free(minute, "dr-a")], zone=ZoneInfo("America/Chicago"))
    assert [each["start"] for each in lines(files["slots-IL-2027-W10.ndjson"])] == [
        "2027-03-14T01:30:00-06:00",
        "2027-03-14T03:00:00-05:00",
    ]


def test_what_is_not_published_cannot_be_offered() -> None:
    """A slot of an unknown site or kind of visit, and an address that a browser would not trust, are refused."""
    for found in ([free(0, "dr-a", visit="surgery")], [free(0, "dr-a", location="east")]):
        with pytest.raises(InvalidValue):
            published(found)
    for base in ("http://office.example", "https://office.example/a b", "office"):
        with pytest.raises(InvalidValue):
            publish(base=base, sites=SITES, services=SERVICES, slots=(), now=NOW)


OTHERS: Final = {
    "https://a.example/Location": b'{"resourceType":"Location","id":"1","name":"Flu","telecom":[{"system":"phone","value":"1"}]}\n',
    "https://a.example/Schedule": b'{"resourceType":"Schedule","id":"c","actor":[{"reference":"Location/1"}],'
    b'"serviceType":[{"coding":[{"system":"urn:x","code":"57"}]}]}',
    "https://a.example/Slot": b'{"resourceType":"Slot","id":"s","schedule":{"reference":"Schedule/c"},"status":"busy",'
    b'"start":"2027-02-25T09:00:00.000-05:00","end":"2027-02-25T09:20:00.000-05:00","extension":['
    b'{"url":"http://fhir-registry.smarthealthit.org/StructureDefinition/booking-deep-link","valueUrl":"https://b.example"},'
    b'{"url":"urn:else","valueString":"x"}]}\r\n\n',
}


def manifest_of(*kinds: str) -> bytes:
    """The manifest of somebody else."""
    output = [{"type": kind, "url": f"https://a.example/{kind}"} for kind in kinds]
    return json.dumps({"transactionTime": "2027-01-01T00:00:00Z", "request": "x", "output": output}).encode()


def test_the_publication_of_somebody_else_is_read() -> None:
    """Of the guide of 2021; kinds of files that are not read, and extensions that are not known, are said."""
    read = read_publication(
        manifest_of("Location", "Schedule", "Slot", "Organization"),
        OTHERS | {"https://a.example/Organization": b"{}"},
    )
    (slot,) = read.value.slots
    assert slot.status is SlotStatus.BUSY
    assert slot.link == "https://b.example"
    assert slot.slot.start == datetime(2027, 2, 25, 14, tzinfo=UTC)
    assert {each.code for each in read.findings} == {"FHR001", "FHR003"}
    alone = read_publication(manifest_of("Slot"), OTHERS)
    assert "FHR004" in {each.code for each in alone.findings}


@pytest.mark.parametrize(
    ("manifest", "files", "path"),
    [
        (b"", {}, ""),
        (b"[]", {}, "manifest"),
        (b'{"output":[]}', {}, "manifest.transactionTime"),
        (b'{"transactionTime":"2027-01-01","output":[]}', {}, "manifest.transactionTime"),
        (
            b'{"transactionTime":"2027-01-01T00:00:00Z","output":[{"type":"Slot"}]}',
            {},
            "manifest.output[0].url",
        ),
        (manifest_of("Slot"), {"https://a.example/Slot": b"{}\n{"}, "output[0] line 1: Slot.resourceType"),
        (manifest_of("Slot"), {"https://a.example/Slot": b"\n{"}, "output[0] line 2"),
        (
            manifest_of("Location"),
            {"https://a.example/Location": b'{"resourceType":"Location","id":"1"}'},
            "output[0] line 1: Location.name",
        ),
    ],
)
def test_a_publication_that_is_none_is_refused_at_its_place(
    manifest: bytes, files: dict[str, bytes], path: str
) -> None:
    """By file, line and element."""
    with pytest.raises(WireError) as caught:
        read_publication(manifest, files)
    assert caught.value.path == path


def test_a_manifest_may_be_empty() -> None:
    """An office that has nothing open says so."""
    assert read_manifest(b'{"transactionTime":"2027-01-01T00:00:00Z","output":[]}').outputs == ()
