"""What a practice manager asks of an office's schedule, answered from its calendar, its visits and its facts."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

import attrs

from medoffice.core.dates import DateRange
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import AppointmentId, ResourceId
from medoffice.core.times import TimeSlot
from medoffice.office.book.book_keeping import STREAM, open_book
from medoffice.office.book.calendar import calendar_of
from medoffice.office.book.following import flow_of
from medoffice.office.settings import OfficeSettings
from medoffice.office.visits.freed_time import EARLIER_VISIT
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book import Party, Policy, events
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.flow import PatientArrived, ProviderEntered, VisitFlow
from medoffice.scheduling.measures import (
    Access,
    Encounter,
    NotOffered,
    Rate,
    SessionUse,
    Spread,
    TooFew,
    bump_rate,
    cancellation_rate,
    fill,
    late_cancellation_rate,
    lead_time,
    no_show_rate,
    session_use,
    third_next_available,
    waits,
)

_DAY: Final = timedelta(days=1)
_LOOK_AHEAD: Final = 90
"""Days in which a third appointment is looked for."""


@attrs.frozen(kw_only=True)
class Measures:
    """The measures of a range of days; what they mean stands in :data:`medoffice.scheduling.measures.DEFINITIONS`.

    ``access`` is the third next available appointment of each kind of visit, from now on. ``fill_of`` is that of each
    clinician with hours in the window. ``waits`` and ``sessions`` (time with patients, idle, overtime) are of the visits whose
    day was noted step by step. A rate of fewer visits than can be told is :class:`TooFew`.
    """

    window: DateRange
    access: Mapping[str, Access | NotOffered]
    fill: Rate | TooFew
    fill_of: Mapping[ResourceId, Rate | TooFew]
    no_shows: Rate | TooFew
    cancellations: Rate | TooFew
    late_cancellations: Rate | TooFew
    bumped: Rate | TooFew
    lead_time: Spread | TooFew
    waits: Spread | TooFew
    sessions: SessionUse | TooFew


@attrs.frozen(kw_only=True)
class Days:
    """Some days of the calendar with what is booked in them, for a picture.

    What is there without hours of its own (a room, a device) is shown as there while anybody with hours is.
    """

    days: tuple[date, ...]
    calendar: Calendar
    openings: Mapping[ResourceId, tuple[TimeSlot, ...]]
    appointments: tuple[Appointment, ...]


def days_of(tx: ReadTransaction, settings: OfficeSettings, *, first: date, count: int) -> Days:
    """``count`` days from ``first`` on, with the hours of whatever has any."""
    calendar = calendar_of(tx, settings.zone)
    days = tuple(first + number * _DAY for number in range(count))
    present = {
        day: {
            each.id: calendar.presence(each.id, day)
            for each in calendar.resources
            if not each.is_always_there
        }
        for day in days
    }
    openings = {
        each.id: tuple(slot for day in days for slot in present[day].get(each.id, _hull(present[day])))
        for each in calendar.resources
    }
    window = TimeSlot(settings.span_of(days[0]).start, settings.span_of(days[-1]).end)
    return Days(days=days, calendar=calendar, openings=openings, appointments=tx.appointments(window))


def _hull(present: Mapping[ResourceId, tuple[TimeSlot, ...]]) -> tuple[TimeSlot, ...]:
    """From when the first comes until when the last goes; nothing on a day on which nobody does."""
    slots = [slot for each in present.values() for slot in each]
    if not slots:
        return ()
    return (TimeSlot(min(slot.start for slot in slots), max(slot.end for slot in slots)),)


def measures_of(
    tx: ReadTransaction,
    settings: OfficeSettings,
    policy: Policy,
    *,
    window: DateRange,
    now: datetime,
) -> Measures:
    """The measures of the days of ``window``, which has an end.

    Raises:
        InvalidValue: when the window has no end.
    """
    if window.end is None:
        raise InvalidValue("measures", "the days that are measured have an end")
    found = days_of(tx, settings, first=window.start, count=(window.end - window.start).days + 1)
    zone, facts = settings.zone, [kept.fact for kept in tx.facts(STREAM)]
    instead = _given_up(facts)
    visits = tuple(each for each in found.appointments if each.id not in instead)
    clinicians = {each.id for each in found.calendar.providers}
    hours = {id: slots for id, slots in found.openings.items() if id in clinicians}
    bumped = _bumped(facts)
    seen = [each for visit in visits for each in encounters_of(flow_of(tx, visit.id), visit)]
    return Measures(
        window=window,
        access=_access(tx, settings, policy, found.calendar, now),
        fill=fill(hours, visits, window=window, zone=zone),
        fill_of={id: fill({id: slots}, visits, window=window, zone=zone) for id, slots in hours.items()},
        no_shows=no_show_rate(visits, window=window, zone=zone),
        cancellations=cancellation_rate(visits, window=window, zone=zone, bumped=bumped),
        late_cancellations=late_cancellation_rate(
            visits,
            cancelled_at={
                each.appointment: each.at for each in facts if isinstance(each, events.VisitCancelled)
            },
            window=window,
            zone=zone,
            notice=timedelta(minutes=policy.late_cancel_minutes),
            bumped=bumped,
        ),
        bumped=bump_rate(visits, bumped=bumped, window=window, zone=zone),
        lead_time=lead_time(visits, booked_at=_booked_at(facts), window=window, zone=zone),
        waits=waits(seen, window=window, zone=zone),
        sessions=session_use(
            {id: [slot for slot in slots if slot.end <= now] for id, slots in hours.items()},
            seen,
            window=window,
            zone=zone,
        ),
    )


def encounters_of(flow: VisitFlow, visit: Appointment) -> Iterator[Encounter]:
    """Each stretch that a patient was with one clinician, once it is over; none of a visit that was only noted as seen."""
    places = flow.places
    arrived = next((place.since for place in places if isinstance(place.step, PatientArrived)), None)
    for number, place in enumerate(places):
        match place.step:
            case ProviderEntered(provider=clinician) if arrived is not None:
                gone = next((each.since for each in places[number:] if clinician not in each.present), None)
                if gone is not None and place.since < gone:
                    yield Encounter(
                        clinician=clinician,
                        scheduled=visit.slot.start,
                        arrived=arrived,
                        seen=TimeSlot(place.since, gone),
                    )
            case _:
                pass


def _access(
    tx: ReadTransaction, settings: OfficeSettings, policy: Policy, calendar: Calendar, now: datetime
) -> dict[str, Access | NotOffered]:
    ahead = TimeSlot(now, now + _LOOK_AHEAD * _DAY)
    book = open_book(tx, calendar=calendar, policy=policy, around=ahead.widened(before=_DAY, after=_DAY))
    return {
        visit.code: third_next_available(book.find(visit, window=ahead, now=now), now=now, zone=settings.zone)
        for visit in calendar.visits
    }


def _booked_at(facts: list[object]) -> dict[AppointmentId, datetime]:
    return {
        each.appointment.id: each.at
        for each in facts
        if isinstance(each, events.VisitBooked | events.WalkInAdded)
    }


def _given_up(facts: list[object]) -> frozenset[AppointmentId]:
    """Visits that were called off because the patient took an earlier one from the waitlist: no side let the other down."""
    return frozenset(
        each.appointment
        for each in facts
        if isinstance(each, events.VisitCancelled) and each.reason == EARLIER_VISIT
    )


def _bumped(facts: list[object]) -> frozenset[AppointmentId]:
    """Visits that the office called off, on its own side."""
    return frozenset(
        each.appointment
        for each in facts
        if isinstance(each, events.VisitCancelled) and each.party is Party.OFFICE
    )
