"""A store in memory: for tests, demonstrations, and as the model that the other stores are compared with.

It keeps one frozen state. A transaction works on a copy of the tables that it touches, and the copy becomes the state
when the transaction ends well, so readers always see what is committed and a failed transaction leaves nothing.
"""

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, TypeVar

import attrs

from medoffice.adapters import order
from medoffice.adapters.occupied import Claim, collide
from medoffice.billing import PlannedLine, VerifiedCoverage
from medoffice.checkin.records import CheckIn, DeskTask, Payment, PaymentState, VisitCode
from medoffice.core.ids import AppointmentId, CommandKey, CoverageId, PatientId, PaymentId, ResourceId, TaskId
from medoffice.core.people import Patient, Provider
from medoffice.core.times import TimeSlot, as_instant
from medoffice.ports.store import (
    AlreadyRecorded,
    AlreadySpent,
    CalendarException,
    KeptFact,
    NoSuchRecord,
    ReadTransaction,
    RecordedOutcome,
    SlotTaken,
    StaleRecord,
    StoreBusy,
    StoreError,
    StoreUnavailable,
    Transaction,
)
from medoffice.privacy.audit import GENESIS, AuditEntry, AuditRow, audit_digest
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.visits import VisitType

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

_UNSETTLED: Final = frozenset({PaymentState.ASKED, PaymentState.UNKNOWN})


@attrs.frozen(kw_only=True)
class _State:
    patients: dict[PatientId, Patient] = attrs.field(factory=dict)
    coverages: dict[CoverageId, VerifiedCoverage] = attrs.field(factory=dict)
    planned: dict[AppointmentId, tuple[PlannedLine, ...]] = attrs.field(factory=dict)
    appointments: dict[AppointmentId, Appointment] = attrs.field(factory=dict)
    codes: dict[bytes, VisitCode] = attrs.field(factory=dict)
    spent: dict[bytes, tuple[AppointmentId, datetime]] = attrs.field(factory=dict)
    check_ins: dict[AppointmentId, CheckIn] = attrs.field(factory=dict)
    numbers: dict[tuple[date, int], AppointmentId] = attrs.field(factory=dict)
    payments: dict[PaymentId, Payment] = attrs.field(factory=dict)
    tasks: dict[TaskId, DeskTask] = attrs.field(factory=dict)
    visit_types: dict[str, VisitType] = attrs.field(factory=dict)
    templates: dict[tuple[ResourceId, date], WeeklyTemplate] = attrs.field(factory=dict)
    providers: dict[ResourceId, Provider] = attrs.field(factory=dict)
    resources: dict[ResourceId, Resource] = attrs.field(factory=dict)
    exceptions: frozenset[CalendarException] = frozenset()
    holds: dict[HoldId, Hold] = attrs.field(factory=dict)
    offers: dict[OfferId, Offer] = attrs.field(factory=dict)
    facts: dict[str, tuple[KeptFact, ...]] = attrs.field(factory=dict)
    outcomes: dict[CommandKey, RecordedOutcome] = attrs.field(factory=dict)
    audit: tuple[AuditRow, ...] = ()


class MemoryStore:
    """A :class:`medoffice.ports.store.Store` that lasts as long as the process.

    ``audit_key`` is what the audit trail is chained with, to be given to
    :func:`medoffice.privacy.audit.verify_audit`; ``patience`` the seconds that a writer waits for its turn.
    """

    def __init__(self, *, audit_key: bytes = bytes(32), patience: float = 10.0) -> None:
        self._audit_key = audit_key
        self._patience = patience
        self._state = _State()
        self._turn = threading.Lock()
        self._is_open = True

    def transact(self, work: Callable[[Transaction], T], /, *, locks: tuple[str, ...] = ()) -> T:
        """Run ``work`` in one transaction; see :meth:`medoffice.ports.store.Store.transact`."""
        del locks  # there is one writer at a time
        self._refuse_closed()
        if not self._turn.acquire(timeout=self._patience):
            raise StoreBusy("another thread is writing to the store and has not finished in time; try again")
        try:
            transaction = _Writing(self._state, self._audit_key)
            try:
                answer = work(transaction)
            finally:
                state = transaction.end()
            self._state = state
        finally:
            self._turn.release()
        return answer

    def read(self, work: Callable[[ReadTransaction], T], /) -> T:
        """Run ``work`` over one view; see :meth:`medoffice.ports.store.Store.read`."""
        self._refuse_closed()
        view = _Reading(self._state)
        try:
            return work(view)
        finally:
            view.end()

    def close(self) -> None:
        """Refuse everything from now on; calling it twice is harmless."""
        self._is_open = False

    def _refuse_closed(self) -> None:
        if not self._is_open:
            raise StoreUnavailable("the store is closed")


class _Reading:
    def __init__(self, state: _State) -> None:
        self._last: _State | None = state

    def end(self) -> _State:
        """The state as it is now; nothing is read or written after this."""
        state, self._last = self._now, None
        return state

    @property
    def _now(self) -> _State:
        if self._last is None:
            raise StoreError("the transaction is over; nothing can be done in it any more")
        return self._last

    def patient(self, id: PatientId, /) -> Patient:
        return _found(self._now.patients, id, "patient")

    def patients_matching(self, match_key: str, /) -> tuple[Patient, ...]:
        return order.patients(each for each in self._now.patients.values() if each.match_key == match_key)

    def coverages(self, patient: PatientId, /) -> tuple[VerifiedCoverage, ...]:
        return order.coverages(
            each for each in self._now.coverages.values() if each.coverage.patient == patient
        )

    def planned_lines(self, appointment: AppointmentId, /) -> tuple[PlannedLine, ...]:
        return self._now.planned.get(appointment, ())

    def appointment(self, id: AppointmentId, /) -> Appointment:
        return _found(self._now.appointments, id, "appointment")

    def appointments(
        self,
        window: TimeSlot,
        /,
        *,
        resources: frozenset[ResourceId] | None = None,
        patient: PatientId | None = None,
    ) -> tuple[Appointment, ...]:
        return order.appointments(
            each
            for each in self._now.appointments.values()
            if each.occupied.overlaps(window)
            and (resources is None or not resources.isdisjoint(each.resources))
            and (patient is None or each.patient == patient)
        )

    def visit_code(self, handle: bytes, /) -> VisitCode:
        return _found(self._now.codes, handle, "visit_code")

    def check_in(self, appointment: AppointmentId, /) -> CheckIn:
        return _found(self._now.check_ins, appointment, "check_in")

    def check_ins(self, day: date, /) -> tuple[CheckIn, ...]:
        return order.check_ins(each for each in self._now.check_ins.values() if each.day == day)

    def last_number(self, day: date, /) -> int:
        return max((number for given, number in self._now.numbers if given == day), default=0)

    def payment(self, id: PaymentId, /) -> Payment:
        return _found(self._now.payments, id, "payment")

    def payments(self, appointment: AppointmentId, /) -> tuple[Payment, ...]:
        return order.dated(each for each in self._now.payments.values() if each.appointment == appointment)

    def unsettled_payments(self) -> tuple[Payment, ...]:
        return order.dated(each for each in self._now.payments.values() if each.state in _UNSETTLED)

    def desk_tasks(self, *, open_only: bool = True) -> tuple[DeskTask, ...]:
        return order.dated(each for each in self._now.tasks.values() if each.is_open or not open_only)

    def visit_types(self) -> tuple[VisitType, ...]:
        return order.visit_types(self._now.visit_types.values())

    def templates(self) -> tuple[WeeklyTemplate, ...]:
        return order.templates(self._now.templates.values())

    def providers(self) -> tuple[Provider, ...]:
        return order.providers(self._now.providers.values())

    def resources(self) -> tuple[Resource, ...]:
        return order.resources(self._now.resources.values())

    def exceptions(self) -> tuple[CalendarException, ...]:
        return order.exceptions(self._now.exceptions)

    def hold(self, id: HoldId, /) -> Hold:
        return _found(self._now.holds, id, "hold")

    def holds(self, window: TimeSlot, /) -> tuple[Hold, ...]:
        return order.holds(
            each for each in self._now.holds.values() if each.is_occupying and each.occupied.overlaps(window)
        )

    def offer(self, id: OfferId, /) -> Offer:
        return _found(self._now.offers, id, "offer")

    def offers(self, hold: HoldId, /) -> tuple[Offer, ...]:
        return order.offers(each for each in self._now.offers.values() if each.hold == hold)

    def facts(self, stream: str, /, *, after: int = 0, subject: str = "") -> tuple[KeptFact, ...]:
        kept = self._now.facts.get(stream, ())[max(after, 0) :]
        return tuple(each for each in kept if subject in {"", each.subject})

    def last_fact(self, stream: str, /) -> int:
        return len(self._now.facts.get(stream, ()))

    def outcome(self, key: CommandKey, /) -> RecordedOutcome:
        return _found(self._now.outcomes, key, "outcome")

    def audit_rows(
        self, *, after: int = 0, subject: str = "", action: str = "", since: datetime | None = None
    ) -> tuple[AuditRow, ...]:
        return tuple(
            row
            for row in self._now.audit[max(after, 0) :]
            if subject in {"", row.entry.subject}
            and action in {"", row.entry.action}
            and (since is None or row.entry.at >= as_instant(since))
        )


class _Writing(_Reading):
    def __init__(self, state: _State, audit_key: bytes) -> None:
        super().__init__(state)
        self._audit_key = audit_key

    def put_patient(self, patient: Patient, /) -> None:
        self._set(patients={**self._now.patients, patient.id: patient})

    def put_coverage(self, cover: VerifiedCoverage, /) -> None:
        self.patient(cover.coverage.patient)
        self._set(coverages={**self._now.coverages, cover.coverage.id: cover})

    def put_planned_lines(self, appointment: AppointmentId, lines: tuple[PlannedLine, ...], /) -> None:
        self.appointment(appointment)
        self._set(planned={**self._now.planned, appointment: lines})

    def put_appointment(self, appointment: Appointment, /) -> None:
        self.patient(appointment.patient)
        stored = self._now.appointments.get(appointment.id)
        if appointment.revision != (0 if stored is None else stored.revision + 1):
            raise StaleRecord("the appointment was changed by somebody else since it was read")
        self._refuse_collision(appointment)
        self._set(appointments={**self._now.appointments, appointment.id: appointment})

    def put_visit_code(self, code: VisitCode, /) -> None:
        self.appointment(code.appointment)
        self._set(codes={**self._now.codes, code.handle: code})

    def spend_code(self, jti: bytes, appointment: AppointmentId, at: datetime, /) -> None:
        self.appointment(appointment)
        if jti in self._now.spent:
            raise AlreadySpent("the code has been used")
        self._set(spent={**self._now.spent, jti: (appointment, as_instant(at))})

    def add_check_in(self, check_in: CheckIn, /) -> None:
        self.appointment(check_in.appointment)
        self.patient(check_in.patient)
        number = (check_in.day, check_in.number)
        if check_in.appointment in self._now.check_ins or number in self._now.numbers:
            raise AlreadyRecorded("the appointment is checked in, or the day's number is given")
        self._set(
            check_ins={**self._now.check_ins, check_in.appointment: check_in},
            numbers={**self._now.numbers, number: check_in.appointment},
        )

    def put_payment(self, payment: Payment, /) -> None:
        self.appointment(payment.appointment)
        self._set(payments={**self._now.payments, payment.id: payment})

    def put_desk_task(self, task: DeskTask, /) -> None:
        if task.appointment is not None:
            self.appointment(task.appointment)
        self._set(tasks={**self._now.tasks, task.id: task})

    def put_visit_type(self, visit: VisitType, /) -> None:
        self._set(visit_types={**self._now.visit_types, visit.code: visit})

    def put_template(self, template: WeeklyTemplate, /) -> None:
        key = (template.resource, template.effective.start)
        self._set(templates={**self._now.templates, key: template})

    def put_provider(self, provider: Provider, /) -> None:
        self._set(providers={**self._now.providers, provider.id: provider})

    def put_resource(self, resource: Resource, /) -> None:
        self._set(resources={**self._now.resources, resource.id: attrs.evolve(resource, weekly=())})

    def put_exception(self, exception: CalendarException, /) -> None:
        self._set(exceptions=self._now.exceptions | {exception})

    def drop_exception(self, exception: CalendarException, /) -> None:
        if exception not in self._now.exceptions:
            raise NoSuchRecord("there is no such exception")
        self._set(exceptions=self._now.exceptions - {exception})

    def put_hold(self, hold: Hold, /) -> None:
        self._refuse_collision(hold)
        self._set(holds={**self._now.holds, hold.id: hold})

    def put_offer(self, offer: Offer, /) -> None:
        self.hold(offer.hold)
        self._set(offers={**self._now.offers, offer.id: offer})

    def append_fact(self, stream: str, subject: str, at: datetime, fact: object, /) -> KeptFact:
        before = self._now.facts.get(stream, ())
        kept = KeptFact(stream=stream, seq=len(before) + 1, subject=subject, at=as_instant(at), fact=fact)
        self._set(facts={**self._now.facts, stream: (*before, kept)})
        return kept

    def add_outcome(self, outcome: RecordedOutcome, /) -> None:
        if outcome.key in self._now.outcomes:
            raise AlreadyRecorded("the command has an outcome")
        kept = attrs.evolve(outcome, at=as_instant(outcome.at))
        self._set(outcomes={**self._now.outcomes, outcome.key: kept})

    def append_audit(self, entry: AuditEntry, /) -> AuditRow:
        previous = self._now.audit[-1].digest if self._now.audit else GENESIS
        seq = len(self._now.audit) + 1
        row = AuditRow(seq=seq, entry=entry, digest=audit_digest(previous, seq, entry, key=self._audit_key))
        self._set(audit=(*self._now.audit, row))
        return row

    def _refuse_collision(self, claim: Claim) -> None:
        others: tuple[Claim, ...] = (*self._now.appointments.values(), *self._now.holds.values())
        if any(other.id != claim.id and collide(claim, other) for other in others):
            raise SlotTaken("a resource is occupied at that time by another appointment")

    def _set(self, **tables: Any) -> None:
        self._last = attrs.evolve(self._now, **tables)


def _found(records: dict[K, V], key: K, kind: str) -> V:
    try:
        return records[key]
    except KeyError:
        raise NoSuchRecord(f"there is no such {kind}") from None
