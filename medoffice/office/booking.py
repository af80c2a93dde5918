"""Decisions about the schedule over a store: the book is opened, decides, and is written down, in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

import attrs

from medoffice.billing.fees import PlannedLine
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import ActorId, AppointmentId, PatientId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.core.times import TimeSlot
from medoffice.office.book_keeping import LOCK, keep, open_book, page_of
from medoffice.office.calendar import calendar_of, visit_type
from medoffice.office.following import OutOfStep
from medoffice.office.once import Asked, Command, once
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import SlotTaken, Store, Transaction
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book import Book, CalledOff, Changed, Held, Offered, Party, Policy, Released
from medoffice.scheduling.book.holds import Hold
from medoffice.scheduling.book.ids import HoldId, OfferId, SeriesId
from medoffice.scheduling.book.outcomes import BookedSeries, Declined, RefusedSeries
from medoffice.scheduling.book.recurrence import Recurrence
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.outcomes import Booked, Moved
from medoffice.scheduling.refusals import slot_taken

T = TypeVar("T")
OnFreed = Callable[[Transaction, Appointment], None]
"""What is done, in the same transaction, with the time that a visit gave up: the visit as it was."""


def _nothing(_: Transaction, __: Appointment) -> None:
    """The time is free, and that is all."""


_FORTNIGHT: Final = timedelta(days=15)
"""How far around a series the book looks for times near an occurrence that cannot be."""


@attrs.frozen(kw_only=True)
class Booking:
    """What every decision about the schedule is carried out with."""

    store: Store
    settings: OfficeSettings
    policy: Policy
    command: Command
    now: datetime

    @property
    def by(self) -> ActorId:
        """Who decides."""
        return self.command.by


@attrs.frozen(kw_only=True)
class Wanted:
    """Where a visit is wanted: a start, by the resources named, or by whichever fit for what is not named."""

    visit: str
    start: datetime
    resources: tuple[ResourceId, ...] = ()
    modality: Modality | None = None
    location: str = ""
    new_patient: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """All of it as texts, for the record of what was asked."""
        named = (str(len(self.resources)), *(each.value for each in self.resources))
        rest = (str(self.modality or ""), self.location, "new" if self.new_patient else "")
        return (self.visit, self.start.isoformat(), *named, *rest)


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
        outcome = (opened := _at(tx, to, wanted, patient)).book(
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
    return _once(to, Asked(action="book", subject=id.value, parts=parts), work, (Booked,), wanted.resources)


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
        outcome = (opened := _at(tx, to, wanted, patient)).walk_in(
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
    return _once(to, asked, work, (Booked,), wanted.resources)


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
    return _once(to, asked, work, (BookedSeries, RefusedSeries), wanted.resources)


def move(
    to: Booking,
    *,
    id: AppointmentId,
    start: datetime,
    resources: Sequence[ResourceId] | None = None,
    on_freed: OnFreed = _nothing,
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
    parts = (id.value, start.isoformat(), *(each.value for each in named))
    asked = Asked(action="move", subject=id.value, parts=parts)
    return _once(to, asked, work, (Moved,), named, appointment=id)


def cancel(
    to: Booking,
    *,
    id: AppointmentId,
    reason: str = "",
    party: Party = Party.PATIENT,
    on_freed: OnFreed = _nothing,
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
    return _once(to, asked, work, (CalledOff,), (), appointment=id)


def no_show(to: Booking, *, id: AppointmentId) -> Changed | Refused:
    """Note that the patient did not come; the rest of the time is free.

    Raises:
        NoSuchRecord: when the appointment is not known.
        StoreError: when the store could not; nothing was changed.
    """
    return _on_page(
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
    return _on_page(
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
        opened = _whole(tx, to, around=tx.appointment(id).occupied, appointments=(id,))
        outcome = opened.confirm(id, now=to.now, by=to.by)
        keep(tx, opened)
        return outcome

    asked = Asked(action="confirm", subject=id.value, parts=(id.value,))
    return _once(to, asked, work, (Booked,), (), appointment=id)


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
        opened = _at(tx, to, wanted, patient)
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
    return _once(to, asked, work, (Held,), wanted.resources)


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
    """Book what a hold keeps.

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


def accept(to: Booking, *, offer: OfferId, appointment: AppointmentId) -> Booked | Moved | Refused:
    """Give the patient what was offered, if nobody was quicker; ``appointment`` is the id of a visit newly booked.

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


# ── the book, opened where a decision looks ─────────────────────────────────────────────────────────────────────────


def _at(tx: Transaction, to: Booking, wanted: Wanted, patient: PatientId | None) -> Book:
    calendar = calendar_of(tx, to.settings.zone)
    kind = visit_type(calendar, wanted.visit)
    return open_book(
        tx,
        calendar=calendar,
        policy=to.policy,
        around=kind.occupied_at(wanted.start, new_patient=wanted.new_patient),
        patient=patient,
    )


def _whole(
    tx: Transaction,
    to: Booking,
    *,
    around: TimeSlot,
    patient: PatientId | None = None,
    appointments: Iterable[AppointmentId] = (),
) -> Book:
    return open_book(
        tx,
        calendar=calendar_of(tx, to.settings.zone),
        policy=to.policy,
        around=around,
        patient=patient,
        appointments=appointments,
    )


def _on_page(
    to: Booking,
    action: str,
    id: AppointmentId,
    parts: tuple[str, ...],
    decide: Callable[[Book], T | Refused],
    *kinds: type,
) -> T | Refused:
    """A decision that concerns one visit alone."""

    def work(tx: Transaction) -> T | Refused:
        opened = page_of(tx, tx.appointment(id), policy=to.policy)
        outcome = decide(opened)
        keep(tx, opened)
        return outcome

    return _once(to, Asked(action=action, subject=id.value, parts=parts), work, kinds, (), appointment=id)


def _on_hold(
    to: Booking,
    action: str,
    id: HoldId,
    parts: tuple[str, ...],
    decide: Callable[[Book], T | Refused],
    *kinds: type,
    patient: PatientId | None = None,
    appointments: Iterable[AppointmentId] = (),
) -> T | Refused:
    """A decision about what a hold keeps."""

    def work(tx: Transaction) -> T | Refused:
        if patient is not None:
            tx.patient(patient)
        kept: Hold = tx.hold(id)
        opened = _whole(tx, to, around=kept.occupied, patient=patient, appointments=appointments)
        if id not in opened.holds:
            opened = _with_hold(tx, opened, kept)
        outcome = decide(opened)
        keep(tx, opened)
        return outcome

    return _once(to, Asked(action=action, subject=id.value, parts=parts), work, kinds, ())


def _with_hold(tx: Transaction, book: Book, hold: Hold) -> Book:
    """The same book with a hold that is over, so that it can say so, and the offers that were made of it."""
    state = book.state
    offers = (*state.offers, *tx.offers(hold.id))
    since = attrs.evolve(state, holds=(*state.holds, hold), offers=offers)
    return Book(book.calendar, book.policy, since=since)


def _once(
    to: Booking,
    asked: Asked,
    work: Callable[[Transaction], T | Refused],
    kinds: tuple[type, ...],
    resources: Sequence[ResourceId],
    *,
    appointment: AppointmentId | None = None,
) -> T | Refused:
    locks = (LOCK,) if appointment is None else (LOCK, f"appointment:{appointment}")
    try:
        return once(
            to.store,
            to.command,
            asked,
            work,
            at=to.now,
            kinds=(*kinds, Refused),
            ended=_ended,
            locks=locks,
        )
    except OutOfStep as trouble:
        return trouble.refused
    except SlotTaken:
        # The store's own constraint: a writer that does not ask the book (an import, another program) came between.
        taken = resources
        if appointment is not None and not taken:
            taken = to.store.read(lambda tx: tx.appointment(appointment)).resources
        if not taken:
            raise
        return Refused(tuple(map(slot_taken, taken)))


def _ended(outcome: object) -> str:
    return outcome.findings[0].code.lower() if isinstance(outcome, Refused) else "done"
