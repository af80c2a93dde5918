"""Calendars to subscribe to: the time that a resource is held, and the hours in which it is there."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from medoffice.core import AppointmentId, DateRange, InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling import Appointment, Status
from medoffice.scheduling.hours import Hours, Weekly, openings
from medoffice.testing.strategies import appointments, weekly_templates
from medoffice.wire.ics import Detail, Sender, busy_times, hours_calendar, resource_feed

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ROOM = ResourceId("room-2")
ALWAYS = TimeSlot(datetime(1960, 1, 1, tzinfo=UTC), datetime(2110, 1, 1, tzinfo=UTC))
Visit = Callable[..., Appointment]


def merged(slots: list[TimeSlot]) -> tuple[TimeSlot, ...]:
    """Slots in order, those that touch made one."""
    found: list[TimeSlot] = []
    for slot in sorted(slots, key=lambda each: each.start):
        if found and slot.start <= found[-1].end:
            found[-1] = TimeSlot(found[-1].start, max(found[-1].end, slot.end))
        else:
            found.append(slot)
    return tuple(found)


def outward(slot: TimeSlot) -> TimeSlot:
    """The whole minutes that a slot touches."""
    start, end = (each.replace(second=0, microsecond=0) for each in (slot.start, slot.end))
    return TimeSlot(start, end if end == slot.end else end + MINUTE)


@given(
    some=st.lists(appointments(), max_size=5, unique_by=lambda each: each.id),
    zone=st.sampled_from([None, ZoneInfo("America/New_York")]),
)
def test_a_feed_is_read_back_as_the_time_that_is_held(
    *, some: list[Appointment], zone: ZoneInfo | None, sender: Sender, now: datetime
) -> None:
    """Buffers included; visits that hold nothing, and those of other resources, are not in it."""
    mine = [attrs.evolve(each, resources=(ROOM,), shared=()) for each in some[:3]]
    data = resource_feed([*mine, *some[3:]], resource=ROOM, sender=sender, now=now, zone=zone)
    read = busy_times(data, window=ALWAYS, zone=ZoneInfo("UTC"))
    assert read.slots == merged([outward(each.occupied) for each in mine if each.is_occupying])
    assert read.findings == ()


def test_a_feed_says_that_the_time_is_taken_and_no_more(visit: Visit, sender: Sender, now: datetime) -> None:
    """By default neither the kind of visit nor the place; the patient and the reason at no level."""
    some = [visit(datetime(2027, 3, 1, 15, tzinfo=UTC), location="west")]
    by_detail = {
        detail: resource_feed(some, resource=ROOM, sender=sender, now=now, detail=detail, name_of=str.upper)
        for detail in Detail
    }
    assert b"canary" not in by_detail[Detail.BUSY].lower()
    assert b"LOCATION" not in by_detail[Detail.KIND]
    assert b"CANARY-ONCOLOGY" in by_detail[Detail.KIND]
    assert b"900 West Avenue" in by_detail[Detail.KIND_AND_PLACE]
    for data in by_detail.values():
        assert b"canary-patient" not in data
        assert b"liver" not in data


def test_the_seats_of_one_group_are_one_event(visit: Visit, sender: Sender, now: datetime) -> None:
    """Three patients of one class are one hour in the clinician's calendar; two visits of one time stay two."""
    seats = [attrs.evolve(visit(now, id=AppointmentId(f"seat-{number}")), seats=3) for number in range(3)]
    alone = visit(now, id=AppointmentId("alone"))
    feed = resource_feed([*seats, alone], resource=alone.resources[0], sender=sender, now=now)
    assert feed.count(b"BEGIN:VEVENT") == 2
    assert b"seat-0.held" in feed
    assert b"seat-1.held" not in feed


def test_a_feed_of_nothing_is_a_calendar_all_the_same(sender: Sender, now: datetime) -> None:
    """It has one component, the rules of a zone, and no event."""
    data = resource_feed([], resource=ROOM, sender=sender, now=now)
    read = Calendar.from_ical(data)
    assert [part.name for part in read.subcomponents] == ["VTIMEZONE"]
    assert busy_times(data, window=ALWAYS, zone=ZoneInfo("UTC")).slots == ()


def test_a_visit_that_waits_for_a_yes_is_tentative(visit: Visit, sender: Sender, now: datetime) -> None:
    """It holds its time, so it is in the feed."""
    data = resource_feed(
        [visit(datetime(2027, 3, 1, 15, tzinfo=UTC), status=Status.PENDING)],
        resource=ROOM,
        sender=sender,
        now=now,
    )
    assert b"STATUS:TENTATIVE" in data


@given(
    weekly=weekly_templates(),
    first=st.dates(date(2019, 1, 1), date(2036, 1, 1)),
    length=st.integers(0, 400),
    every=st.integers(1, 3),
)
@settings(max_examples=20)
def test_hours_are_read_back_as_the_openings_of_each_day(
    *, weekly: Weekly, first: date, length: int, every: int, sender: Sender, now: datetime
) -> None:
    """In every zone, across its changes, every week or every few: the instants of the hours are those of the file."""
    hours = tuple(attrs.evolve(each, visit_types=frozenset()) for each in weekly.hours)
    weekly = Weekly(zone=weekly.zone, hours=hours, effective=DateRange(first - 40 * DAY), every=every)
    days = DateRange(first, first + length * DAY)
    expected = [
        opening.slot for number in range(length + 1) for opening in openings(weekly, first + number * DAY)
    ]
    if not expected:
        with pytest.raises(InvalidValue):
            hours_calendar(weekly, name="hours", days=days, sender=sender, now=now)
        return
    data = hours_calendar(weekly, name="hours", days=days, sender=sender, now=now, takes_time=True)
    read = busy_times(data, window=ALWAYS, zone=ZoneInfo("Asia/Tokyo"))
    assert read.findings == ()
    assert read.slots == merged(expected)


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Australia/Lord_Howe", "America/Havana", "Antarctica/Troll"]
)
def test_hours_across_the_night_of_a_change_are_read_back(zone: str, sender: Sender, now: datetime) -> None:
    """Open all night, or from the very hour that is left out: those days are events of their own."""
    weekly = Weekly.of("Mon-Sun 00:00-00:15 01:30-02:10 02:15-04:00 22:00-24:00", zone=zone)
    first, length = date(2027, 1, 1), 365
    expected = [
        opening.slot for number in range(length) for opening in openings(weekly, first + number * DAY)
    ]
    days = DateRange(first, first + (length - 1) * DAY)
    data = hours_calendar(weekly, name="night", days=days, sender=sender, now=now, takes_time=True)
    assert busy_times(data, window=ALWAYS, zone=ZoneInfo("UTC")).slots == merged(expected)
    assert b"EXDATE" in data


@given(
    nth=st.frozensets(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1),
    weekday=st.integers(0, 6),
    every=st.integers(1, 2),
    first=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)
def test_hours_of_some_weeks_of_the_month_are_read_back(
    *, nth: frozenset[int], weekday: int, every: int, first: date, sender: Sender, now: datetime
) -> None:
    """The first and third Tuesday, the last Friday, and those that fall into every other week."""
    hours = Hours(weekday=weekday, opens=time(0, 30), closes=time(4), nth=nth)
    weekly = Weekly(
        zone=ZoneInfo("America/Los_Angeles"),
        hours=(hours,),
        effective=DateRange(date(2026, 1, 1)),
        every=every,
    )
    days = DateRange(first, first + 300 * DAY)
    expected = [opening.slot for number in range(301) for opening in openings(weekly, first + number * DAY)]
    data = hours_calendar(weekly, name="hours", days=days, sender=sender, now=now, takes_time=True)
    assert busy_times(data, window=ALWAYS, zone=ZoneInfo("UTC")).slots == merged(expected)


def test_hours_stand_on_the_wall_clock_of_their_zone(sender: Sender, now: datetime) -> None:
    """One event a stretch of the week, recurring in local time: eight o'clock is eight o'clock in July too."""
    weekly = Weekly.of("Mon 08:00-12:00", zone="America/New_York")
    data = hours_calendar(
        weekly, name="dr-a", days=DateRange(date(2027, 1, 1), date(2027, 12, 31)), sender=sender, now=now
    )
    text = data.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;TZID=America/New_York:20270104T080000\r\n" in text
    assert "TZID:America/New_York\r\n" in text
    assert "TRANSP:TRANSPARENT" in text


def test_hours_without_end_are_published_up_to_a_day(sender: Sender, now: datetime) -> None:
    """A file holds ten years at most: who wants more publishes again."""
    weekly = Weekly.of("Mon 08:00-12:00", zone="America/New_York")
    for days in (DateRange(date(2027, 1, 1)), DateRange(date(2027, 1, 1), date(2037, 6, 1))):
        with pytest.raises(InvalidValue):
            hours_calendar(weekly, name="dr-a", days=days, sender=sender, now=now)
