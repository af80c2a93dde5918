"""The book's own log, as the board of recalls reads it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from medoffice.core import AppointmentId, PatientId
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.book import Book
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.needs import OneOf
from medoffice.scheduling.recalls import (
    Fact,
    Interval,
    RecallOrdered,
    RecallRule,
    State,
    replay,
    standings,
    to_contact,
    visit_facts,
)
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.visits import VisitType

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 30, 14, tzinfo=UTC)
DAY = timedelta(days=1)
CHECK = RecallRule(code="a1c", interval=Interval.parse("3 months"), closes_with="check")
ANA, VISIT = PatientId("ana"), AppointmentId("v1")
ORDER = RecallOrdered(on=date(2026, 11, 25), patient=ANA, rule="a1c", due=date(2026, 12, 10))


def office() -> Book:
    """A book of one clinician, with a visit in two days."""
    hours = Weekly.of("Mon-Fri 00:00-24:00", zone=ZONE)
    check = VisitType(code="check", name="Check", minutes=20, needs=(OneOf("okafor"),))
    book = Book(Calendar(resources=(Provider("okafor", weekly=hours),), visits=(check,)))
    book.book("check", NOW + 2 * DAY, id=VISIT, patient=ANA, now=NOW)
    return book


def state(book: Book, on: date, *others: Fact) -> State:
    """How the ordered recall stands when the book's log is read."""
    facts = sorted((*visit_facts(book.events, zone=ZONE), ORDER, *others), key=lambda fact: fact.on)
    (standing,) = standings(replay([CHECK], facts), on=on)
    return standing.state


def test_a_booking_answers_and_a_cancellation_opens() -> None:
    """Booked in the book it is scheduled; cancelled there it is due again, with nothing else to be noted."""
    book = office()
    assert state(book, date(2026, 12, 1)) is State.SCHEDULED
    book.cancel(VISIT, now=NOW + DAY)
    assert state(book, date(2026, 12, 1)) is State.DUE


def test_a_no_show_opens_and_a_visit_closes() -> None:
    """Missed it is due again; fulfilled it is due three months after."""
    book = office()
    book.no_show(VISIT, now=NOW + 3 * DAY)
    assert state(book, date(2026, 12, 3)) is State.DUE
    book = office()
    book.change(VISIT, Status.ARRIVED, now=NOW + 2 * DAY)
    book.change(VISIT, Status.FULFILLED, now=NOW + 2 * DAY + timedelta(hours=1))
    board = replay([CHECK], visit_facts(book.events, zone=ZONE))
    (standing,) = standings(board, on=date(2026, 12, 3))
    assert (standing.state, standing.due) == (State.WAITING, date(2027, 3, 2))
    assert to_contact(board, on=date(2027, 3, 2)) == (*standings(board, on=date(2027, 3, 2)),)


def test_moved_and_mistaken_visits() -> None:
    """Moved it is scheduled for its new day; entered in error it never was."""
    book = office()
    book.move(VISIT, NOW + 4 * DAY, now=NOW)
    assert state(book, date(2026, 12, 3)) is State.SCHEDULED
    book.change(VISIT, Status.ENTERED_IN_ERROR, now=NOW + DAY)
    assert state(book, date(2026, 12, 3)) is State.DUE


def test_days_are_the_offices() -> None:
    """A visit at ten in the evening in Chicago is on that day, though it is the next in Greenwich."""
    book = office()
    late = datetime(2026, 12, 2, 22, tzinfo=ZONE)
    book.move(VISIT, late, now=late - 2 * DAY)
    assert [fact.on for fact in visit_facts(book.events, zone=ZONE)] == [date(2026, 11, 30)] * 2
    assert [fact.day for fact in visit_facts(book.events, zone=ZONE) if hasattr(fact, "day")][-1] == date(
        2026, 12, 2
    )
