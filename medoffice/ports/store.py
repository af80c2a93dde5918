"""The office's store: typed records, changed in transactions.

An adapter keeps records and holds the constraints that must never break, whatever program is above it: one resource
is occupied once at a time, a code is spent once, a queue number is given once a day, an appointment is checked in
once, a command's outcome is kept once. It takes no decisions: those are pure functions, called inside ``work``.

``work`` may be run more than once (a store may have to start a transaction anew), so it changes nothing but the
transaction. Whatever it raises rolls everything back and comes out unchanged.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol, TypeVar

import attrs

from medoffice.billing.benefits import VerifiedCoverage
from medoffice.billing.fees import PlannedLine
from medoffice.checkin.records import CheckIn, DeskTask, Payment, VisitCode
from medoffice.core.errors import MedofficeError
from medoffice.core.ids import AppointmentId, CommandKey, PatientId, PaymentId, ResourceId
from medoffice.core.people import Patient, Provider
from medoffice.core.times import TimeSlot
from medoffice.privacy.audit import AuditEntry, AuditRow
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.visits import VisitType

T = TypeVar("T")

CalendarException = Closure | Absence | SpecialDay
"""What breaks the weekly hours."""


class StoreError(MedofficeError):
    """The store could not do what was asked; nothing was changed by the transaction."""


class StoreBusy(StoreError):
    """Another process kept the store longer than the time-out; trying again may work."""


class StoreUnavailable(StoreError):
    """The store cannot be reached or opened."""


class WrongKey(StoreUnavailable):
    """The key does not open this store, or the file is not a store at all."""


class StoreFull(StoreError):
    """There is no room left to write; what was acknowledged before is safe."""


class StoreDamaged(StoreUnavailable):
    """The store's files do not hold together; restore a back-up."""


class SchemaTooNew(StoreUnavailable):
    """The store was written by a newer medoffice; install that version or a later one."""


class NoSuchRecord(StoreError, LookupError):
    """There is no record with that id."""


class ConstraintBroken(StoreError):
    """A record would contradict one that is already there."""


class SlotTaken(ConstraintBroken):
    """A resource is occupied at that time by another appointment."""


class AlreadySpent(ConstraintBroken):
    """The code has been used."""


class AlreadyRecorded(ConstraintBroken):
    """A record that may exist once exists: a check-in, a queue number, a command's outcome."""


class StaleRecord(ConstraintBroken):
    """The appointment was changed by somebody else since it was read."""


@attrs.frozen(kw_only=True)
class RecordedOutcome:
    """What came of a command: a digest (32 bytes) of what was asked, and the encoded answer.

    ``answer`` may hold PHI, so stores seal it.
    """

    key: CommandKey
    digest: bytes = attrs.field(repr=False)
    answer: bytes = attrs.field(repr=False)
    at: datetime


@attrs.frozen(kw_only=True)
class KeptFact:
    """One thing that happened: in which ``stream``, its place ``seq`` there (from 1), about whom or what, and when.

    ``fact`` is a value that :mod:`medoffice.wire.json` can write; it may hold PHI, so stores seal it. ``subject`` is an
    opaque id, or empty.
    """

    stream: str
    seq: int
    subject: str
    at: datetime
    fact: object = attrs.field(repr=False)


class ReadTransaction(Protocol):
    """One consistent view of the store. Look-ups of one record raise :class:`NoSuchRecord`."""

    def patient(self, id: PatientId, /) -> Patient:
        """The record of a patient."""
        ...

    def patients_matching(self, match_key: str, /) -> tuple[Patient, ...]:
        """Patients with that :func:`medoffice.core.people.match_key`, by id."""
        ...

    def coverages(self, patient: PatientId, /) -> tuple[VerifiedCoverage, ...]:
        """A patient's coverages, first payer first, then by coverage id."""
        ...

    def planned_lines(self, appointment: AppointmentId, /) -> tuple[PlannedLine, ...]:
        """What is planned for a visit, in order; empty when nothing was planned."""
        ...

    def appointment(self, id: AppointmentId, /) -> Appointment:
        """An appointment as it stands now."""
        ...

    def appointments(
        self,
        window: TimeSlot,
        /,
        *,
        resources: frozenset[ResourceId] | None = None,
        patient: PatientId | None = None,
    ) -> tuple[Appointment, ...]:
        """Appointments of any status whose occupied time overlaps ``window``, by start, then id.

        ``resources`` keeps those that need at least one of them; ``patient`` those of one patient.
        """
        ...

    def visit_code(self, handle: bytes, /) -> VisitCode:
        """The code that has this handle."""
        ...

    def check_in(self, appointment: AppointmentId, /) -> CheckIn:
        """An appointment's check-in."""
        ...

    def check_ins(self, day: date, /) -> tuple[CheckIn, ...]:
        """The day's check-ins, lowest number first."""
        ...

    def last_number(self, day: date, /) -> int:
        """The highest queue number given on a day; 0 before the first."""
        ...

    def payment(self, id: PaymentId, /) -> Payment:
        """A payment as it stands now."""
        ...

    def payments(self, appointment: AppointmentId, /) -> tuple[Payment, ...]:
        """An appointment's payments, by instant, then id."""
        ...

    def unsettled_payments(self) -> tuple[Payment, ...]:
        """Payments in state ASKED or UNKNOWN, by instant, then id."""
        ...

    def desk_tasks(self, *, open_only: bool = True) -> tuple[DeskTask, ...]:
        """The desk's tasks, by instant, then id."""
        ...

    def visit_types(self) -> tuple[VisitType, ...]:
        """All kinds of visit, by code."""
        ...

    def templates(self) -> tuple[WeeklyTemplate, ...]:
        """All weekly templates, by resource and first day."""
        ...

    def providers(self) -> tuple[Provider, ...]:
        """All clinicians, by id."""
        ...

    def resources(self) -> tuple[Resource, ...]:
        """All that the calendar knows of: providers, rooms, equipment; by id. Their hours are the templates."""
        ...

    def exceptions(self) -> tuple[CalendarException, ...]:
        """Closures, absences and special days, in this order; each kind by its first instant or day."""
        ...

    def hold(self, id: HoldId, /) -> Hold:
        """A hold, whether or not it still keeps its time."""
        ...

    def holds(self, window: TimeSlot, /) -> tuple[Hold, ...]:
        """Holds that keep time which overlaps ``window``, by start, then id."""
        ...

    def offer(self, id: OfferId, /) -> Offer:
        """An offer, however it ended."""
        ...

    def offers(self, hold: HoldId, /) -> tuple[Offer, ...]:
        """The offers under a hold, by id."""
        ...

    def facts(self, stream: str, /, *, after: int = 0, subject: str = "") -> tuple[KeptFact, ...]:
        """What happened in a stream, in order, with ``seq`` above ``after``; of one subject where it is given."""
        ...

    def last_fact(self, stream: str, /) -> int:
        """The place of a stream's last fact; 0 before the first."""
        ...

    def outcome(self, key: CommandKey, /) -> RecordedOutcome:
        """What came of the command with that key."""
        ...

    def audit_rows(
        self, *, after: int = 0, subject: str = "", action: str = "", since: datetime | None = None
    ) -> tuple[AuditRow, ...]:
        """Audit rows in order, with ``seq`` above ``after``.

        Where they are given: of one subject, of one action, not older than ``since``.
        """
        ...


class Transaction(ReadTransaction, Protocol):
    """A view that can be changed; ``put_…`` adds the record or replaces the one with its id."""

    def put_patient(self, patient: Patient, /) -> None:
        """Add a patient, or replace the one with the same id."""
        ...

    def put_coverage(self, cover: VerifiedCoverage, /) -> None:
        """Add a coverage, or replace the one with the same coverage id."""
        ...

    def put_planned_lines(self, appointment: AppointmentId, lines: tuple[PlannedLine, ...], /) -> None:
        """Set what is planned for a visit; what was planned before is gone."""
        ...

    def put_appointment(self, appointment: Appointment, /) -> None:
        """Add an appointment of revision 0, or replace the one whose revision is one less.

        Raises:
            StaleRecord: when the stored revision is not the one before.
            SlotTaken: when its status occupies time that a resource does not have.
        """
        ...

    def put_visit_code(self, code: VisitCode, /) -> None:
        """Keep a code that is being handed out."""
        ...

    def spend_code(self, jti: bytes, appointment: AppointmentId, at: datetime, /) -> None:
        """Mark a one-time id (16 bytes) as used.

        Raises:
            AlreadySpent: when it was used before.
        """
        ...

    def add_check_in(self, check_in: CheckIn, /) -> None:
        """Add a check-in; never replaces.

        Raises:
            AlreadyRecorded: when the appointment is checked in, or the day's number is given.
        """
        ...

    def put_payment(self, payment: Payment, /) -> None:
        """Add a payment, or replace the one with the same id."""
        ...

    def put_desk_task(self, task: DeskTask, /) -> None:
        """Add a task, or replace the one with the same id."""
        ...

    def put_visit_type(self, visit: VisitType, /) -> None:
        """Add a kind of visit, or replace the one with the same code."""
        ...

    def put_template(self, template: WeeklyTemplate, /) -> None:
        """Templates are told apart by resource and the first day they are in effect."""
        ...

    def put_provider(self, provider: Provider, /) -> None:
        """Add a clinician, or replace the one with the same id."""
        ...

    def put_resource(self, resource: Resource, /) -> None:
        """Add a resource, or replace the one with the same id; its hours are put as templates."""
        ...

    def put_exception(self, exception: CalendarException, /) -> None:
        """Add a closure, an absence or a special day; one that is there already stays as it is."""
        ...

    def drop_exception(self, exception: CalendarException, /) -> None:
        """Take an exception away again.

        Raises:
            NoSuchRecord: when there is no such exception.
        """
        ...

    def put_hold(self, hold: Hold, /) -> None:
        """Add a hold, or replace the one with the same id; while it runs, its time is occupied.

        Raises:
            SlotTaken: when it keeps time that a resource does not have.
        """
        ...

    def put_offer(self, offer: Offer, /) -> None:
        """Add an offer, or replace the one with the same id."""
        ...

    def append_fact(self, stream: str, subject: str, at: datetime, fact: object, /) -> KeptFact:
        """Add a fact to the end of a stream; no fact is ever changed or removed."""
        ...

    def add_outcome(self, outcome: RecordedOutcome, /) -> None:
        """Keep a command's outcome; never replaces.

        Raises:
            AlreadyRecorded: when the key has an outcome.
        """
        ...

    def append_audit(self, entry: AuditEntry, /) -> AuditRow:
        """Add an entry to the end of the audit trail, in this transaction."""
        ...


class Store(Protocol):
    """Where an office keeps its records. Safe to use from several threads."""

    def transact(self, work: Callable[[Transaction], T], /, *, locks: tuple[str, ...] = ()) -> T:
        """Run ``work`` in one transaction, and return what it returned after that is durable.

        ``locks`` name what must not change meanwhile (``"resource:…"``, ``"queue:2026-11-24"``): transactions with
        a lock in common run one after the other. Stores with a single writer need not look at them.

        Raises:
            StoreError: see its kinds; nothing was changed.
        """
        ...

    def read(self, work: Callable[[ReadTransaction], T], /) -> T:
        """Run ``work`` over one consistent view of what is committed.

        Raises:
            StoreError: see its kinds.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections; calling it twice is harmless."""
        ...
