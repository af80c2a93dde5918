"""What a practice manager asks, answered from the office's own calendar, visits and facts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from medoffice.core import AppointmentId, DateRange, PatientId, ResourceId
from medoffice.office import Office
from medoffice.office.book.following import flow_of
from medoffice.office.day.flowing import Flow
from medoffice.office.visits.measuring import Measures, encounters_of, measures_of
from medoffice.scheduling import Booked
from medoffice.scheduling.book import Party
from medoffice.scheduling.measures import Access, Rate, SessionUse, Spread

DAY = date(2026, 11, 24)
TEN = datetime(2026, 11, 24, 16, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OKAFOR = ResourceId("dr-okafor")
ANA = PatientId("pat-ana")

At = Callable[[datetime], Office]


def measured(office: Office) -> Measures:
    """The measures of the day, by the office's own clock."""
    now = office.clock.now()
    return office.store.read(
        lambda tx: measures_of(
            tx, office.settings, office.booking_policy, window=DateRange(DAY, DAY), now=now
        )
    )


def test_a_day_in_numbers(visit: AppointmentId, at: At) -> None:
    """Ana is booked the same morning for ten, comes at five past, and is seen from quarter past to half past."""

    def flow(minutes: int) -> Flow:
        return at(TEN + minutes * MINUTE).schedule.flow

    flow(5).arrived(visit)
    flow(6).checked_in(visit)
    flow(10).roomed(visit, ResourceId("exam-1"))
    flow(15).with_provider(visit, OKAFOR)
    flow(30).provider_left(visit, OKAFOR)
    flow(32).check_out(visit)
    flow(35).out(visit)
    later = at(TEN + timedelta(hours=8))
    seen = later.store.read(lambda tx: list(encounters_of(flow_of(tx, visit), tx.appointment(visit))))
    assert [(each.clinician, each.wait, each.seen.length) for each in seen] == [(OKAFOR, 10, 15 * MINUTE)]
    found = measured(later)
    assert isinstance(found.fill, Rate)
    assert found.fill.value == Fraction(20, 9 * 60)
    assert found.fill_of.keys() == {OKAFOR}
    assert isinstance(found.lead_time, Spread)
    assert found.lead_time.median == 0
    assert isinstance(found.waits, Spread)
    assert found.waits.median == 10
    assert isinstance(found.sessions, SessionUse)
    assert found.sessions.utilisation.value == Fraction(15, 9 * 60)
    assert found.sessions.overtime.value == 0


def test_the_third_next_appointment_of_each_kind(office: Office) -> None:
    """Nothing is booked: it is today."""
    access = measured(office).access["follow-up"]
    assert isinstance(access, Access)
    assert access.days == 0


def test_who_called_off_is_told_apart(office: Office, visit: AppointmentId) -> None:
    """The patient late, the office without anybody's fault."""
    other = office.book(ANA, "follow-up", TEN + timedelta(hours=2), (OKAFOR,))
    assert isinstance(other, Booked)
    office.cancel(visit, reason="no-ride")
    office.schedule.cancel(other.appointment.id, party=Party.OFFICE)
    found = measured(office)
    assert isinstance(found.late_cancellations, Rate)
    assert isinstance(found.bumped, Rate)
    assert isinstance(found.cancellations, Rate)
    assert found.late_cancellations.value == found.cancellations.value == Fraction(1, 2)
    assert found.bumped.value == Fraction(1, 2)


def test_what_nobody_noted_is_not_measured(visit: AppointmentId, at: At) -> None:
    """A visit of which only the check-in is known has no encounter."""
    at(TEN).check_in(visit)
    later = at(TEN + timedelta(hours=1))
    seen = later.store.read(lambda tx: list(encounters_of(flow_of(tx, visit), tx.appointment(visit))))
    assert seen == []
