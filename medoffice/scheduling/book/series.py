"""Decisions about series: every occurrence is looked at before any is booked, and all conflicts are told together."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core import ActorId, AppointmentId, Finding, InvalidValue, PatientId, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.decision import Decision
from medoffice.scheduling.book.desk import Desk
from medoffice.scheduling.book.events import SeriesBooked, VisitBooked
from medoffice.scheduling.book.ids import SeriesId
from medoffice.scheduling.book.outcomes import BookedSeries, Conflict, RefusedSeries
from medoffice.scheduling.book.place import Place
from medoffice.scheduling.book.placing import appointment_at
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.search.free_slot import FreeSlot

_QUARTER: Final = timedelta(minutes=15)
_AROUND: Final = tuple(timedelta(days=days) for days in (1, 3, 7, 14))
_NEAREST: Final = 3


def book_series(
    desk: Desk,
    places: Sequence[Place],
    *,
    series: SeriesId,
    ids: Sequence[AppointmentId],
    patient: PatientId,
    reason: str,
    skip_conflicts: bool,
    now: datetime,
    by: ActorId | None,
) -> Decision[BookedSeries | RefusedSeries]:
    """Book a visit at each place or at none; with ``skip_conflicts``, at each that can be, if any.

    Where the places name no provider, the one of the first visit sees the patient whenever they can, and another one
    otherwise. Of a new patient's series the first visit that is booked has a new patient's length.
    """
    _check_ids(desk, series, ids, len(places))
    booked: list[Appointment] = []
    missed: list[tuple[int, Place, tuple[Finding, ...]]] = []
    with desk.trying() as keep:
        for index, wanted in enumerate(places):
            place = attrs.evolve(wanted, is_new_patient=wanted.is_new_patient and not booked)
            found, findings = _look(desk, place, booked, patient=patient, now=now)
            if found is None:
                missed.append((index, place, findings))
                continue
            appointment = appointment_at(
                place,
                found.resources,
                location=found.location,
                id=ids[index],
                patient=patient,
                reason=reason,
                series=series.value,
            )
            keep(appointment)
            booked.append(appointment)
        conflicts = tuple(
            Conflict(
                index=index,
                start=place.start,
                findings=findings,
                nearest=_nearest(desk, place, patient=patient, now=now),
            )
            for index, place, findings in missed
        )
    if conflicts and not (skip_conflicts and booked):
        findings = tuple(dict.fromkeys(each for conflict in conflicts for each in conflict.findings))
        return Decision(RefusedSeries(findings, conflicts))
    visits = tuple(VisitBooked(at=now, by=by, appointment=each) for each in booked)
    whole = SeriesBooked(
        at=now,
        by=by,
        series=series,
        appointments=tuple(each.id for each in booked),
        skipped=tuple(conflict.start for conflict in conflicts),
    )
    outcome = BookedSeries(series=series, appointments=tuple(booked), left_out=conflicts)
    return Decision(outcome, (*visits, whole))


def _check_ids(desk: Desk, series: SeriesId, ids: Sequence[AppointmentId], count: int) -> None:
    if not count:
        raise InvalidValue("series", "it has one visit at least")
    if len(ids) != count or len(set(ids)) < count or any(id in desk.records.appointments for id in ids):
        raise InvalidValue("series", "it has one new id for each of its occurrences")
    if series.value in desk.records.series:
        raise InvalidValue("series", "its id is in the book already")


def _look(
    desk: Desk, place: Place, booked: Sequence[Appointment], *, patient: PatientId, now: datetime
) -> tuple[FreeSlot | None, tuple[Finding, ...]]:
    """The place with the provider of the visits before it where that can be, else with anybody who fits."""
    same = _providers(desk, booked[0]) if booked and not _names_provider(desk, place) else ()
    if same:
        wanted = attrs.evolve(place, resources=tuple(sorted({*place.resources, *same})))
        found, _ = desk.look(wanted, patient=patient, now=now)
        if found is not None:
            return found, ()
    return desk.look(place, patient=patient, now=now)


def _nearest(desk: Desk, place: Place, *, patient: PatientId, now: datetime) -> tuple[FreeSlot, ...]:
    """The free times nearest to a place, one for each start, from the smallest span of days that has any."""
    for span in _AROUND:
        found = desk.find(
            place.visit,
            window=TimeSlot(place.start - span, place.slot.end + span),
            modality=place.modality,
            location=place.location,
            new_patient=place.is_new_patient,
            resources=place.resources,
            step=_QUARTER,
            patient=patient,
            but=None,
            now=now,
        )
        by_start: dict[datetime, FreeSlot] = {}
        for slot in found:
            by_start.setdefault(slot.slot.start, slot)
        if by_start:
            nearest = sorted(by_start, key=lambda start: (abs(start - place.start), start))
            return tuple(by_start[start] for start in nearest[:_NEAREST])
    return ()


def _names_provider(desk: Desk, place: Place) -> bool:
    return any(isinstance(desk.calendar.resource(each), Provider) for each in place.resources)


def _providers(desk: Desk, appointment: Appointment) -> tuple[ResourceId, ...]:
    return tuple(each for each in appointment.resources if isinstance(desk.calendar.resource(each), Provider))
