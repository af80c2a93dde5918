"""What every decision about the schedule is carried out with, and how: the book is opened where it looks, decides, and is
written down, in one transaction and once.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

import attrs

from medoffice.core.ids import ActorId, AppointmentId, PatientId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.core.times import TimeSlot
from medoffice.office.book.book_keeping import LOCK, keep, open_book, page_of
from medoffice.office.book.calendar import calendar_of, visit_type
from medoffice.office.book.following import OutOfStep
from medoffice.office.once import Asked, Command, once
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import SlotTaken, StaleRecord, Store, Transaction
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book import Book, Policy
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.refusals import slot_taken

T = TypeVar("T")
OnFreed = Callable[[Transaction, Appointment], None]
"""What is done, in the same transaction, with the time that a visit gave up: the visit as it was."""


def leave_free(_: Transaction, __: Appointment) -> None:
    """The time is free, and that is all."""


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


def book_at(tx: Transaction, to: Booking, wanted: Wanted, patient: PatientId | None) -> Book:
    """The book, open where a visit is wanted.

    Raises:
        NoSuchRecord: when there is no such visit type.
    """
    calendar = calendar_of(tx, to.settings.zone)
    kind = visit_type(calendar, wanted.visit)
    return open_book(
        tx,
        calendar=calendar,
        policy=to.policy,
        around=kind.occupied_at(wanted.start, new_patient=wanted.new_patient),
        patient=patient,
    )


def whole_book(
    tx: Transaction,
    to: Booking,
    *,
    around: TimeSlot,
    patient: PatientId | None = None,
    appointments: Iterable[AppointmentId] = (),
) -> Book:
    """The book, open around a time, with some visits whatever their time."""
    return open_book(
        tx,
        calendar=calendar_of(tx, to.settings.zone),
        policy=to.policy,
        around=around,
        patient=patient,
        appointments=appointments,
    )


def on_page(
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

    return decide_once(
        to, Asked(action=action, subject=id.value, parts=parts), work, kinds, (), appointment=id
    )


def decide_once(
    to: Booking,
    asked: Asked,
    work: Callable[[Transaction], T | Refused],
    kinds: tuple[type, ...],
    resources: Sequence[ResourceId],
    *,
    appointment: AppointmentId | None = None,
) -> T | Refused:
    """Carry a decision out once, with the book locked.

    What a writer that does not ask the book took meanwhile is refused like any other taken time; ``resources`` (or those
    of ``appointment``) are what it is about.

    Raises:
        KeyReused: when the command's key was used for another request.
        StoreError: when the store could not; nothing was changed.
    """
    locks = (LOCK,) if appointment is None else (LOCK, f"appointment:{appointment}")

    def carry_out(what: Callable[[Transaction], T | Refused]) -> T | Refused:
        return once(
            to.store,
            to.command,
            asked,
            what,
            at=to.now,
            kinds=(*kinds, Refused),
            ended=ended,
            locks=locks,
        )

    try:
        try:
            return carry_out(work)
        except (SlotTaken, StaleRecord):
            # The store's own constraint: a writer that does not ask the book (an import, another program) came between.
            # What it wrote is seen now, and either something else will do, or the book says what is in the way.
            return carry_out(work)
    except OutOfStep as trouble:
        refused = trouble.refused
    except SlotTaken:
        taken = resources
        if appointment is not None and not taken:
            taken = to.store.read(lambda tx: tx.appointment(appointment)).resources
        if not taken:
            raise
        refused = Refused(tuple(map(slot_taken, taken)))
    # All that was done was undone; that it was refused is kept as any other refusal is.
    return carry_out(lambda _: refused)


def ended(outcome: object) -> str:
    """The word that the audit row has for an outcome: the first reason's code, or done."""
    return outcome.findings[0].code.lower() if isinstance(outcome, Refused) else "done"
