"""Decisions about time that is kept for somebody over a store: holds, and offers of what they keep."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

import attrs

from medoffice.core.ids import AppointmentId, PatientId
from medoffice.core.outcomes import Refused
from medoffice.office.book.book_keeping import keep
from medoffice.office.book.decisions import (
    Booking,
    OnFreed,
    Wanted,
    book_at,
    decide_once,
    leave_free,
    whole_book,
)
from medoffice.office.once import Asked
from medoffice.ports.store import Transaction
from medoffice.scheduling.book import Book, Held, Offered, Released
from medoffice.scheduling.book.holds import Hold
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.book.outcomes import Declined
from medoffice.scheduling.outcomes import Booked, Moved

T = TypeVar("T")


def hold(
    to: Booking,
    wanted: Wanted,
    *,
    id: HoldId,
    until: datetime | None = None,
    patient: PatientId | None = None,
) -> Held | Refused:
    """Keep a time against everybody, until the policy's or the given end.

    Raises:
        NoSuchRecord: when the patient or the visit type is not known.
        StoreError: when the store could not; nothing is kept.
    """

    def work(tx: Transaction) -> Held | Refused:
        if patient is not None:
            tx.patient(patient)
        opened = book_at(tx, to, wanted, patient)
        outcome = opened.hold(
            wanted.visit,
            wanted.start,
            id=id,
            now=to.now,
            until=until,
            patient=patient,
            resources=wanted.resources,
            modality=wanted.modality,
            location=wanted.location,
            new_patient=wanted.new_patient,
            by=to.by,
        )
        keep(tx, opened)
        return outcome

    parts = (
        *wanted.parts,
        "" if until is None else until.isoformat(),
        "" if patient is None else patient.value,
    )
    asked = Asked(action="hold", subject=id.value, parts=parts)
    return decide_once(to, asked, work, (Held,), wanted.resources)


def release(to: Booking, *, id: HoldId) -> Released | Refused:
    """Give a held time back.

    Raises:
        NoSuchRecord: when there is no such hold.
        StoreError: when the store could not.
    """
    return _on_hold(
        to, "release", id, (id.value,), lambda book: book.release(id, now=to.now, by=to.by), Released
    )


def book_hold(
    to: Booking, *, hold: HoldId, id: AppointmentId, patient: PatientId, reason: str = ""
) -> Booked | Refused:
    """Book what a hold keeps, unless the calendar has changed since and has no room for it.

    Raises:
        NoSuchRecord: when the patient or the hold is not known.
        StoreError: when the store could not; nothing was booked.
    """

    def decide(book: Book) -> Booked | Refused:
        return book.book_hold(hold, id=id, patient=patient, now=to.now, reason=reason, by=to.by)

    parts = (hold.value, patient.value, reason)
    return _on_hold(to, "book-hold", hold, parts, decide, Booked, patient=patient)


def offer(
    to: Booking,
    *,
    hold: HoldId,
    id: OfferId,
    patient: PatientId,
    until: datetime | None = None,
    instead_of: AppointmentId | None = None,
) -> Offered | Refused:
    """Tell a patient that they may have what a hold keeps.

    Raises:
        NoSuchRecord: when the patient, the hold or the visit is not known.
        StoreError: when the store could not; nothing was offered.
    """

    def decide(book: Book) -> Offered | Refused:
        return book.offer(
            hold, id=id, patient=patient, now=to.now, until=until, instead_of=instead_of, by=to.by
        )

    parts = (hold.value, patient.value, "" if until is None else until.isoformat(), str(instead_of or ""))
    mine = () if instead_of is None else (instead_of,)
    return _on_hold(to, "offer", hold, parts, decide, Offered, patient=patient, appointments=mine)


def accept(
    to: Booking, *, offer: OfferId, appointment: AppointmentId, on_freed: OnFreed = leave_free
) -> Booked | Moved | Refused:
    """Give the patient what was offered, if nobody was quicker and the calendar still has room for it.

    ``appointment`` is the id of a visit newly booked.

    Raises:
        NoSuchRecord: when there is no such offer.
        StoreError: when the store could not; nothing was booked.
    """
    found = to.store.read(lambda tx: tx.offer(offer))
    mine = () if found.instead_of is None else (found.instead_of,)

    def decide(book: Book) -> Booked | Moved | Refused:
        return book.accept(offer, now=to.now, appointment=appointment, by=to.by)

    return _on_hold(
        to,
        "accept",
        found.hold,
        (offer.value,),
        decide,
        Booked,
        Moved,
        patient=found.patient,
        appointments=mine,
        on_freed=on_freed,
    )


def decline(to: Booking, *, offer: OfferId) -> Declined | Refused:
    """Note that the patient does not want what was offered.

    Raises:
        NoSuchRecord: when there is no such offer.
        StoreError: when the store could not.
    """
    found = to.store.read(lambda tx: tx.offer(offer))
    return _on_hold(
        to,
        "decline",
        found.hold,
        (offer.value,),
        lambda book: book.decline(offer, now=to.now, by=to.by),
        Declined,
    )


def _on_hold(
    to: Booking,
    action: str,
    id: HoldId,
    parts: tuple[str, ...],
    decide: Callable[[Book], T | Refused],
    *kinds: type,
    patient: PatientId | None = None,
    appointments: Sequence[AppointmentId] = (),
    on_freed: OnFreed = leave_free,
) -> T | Refused:
    """A decision about what a hold keeps."""

    def work(tx: Transaction) -> T | Refused:
        if patient is not None:
            tx.patient(patient)
        kept: Hold = tx.hold(id)
        opened = whole_book(tx, to, around=kept.occupied, patient=patient, appointments=appointments)
        if id not in opened.holds:
            opened = _with_hold(tx, opened, kept)
        given_up = [opened.appointments[each] for each in appointments]
        outcome = decide(opened)
        if isinstance(outcome, Booked | Moved):
            # The time was the holder's all along, but since it was held the office may have closed or somebody gone away.
            for misfit in opened.misfits(window=kept.slot, now=to.now):
                if misfit.appointment.id == outcome.appointment.id:
                    return Refused(misfit.findings)
        keep(tx, opened)
        if isinstance(outcome, Moved):
            for each in given_up:
                on_freed(tx, attrs.evolve(each, revision=outcome.appointment.revision))
        return outcome

    return decide_once(to, Asked(action=action, subject=id.value, parts=parts), work, kinds, ())


def _with_hold(tx: Transaction, book: Book, hold: Hold) -> Book:
    """The same book with a hold that is over, so that it can say so, and the offers that were made of it."""
    state = book.state
    offers = (*state.offers, *tx.offers(hold.id))
    since = attrs.evolve(state, holds=(*state.holds, hold), offers=offers)
    return Book(book.calendar, book.policy, since=since)
