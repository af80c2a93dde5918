"""Decisions about visits over a store: book, move, call off, confirm, and what state they are in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.billing.fees import PlannedLine
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import AppointmentId, PatientId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.core.times import TimeSlot
from medoffice.office.book.book_keeping import keep, open_book, page_of
from medoffice.office.book.calendar import calendar_of, visit_type
from medoffice.office.book.decisions import (
    Booking,
    OnFreed,
    Wanted,
    book_at,
    decide_once,
    leave_free,
    on_page,
    whole_book,
)
from medoffice.office.once import Asked
from medoffice.ports.store import Transaction
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.book import CalledOff, Changed, Party
from medoffice.scheduling.book.ids import SeriesId
from medoffice.scheduling.book.outcomes import BookedSeries, RefusedSeries
from medoffice.scheduling.book.recurrence import Recurrence
from medoffice.scheduling.outcomes import Booked, Moved

_DAY: Final = timedelta(days=1)
_FORTNIGHT: Final = timedelta(days=15)
"""How far around a series the book looks for times near an occurrence that cannot be."""


def book(
    to: Booking,
    wanted: Wanted,
    *,
    id: AppointmentId,
    patient: PatientId,
    lines: tuple[PlannedLine, ...] = (),
    reason: str = "",
    overbook: bool = False,
) -> Booked | Refused:
    """Book a visit and keep what is planned for it, or say every reason why not.

    Raises:
        NoSuchRecord: when the patient or the visit type is not known.
        UnknownName: when a resource is not known.
        StoreError: when the store could not; nothing was booked.
    """

    def work(tx: Transaction) -> Booked | Refused:
        tx.patient(patient)
        outcome = (opened := book_at(tx, to, wanted, patient)).book(
            wanted.visit,
            wanted.start,
            id=id,
            patient=patient,
            now=to.now,
            resources=wanted.resources,
            modality=wanted.modality,
            location=wanted.location,
            new_patient=wanted.new_patient,
            reason=reason,
            overbook=overbook,
            by=to.by,
        )
        keep(tx, opened)
        if isinstance(outcome, Booked):
            tx.put_planned_lines(id, lines)
        return outcome

    planned = tuple(f"{line.service}|{line.charge}|{line.allowed}" for line in lines)
    parts = (patient.value, *wanted.parts, reason, "over" if overbook else "", *planned)
    return decide_once(
        to, Asked(action="book", subject=id.value, parts=parts), work, (Booked,), wanted.resources
    )


def walk_in(
    to: Booking, wanted: Wanted, *, id: AppointmentId, patient: PatientId, reason: str = ""
) -> Booked | Refused:
    """Give somebody who came without an appointment a time, at ``wanted.start``; the visit begins as arrived.

    Raises:
        NoSuchRecord: when the patient or the visit type is not known.
        StoreError: when the store could not; nothing was booked.
    """

    def work(tx: Transaction) -> Booked | Refused:
        tx.patient(patient)
        outcome = (opened := book_at(tx, to, wanted, patient)).walk_in(
            wanted.visit,
            id=id,
            patient=patient,
            now=to.now,
            at=wanted.start,
            resources=wanted.resources,
            location=wanted.location,
            new_patient=wanted.new_patient,
            reason=reason,
            by=to.by,
        )
        keep(tx, opened)
        return outcome

    asked = Asked(action="walk-in", subject=id.value, parts=(patient.value, *wanted.parts, reason))
    return decide_once(to, asked, work, (Booked,), wanted.resources)


def book_series(
    to: Booking,
    wanted: Wanted,
    recurrence: Recurrence,
    *,
    id: SeriesId,
    ids: Sequence[AppointmentId],
    patient: PatientId,
    reason: str = "",
    skip_conflicts: bool = False,
) -> BookedSeries | RefusedSeries | Refused:
    """Book every occurrence of ``recurrence``, or none and say all that stands in the way; ``wanted.start`` is its
    first.

    Raises:
        NoSuchRecord: when the patient or the visit type is not known.
        StoreError: when the store could not; nothing was booked.
    """
    starts = recurrence.starts()

    def work(tx: Transaction) -> BookedSeries | RefusedSeries:
        tx.patient(patient)
        calendar = calendar_of(tx, to.settings.zone)
        kind = visit_type(calendar, wanted.visit)
        times = [kind.occupied_at(start, new_patient=wanted.new_patient) for start in starts]
        opened = open_book(
            tx,
            calendar=calendar,
            policy=to.policy,
            around=TimeSlot(times[0].start, times[-1].end).widened(before=_FORTNIGHT, after=_FORTNIGHT),
        )
        outcome = opened.book_series(
            wanted.visit,
            recurrence,
            id=id,
            ids=ids,
            patient=patient,
            now=to.now,
            resources=wanted.resources,
            modality=wanted.modality,
            location=wanted.location,
            new_patient=wanted.new_patient,
            reason=reason,
            skip_conflicts=skip_conflicts,
            by=to.by,
        )
        keep(tx, opened)
        return outcome

    times = (each.isoformat() for each in starts)
    parts = (patient.value, *wanted.parts, *times, reason, "skip" if skip_conflicts else "")
    asked = Asked(action="book-series", subject=id.value, parts=parts)
    return decide_once(to, asked, work, (BookedSeries, RefusedSeries), wanted.resources)


def move(
    to: Booking,
    *,
    id: AppointmentId,
    start: datetime,
    resources: Sequence[ResourceId] | None = None,
    on_freed: OnFreed = leave_free,
) -> Moved | Refused:
    """Give an appointment another time, all of it or nothing; it stays with its providers unless others are named.

    Raises:
        NoSuchRecord: when the appointment is not known.
        StoreError: when the store could not; nothing was moved.
    """

    def work(tx: Transaction) -> Moved | Refused:
        visit = tx.appointment(id)
        calendar = calendar_of(tx, to.settings.zone)
        kind = visit_type(calendar, visit.visit_type)
        opened = open_book(
            tx,
            calendar=calendar,
            policy=to.policy,
            around=kind.occupied_at(start, new_patient=visit.is_new_patient),
            patient=visit.patient,
            appointments=(id,),
        )
        outcome = opened.move(id, start, now=to.now, resources=resources, by=to.by)
        keep(tx, opened)
        if isinstance(outcome, Moved):
            on_freed(tx, attrs.evolve(visit, revision=outcome.appointment.revision))
        return outcome

    named = () if resources is None else tuple(resources)
    whom = () if resources is None else ("by", *(each.value for each in named))
    parts = (id.value, start.isoformat(), *whom)
    asked = Asked(action="move", subject=id.value, parts=parts)
    return decide_once(to, asked, work, (Moved,), named, appointment=id)


def cancel(
    to: Booking,
    *,
    id: AppointmentId,
    reason: str = "",
    party: Party = Party.PATIENT,
    on_freed: OnFreed = leave_free,
) -> CalledOff | Refused:
    """Give an appointment's time back; the outcome says with how much notice.

    Raises:
        NoSuchRecord: when the appointment is not known.
        StoreError: when the store could not; nothing was cancelled.
    """

    def work(tx: Transaction) -> CalledOff | Refused:
        page = page_of(tx, tx.appointment(id), policy=to.policy)
        outcome = page.cancel(id, now=to.now, reason=reason, party=party, by=to.by)
        keep(tx, page)
        if isinstance(outcome, CalledOff):
            on_freed(tx, outcome.appointment)
        return outcome

    parts = (id.value, *((reason, party.value) if reason or party is not Party.PATIENT else ()))
    asked = Asked(action="cancel", subject=id.value, parts=parts)
    return decide_once(to, asked, work, (CalledOff,), (), appointment=id)


def no_show(to: Booking, *, id: AppointmentId) -> Changed | Refused:
    """Note that the patient did not come; the rest of the time is free.

    Raises:
        NoSuchRecord: when the appointment is not known.
        StoreError: when the store could not; nothing was changed.
    """
    return on_page(
        to,
        "status.noshow",
        id,
        (id.value,),
        lambda book: book.no_show(id, now=to.now, by=to.by),
        Changed,
    )


def change_status(to: Booking, *, id: AppointmentId, status: Status) -> Changed | Refused:
    """Note that a patient arrived or was seen, or that the visit was entered in error.

    Raises:
        InvalidValue: when ``status`` is ``CHECKED_IN``, which gives a number and has a command of its own, or one
            that another decision leads to.
        NoSuchRecord: when the appointment is not known.
        StoreError: when the store could not; nothing was changed.
    """
    if status is Status.CHECKED_IN:
        raise InvalidValue("change of status", "checking in gives a queue number; use check_in")
    if status is Status.NOSHOW:
        return no_show(to, id=id)
    return on_page(
        to,
        f"status.{status.value}",
        id,
        (id.value,),
        lambda book: book.change(id, status, now=to.now, by=to.by),
        Changed,
    )


def confirm(to: Booking, *, id: AppointmentId) -> Booked | Refused:
    """Note that the patient comes, or book what waited for a yes where its time is free.

    Raises:
        NoSuchRecord: when the appointment is not known.
        StoreError: when the store could not; nothing was changed.
    """

    def work(tx: Transaction) -> Booked | Refused:
        # What waited may need more time today than it did when it was noted.
        around = tx.appointment(id).occupied.widened(before=_DAY, after=_DAY)
        opened = whole_book(tx, to, around=around, appointments=(id,))
        outcome = opened.confirm(id, now=to.now, by=to.by)
        keep(tx, opened)
        return outcome

    asked = Asked(action="confirm", subject=id.value, parts=(id.value,))
    return decide_once(to, asked, work, (Booked,), (), appointment=id)
