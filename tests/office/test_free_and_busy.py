"""The time of resources as FHIR's schedules and slots: free is what nothing takes, and each visit fills its slots."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, PatientId, ResourceId, TimeSlot
from medoffice.office.calendar.free_and_busy import fhir_id, timetable
from medoffice.scheduling import Appointment, Provider, Room, Status, Weekly
from medoffice.scheduling.book.holds import Hold, HoldStatus
from medoffice.scheduling.book.ids import HoldId
from medoffice.scheduling.calendar import Absence, Calendar, Closure
from medoffice.wire.fhir import SlotStatus
from medoffice.wire.fhir.primitives import is_id

ZONE = ZoneInfo("America/Chicago")
MIDNIGHT = datetime(2026, 11, 24, 6, tzinfo=UTC)
DOCTOR, ROOM = ResourceId("dr-okafor"), ResourceId("exam_1")
MINUTE = timedelta(minutes=1)
WINDOW = TimeSlot(MIDNIGHT, MIDNIGHT + timedelta(days=2))
STEP = 20

stretches = st.builds(
    lambda start, steps: TimeSlot.lasting(MIDNIGHT + start * STEP * MINUTE, steps * STEP * MINUTE),
    st.integers(-6, 150),
    st.integers(1, 12),
)
resources = st.sampled_from([(DOCTOR,), (ROOM,), (DOCTOR, ROOM)])


def visit(number: int, slot: TimeSlot, of: tuple[ResourceId, ...], status: Status) -> Appointment:
    """A visit at a time."""
    return Appointment(
        id=AppointmentId(f"apt-{number}"),
        patient=PatientId("pat-1"),
        visit_type="follow-up",
        slot=slot,
        occupied=slot,
        resources=of,
        status=status,
    )


def hold(number: int, slot: TimeSlot, of: tuple[ResourceId, ...], status: HoldStatus) -> Hold:
    """A time that is kept."""
    return Hold(
        id=HoldId(f"hold-{number}"),
        visit_type="follow-up",
        slot=slot,
        occupied=slot,
        resources=of,
        made=MIDNIGHT,
        until=WINDOW.end,
        status=status,
    )


@given(
    st.lists(st.tuples(stretches, resources, st.sampled_from(Status)), max_size=5),
    st.lists(st.tuples(stretches, resources, st.sampled_from(HoldStatus)), max_size=3),
    st.lists(st.tuples(stretches, st.sampled_from([DOCTOR, ROOM])), max_size=3),
    st.booleans(),
)
def test_free_is_what_is_open_and_nothing_takes(
    visits: Sequence[tuple[TimeSlot, tuple[ResourceId, ...], Status]],
    holds: Sequence[tuple[TimeSlot, tuple[ResourceId, ...], HoldStatus]],
    away: Sequence[tuple[TimeSlot, ResourceId]],
    is_closed: bool,  # noqa: FBT001 -- drawn
) -> None:
    """Minute by minute, for a clinician with hours and a room that is always there, whatever overlaps what."""
    calendar = Calendar(
        resources=(Provider(DOCTOR, weekly=Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)), Room(ROOM)),
        absences=tuple(Absence(who, slot) for slot, who in away),
        closures=(Closure(days=date(2026, 11, 25), name="Stocktaking"),) if is_closed else (),
        zone=ZONE,
    )
    booked = [visit(number, *each) for number, each in enumerate(visits)]
    kept = [hold(number, *each) for number, each in enumerate(holds)]
    table = timetable(calendar, calendar.resources, window=WINDOW, appointments=booked, holds=kept)
    assert len({each.id for each in table.slots}) == len(table.slots)
    assert all(is_id(each.id) and is_id(each.schedule) for each in table.slots)
    for who in (DOCTOR, ROOM):
        free = [
            each.slot
            for each in table.slots
            if each.schedule == fhir_id(who.value) and each.status is SlotStatus.FREE
        ]
        taken = [
            *(each.occupied for each in booked if each.is_occupying and who in each.resources),
            *(each.occupied for each in kept if each.is_occupying and who in each.resources),
            *(slot for slot, resource in away if resource == who),
        ]
        for number in range(0, 2 * 24 * 60, STEP // 2):
            at = MIDNIGHT + number * MINUTE
            day = date(2026, 11, 24 + number // (24 * 60))
            is_open = any(at in opening.slot for opening in calendar.openings(who, day))
            assert sum(at in slot for slot in free) == (is_open and not any(at in slot for slot in taken))


@given(st.lists(st.tuples(stretches, resources, st.sampled_from(Status)), max_size=5))
def test_a_visit_fills_a_slot_of_each_of_its_resources(
    visits: Sequence[tuple[TimeSlot, tuple[ResourceId, ...], Status]],
) -> None:
    """At its time, taken, or taken on trial while it waits for a yes; one that holds no time fills none."""
    calendar = Calendar(resources=(Provider(DOCTOR), Room(ROOM)), zone=ZONE)
    booked = [visit(number, *each) for number, each in enumerate(visits)]
    table = timetable(calendar, calendar.resources, window=WINDOW, appointments=booked, holds=())
    slots = {each.id: each for each in table.slots}
    for each in booked:
        filled = [slots[id] for id in table.filled.get(each.id, ())]
        schedules = sorted(fhir_id(who.value) for who in each.resources) if each.is_occupying else []
        assert sorted(slot.schedule for slot in filled) == schedules
        for slot in filled:
            assert slot.slot == each.occupied
            is_sure = slot.status is SlotStatus.BUSY
            assert is_sure or slot.status is SlotStatus.BUSY_TENTATIVE
            assert is_sure or each.status is Status.PENDING


def test_an_id_stays_itself_where_it_can() -> None:
    """One with an underscore is a digest, the same each time."""
    assert fhir_id("dr-okafor") == "dr-okafor"
    assert fhir_id("exam_1") == fhir_id("exam_1") != fhir_id("exam_2")
    assert is_id(fhir_id("exam_1"))
    assert is_id(fhir_id("x" * 65))
