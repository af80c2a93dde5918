"""What the office's commands cost over an encrypted file with 10,000 visits of 50 clinicians, beside the plain search.

    .venv/bin/python -m benchmarks.bench_office

The plain search has the visits in memory and decides nothing: it is what finding cannot do without. Statements are
those that reach the database for one call. Everything is committed to the disk as in an office.
"""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from benchmarks.timing import interleaved, show
from medoffice.adapters.keys import OfficeKey
from medoffice.adapters.sql.sqlcipher import open_sqlcipher
from medoffice.adapters.system import FixedClock
from medoffice.checkin.messages import CheckedIn
from medoffice.core import AppointmentId, OfficeId, Patient, PatientId, PersonName, ResourceId, TimeSlot
from medoffice.core.times import at_wall_time
from medoffice.office import Office, OfficeSettings
from medoffice.ports.store import Transaction
from medoffice.scheduling import AnyOf, Appointment, Booked, Provider, Room, VisitType, Weekly, find
from medoffice.scheduling.search import Availability

ZONE: Final = ZoneInfo("America/New_York")
CLINICIANS, VISITS, DAYS, ROUNDS = 50, 10_000, 60, 15
FIRST: Final = date(2026, 10, 19)
"""A Monday; daylight saving time ends within the fortnight after it."""
NOW: Final = datetime(2026, 10, 19, 10, 0, tzinfo=UTC)
HALF: Final = timedelta(minutes=30)
SEVEN: Final = ResourceId("dr-07")
HOURS: Final = tuple(time(8 + half // 2, 30 * (half % 2)) for half in range(16))


def a_year_in() -> tuple[Office, sa.Engine]:
    """An office with visits for about sixty days, each clinician two fifths full."""
    store = open_sqlcipher(Path(tempfile.mkdtemp()) / "office.db", OfficeKey(bytes(range(32))))
    office = Office(
        settings=OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZONE),
        store=store,
        clock=FixedClock(NOW),
    )
    office.add_visit_type(VisitType(code="follow-up", name="Follow-up", minutes=30))
    hours = Weekly.of("Mon-Fri 08:00-16:00", zone=ZONE)
    for number in range(CLINICIANS):
        tag = ("skin",) if number < 4 else ()  # noqa: PLR2004 - a small specialty
        office.schedule.add_resource(Provider(f"dr-{number:02}", weekly=hours, tags=tag))
    for number in range(20):
        office.schedule.add_resource(Room(f"exam-{number}", tags="exam"))
    office.add_visit_type(
        VisitType(code="skin", name="Skin", minutes=30, needs=(AnyOf("skin"), AnyOf("exam")))
    )
    store.transact(_fill)
    return office, store._backend.engine  # noqa: SLF001 - to count


def _fill(tx: Transaction) -> None:
    chance = Random(3)
    taken: set[tuple[date, int, time]] = set()
    for number in range(200):
        name = PersonName(family=f"Family{number}")
        tx.put_patient(Patient(id=PatientId(f"pat-{number}"), name=name, birth_date=date(1980, 1, 1)))
    days = [day for day in (FIRST + timedelta(days=n) for n in range(DAYS)) if day.weekday() < 5]  # noqa: PLR2004
    while len(taken) < VISITS:
        taken.add((chance.choice(days), chance.randrange(CLINICIANS), chance.choice(HOURS)))
    for number, (day, clinician, clock) in enumerate(sorted(taken)):
        slot = TimeSlot.lasting(at_wall_time(day, clock, ZONE), HALF)
        tx.put_appointment(
            Appointment(
                id=AppointmentId(f"apt-{number}"),
                patient=PatientId(f"pat-{number % 200}"),
                visit_type="follow-up",
                slot=slot,
                occupied=slot,
                resources=(ResourceId(f"dr-{clinician:02}"),),
            )
        )


def statements(engine: sa.Engine, work: Callable[[], object]) -> int:
    """How many statements reach the database in one call."""
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    sa.event.listen(engine, "before_cursor_execute", note)
    work()
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def main() -> None:
    """Measure and print."""
    office, engine = a_year_in()
    window = TimeSlot(
        office.settings.span_of(FIRST).start, office.settings.span_of(FIRST + timedelta(days=13)).end
    )
    calendar = office.schedule.calendar()
    visits = office.store.read(lambda tx: tx.appointments(window))
    waiting = iter([each for each in visits if office.settings.day_at(each.slot.start) == FIRST])
    ahead = (day for day in (FIRST + timedelta(days=70 + n) for n in count()) if day.weekday() < 5)  # noqa: PLR2004

    def plain() -> object:
        availability = Availability(calendar, visits)
        return list(islice(find(availability, calendar.visit("follow-up"), window=window, now=NOW), 10))

    def days(code: str, number: int, *who: ResourceId) -> object:
        return office.find(code, first_day=FIRST, days=number, resources=who)[:10]

    def book() -> object:
        done = office.book(
            PatientId("pat-1"), "follow-up", at_wall_time(next(ahead), time(9), ZONE), (SEVEN,)
        )
        if not isinstance(done, Booked):
            raise SystemExit("a free time could not be booked")
        return done

    def check_in() -> object:
        done = office.check_in(next(waiting).id)
        if not isinstance(done, CheckedIn):
            raise SystemExit("a visit of today could not be checked in")
        return done

    rivals = {
        "plain search, 14 days, visits at hand": plain,
        "find, 14 days, any of 50": lambda: days("follow-up", 14),
        "find, 14 days, one clinician": lambda: days("follow-up", 14, SEVEN),
        "find, 14 days, four clinicians and a room": lambda: days("skin", 14),
        "find, 1 day, any of 50": lambda: days("follow-up", 1),
        "book": book,
        "check in at the desk": check_in,
    }
    told = {name: f"{statements(engine, work)} statements" for name, work in list(rivals.items())[1:]}
    times = interleaved(rivals, rounds=ROUNDS)
    show(times, unit="ms", beside=next(iter(rivals)), more=told)
    office.close()


if __name__ == "__main__":
    main()
