"""The book's own log as a history."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from medoffice.core import AppointmentId, PatientId
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.book import Book
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.needs import OneOf
from medoffice.scheduling.noshow import TrackRecords, visits_of
from medoffice.scheduling.reminders import Channel, Confirm, Fact, ReminderKey, ReminderSent, ReplyReceived
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.visits import VisitType

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 30, 14, tzinfo=UTC)
DAY = timedelta(days=1)


def office() -> Book:
    """A book of one clinician."""
    hours = Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)
    talk = VisitType(code="talk", name="Talk", minutes=20, needs=(OneOf("okafor"),))
    return Book(Calendar(resources=(Provider("okafor", weekly=hours),), visits=(talk,)))


def book(into: Book, name: str, start: datetime, *, patient: str = "ana") -> None:
    """A visit that is booked now."""
    into.book("talk", start, id=AppointmentId(name), patient=PatientId(patient), now=NOW)


def key(name: str, start: datetime) -> ReminderKey:
    """A reminder of a visit at a time."""
    return ReminderKey(appointment=AppointmentId(name), starts=start, step="ask")


def test_kept_and_missed_are_told_apart_and_the_rest_is_open() -> None:
    """Arrived is kept, a no-show is missed, the visit to come is open; cancelled and mistaken ones are no history."""
    it = office()
    for number, name in enumerate(("kept", "missed", "open", "off", "error")):
        book(it, name, NOW + DAY + timedelta(hours=number))
    it.cancel(AppointmentId("off"), now=NOW)
    it.change(AppointmentId("error"), Status.ENTERED_IN_ERROR, now=NOW)
    it.change(AppointmentId("kept"), Status.ARRIVED, now=NOW + DAY)
    it.change(AppointmentId("kept"), Status.FULFILLED, now=NOW + DAY + timedelta(minutes=20))
    it.no_show(AppointmentId("missed"), now=NOW + DAY + timedelta(hours=2))
    found = visits_of(it.events)
    assert [(each.visit.starts - NOW - DAY, each.missed) for each in found.past] == [
        (timedelta(0), False),
        (timedelta(hours=1), True),
    ]
    assert list(found.open) == [AppointmentId("open")]
    assert (found.open[AppointmentId("open")].booked, found.open[AppointmentId("open")].kind) == (NOW, "talk")


def test_an_arrival_that_was_a_mistake_leaves_the_visit_open() -> None:
    """The wrong patient was noted as here: until the right one comes, or does not, nothing is known."""
    it, name = office(), AppointmentId("v")
    book(it, "v", NOW + DAY)
    it.change(name, Status.ARRIVED, now=NOW + DAY)
    it.correct(name, Status.BOOKED, now=NOW + DAY)
    found = visits_of(it.events)
    assert (found.past, list(found.open)) == ((), [name])
    it.no_show(name, now=NOW + DAY + timedelta(hours=1))
    (missed,) = visits_of(it.events).past
    assert missed.missed


def test_a_moved_visit_counts_from_its_move() -> None:
    """Moved a day later: it was booked when it got its time, and what was asked and said of the old one is over."""
    it, name, old, new = office(), AppointmentId("v"), NOW + 2 * DAY, NOW + 3 * DAY
    book(it, "v", old)
    it.confirm(name, now=NOW)
    it.move(name, new, now=NOW + DAY)
    patient = PatientId("ana")
    facts: list[Fact] = [
        ReminderSent(at=NOW, key=key("v", old), patient=patient, channel=Channel.TEXT, asks=True),
        ReplyReceived(at=NOW, patient=patient, channel=Channel.TEXT, reply=Confirm(), about=key("v", old)),
    ]
    visit = visits_of(it.events, reminders=facts).open[name]
    assert (visit.booked, visit.starts, visit.asked, visit.confirmed) == (NOW + DAY, new, None, None)
    asked_at, said_at = NOW + DAY, NOW + DAY + timedelta(hours=1)
    facts += [
        ReminderSent(at=asked_at, key=key("v", new), patient=patient, channel=Channel.TEXT, asks=True),
        ReplyReceived(
            at=said_at, patient=patient, channel=Channel.TEXT, reply=Confirm(), about=key("v", new)
        ),
    ]
    visit = visits_of(it.events, reminders=facts).open[name]
    assert (visit.asked, visit.confirmed) == (asked_at, said_at)


def test_a_confirmation_by_telephone_counts() -> None:
    """What the front desk confirmed in the book is a confirmation from then on."""
    it, name = office(), AppointmentId("v")
    book(it, "v", NOW + 2 * DAY)
    it.confirm(name, now=NOW + DAY)
    assert visits_of(it.events).open[name].confirmed == NOW + DAY


def test_the_log_gives_the_patients_record() -> None:
    """What the log tells of earlier visits is what the model sees of a later one."""
    it = office()
    for number, (name, missed) in enumerate((("v1", True), ("v2", False), ("v3", True))):
        start = NOW + (1 + number) * DAY
        book(it, name, start)
        if missed:
            it.no_show(AppointmentId(name), now=start + timedelta(hours=1))
        else:
            it.change(AppointmentId(name), Status.ARRIVED, now=start)
    traits = {AppointmentId("v1"): (("distance", "near"),)}
    found = visits_of(it.events, traits=traits)
    assert found.past[0].visit.traits == (("distance", "near"),)
    assert TrackRecords.of(found.past).counts(PatientId("ana"), before=NOW + 9 * DAY) == (1, 2)


def test_walk_ins_are_no_history() -> None:
    """Somebody who is there cannot miss the visit."""
    it = office()
    it.walk_in("talk", id=AppointmentId("w"), patient=PatientId("ben"), now=NOW)
    found = visits_of(it.events)
    assert (found.past, dict(found.open)) == ((), {})
