"""Visits that the calendar no longer has room for: a provider is away, a site is closed, a room is gone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core import Finding, TimeSlot, UnknownName
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.desk import Desk
from medoffice.scheduling.book.refusals import not_there
from medoffice.scheduling.search.availability import Availability
from medoffice.scheduling.search.why_not import obstacles
from medoffice.scheduling.visits import VisitType

_MINUTE: Final = timedelta(minutes=1)


@attrs.frozen
class Misfit:
    """A visit that cannot take place as it is booked, and every reason that the calendar gives."""

    appointment: Appointment
    findings: tuple[Finding, ...]


def misfits(desk: Desk, *, window: TimeSlot, now: datetime) -> Iterator[Misfit]:
    """The visits within ``window`` that have not begun and do not fit the calendar, earliest first.

    Only the calendar is asked: what else is booked, and the policy, make no misfit. A visit is as long as it was booked,
    whatever its kind has become.
    """
    empty = Availability(desk.calendar)
    ahead = [
        each
        for each in desk.records.appointments.values()
        if desk.is_movable(each) and each.slot.start >= now and each.slot.overlaps(window)
    ]
    for appointment in sorted(ahead, key=lambda each: (each.slot.start, each.id)):
        findings = tuple(_reasons(desk, empty, appointment))
        if findings:
            yield Misfit(appointment, findings)


def _reasons(desk: Desk, empty: Availability, appointment: Appointment) -> Iterator[Finding]:
    known = []
    for resource in appointment.resources:
        try:
            known.append(desk.calendar.resource(resource).id)
        except UnknownName:
            yield not_there(f"resource {resource}")
    try:
        visit = desk.calendar.visit(appointment.visit_type)
    except UnknownName:
        yield not_there(f"visit type {appointment.visit_type}")
        return
    yield from obstacles(
        empty,
        _as_booked(visit, appointment),
        appointment.slot.start,
        now=appointment.slot.start,
        modality=appointment.modality,
        location=appointment.location,
        resources=known,
    )


def _as_booked(visit: VisitType, appointment: Appointment) -> VisitType:
    slot, occupied = appointment.slot, appointment.occupied
    return attrs.evolve(
        visit,
        minutes=slot.length // _MINUTE,
        new_patient_minutes=None,
        buffer_before=(slot.start - occupied.start) // _MINUTE,
        buffer_after=(occupied.end - slot.end) // _MINUTE,
    )
