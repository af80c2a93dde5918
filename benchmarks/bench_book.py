"""What a decision costs in a book of 10,000 visits, and how long a log of 100,000 facts takes to replay.

The office: 50 clinicians and 60 exam rooms, Monday to Friday, 8 to 12 and 13 to 17 in New York, over 90 days in which the
clocks change; a visit takes one of each, and 10,000 are booked at random. Each decision is made in full and its
facts are written: what it needs is looked up, checked against hours, policy and everybody's time, and can be replayed.

Beside it stands the naive book of the tests, a list of rows that is looked through for each question: it gets clinician
and room named, keeps no facts, and is asked only whether the time is free.

Replayed are bookings, moves and cancellations. The floor only puts the facts' appointments into a dictionary.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from itertools import count, cycle
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from benchmarks.naive_book import Kind, NaiveBook, Row, Rules, minute_of
from benchmarks.timing import interleaved, seconds_of, show, table
from medoffice.core import AppointmentId, PatientId, Refused, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book import (
    Book,
    Event,
    HoldId,
    OfferId,
    Party,
    VisitBooked,
    VisitCancelled,
    VisitMoved,
    fold,
)
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.needs import AnyOf
from medoffice.scheduling.resources import Provider, Room
from medoffice.scheduling.visits import VisitType

ZONE: Final = ZoneInfo("America/New_York")
FIRST_DAY: Final = date(2027, 2, 1)
DAYS, VISITS, FACTS = 90, 10_000, 100_000
LENGTH: Final = timedelta(minutes=30)
NOW: Final = datetime.combine(FIRST_DAY, time(6), ZONE)
HOURS: Final = ((time(8), time(12)), (time(13), time(17)))
VISIT: Final = VisitType(
    code="follow-up", name="Follow-up", minutes=30, needs=(AnyOf("physician"), AnyOf("exam-room"))
)
PROVIDERS: Final = tuple(f"dr-{n:02d}" for n in range(50))
ROOMS: Final = tuple(f"exam-{n:02d}" for n in range(60))
FRIDAY: Final = 4
ROUNDS, CALLS = 30, 20


def calendar() -> Calendar:
    """The office, with nothing booked."""
    weekly = Weekly.of("Mon-Fri 08:00-12:00 13:00-17:00", zone=ZONE)
    return Calendar(
        resources=(
            *(Provider(name, weekly=weekly, tags="physician") for name in PROVIDERS),
            *(Room(name, tags="exam-room") for name in ROOMS),
        ),
        visits=(VISIT,),
    )


def openings() -> list[tuple[datetime, datetime]]:
    """When every clinician is there."""
    days = (FIRST_DAY + timedelta(days=ahead) for ahead in range(DAYS))
    return [
        (datetime.combine(day, opens, ZONE), datetime.combine(day, closes, ZONE))
        for day in days
        if day.weekday() <= FRIDAY
        for opens, closes in HOURS
    ]


def half_hours() -> list[datetime]:
    """Every start of half an hour that does not meet its neighbours."""
    return [opens + LENGTH * n for opens, _ in openings() for n in range(8)]


def visit(id: str, start: datetime, provider: int, room: int, patient: str) -> Appointment:
    """One visit, with clinician and room by number."""
    return Appointment(
        id=AppointmentId(id),
        patient=PatientId(patient),
        visit_type=VISIT.code,
        slot=VISIT.slot_at(start),
        occupied=VISIT.occupied_at(start),
        resources=(ResourceId(PROVIDERS[provider]), ResourceId(ROOMS[room])),
    )


def visits() -> list[Appointment]:
    """As many as there are, each at a half hour and with a clinician of its own; the room goes with the clinician."""
    chance = Random(7)
    places = [(start, provider) for start in half_hours() for provider in range(len(PROVIDERS))]
    return [
        visit(f"a{number}", start, provider, provider, f"p{number % 4000}")
        for number, (start, provider) in enumerate(chance.sample(places, VISITS))
    ]


def naive(booked: Iterable[Appointment]) -> NaiveBook:
    """The same office and visits as rows."""
    open_minutes = [(minute_of(opens), minute_of(closes)) for opens, closes in openings()]
    book = NaiveBook(dict.fromkeys(PROVIDERS, open_minutes), Rules(zone=ZONE))
    book.rows = [
        row(each.slot.start, frozenset(map(str, each.resources)), str(each.patient)) for each in booked
    ]
    return book


KIND: Final = Kind(
    code=VISIT.code, minutes=30, minutes_if_new=30, before=0, after=0, needs=(PROVIDERS, ROOMS)
)


def row(start: datetime, resources: frozenset[str], patient: str) -> Row:
    """A visit as the naive book has it."""
    return Row(
        key="",
        kind=KIND,
        start=minute_of(start),
        is_new=False,
        resources=resources,
        patient=patient,
        is_hold=False,
    )


class Desk:
    """Somebody at the desk who decides one thing after the other and undoes it, so that the book stays as full."""

    def __init__(self, booked: list[Appointment]) -> None:
        self.book = Book(calendar(), appointments=booked)
        self.naive = naive(booked)
        self.ids = count()
        chance, self.patient = Random(11), PatientId("somebody")
        taken = {(each.slot.start, str(each.resources[0])) for each in booked}
        places = [
            (start, provider)
            for start in half_hours()
            for provider in range(len(PROVIDERS))
            if (start, PROVIDERS[provider]) not in taken
        ]
        self.free = cycle(chance.sample(places, 500))
        self.taken = cycle(chance.sample(booked, 500))

    def yes(self, outcome: object) -> None:
        """Nothing here is refused."""
        assert not isinstance(outcome, Refused), outcome

    def find(self) -> None:
        """The first ten free times of a clinician, for a patient."""
        self.book.find(
            VISIT,
            window=TimeSlot(NOW, NOW + timedelta(days=DAYS)),
            patient=self.patient,
            resources=[PROVIDERS[next(self.ids) % len(PROVIDERS)]],
            now=NOW,
        )[:10]

    def book_and_cancel(self) -> None:
        """Two decisions: a visit with a named clinician in whichever room, and its end."""
        start, provider = next(self.free)
        id = AppointmentId(f"new-{next(self.ids)}")
        self.yes(
            self.book.book(
                VISIT, start, id=id, patient=self.patient, resources=[PROVIDERS[provider]], now=NOW
            )
        )
        self.yes(self.book.cancel(id, reason="bench", party=Party.OFFICE, now=NOW))

    def move_and_back(self) -> None:
        """Two decisions: a visit goes to another time with its clinician, and back."""
        start, provider = next(self.free)
        mine = next(self.taken)
        old = self.book.appointments[mine.id]
        self.yes(self.book.move(mine.id, start, resources=[PROVIDERS[provider]], now=NOW))
        self.yes(self.book.move(mine.id, old.slot.start, resources=old.resources, now=NOW))

    def hold_offer_accept(self) -> None:
        """Five decisions: hold, two offers, one is accepted, and the visit's end."""
        start, provider = next(self.free)
        n = next(self.ids)
        hold, id = HoldId(f"h-{n}"), AppointmentId(f"held-{n}")
        self.yes(self.book.hold(VISIT, start, id=hold, resources=[PROVIDERS[provider]], now=NOW))
        for number in range(2):
            offer, patient = OfferId(f"o-{n}-{number}"), PatientId(f"waiting-{number}")
            self.yes(self.book.offer(hold, id=offer, patient=patient, now=NOW))
        self.yes(self.book.accept(offer, appointment=id, now=NOW))
        self.yes(self.book.cancel(id, now=NOW))

    def refused(self) -> None:
        """A decision against: every reason why a taken time cannot be booked."""
        mine = next(self.taken)
        outcome = self.book.book(
            VISIT,
            mine.slot.start,
            id=AppointmentId(f"not-{next(self.ids)}"),
            patient=self.patient,
            resources=mine.resources,
            now=NOW,
        )
        assert isinstance(outcome, Refused), outcome

    def naive_look(self) -> None:
        """One look through the list: may this visit be in this room with this clinician?"""
        start, provider = next(self.free)
        named = frozenset((PROVIDERS[provider], ROOMS[provider]))
        assert self.naive.ways(row(start, frozenset(), "somebody"), named, now=minute_of(NOW))


def facts() -> list[Event]:
    """A log of visits that are booked, moved to the half hour of the next one, and cancelled."""
    places = [(start, provider) for start in half_hours() for provider in range(len(PROVIDERS))]
    log: list[Event] = []
    for number, (start, provider) in enumerate(cycle(places)):
        first = visit(f"f{number}", start, provider, provider, f"p{number % 4000}")
        moved = attrs.evolve(
            visit(f"f{number}", start, provider, len(ROOMS) - 1 - provider, f"p{number % 4000}"), revision=1
        )
        log += (
            VisitBooked(at=NOW, appointment=first),
            VisitMoved(at=NOW, appointment=moved, previous=first.slot, notice=0),
            VisitCancelled(at=NOW, appointment=first.id, notice=0, is_late=True),
        )
        if len(log) >= FACTS:
            return [attrs.evolve(event, seq=seq) for seq, event in enumerate(log[:FACTS], start=1)]
    raise AssertionError


def floor(log: Iterable[Event]) -> dict[AppointmentId, Appointment]:
    """What no replay can do without."""
    kept: dict[AppointmentId, Appointment] = {}
    for event in log:
        if isinstance(event, VisitBooked | VisitMoved):
            kept[event.appointment.id] = event.appointment
    return kept


def main() -> None:
    """Decisions first, then the log."""
    booked = visits()
    print(f"A book of {VISITS:,} visits, {len(PROVIDERS)} clinicians, {len(ROOMS)} rooms, {DAYS} days\n")
    print(
        f"  made from the appointments in {seconds_of(lambda: Book(calendar(), appointments=booked)):.2f} s\n"
    )
    desk = Desk(booked)
    rivals: dict[str, Callable[[], object]] = {
        "find ten": desk.find,
        "book, cancel (2)": desk.book_and_cancel,
        "move, move back (2)": desk.move_and_back,
        "hold, offer × 2, accept, cancel (5)": desk.hold_offer_accept,
        "refused, with every reason": desk.refused,
        "naive book: is it free? (a list)": desk.naive_look,
    }
    decisions = dict(zip(rivals, (1, 2, 2, 5, 1, 1), strict=True))
    times = interleaved(rivals, rounds=ROUNDS, calls=CALLS)
    more = {name: f"{decisions[name] / each.median:,.0f} a second" for name, each in times.items()}
    show(times, unit="µs", beside="naive book: is it free? (a list)", more=more)
    log, office = facts(), calendar()
    replays: dict[str, Callable[[], object]] = {
        "fold: the state": lambda: fold(log),
        "Book.replay: state and index": lambda: Book.replay(office, log),
        "floor: a dictionary": lambda: floor(log),
    }
    print(f"A log of {len(log):,} facts\n")
    again = interleaved(replays, rounds=3)
    rates = {name: f"{len(log) / each.median:,.0f} a second" for name, each in again.items()}
    show(again, unit="ms", beside="floor: a dictionary", more=rates)
    same = Book.replay(office, log).state == fold(log)
    table(("the same state", ""), [("fold and Book.replay", same)])


if __name__ == "__main__":
    main()
