"""A small office for examples."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from medoffice.core import AppointmentId, PatientId, Refused, TimeSlot
from medoffice.scheduling.book import Book, HoldId, OfferId, Policy
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.needs import AnyOf, OneOf
from medoffice.scheduling.resources import Provider, Room
from medoffice.scheduling.visits import VisitType

ZONE = ZoneInfo("America/Chicago")
HOURS = Weekly.of("Mon-Fri 08:00-12:00 13:00-17:00", zone=ZONE)
CALENDAR = Calendar(
    resources=(
        Provider("okafor", weekly=HOURS),
        Provider("lindqvist", weekly=HOURS),
        Room("exam-1", tags="exam-room"),
        Room("exam-2", tags="exam-room"),
        Room("hall", tags="hall"),
    ),
    visits=(
        VisitType(
            code="checkup",
            name="Check-up",
            minutes=30,
            new_patient_minutes=45,
            needs=(OneOf("okafor", "lindqvist"), AnyOf("exam-room")),
        ),
        VisitType(code="talk", name="Talk", minutes=20, needs=(OneOf("okafor"),), buffer_after=10),
        VisitType(code="class", name="Class", minutes=60, needs=(OneOf("okafor"), AnyOf("hall")), capacity=2),
    ),
)


class Office:
    """A book with a clock that stands until it is moved, and short ways to say what is done."""

    def __init__(self, policy: Policy) -> None:
        self.book = Book(CALENDAR, policy)
        self.now = self.at(8)
        self.made = 0

    def at(self, hour: int, minute: int = 0, *, day: int = 0) -> datetime:
        """A clock time in Chicago on Monday, 2026-11-30, or so many days later."""
        local = datetime(2026, 11, 30, hour, minute, tzinfo=ZONE) + timedelta(days=day)
        return local.astimezone(UTC)

    def new(self, kind: type) -> Any:
        """An id that was not used yet."""
        self.made += 1
        return kind(f"{kind.__name__.lower()}-{self.made}")

    def visit(self, start: datetime, patient: str = "pat", code: str = "checkup", **more: Any) -> Any:
        """Book, and give the outcome."""
        return self.book.book(
            code, start, id=self.new(AppointmentId), patient=PatientId(patient), now=self.now, **more
        )

    def hold(self, start: datetime, code: str = "checkup", **more: Any) -> Any:
        """Hold, and give the outcome."""
        return self.book.hold(code, start, id=self.new(HoldId), now=self.now, **more)

    def offer(self, hold: HoldId, patient: str, **more: Any) -> Any:
        """Offer, and give the outcome."""
        return self.book.offer(hold, id=self.new(OfferId), patient=PatientId(patient), now=self.now, **more)

    def accept(self, offer: OfferId, **more: Any) -> Any:
        """Accept, and give the outcome."""
        return self.book.accept(offer, appointment=self.new(AppointmentId), now=self.now, **more)

    def starts(self, day: int = 0, code: str = "checkup", **more: Any) -> list[datetime]:
        """When the day's free times start."""
        window = TimeSlot(self.at(0, day=day), self.at(0, day=day + 1))
        found = self.book.find(code, window=window, now=self.now, **more)
        return sorted({slot.slot.start for slot in found})

    def facts(self) -> list[str]:
        """The names of the facts so far."""
        return [type(event).__name__ for event in self.book.events]

    @staticmethod
    def codes(outcome: Any) -> list[str]:
        """Why a decision was refused; nothing when it was not."""
        return [finding.code for finding in outcome.findings] if isinstance(outcome, Refused) else []


@pytest.fixture
def opened() -> type[Office]:
    """How a test opens an office: with a policy."""
    return Office


@pytest.fixture
def office() -> Office:
    """An office whose policy refuses little."""
    return Office(Policy())
