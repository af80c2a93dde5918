"""The calendar for other programs and from them: what is held, what is free, and who is busy elsewhere."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from fhir.resources.R4B.bundle import Bundle as Judge
from hypothesis import given
from hypothesis import strategies as st

from medoffice.adapters.memory import MemoryStore
from medoffice.adapters.system import FixedClock
from medoffice.core import (
    Address,
    AppointmentId,
    Email,
    OfficeId,
    Patient,
    PatientId,
    PersonName,
    Phone,
    ResourceId,
    TimeSlot,
    UnknownName,
)
from medoffice.office import Office, OfficeSettings
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling import AnyOf, Booked, OneOf, Overbooking, Policy, Provider, Room, VisitType, Weekly
from medoffice.scheduling.calendar import Absence
from medoffice.wire.fhir import (
    MANIFEST,
    FhirSlot,
    Site,
    SlotStatus,
    read_appointment,
    read_bundle,
    read_publication,
    read_schedule,
    read_slot,
    to_bytes,
)
from medoffice.wire.ics import Detail
from medoffice.wire.json import WireError

ZONE = ZoneInfo("America/Chicago")
MORNING = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
DOCTOR = ResourceId("dr-okafor")
ROOM = ResourceId("exam_1")
ANA = PatientId("pat-ana")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SITE = Site(
    name="Northside",
    phone=Phone.parse("312-555-0142"),
    address=Address(street="12 Main Street", city="Springfield", state="IL", zip_code="62701"),
)

At = Callable[[datetime], Office]
Resource = dict[str, Any]


def ics(*slots: TimeSlot, more: str = "") -> bytes:
    """A calendar kept elsewhere, with an event for each slot, and whatever else stands in it."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nSUMMARY:Canarybird's birthday\r\n"
        f"DTSTART:{slot.start:%Y%m%dT%H%M%SZ}\r\nDTEND:{slot.end:%Y%m%dT%H%M%SZ}\r\nEND:VEVENT\r\n"
        for number, slot in enumerate(slots)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//elsewhere//EN\r\n{events}{more}END:VCALENDAR\r\n".encode()


UNREADABLE = (
    "BEGIN:VEVENT\r\nUID:x\r\nDTSTART;TZID=Somewhere:20261201T080000\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
)


def slot(start: datetime, hours: float) -> TimeSlot:
    """So many hours from an instant on."""
    return TimeSlot.lasting(start, hours * HOUR)


def away(office: Office) -> list[TimeSlot]:
    """When the doctor is away because of a calendar kept elsewhere."""
    absences = office.schedule.calendar().absences
    return sorted((each.slot for each in absences if each.why == "elsewhere"), key=lambda each: each.start)


def of(bundle: Resource, kind: str) -> list[Resource]:
    """The resources of one kind."""
    return [each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind]


@pytest.fixture
def furnished(office: Office) -> Office:
    """With a room whose id is none of FHIR's, and a kind of visit that needs it."""
    office.schedule.add_resource(Room(ROOM, tags="exam-room"))
    needs = (OneOf(DOCTOR), AnyOf("exam-room"))
    office.add_visit_type(VisitType(code="check", name="Check-up", minutes=30, buffer_after=5, needs=needs))
    return office


# ── busy elsewhere ──────────────────────────────────────────────────────────────────────────────────────────────────

stretches = st.lists(
    st.builds(
        lambda start, hours: slot(MORNING + start * HOUR, hours), st.integers(-60, 240), st.integers(1, 70)
    ),
    max_size=5,
)


@given(stretches, stretches, st.integers(0, 5))
def test_the_last_file_alone_says_who_is_away(
    first: list[TimeSlot], second: list[TimeSlot], days_later: int
) -> None:
    """Whatever was imported before, from the day of the import on the doctor is away as the file says, and not else."""
    settings = OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZONE)
    office = Office(settings=settings, store=MemoryStore(), clock=FixedClock(MORNING))
    office.schedule.add_resource(Provider(DOCTOR, weekly=Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)))
    other = Absence(DOCTOR, slot(MORNING, 1000), "leave")
    office.schedule.setup.note([other])
    office.schedule.exchange.take_busy(DOCTOR, ics(*first))
    later = attrs.evolve(office, clock=FixedClock(MORNING + days_later * DAY))
    later.schedule.exchange.take_busy(DOCTOR, ics(*second))
    begins = settings.span_of(TODAY + days_later * DAY).start
    slots = away(later)
    assert all(one.end <= two.start for one, two in pairwise(slots)), "no stretch is noted twice"
    for number in range(-80, 400):
        at = MORNING + number * HOUR
        said = second if at >= begins else first
        is_within = at >= settings.span_of(TODAY).start
        assert any(at in each for each in slots) is (is_within and any(at in each for each in said))
    assert other in later.schedule.calendar().absences
    again = later.schedule.exchange.take_busy(DOCTOR, ics(*second))
    assert (again.added, again.dropped) == ((), ())


def test_a_long_absence_is_one_however_often_it_is_imported(office: Office, at: At) -> None:
    """Half of it is over at the second import; it is the same absence."""
    leave = slot(MORNING + 2 * DAY, 24 * 14)
    assert len(office.schedule.exchange.take_busy(DOCTOR, ics(leave)).added) == 1
    later = at(MORNING + 7 * DAY)
    again = later.schedule.exchange.take_busy(DOCTOR, ics(leave))
    assert (again.added, again.dropped) == ((), ())
    assert away(later) == [leave]


def test_what_cannot_be_read_drops_nothing(office: Office) -> None:
    """An event that is gone from a file that is torn may be there and unread."""
    meeting = slot(MORNING + DAY, 1)
    office.schedule.exchange.take_busy(DOCTOR, ics(meeting))
    taken = office.schedule.exchange.take_busy(DOCTOR, ics(more=UNREADABLE))
    assert [each.code for each in taken.findings] == ["ICS002"]
    assert not taken.is_whole
    assert away(office) == [meeting]
    assert len(office.schedule.exchange.take_busy(DOCTOR, ics()).dropped) == 1
    assert away(office) == []


def test_busy_time_is_not_offered(office: Office) -> None:
    """From the import on; nothing of what the event is about is kept."""
    tomorrow = TODAY + DAY
    day = office.settings.span_of(tomorrow)
    assert office.find("follow-up", first_day=tomorrow)
    taken = office.schedule.exchange.take_busy(DOCTOR, ics(day))
    assert not office.find("follow-up", first_day=tomorrow)
    assert "Canarybird" not in repr(taken)
    assert "Canarybird" not in repr(office.store.read(lambda tx: (tx.exceptions(), tx.audit_rows())))


def test_calendars_of_one_person_are_kept_apart_by_their_code(office: Office) -> None:
    """The hospital's calendar says nothing about the school's."""
    exchange = office.schedule.exchange
    exchange.take_busy(DOCTOR, ics(slot(MORNING + DAY, 1)), why="hospital")
    exchange.take_busy(DOCTOR, ics(slot(MORNING + 2 * DAY, 1)), why="school")
    assert len(exchange.take_busy(DOCTOR, ics(), why="school").dropped) == 1
    assert [each.why for each in office.schedule.calendar().absences] == ["hospital"]


def test_a_file_for_nobody_or_of_nothing_changes_nothing(office: Office) -> None:
    """The nearest name is suggested; what is no calendar is an error."""
    with pytest.raises(UnknownName, match="okafor"):
        office.schedule.exchange.take_busy(ResourceId("dr-okafr"), ics(slot(MORNING, 1)))
    with pytest.raises(WireError):
        office.schedule.exchange.take_busy(DOCTOR, b"nothing of the kind")
    assert office.schedule.calendar().absences == ()


# ── files of ours ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("detail", Detail)
def test_a_feed_says_that_time_is_held_and_never_by_whom(
    office: Office, visit: AppointmentId, detail: Detail
) -> None:
    """Ana's ten o'clock is in it; Ana is not, nor an address."""
    feed = office.schedule.exchange.feed(DOCTOR, detail=detail).decode()
    assert f"UID:{visit}.held@northside.medoffice" in feed
    assert "DTSTART:20261124T160000Z" in feed
    assert ("Follow-up visit" in feed) is (detail is not Detail.BUSY)
    for secret in ("pat-ana", "Ana", "Núñez", "mailto"):
        assert secret not in feed
    with pytest.raises(UnknownName):
        office.schedule.exchange.feed(ResourceId("dr-nobody"))


def test_a_patient_s_calendar_has_the_visits_to_come(office: Office, visit: AppointmentId, at: At) -> None:
    """And those called off as such; none is no file. It says neither clinician nor kind of visit."""
    desk = Email("desk@northside.example")
    (file,) = office.schedule.exchange.patient_calendar(ANA, email=desk, phone=SITE.phone)
    assert b"STATUS:CONFIRMED" in file
    assert b"(312) 555-0142" in file
    for secret in (b"okafor", b"follow-up", b"Follow-up", b"Ana"):
        assert secret not in file
    office.cancel(visit)
    (file,) = office.schedule.exchange.patient_calendar(ANA, email=desk)
    assert b"STATUS:CANCELLED" in file
    assert at(MORNING + DAY).schedule.exchange.patient_calendar(ANA, email=desk) == ()
    with pytest.raises(NoSuchRecord):
        office.schedule.exchange.patient_calendar(PatientId("pat-nobody"), email=desk)


def test_a_bundle_reads_back_as_what_the_office_has(furnished: Office) -> None:
    """Schedules, slots and visits are R4's by another program, and ours read them back; each visit fills its slots."""
    booked = furnished.schedule.book(ANA, "check", MORNING + 2 * HOUR, reason="cough")
    assert isinstance(booked, Booked)
    held = furnished.schedule.hold("check", MORNING + 4 * HOUR)
    assert not isinstance(held, Exception)
    furnished.schedule.setup.note([Absence(DOCTOR, slot(MORNING + 5 * HOUR, 1))])
    bundle = furnished.schedule.exchange.bundle(first_day=TODAY, base="https://northside.example/fhir")
    Judge.model_validate(json.loads(to_bytes(bundle)))
    whole = read_bundle(bundle).value
    assert {each["id"] for each in whole.of("Schedule")} > {DOCTOR.value}
    slots = {each.id: each for each in (read_slot(each).value for each in whole.of("Slot"))}
    assert len(slots) == len(whole.of("Slot"))
    (written,) = whole.of("Appointment")
    read = read_appointment(written).value
    assert read.appointment == attrs.evolve(booked.appointment, reason="")
    assert sorted(slots[id].schedule for id in read.slots) == sorted(
        each.id for each in (read_schedule(each).value for each in whole.of("Schedule"))
    )
    assert {slots[id].status for id in read.slots} == {SlotStatus.BUSY}
    statuses = [each.status for each in slots.values()]
    assert statuses.count(SlotStatus.BUSY_TENTATIVE) == 2
    assert statuses.count(SlotStatus.BUSY_UNAVAILABLE) == 1
    assert b"cough" not in to_bytes(bundle)


def test_free_and_taken_share_no_minute_and_fill_the_hours(furnished: Office) -> None:
    """Every minute of the doctor's hours is in exactly one slot, and a free one can be booked where the room is too."""
    for hour in (1, 2, 6):
        assert isinstance(furnished.schedule.book(ANA, "check", MORNING + hour * HOUR), Booked)
    furnished.schedule.setup.note([Absence(DOCTOR, slot(MORNING + 4 * HOUR, 0.5))])
    bundle = furnished.schedule.exchange.bundle(first_day=TODAY, days=3, resources=[DOCTOR])
    slots = sorted((read_slot(each).value for each in of(bundle, "Slot")), key=lambda each: each.slot.start)
    assert len(of(bundle, "Schedule")) == 1
    calendar = furnished.schedule.calendar()
    for number in range(3):
        for opening in calendar.openings(DOCTOR, TODAY + number * DAY):
            inside = [each for each in slots if each.slot.overlaps(opening.slot)]
            assert inside[0].slot.start == opening.slot.start
            assert inside[-1].slot.end == opening.slot.end
            assert all(one.slot.end == two.slot.start for one, two in pairwise(inside))
    long = [each.slot for each in slots if each.status is SlotStatus.FREE and each.slot.length >= HOUR]
    starts = [each.start for each in long if each.start > MORNING]
    assert starts
    for start in starts:
        assert furnished.schedule.why_not("check", start) == ()


def test_an_overbooking_is_said_to_be_one(office: Office, visit: AppointmentId) -> None:
    """Two visits of the doctor at one time fill one slot, which says that it holds more than it has room for."""
    over = Policy(overbooking=Overbooking(is_allowed=True))
    bold = attrs.evolve(office, booking_policy=over)
    office.register(
        Patient(id=PatientId("pat-ben"), name=PersonName(family="B"), birth_date=date(1980, 1, 1))
    )
    ten = MORNING + HOUR
    second = bold.schedule.book(PatientId("pat-ben"), "follow-up", ten, resources=[DOCTOR], overbook=True)
    assert isinstance(second, Booked)
    bundle = office.schedule.exchange.bundle(first_day=TODAY)
    assert len(of(bundle, "Appointment")) == 2
    fills = {read_appointment(each).value.appointment.id: each for each in of(bundle, "Appointment")}
    assert set(fills) == {visit, second.appointment.id}
    assert [each.is_overbooked for each in busy(bundle)] == [True]


def busy(bundle: Resource) -> list[FhirSlot]:
    """The slots that are taken."""
    found = (read_slot(each).value for each in of(bundle, "Slot"))
    return [each for each in found if each.status is SlotStatus.BUSY]


def test_what_is_published_can_be_booked(furnished: Office) -> None:
    """Every time, by whoever reads it; and there is neither clinician nor room in the files."""
    exchange = furnished.schedule.exchange
    files = exchange.publication(
        base="https://northside.example/open",
        sites=[SITE],
        services=exchange.services(["check"]),
        first_day=TODAY,
        days=2,
        link=lambda each: f"https://northside.example/book?slot={each.id}",
    )
    assert b"okafor" not in b"".join(files.values())
    assert ROOM.value.encode() not in b"".join(files.values())
    base = "https://northside.example/open"
    fetched = {f"{base}/{name}": content for name, content in files.items()}
    publication = read_publication(files[MANIFEST], fetched).value
    assert len(publication.slots) > 20
    for each in publication.slots:
        assert furnished.schedule.why_not("check", each.slot.start) == ()
        assert each.link.endswith(each.id)
    with pytest.raises(NoSuchRecord):
        exchange.services(["no-such-visit"])


def test_times_at_another_site_are_not_published(furnished: Office) -> None:
    """A site's file has the times at that site alone: with the room in the east there are none in the west."""
    furnished.schedule.setup.keep(Room(ROOM, tags="exam-room", location="east-side"))
    exchange = furnished.schedule.exchange

    def slots(*locations: str) -> list[bytes]:
        files = exchange.publication(
            base="https://x.example",
            sites=[attrs.evolve(SITE, location=each) for each in locations],
            services=exchange.services(["check"]),
            first_day=TODAY + DAY,
        )
        lines = [content.splitlines() for name, content in files.items() if name.startswith("slots")]
        return [line for some in lines for line in some]

    assert slots("west-side") == slots("") == []
    assert slots("east-side")
    assert len(slots("east-side", "west-side")) == len(slots("east-side"))


def test_whatever_leaves_the_office_stands_in_the_audit_trail(office: Office, visit: AppointmentId) -> None:
    """A feed by its resource, a patient's calendar by the patient, a bundle and a publication by the calendar."""
    exchange = office.schedule.exchange
    exchange.feed(DOCTOR)
    exchange.patient_calendar(ANA, email=Email("desk@northside.example"))
    exchange.bundle(first_day=TODAY)
    services = exchange.services(["follow-up"])
    exchange.publication(base="https://x.example", sites=[SITE], services=services, first_day=TODAY)
    rows = office.store.read(lambda tx: tx.audit_rows())[-4:]
    assert [(row.entry.action, row.entry.subject) for row in rows] == [
        ("calendar.feed", "dr-okafor"),
        ("calendar.patient", "pat-ana"),
        ("calendar.fhir", "calendar"),
        ("calendar.publish", "calendar"),
    ]
    assert visit.value not in repr(rows)
