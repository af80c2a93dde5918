"""Booking, moving and cancelling over a store: read, decide and write in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from medoffice.billing.fees import PlannedLine
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import AppointmentId, PatientId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.core.times import TimeSlot
from medoffice.office.once import Asked, Command, once
from medoffice.ports.store import NoSuchRecord, ReadTransaction, SlotTaken, StaleRecord, Store, Transaction
from medoffice.scheduling import appointments, booking
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.outcomes import Booked, Cancelled, Moved
from medoffice.scheduling.refusals import slot_taken
from medoffice.scheduling.visits import VisitType


def visit_type(tx: ReadTransaction, code: str) -> VisitType:
    """The visit type of a code.

    Raises:
        NoSuchRecord: when the office has none of that code.
    """
    for visit in tx.visit_types():
        if visit.code == code:
            return visit
    raise NoSuchRecord("the office has no visit type of that code")


def _ended(outcome: object) -> str:
    return outcome.findings[0].code.lower() if isinstance(outcome, Refused) else "done"


def _locks(resources: Sequence[ResourceId], patient: PatientId) -> tuple[str, ...]:
    return (*(f"resource:{resource}" for resource in resources), f"patient:{patient}")


def _in_the_way(
    tx: ReadTransaction, occupied: TimeSlot, resources: Sequence[ResourceId], patient: PatientId
) -> tuple[Appointment, ...]:
    theirs = tx.appointments(occupied, resources=frozenset(resources))
    return theirs + tx.appointments(occupied, patient=patient)


def book(
    store: Store,
    command: Command,
    *,
    id: AppointmentId,
    patient: PatientId,
    visit: str,
    start: datetime,
    resources: Sequence[ResourceId],
    lines: tuple[PlannedLine, ...] = (),
    reason: str = "",
    now: datetime,
) -> Booked | Refused:
    """Book a visit and keep what is planned for it, or say every reason why not.

    Raises:
        NoSuchRecord: when the patient or the visit type is not known.
        StoreError: when the store could not; nothing was booked.
    """

    def work(tx: Transaction) -> Booked | Refused:
        tx.patient(patient)
        kind = visit_type(tx, visit)
        outcome = booking.book(
            id=id,
            patient=patient,
            visit=kind,
            slot_start=start,
            resources=resources,
            templates=tx.templates(),
            booked=_in_the_way(tx, kind.occupied_at(start), resources, patient),
            now=now,
            reason=reason,
        )
        if isinstance(outcome, Booked):
            tx.put_appointment(outcome.appointment)
            tx.put_planned_lines(id, lines)
        return outcome

    planned = tuple(f"{line.service}|{line.charge}|{line.allowed}" for line in lines)
    names = (str(len(resources)), *(each.value for each in resources))
    parts = (patient.value, visit, start.isoformat(), *names, reason, *planned)
    asked = Asked(action="book", subject=id.value, parts=parts)
    try:
        return once(
            store,
            command,
            asked,
            work,
            at=now,
            kinds=(Booked, Refused),
            ended=_ended,
            locks=_locks(resources, patient),
        )
    except SlotTaken:
        # The store's own constraint: a writer that takes no locks (an import, another program) came between.
        return Refused(tuple(slot_taken(resource) for resource in resources))


def move(
    store: Store,
    command: Command,
    *,
    id: AppointmentId,
    start: datetime,
    resources: Sequence[ResourceId] | None = None,
    now: datetime,
) -> Moved | Refused:
    """Give an appointment another time, all of it or nothing.

    Raises:
        NoSuchRecord: when the appointment is not known.
        StaleRecord: when somebody changed it in the same moment; look again.
        StoreError: when the store could not; nothing was moved.
    """
    seen = store.read(lambda tx: tx.appointment(id))

    def work(tx: Transaction) -> Moved | Refused:
        appointment = tx.appointment(id)
        if resources is None and appointment.resources != seen.resources:
            raise StaleRecord("the appointment was changed meanwhile; look at it again")
        wanted = appointment.resources if resources is None else tuple(resources)
        kind = visit_type(tx, appointment.visit_type)
        outcome = booking.move(
            appointment,
            visit=kind,
            slot_start=start,
            resources=wanted,
            templates=tx.templates(),
            booked=_in_the_way(tx, kind.occupied_at(start), wanted, appointment.patient),
            now=now,
        )
        if isinstance(outcome, Moved):
            tx.put_appointment(outcome.appointment)
        return outcome

    parts = (id.value, start.isoformat(), *(each.value for each in resources or ()))
    asked = Asked(action="move", subject=id.value, parts=parts)
    locks = (*_locks((*seen.resources, *(resources or ())), seen.patient), f"appointment:{id}")
    try:
        return once(store, command, asked, work, at=now, kinds=(Moved, Refused), ended=_ended, locks=locks)
    except SlotTaken:
        return Refused(tuple(slot_taken(resource) for resource in resources or seen.resources))


def cancel(store: Store, command: Command, *, id: AppointmentId, now: datetime) -> Cancelled | Refused:
    """Give an appointment's time back.

    Raises:
        NoSuchRecord: when the appointment is not known.
        StoreError: when the store could not; nothing was cancelled.
    """

    def work(tx: Transaction) -> Cancelled | Refused:
        outcome = booking.cancel(tx.appointment(id))
        if isinstance(outcome, Cancelled):
            tx.put_appointment(outcome.appointment)
        return outcome

    asked = Asked(action="cancel", subject=id.value, parts=(id.value,))
    locks = (f"appointment:{id}",)
    return once(store, command, asked, work, at=now, kinds=(Cancelled, Refused), ended=_ended, locks=locks)


def change_status(
    store: Store,
    command: Command,
    *,
    id: AppointmentId,
    to: Status,
    now: datetime,
) -> Appointment | Refused:
    """Note that a patient arrived, was seen, or did not come.

    Raises:
        InvalidValue: when ``to`` is ``CHECKED_IN``, which gives a number and has a command of its own.
        NoSuchRecord: when the appointment is not known.
        StoreError: when the store could not; nothing was changed.
    """
    if to is Status.CHECKED_IN:
        raise InvalidValue("change of status", "checking in gives a queue number; use check_in")

    def work(tx: Transaction) -> Appointment | Refused:
        outcome = appointments.change_status(tx.appointment(id), to)
        if isinstance(outcome, Appointment):
            tx.put_appointment(outcome)
        return outcome

    asked = Asked(action=f"status.{to.value}", subject=id.value, parts=(id.value,))
    locks = (f"appointment:{id}",)
    return once(store, command, asked, work, at=now, kinds=(Appointment, Refused), ended=_ended, locks=locks)
