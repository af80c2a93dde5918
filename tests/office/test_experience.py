"""What an office's own past days teach about waits, read from each store."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.adapters.system import FixedClock
from medoffice.core import AppointmentId, Patient, PatientId, PersonName, Refused, ResourceId, TimeSlot
from medoffice.office import Office
from medoffice.office.book.book_keeping import STREAM as BOOK
from medoffice.office.book.following import add
from medoffice.office.day.floor import Experience
from medoffice.ports.store import Transaction
from medoffice.scheduling import Appointment, Booked, Provider, Status, Weekly, flow
from medoffice.scheduling.book.events import WalkInAdded
from medoffice.testing.flow_days import played, script

ZONE = ZoneInfo("America/Chicago")
OPENS = datetime(2026, 11, 17, 14, 0, tzinfo=UTC)
"""Eight o'clock in Chicago, a week before the day of these tests."""
NOON = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ANA, DOCTOR = PatientId("pat-ana"), ResourceId("dr-okafor")


def past(office: Office) -> Iterator[flow.PastDay]:
    """Six days of a walk-in clinic, earliest first, each visit with an id of its own."""
    for number in range(6):
        day = played(script(number), policy=office.flow_policy.queue, opens=OPENS + number * DAY)
        visits = []
        for visit in day.visits:
            id = AppointmentId(f"{visit.flow.visit}-{number}")
            log = tuple(attrs.evolve(fact, visit=id) for fact in visit.flow.log)
            visits.append(attrs.evolve(visit, flow=flow.VisitFlow(id, log)))
        yield attrs.evolve(day, visits=tuple(visits))


def kept(tx: Transaction, visit: flow.DayVisit) -> None:
    """Put a visit of the past into the store as its own decisions would have left it."""
    first = visit.flow.log[0].at
    slot = TimeSlot(first.replace(second=0), first.replace(second=0) + timedelta(minutes=1))
    came = Appointment(
        id=visit.flow.visit,
        patient=ANA,
        visit_type=visit.visit_type,
        slot=slot,
        occupied=slot,
        resources=(ResourceId(f"place-{visit.flow.visit}"),),
        status=flow.status_of(visit.flow),
    )
    tx.put_appointment(came)
    arrived = attrs.evolve(came, status=Status.ARRIVED)
    tx.append_fact(
        BOOK, came.id.value, first, WalkInAdded(at=first, seq=tx.last_fact(BOOK) + 1, appointment=arrived)
    )
    add(tx, visit.flow.log)


def keep_all(tx: Transaction, office: Office) -> None:
    """Put the whole week there."""
    for day in past(office):
        for visit in day.visits:
            kept(tx, visit)


def only_noted(clinic: Office) -> None:
    """A visit of yesterday, by an office that says *was seen* and no more."""
    yesterday = OPENS + 6 * DAY + timedelta(hours=3)
    office = attrs.evolve(clinic, clock=FixedClock(yesterday))
    booked = office.book(ANA, "follow-up", yesterday, (ResourceId("clinician-1"),))
    assert isinstance(booked, Booked)
    office.check_in(booked.appointment.id)
    office.change_status(booked.appointment.id, Status.FULFILLED)


@pytest.fixture
def clinic(office: Office) -> Office:
    """Three clinicians from eight to six, and the week before."""
    for number in (1, 2, 3):
        hours = Weekly.of("Mon-Sun 08:00-18:00", zone=ZONE)
        office.schedule.add_resource(Provider(f"clinician-{number}", weekly=hours))
    office.store.transact(lambda tx: keep_all(tx, office))
    return attrs.evolve(office, clock=FixedClock(NOON))


def test_the_past_is_read_from_the_store_as_it_was(clinic: Office) -> None:
    """The same lengths, calls and arrivals as from the days themselves; every third day is kept for calibration.

    A visit of which somebody only said that it was over teaches nothing, least of all that visits take no time.
    """
    only_noted(clinic)
    found = clinic.schedule.flow.experience()
    assert isinstance(found, Experience)
    shifts = tuple(
        flow.Shift(DOCTOR, TimeSlot(OPENS + number * DAY, OPENS + number * DAY + timedelta(hours=9)))
        for number in range(6)
    )
    whole = [
        attrs.evolve(day, shifts=(*day.shifts, *([shift] if shift.slot.start.weekday() < 5 else [])))
        for day, shift in zip(past(clinic), shifts, strict=True)
    ]
    latest_first = whole[::-1]
    assert found.history == flow.learn(day for number, day in enumerate(latest_first) if number not in {2, 5})
    assert len(found.calibration.judged) > 100


def test_a_wait_is_told_as_a_range(clinic: Office) -> None:
    """For somebody who waits, and for somebody who would come; the range is longer for who comes later."""
    known = clinic.schedule.flow.experience()
    assert isinstance(known, Experience)
    ids = []
    for number in range(6):
        id = PatientId(f"pat-{number}")
        clinic.register(Patient(id=id, name=PersonName(family="Ng"), birth_date=date(1980, 1, 1)))
        came = clinic.schedule.walk_in(
            id, "follow-up", NOON + number * timedelta(minutes=30), resources=(ResourceId("clinician-1"),)
        )
        assert isinstance(came, Booked)
        clinic.schedule.flow.checked_in(came.appointment.id)
        ids.append(came.appointment.id)
    day = attrs.evolve(clinic, clock=FixedClock(NOON + timedelta(minutes=2))).schedule.flow
    first, last = (day.estimate(turn.waiting.visit, known) for turn in (day.queue()[0], day.queue()[-1]))
    newcomer = day.estimate_if_came(known, level=5)
    for told in (first, last, newcomer):
        assert not isinstance(told, Refused)
        assert told.value.low <= told.value.high
        assert told.value.percent == 80
    assert not isinstance(first, Refused)
    assert not isinstance(last, Refused)
    assert first.value.high < last.value.high
    assert (first.value.ahead, last.value.ahead) == (0, 5)
