"""The writing half of a transaction: records to rows."""

from datetime import datetime

import attrs
import sqlalchemy as sa

from medoffice.adapters.sql import tables
from medoffice.adapters.sql.occupying import SqlOccupying
from medoffice.adapters.sql.reading import (
    EXCEPTION,
    PROVIDER,
    RESOURCE,
    TEMPLATE,
    VISIT_TYPE,
)
from medoffice.adapters.sql.session import to_micros
from medoffice.billing import PlannedLine, VerifiedCoverage
from medoffice.checkin.records import CheckIn, DeskTask, Payment, VisitCode
from medoffice.core.ids import AppointmentId
from medoffice.core.people import Patient, Provider
from medoffice.core.times import as_instant
from medoffice.ports.store import (
    AlreadyRecorded,
    AlreadySpent,
    CalendarException,
    KeptFact,
    NoSuchRecord,
    RecordedOutcome,
    StaleRecord,
)
from medoffice.privacy.audit import GENESIS, AuditEntry, AuditRow, audit_digest
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.visits import VisitType


class SqlWriting(SqlOccupying):
    """A :class:`medoffice.ports.store.Transaction` over one connection."""

    def put_patient(self, patient: Patient, /) -> None:
        self._session.put(
            tables.patient,
            id=patient.id.value,
            match_index=self._vault.match_index(patient.match_key),
            body=self._vault.seal("patient", patient.id.value, patient),
        )

    def put_coverage(self, cover: VerifiedCoverage, /) -> None:
        id, patient = cover.coverage.id.value, cover.coverage.patient.value
        self._session.require(tables.patient, patient)
        self._session.put(
            tables.coverage, id=id, patient=patient, body=self._vault.seal("coverage", id, cover)
        )

    def put_planned_lines(self, appointment: AppointmentId, lines: tuple[PlannedLine, ...], /) -> None:
        self._session.require(tables.appointment, appointment.value)
        planned = tables.planned_line
        self._session.run(sa.delete(planned).where(planned.c.appointment == appointment.value))
        rows = [
            {
                "appointment": appointment.value,
                "position": position,
                "body": self._vault.seal("planned_line", f"{appointment}/{position}", line),
            }
            for position, line in enumerate(lines)
        ]
        if rows:
            self._session.insert(planned, rows)

    def put_appointment(self, appointment: Appointment, /) -> None:
        self._session.require(tables.patient, appointment.patient.value)
        before = self._stored(appointment)
        with self._session.all_or_nothing():
            self._put_visit(appointment)
            self._occupy(appointment, before)

    def put_visit_code(self, code: VisitCode, /) -> None:
        self._session.require(tables.appointment, code.appointment.value)
        self._session.put(
            tables.visit_code,
            handle=code.handle,
            appointment=code.appointment.value,
            expires=to_micros(code.expires),
        )

    def spend_code(self, jti: bytes, appointment: AppointmentId, at: datetime, /) -> None:
        self._session.require(tables.appointment, appointment.value)
        if not self._session.add(tables.spent_code, jti=jti, appointment=appointment.value, at=to_micros(at)):
            raise AlreadySpent("the code has been used")

    def add_check_in(self, check_in: CheckIn, /) -> None:
        id = check_in.appointment.value
        self._session.require(tables.appointment, id)
        self._session.require(tables.patient, check_in.patient.value)
        if not self._session.add(
            tables.check_in,
            appointment=id,
            patient=check_in.patient.value,
            day=check_in.day.isoformat(),
            number=check_in.number,
            body=self._vault.seal("check_in", id, check_in),
        ):
            raise AlreadyRecorded("the appointment is checked in, or the day's number is given")

    def put_payment(self, payment: Payment, /) -> None:
        self._session.require(tables.appointment, payment.appointment.value)
        self._session.put(
            tables.payment,
            id=payment.id.value,
            appointment=payment.appointment.value,
            state=payment.state.value,
            at=to_micros(payment.at),
            body=self._vault.seal("payment", payment.id.value, payment),
        )

    def put_desk_task(self, task: DeskTask, /) -> None:
        if task.appointment is not None:
            self._session.require(tables.appointment, task.appointment.value)
        self._session.put(
            tables.desk_task,
            id=task.id.value,
            appointment=None if task.appointment is None else task.appointment.value,
            is_open=int(task.is_open),
            at=to_micros(task.at),
            body=self._vault.seal("desk_task", task.id.value, task),
        )

    def put_visit_type(self, visit: VisitType, /) -> None:
        self._put_setting(VISIT_TYPE, visit.code, visit)

    def put_template(self, template: WeeklyTemplate, /) -> None:
        self._put_setting(TEMPLATE, f"{template.resource}/{template.effective.start.isoformat()}", template)

    def put_provider(self, provider: Provider, /) -> None:
        self._put_setting(PROVIDER, provider.id.value, provider)

    def put_resource(self, resource: Resource, /) -> None:
        self._put_setting(RESOURCE, resource.id.value, attrs.evolve(resource, weekly=()))

    def put_exception(self, exception: CalendarException, /) -> None:
        self._put_setting(EXCEPTION, self._vault.name_of(exception), exception)

    def drop_exception(self, exception: CalendarException, /) -> None:
        settings = tables.setting.c
        wanted = (settings.kind == EXCEPTION, settings.key == self._vault.name_of(exception))
        if self._session.run(sa.delete(tables.setting).where(*wanted)).rowcount != 1:
            raise NoSuchRecord("there is no such exception")

    def put_hold(self, hold: Hold, /) -> None:
        id = hold.id.value
        try:
            before = self.hold(hold.id)
        except NoSuchRecord:
            before = None
        with self._session.all_or_nothing():
            self._session.put(tables.hold, id=id, body=self._vault.seal("hold", id, hold))
            self._occupy(hold, before)

    def put_offer(self, offer: Offer, /) -> None:
        id, hold = offer.id.value, offer.hold.value
        self._session.require(tables.hold, hold)
        self._session.put(tables.offer, id=id, hold=hold, body=self._vault.seal("offer", id, offer))

    def append_fact(self, stream: str, subject: str, at: datetime, fact: object, /) -> KeptFact:
        self._session.audit_turn()
        seq = self.last_fact(stream) + 1
        row = {
            "stream": stream,
            "seq": seq,
            "subject": subject,
            "at": to_micros(at),
            "body": self._vault.seal("fact", f"{stream}/{seq}", fact),
        }
        self._session.insert(tables.fact, [row])
        return KeptFact(stream=stream, seq=seq, subject=subject, at=as_instant(at), fact=fact)

    def add_outcome(self, outcome: RecordedOutcome, /) -> None:
        key = outcome.key.value
        # The digest is sealed too: with few possible requests (birth dates) it would give the request away.
        kept = bytes([len(outcome.digest)]) + outcome.digest + outcome.answer
        body = self._vault.seal_bytes("outcome", key, kept)
        if not self._session.add(tables.outcome, key=key, at=to_micros(outcome.at), body=body):
            raise AlreadyRecorded("the command has an outcome")

    def append_audit(self, entry: AuditEntry, /) -> AuditRow:
        self._session.audit_turn()
        trail = tables.audit.c
        last = self._session.rows(sa.select(trail.seq, trail.digest).order_by(trail.seq.desc()).limit(1))
        seq, previous = last[0] if last else (0, GENESIS)
        digest = audit_digest(previous, seq + 1, entry, key=self._vault.audit_key)
        row = {
            "seq": seq + 1,
            "at": to_micros(entry.at),
            "actor": entry.actor.value,
            "action": entry.action,
            "subject": entry.subject,
            "outcome": entry.outcome,
            "digest": digest,
        }
        self._session.insert(tables.audit, [row])
        return AuditRow(seq=seq + 1, entry=entry, digest=digest)

    def _put_visit(self, appointment: Appointment) -> None:
        id, visits = appointment.id.value, tables.appointment
        values = {
            "patient": appointment.patient.value,
            "revision": appointment.revision,
            "starts": to_micros(appointment.occupied.start),
            "ends": to_micros(appointment.occupied.end),
            "body": self._vault.seal("appointment", id, appointment),
        }
        if appointment.revision == 0:
            is_current = self._session.add(visits, id=id, **values)
        else:
            before = (visits.c.id == id, visits.c.revision == appointment.revision - 1)
            is_current = self._session.run(sa.update(visits).where(*before).values(**values)).rowcount == 1
        if not is_current:
            raise StaleRecord("the appointment was changed by somebody else since it was read")

    def _stored(self, appointment: Appointment) -> Appointment | None:
        """The appointment as it was before this change; ``None`` for a new one."""
        if appointment.revision == 0:
            return None
        try:
            return self.appointment(appointment.id)
        except NoSuchRecord:
            return None

    def _put_setting(self, kind: str, key: str, value: object) -> None:
        self._session.put(
            tables.setting, kind=kind, key=key, body=self._vault.seal("setting", f"{kind}/{key}", value)
        )
