"""A visit in the patient's calendar: at its minute in any reader, one event through all changes, and nothing private."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from medoffice.core import Email, InvalidValue, TimeSlot
from medoffice.scheduling import Appointment, Status
from medoffice.scheduling.modality import Modality
from medoffice.testing.strategies import appointments, zones
from medoffice.wire.ics import Sender, busy_times, cancellation, invitation, patient_calendar
from medoffice.wire.ics.zones import changes_in

MINUTE = timedelta(minutes=1)
ADDRESS = Email("me@example.org")
Visit = Callable[..., Appointment]


def lines(data: bytes) -> list[str]:
    """The unfolded lines of a file."""
    return data.decode().replace("\r\n ", "").splitlines()


def rounded(slot: TimeSlot) -> TimeSlot:
    """The whole minutes that a slot touches."""
    start = slot.start.replace(second=0, microsecond=0)
    end = -((slot.start - slot.end) // MINUTE)
    while start + end * MINUTE < slot.end:
        end += 1
    return TimeSlot(start, start + end * MINUTE)


@given(some=st.lists(appointments(), min_size=1, max_size=4), zone=st.none() | zones())
def test_every_visit_is_at_its_minute_in_another_reader(
    *, some: list[Appointment], zone: ZoneInfo | None, sender: Sender, now: datetime
) -> None:
    """Read by icalendar, start and end are the visit's, rounded outward to whole minutes, in UTC and in local time."""
    read = Calendar.from_ical(patient_calendar(some, sender=sender, now=now, zone=zone))
    events: list[Any] = read.walk("VEVENT")
    assert len(events) == len(some)
    for event, visit in zip(events, some, strict=True):
        found = TimeSlot(event["DTSTART"].dt, event["DTEND"].dt)
        assert found == rounded(visit.slot)
        assert event["UID"] == f"{visit.id}@northside.medoffice"
        assert event["SEQUENCE"] == visit.revision
        assert event["DTSTAMP"].dt == now


@pytest.mark.parametrize(
    "name", ["America/New_York", "America/Havana", "Australia/Lord_Howe", "Antarctica/Troll"]
)
def test_visits_on_both_sides_of_a_change_are_at_their_minutes(
    name: str, visit: Visit, sender: Sender, now: datetime
) -> None:
    """In the hour that comes twice too: the second one is written in UTC, since local time cannot tell it."""
    zone = ZoneInfo(name)
    for change in changes_in(zone, 2027):
        starts = [change.at + minutes * MINUTE for minutes in range(-180, 181, 15)]
        for start in starts:
            data = patient_calendar([visit(start)], sender=sender, now=now, zone=zone)
            found = busy_times(data, window=TimeSlot(start - 2000 * MINUTE, start + 2000 * MINUTE), zone=zone)
            assert found.slots == (TimeSlot.lasting(start, 30 * MINUTE),)
            assert found.findings == ()


def test_a_visit_keeps_its_uid_and_counts_its_changes(visit: Visit, sender: Sender, now: datetime) -> None:
    """A calendar that has the older one replaces it: same UID, higher SEQUENCE, the new time."""
    before = visit(datetime(2027, 3, 1, 15, tzinfo=UTC))
    slot = TimeSlot.lasting(datetime(2027, 3, 2, 15, tzinfo=UTC), 30 * MINUTE)
    after = attrs.evolve(before, slot=slot, occupied=slot, revision=1)
    first, second = (
        lines(invitation(each, sender=sender, attendee=ADDRESS, now=now)) for each in (before, after)
    )
    assert [line for line in first if line.startswith("UID")] == [
        line for line in second if line.startswith("UID")
    ]
    assert "SEQUENCE:0" in first
    assert "SEQUENCE:1" in second
    assert "DTSTART:20270302T150000Z" in second
    assert "METHOD:REQUEST" in second


def test_an_invitation_is_taken_back_by_its_cancellation(visit: Visit, sender: Sender, now: datetime) -> None:
    """METHOD:CANCEL and STATUS:CANCELLED under the same UID, from the same organiser to the same attendee."""
    cancelled = visit(datetime(2027, 3, 1, 15, tzinfo=UTC), status=Status.CANCELLED, revision=3)
    found = lines(cancellation(cancelled, sender=sender, attendee=ADDRESS, now=now))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3", "UID:apt-0001@northside.medoffice"} <= set(
        found
    )
    assert any(
        line.startswith("ORGANIZER") and line.endswith(":mailto:desk@northside.example") for line in found
    )
    assert any(line.startswith("ATTENDEE") and line.endswith(":mailto:me@example.org") for line in found)


def test_an_invitation_to_a_cancelled_visit_is_refused(visit: Visit, sender: Sender, now: datetime) -> None:
    """And so is the cancellation of one that stands."""
    stands = visit(datetime(2027, 3, 1, 15, tzinfo=UTC))
    with pytest.raises(InvalidValue):
        cancellation(stands, sender=sender, attendee=ADDRESS, now=now)
    for status in (Status.CANCELLED, Status.ENTERED_IN_ERROR):
        with pytest.raises(InvalidValue):
            invitation(attrs.evolve(stands, status=status), sender=sender, attendee=ADDRESS, now=now)


@pytest.mark.parametrize("status", Status)
def test_every_status_has_one_of_the_three_of_a_calendar(
    status: Status, visit: Visit, sender: Sender, now: datetime
) -> None:
    """A calendar knows tentative, confirmed and cancelled; that somebody did not come it does not tell."""
    found = lines(
        patient_calendar([visit(datetime(2027, 3, 1, 15, tzinfo=UTC), status=status)], sender=sender, now=now)
    )
    expected = {
        Status.CANCELLED: "CANCELLED",
        Status.ENTERED_IN_ERROR: "CANCELLED",
        Status.PROPOSED: "TENTATIVE",
        Status.PENDING: "TENTATIVE",
        Status.WAITLIST: "TENTATIVE",
    }
    assert f"STATUS:{expected.get(status, 'CONFIRMED')}" in found
    assert "NOSHOW" not in "".join(found).upper().replace("-", "")


@pytest.mark.parametrize("zone", [None, ZoneInfo("America/Chicago")])
def test_nothing_private_is_in_a_patients_calendar(
    zone: ZoneInfo | None, visit: Visit, sender: Sender, now: datetime
) -> None:
    """Neither who comes, nor to whom, nor for what, nor why; only the office, its telephone number and its place."""
    data = patient_calendar([visit(datetime(2027, 3, 1, 15, tzinfo=UTC))], sender=sender, now=now, zone=zone)
    assert b"canary" not in data.lower()
    assert "CLASS:PRIVATE" in lines(data)
    assert "SUMMARY:Appointment" in lines(data)
    assert r"LOCATION:12 Main Street\, Springfield\, IL 62701" in lines(data)


def test_the_place_is_that_of_the_visit(visit: Visit, sender: Sender, now: datetime) -> None:
    """Each site has its own, and a visit by telehealth has none."""
    start = datetime(2027, 3, 1, 15, tzinfo=UTC)
    west = lines(patient_calendar([visit(start, location="west")], sender=sender, now=now))
    assert r"LOCATION:900 West Avenue\, Springfield\, IL 62704" in west
    online = patient_calendar([visit(start, modality=Modality.TELEHEALTH)], sender=sender, now=now)
    assert b"LOCATION" not in online


@given(
    title=st.text(min_size=1, max_size=120)
    .map(lambda each: " ".join(each.split()))
    .filter(str.isprintable)
    .filter(bool)
)
def test_lines_are_folded_and_texts_come_back(
    *, title: str, visit: Visit, sender: Sender, now: datetime
) -> None:
    """No line is longer than 75 octets, all end in CR LF, and what was escaped is read as it was."""
    data = patient_calendar(
        [visit(datetime(2027, 3, 1, 15, tzinfo=UTC))], sender=sender, now=now, title=title
    )
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert Calendar.from_ical(data).walk("VEVENT")[0]["SUMMARY"] == title


@pytest.mark.parametrize("title", ["", " a", "a\nDTSTART:20200101", "a\x00", "a\u2028b"])
def test_a_title_that_would_break_a_line_is_refused(
    title: str, visit: Visit, sender: Sender, now: datetime
) -> None:
    """Nobody writes lines of their own into a file."""
    with pytest.raises(InvalidValue):
        patient_calendar([visit(datetime(2027, 3, 1, 15, tzinfo=UTC))], sender=sender, now=now, title=title)


def test_the_same_question_has_the_same_file(visit: Visit, sender: Sender, now: datetime) -> None:
    """Nothing in it comes from a clock or by chance."""
    visits = [visit(datetime(2027, 3, day, 15, tzinfo=UTC)) for day in range(1, 20)]
    files = {
        patient_calendar(visits, sender=sender, now=now, zone=ZoneInfo("America/Denver")) for _ in range(3)
    }
    assert len(files) == 1


def test_a_calendar_without_visits_is_refused(sender: Sender, now: datetime) -> None:
    """RFC 5545 wants one component at least, and readers refuse a file without."""
    with pytest.raises(InvalidValue):
        patient_calendar([], sender=sender, now=now)
