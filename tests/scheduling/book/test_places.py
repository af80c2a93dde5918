"""Sites and ways to meet: where the book puts a visit, and where a move leaves it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import AppointmentId, PatientId, Refused, TimeSlot
from medoffice.scheduling import Modality
from medoffice.scheduling.book import Book, HoldId
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.needs import AnyOf, OneOf
from medoffice.scheduling.outcomes import Booked, Moved
from medoffice.scheduling.resources import Provider, Room
from medoffice.scheduling.visits import VisitType

ZONE = ZoneInfo("America/Denver")


def _hours(text: str, location: str) -> Weekly:
    weekly = Weekly.of(text, zone=ZONE)
    return attrs.evolve(weekly, hours=tuple(attrs.evolve(each, location=location) for each in weekly.hours))


CALENDAR = Calendar(
    resources=(
        Provider("ruiz", weekly=(_hours("Mon 08:00-12:00", "north"), _hours("Mon 13:00-17:00", "south"))),
        Room("n-1", tags="exam-room", location="north"),
        Room("s-1", tags="exam-room", location="south"),
    ),
    visits=(
        VisitType(
            code="visit",
            name="Visit",
            minutes=30,
            needs=(OneOf("ruiz"), AnyOf("exam-room", modality=Modality.IN_PERSON)),
            modalities=(Modality.IN_PERSON, Modality.TELEHEALTH),
        ),
    ),
)
NOW = datetime(2026, 11, 30, 13, tzinfo=UTC)
WINDOW = TimeSlot(NOW, datetime(2026, 12, 1, 7, tzinfo=UTC))
ANN = PatientId("ann")


def at(hour: int, minute: int = 0) -> datetime:
    """A clock time in Denver on Monday, 2026-11-30."""
    return datetime(2026, 11, 30, hour, minute, tzinfo=ZONE)


def booked(book: Book, start: datetime, id: str = "a", modality: Modality | None = None) -> Booked:
    """A visit that nothing stands in the way of."""
    outcome = book.book(
        "visit", start, id=AppointmentId(id), patient=PatientId(id), modality=modality, now=NOW
    )
    assert isinstance(outcome, Booked)
    return outcome


def test_the_room_is_where_the_provider_is() -> None:
    """In the morning north, in the afternoon south; the appointment says which."""
    book = Book(CALENDAR)
    visits = [booked(book, at(hour), f"a{hour}").appointment for hour in (9, 14)]
    assert [each.location for each in visits] == ["north", "south"]
    assert [list(map(str, each.resources)) for each in visits] == [["n-1", "ruiz"], ["ruiz", "s-1"]]


def test_a_move_stays_at_its_site_unless_told() -> None:
    """The afternoon is at the other site; with resources left open the visit may go there."""
    book = Book(CALENDAR)
    mine = booked(book, at(9)).appointment
    assert isinstance(book.move(mine.id, at(14), now=NOW), Refused)
    moved = book.move(mine.id, at(14), resources=(), now=NOW)
    assert isinstance(moved, Moved)
    assert moved.appointment.location == "south"
    found = book.find("visit", window=WINDOW, patient=ANN, location="north", now=NOW)
    back = book.move(mine.id, found[0], now=NOW)
    assert isinstance(back, Moved)
    assert back.appointment.location == "north"


def test_over_a_line_no_room_is_needed() -> None:
    """A call takes the provider alone, and leaves the room to whoever comes."""
    book = Book(CALENDAR)
    call = booked(book, at(9), modality=Modality.TELEHEALTH).appointment
    assert list(map(str, call.resources)) == ["ruiz"]
    moved = book.move(call.id, at(10), now=NOW)
    assert isinstance(moved, Moved)
    assert moved.appointment.modality is Modality.TELEHEALTH


def test_what_is_found_somewhere_is_held_and_booked_there() -> None:
    """A free slot brings its site and its modality along."""
    book = Book(CALENDAR)
    slot = book.find("visit", window=WINDOW, location="south", modality=Modality.TELEHEALTH, now=NOW)[0]
    book.hold("visit", slot, id=HoldId("h"), now=NOW)
    outcome = book.book_hold(HoldId("h"), id=AppointmentId("a"), patient=ANN, now=NOW)
    assert isinstance(outcome, Booked)
    assert (outcome.appointment.location, outcome.appointment.modality) == ("south", Modality.TELEHEALTH)
