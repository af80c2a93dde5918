"""Schedules and slots to FHIR R4 and back, and bundles of them."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from fhir.resources.R4B.bundle import Bundle as BundleJudge
from fhir.resources.R4B.schedule import Schedule as ScheduleJudge
from fhir.resources.R4B.slot import Slot as SlotJudge
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling import Provider
from medoffice.testing.strategies import appointments, ids, slots
from medoffice.wire.fhir import (
    Coding,
    FhirSchedule,
    FhirSlot,
    SlotStatus,
    from_bytes,
    read_bundle,
    read_schedule,
    read_slot,
    to_bytes,
    write_appointment,
    write_bundle,
    write_schedule,
    write_slot,
)
from medoffice.wire.json import WireError

SLOT: Final = TimeSlot.lasting(datetime(2027, 3, 14, 7, tzinfo=UTC), timedelta(minutes=30))
CODES: Final = st.frozensets(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True), max_size=3)


def fhir_ids() -> SearchStrategy[str]:
    """Ids of FHIR, upper case among them."""
    return st.from_regex(r"[A-Za-z0-9.\-]{1,64}", fullmatch=True)


def schedules() -> SearchStrategy[FhirSchedule]:
    """Schedules of some resources at some site."""
    actors = st.sets(ids(ResourceId), min_size=1, max_size=3).map(lambda some: tuple(sorted(some)))
    return st.builds(
        FhirSchedule,
        id=fhir_ids(),
        actors=actors,
        location=st.sampled_from(["", "west", "main-street"]),
        visit_types=CODES,
        horizon=st.none() | slots(),
        is_active=st.booleans(),
    )


def fhir_slots() -> SearchStrategy[FhirSlot]:
    """Slots in every state."""
    return st.builds(
        FhirSlot,
        id=fhir_ids(),
        schedule=fhir_ids(),
        slot=slots(),
        status=st.sampled_from(SlotStatus),
        visit_types=CODES,
        is_overbooked=st.booleans(),
        capacity=st.integers(1, 500),
    )


@given(made=schedules(), is_known=st.booleans())
def test_a_schedule_is_read_as_it_was_written(*, made: FhirSchedule, is_known: bool) -> None:
    """And is valid by fhir.resources (R4B, whose Schedule has the elements of R4)."""
    kinds = dict.fromkeys(made.actors, "Device") if is_known else {}
    document = to_bytes(write_schedule(made, kinds=kinds))
    read = read_schedule(from_bytes(document))
    assert (read.value, read.findings) == (made, ())
    ScheduleJudge.model_validate_json(document)


@given(fhir_slots())
def test_a_slot_is_read_as_it_was_written(made: FhirSlot) -> None:
    """And is valid by fhir.resources (R4B, whose Slot has the elements of R4)."""
    document = to_bytes(write_slot(made))
    read = read_slot(from_bytes(document))
    assert (read.value, read.findings) == (made, ())
    assert SlotJudge.model_validate_json(document).start == made.slot.start


@given(
    some=st.lists(st.one_of(fhir_slots().map(write_slot), appointments().map(write_appointment)), max_size=6),
    kind=st.sampled_from(["collection", "searchset"]),
)
def test_a_bundle_gives_its_resources_back(*, some: list[dict[str, Any]], kind: str) -> None:
    """In their order, of either kind of bundle, and valid by fhir.resources."""
    document = to_bytes(write_bundle(some, kind=kind))
    read = read_bundle(from_bytes(document))
    assert list(read.value.resources) == some
    assert read.findings == ()
    assert read.value.total == (len(some) if kind == "searchset" else None)
    BundleJudge.model_validate_json(document)


def test_a_searchs_answer_says_where_the_rest_is() -> None:
    """The next page, the total, and what the server has to say about the search as a finding."""
    slot = write_slot(FhirSlot(id="s1", schedule="c1", slot=SLOT))
    made = write_bundle([slot], kind="searchset", base="https://office.example/fhir/", total=70)
    assert made["entry"][0]["fullUrl"] == "https://office.example/fhir/Slot/s1"
    outcome = {"resource": {"resourceType": "OperationOutcome"}, "search": {"mode": "outcome"}}
    made["entry"].append(outcome)
    made["link"] = [
        {"relation": "self", "url": "a"},
        {"relation": "next", "url": "https://office.example/?page=2"},
    ]
    read = read_bundle(made)
    assert read.value.of("Slot") == (slot,)
    assert read.value.next_page == "https://office.example/?page=2"
    assert read.value.total == 70
    assert [each.where for each in read.findings] == ["Bundle.entry[1]"]


def test_a_bundle_of_another_kind_is_refused() -> None:
    """A transaction asks for something to be done; it is no list of what there is."""
    for made, path in [
        ({"resourceType": "Bundle", "type": "transaction"}, "Bundle.type"),
        ({"resourceType": "Bundle"}, "Bundle.type"),
        ({"resourceType": "Bundle", "type": "collection", "entry": [{}]}, "Bundle.entry[0].resource"),
        ({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {}}]}, "Bundle.entry[0]"),
        ({"resourceType": "Bundle", "type": "collection", "entry": []}, "Bundle.entry"),
    ]:
        with pytest.raises(WireError) as caught:
            read_bundle(made)
        assert caught.value.path == path
    slot = write_slot(FhirSlot(id="s1", schedule="c1", slot=SLOT))
    with pytest.raises(InvalidValue):
        write_bundle([slot, slot], base="https://office.example")
    with pytest.raises(InvalidValue):
        write_bundle([], kind="history")


def test_the_schedule_of_a_resource_has_its_id() -> None:
    """One calendar a clinician, under the id that the clinician has."""
    made = FhirSchedule.of(Provider("dr-okafor", location="west"), visit_types=frozenset({"ekg"}))
    assert made == FhirSchedule(
        id="dr-okafor", actors=(ResourceId("dr-okafor"),), location="west", visit_types="ekg"
    )
    with pytest.raises(InvalidValue):
        FhirSchedule.of(Provider("dr_okafor"))


def test_what_is_impossible_is_refused() -> None:
    """A schedule of nobody, actors that are not in order, a slot for nobody."""
    for fields in (
        {"id": "a"},
        {"id": "a b", "location": "x"},
        {"id": "a", "actors": (ResourceId("b"), ResourceId("a"))},
    ):
        with pytest.raises(InvalidValue):
            FhirSchedule(**fields)
    with pytest.raises(InvalidValue):
        FhirSlot(id="a", schedule="b", slot=SLOT, capacity=0)


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("id", None, "Slot.id"),
        ("schedule", None, "Slot.schedule"),
        ("schedule", {"reference": "Appointment/1"}, "Slot.schedule"),
        ("status", None, "Slot.status"),
        ("status", "open", "Slot"),
        ("start", None, "Slot.start"),
        ("end", "2027-03-14T07:00:00Z", "Slot"),
        ("overbooked", "yes", "Slot.overbooked"),
        ("modifierExtension", [{"url": "urn:x"}], "Slot.modifierExtension"),
    ],
)
def test_a_slot_that_is_none_is_refused_at_its_place(key: str, value: object, path: str) -> None:
    """Each thing that R4 requires is required."""
    written = write_slot(FhirSlot(id="s1", schedule="c1", slot=SLOT)) | {key: value}
    if value is None:
        del written[key]
    with pytest.raises(WireError) as caught:
        read_slot(written)
    assert caught.value.path == path


def test_somebody_elses_slot_is_read_by_the_codes_that_are_known() -> None:
    """A code that is not known is not guessed."""
    written = write_slot(FhirSlot(id="s1", schedule="c1", slot=SLOT))
    written["serviceType"] = [{"coding": [{"system": "urn:theirs", "code": "57"}]}]
    with pytest.raises(WireError):
        read_slot(written)
    read = read_slot(written, visit_types={Coding("urn:theirs", "57", display="Shot"): "immunisation"})
    assert read.value.visit_types == {"immunisation"}
