"""Calendars and FHIR: reading and writing them, medoffice beside the packages that a developer would take.

*Busy times*: the calendar of a clinician (a year of 200 events, 20 weekly series, changes and exceptions among them,
one zone described in the file), and when she is busy within 90 days. ``icalendar`` alone parses and expands nothing;
``recurring-ical-events`` expands what it parsed.

*Appointments as FHIR R4*: 500 of them, from values to bytes, and from bytes to values that are checked. ``fhir.resources``
checks types and no invariant of FHIR; what it gives are its own models, from which an application would still have to make
its own values.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks.peers import NoPeer, peer
from benchmarks.timing import interleaved, show
from medoffice.core import AppointmentId, Email, OfficeId, PatientId, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.wire.fhir import from_bytes, read_appointment, to_bytes, write_appointment
from medoffice.wire.ics import Sender, busy_times, patient_calendar, rules_of

OURS = "medoffice"
ZONE = ZoneInfo("America/New_York")
BEGINS = datetime(2027, 1, 4, 14, 0, tzinfo=UTC)
WINDOW = TimeSlot(datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 5, 2, tzinfo=UTC))
NOW = datetime(2026, 11, 25, tzinfo=UTC)
SENDER = Sender(id=OfficeId("northside"), name="Northside", email=Email("desk@northside.example"))
LENGTH, HOUR, DAY, WEEK = timedelta(minutes=30), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def visits(number: int) -> list[Appointment]:
    """Visits of half an hour, one after the other, eight a day."""
    slots = [
        TimeSlot.lasting(BEGINS + count // 8 * DAY + count % 8 * LENGTH, LENGTH) for count in range(number)
    ]
    return [
        Appointment(
            id=AppointmentId(f"apt-{count}"),
            patient=PatientId(f"pt-{count}"),
            visit_type="follow-up",
            slot=slot,
            occupied=slot.widened(before=timedelta(minutes=5), after=timedelta(minutes=10)),
            resources=(ResourceId("dr-okafor"), ResourceId("room-2")),
        )
        for count, slot in enumerate(slots)
    ]


def calendar() -> bytes:
    """What somebody else's program exports."""
    local = "%Y%m%dT%H%M%S"
    parts = [rules_of(ZONE, BEGINS, BEGINS + 52 * WEEK).to_ical().decode().strip()]
    for count in range(200):
        start = (BEGINS + count * 1.7 * DAY).astimezone(ZONE)
        parts.append(
            f"BEGIN:VEVENT\r\nUID:one-{count}\r\nDTSTAMP:20261125T000000Z\r\nSUMMARY:Something to do\r\n"
            f"DTSTART;TZID=America/New_York:{start:{local}}\r\nDTEND;TZID=America/New_York:{start + HOUR:{local}}\r\n"
            "DESCRIPTION:What it is about in some words\\, and who comes\r\nEND:VEVENT"
        )
    for count in range(20):
        start = (BEGINS + count * DAY).astimezone(ZONE)
        left_out, moved = start + 8 * WEEK, start + 10 * WEEK
        head = f"BEGIN:VEVENT\r\nUID:series-{count}\r\nDTSTAMP:20261125T000000Z\r\nSUMMARY:Meeting\r\n"
        parts.append(
            f"{head}DTSTART;TZID=America/New_York:{start:{local}}\r\nDURATION:PT45M\r\n"
            f"RRULE:FREQ=WEEKLY;COUNT=40\r\nEXDATE;TZID=America/New_York:{left_out:{local}}\r\nEND:VEVENT"
        )
        parts.append(
            f"{head}RECURRENCE-ID;TZID=America/New_York:{moved:{local}}\r\n"
            f"DTSTART;TZID=America/New_York:{moved + 3 * HOUR:{local}}\r\nDURATION:PT45M\r\nEND:VEVENT"
        )
    body = "\r\n".join(parts)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n{body}\r\nEND:VCALENDAR\r\n".encode()


def merged(slots: list[tuple[datetime, datetime]]) -> int:
    """How many minutes some times take together."""
    taken, last = timedelta(), datetime.min.replace(tzinfo=UTC)
    for start, end in sorted(slots):
        first, until = max(start, WINDOW.start, last), min(end, WINDOW.end)
        if until > first:
            taken += until - first
            last = until
    return int(taken / timedelta(minutes=1))


def compare_busy_times() -> None:
    """Somebody's calendar, from its bytes to the minutes that are taken."""
    data = calendar()

    def ours() -> int:
        return merged([(each.start, each.end) for each in busy_times(data, window=WINDOW, zone=ZONE).slots])

    rivals: dict[str, Callable[[], object]] = {OURS: ours}
    said: dict[str, str] = {}
    with suppress(NoPeer):
        icalendar = peer("icalendar", "icalendar")
        rivals["icalendar (parses only)"] = lambda: icalendar.Calendar.from_ical(data)
        expand = peer("recurring_ical_events", "recurring-ical-events")

        def expanded() -> int:
            found = expand.of(icalendar.Calendar.from_ical(data)).between(WINDOW.start, WINDOW.end)
            return merged([(each.start.astimezone(UTC), each.end.astimezone(UTC)) for each in found])

        rivals["icalendar, recurring-ical-events"] = expanded
        said["icalendar, recurring-ical-events"] = "same" if expanded() == ours() else "OTHERS"
    print(
        f"Busy times within 90 days, from a calendar of {len(data):,} bytes ({ours():,} minutes are taken):"
    )
    show(interleaved(rivals, rounds=9), unit="ms", beside=OURS, more=said)


def compare_calendars() -> None:
    """Two hundred visits as one file: in UTC, in local time, and by the package that ours stands on alone."""
    some = visits(200)
    icalendar = peer("icalendar", "icalendar")

    def bare() -> bytes:
        made = icalendar.Calendar()
        made.add("PRODID", "-//bench//EN")
        made.add("VERSION", "2.0")
        for visit in some:
            event = icalendar.Event()
            event.add("UID", visit.id.value)
            event.add("DTSTAMP", NOW)
            event.add("DTSTART", visit.slot.start)
            event.add("DTEND", visit.slot.end)
            event.add("SUMMARY", "Appointment")
            made.add_component(event)
        return bytes(made.to_ical())

    rivals: dict[str, Callable[[], object]] = {
        OURS: lambda: patient_calendar(some, sender=SENDER, now=NOW),
        "medoffice, in local time": lambda: patient_calendar(some, sender=SENDER, now=NOW, zone=ZONE),
        "icalendar, five lines an event": bare,
    }
    print("Two hundred visits as one calendar:")
    show(interleaved(rivals, rounds=9), unit="ms", beside=OURS)


def compare_fhir() -> None:
    """Five hundred appointments, from bytes to values and from values to bytes."""
    some = visits(500)
    documents = [to_bytes(write_appointment(each)) for each in some]
    reading: dict[str, Callable[[], object]] = {
        OURS: lambda: [read_appointment(from_bytes(each)) for each in documents]
    }
    writing: dict[str, Callable[[], object]] = {
        OURS: lambda: [to_bytes(write_appointment(each)) for each in some]
    }
    with suppress(NoPeer):
        model = peer("fhir.resources.R4B.appointment", "fhir.resources").Appointment
        reading["fhir.resources (R4B)"] = lambda: [model.model_validate_json(each) for each in documents]
        models = [model.model_validate_json(each) for each in documents]
        writing["fhir.resources (R4B)"] = lambda: [each.model_dump_json() for each in models]
    print("Five hundred appointments of FHIR, from bytes to checked values:")
    show(interleaved(reading, rounds=9), unit="ms", beside=OURS)
    print("The same, from values to bytes:")
    show(interleaved(writing, rounds=9), unit="ms", beside=OURS)


def main() -> None:
    """Measure and print."""
    compare_busy_times()
    compare_calendars()
    compare_fhir()


if __name__ == "__main__":
    main()
