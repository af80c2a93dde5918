"""The reading half of a transaction: rows to records."""

from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from medoffice.adapters import order
from medoffice.adapters.sql import tables
from medoffice.adapters.sql.session import Session, from_micros, to_micros
from medoffice.adapters.sql.vault import Vault
from medoffice.billing import PlannedLine, VerifiedCoverage
from medoffice.checkin.records import CheckIn, DeskTask, Payment, PaymentState, VisitCode
from medoffice.core.ids import ActorId, AppointmentId, CommandKey, PatientId, PaymentId, ResourceId
from medoffice.core.people import Patient, Provider
from medoffice.core.times import TimeSlot
from medoffice.ports.store import CalendarException, KeptFact, RecordedOutcome
from medoffice.privacy.audit import AuditEntry, AuditRow
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.visits import VisitType

T = TypeVar("T")

VISIT_TYPE, TEMPLATE, PROVIDER = "visit-type", "template", "provider"
RESOURCE, EXCEPTION = "resource", "exception"
_UNSETTLED = (PaymentState.ASKED.value, PaymentState.UNKNOWN.value)


class SqlReading:
    """A :class:`medoffice.ports.store.ReadTransaction` over one connection."""

    def __init__(self, session: Session, vault: Vault) -> None:
        self._session = session
        self._vault = vault

    def patient(self, id: PatientId, /) -> Patient:
        return self._one(tables.patient, Patient, tables.patient.c.id == id.value)

    def patients_matching(self, match_key: str, /) -> tuple[Patient, ...]:
        wanted = tables.patient.c.match_index == self._vault.match_index(match_key)
        return order.patients(self._all(tables.patient, Patient, wanted))

    def coverages(self, patient: PatientId, /) -> tuple[VerifiedCoverage, ...]:
        found = self._all(tables.coverage, VerifiedCoverage, tables.coverage.c.patient == patient.value)
        return order.coverages(found)

    def planned_lines(self, appointment: AppointmentId, /) -> tuple[PlannedLine, ...]:
        lines = tables.planned_line.c
        query = sa.select(lines.position, lines.body).where(lines.appointment == appointment.value)
        return tuple(
            self._vault.open("planned_line", f"{appointment}/{position}", PlannedLine, body)
            for position, body in self._session.rows(query.order_by(lines.position))
        )

    def appointment(self, id: AppointmentId, /) -> Appointment:
        return self._one(tables.appointment, Appointment, tables.appointment.c.id == id.value)

    def appointments(
        self,
        window: TimeSlot,
        /,
        *,
        resources: frozenset[ResourceId] | None = None,
        patient: PatientId | None = None,
    ) -> tuple[Appointment, ...]:
        start, end = to_micros(window.start), to_micros(window.end)
        visits, needs = tables.appointment.c, tables.occupation.c
        wanted = [visits.ends > start, visits.starts < end]
        if resources is not None:
            names = [each.value for each in resources]
            taken = sa.select(needs.appointment).where(
                needs.resource.in_(names), needs.ends > start, needs.starts < end
            )
            wanted.append(visits.id.in_(taken))
        if patient is not None:
            wanted.append(visits.patient == patient.value)
        return order.appointments(self._all(tables.appointment, Appointment, *wanted))

    def visit_code(self, handle: bytes, /) -> VisitCode:
        codes = tables.visit_code.c
        query = sa.select(codes.appointment, codes.expires).where(codes.handle == handle)
        row = self._session.row(query, "visit_code")
        return VisitCode(
            handle=handle, appointment=AppointmentId(row.appointment), expires=from_micros(row.expires)
        )

    def check_in(self, appointment: AppointmentId, /) -> CheckIn:
        return self._one(tables.check_in, CheckIn, tables.check_in.c.appointment == appointment.value)

    def check_ins(self, day: date, /) -> tuple[CheckIn, ...]:
        return order.check_ins(self._all(tables.check_in, CheckIn, tables.check_in.c.day == day.isoformat()))

    def last_number(self, day: date, /) -> int:
        rows = tables.check_in.c
        query = sa.select(sa.func.coalesce(sa.func.max(rows.number), 0)).where(rows.day == day.isoformat())
        return int(self._session.run(query).scalar_one())

    def payment(self, id: PaymentId, /) -> Payment:
        return self._one(tables.payment, Payment, tables.payment.c.id == id.value)

    def payments(self, appointment: AppointmentId, /) -> tuple[Payment, ...]:
        return order.dated(
            self._all(tables.payment, Payment, tables.payment.c.appointment == appointment.value)
        )

    def unsettled_payments(self) -> tuple[Payment, ...]:
        return order.dated(self._all(tables.payment, Payment, tables.payment.c.state.in_(_UNSETTLED)))

    def desk_tasks(self, *, open_only: bool = True) -> tuple[DeskTask, ...]:
        wanted = [tables.desk_task.c.is_open == 1] if open_only else []
        return order.dated(self._all(tables.desk_task, DeskTask, *wanted))

    def visit_types(self) -> tuple[VisitType, ...]:
        return order.visit_types(self._settings(VISIT_TYPE, VisitType))

    def templates(self) -> tuple[WeeklyTemplate, ...]:
        return order.templates(self._settings(TEMPLATE, WeeklyTemplate))

    def providers(self) -> tuple[Provider, ...]:
        return order.providers(self._settings(PROVIDER, Provider))

    def resources(self) -> tuple[Resource, ...]:
        return order.resources(self._settings(RESOURCE, Resource))

    def exceptions(self) -> tuple[CalendarException, ...]:
        found = self._settings(EXCEPTION, object)
        return order.exceptions(each for each in found if isinstance(each, Closure | Absence | SpecialDay))

    def hold(self, id: HoldId, /) -> Hold:
        return self._one(tables.hold, Hold, tables.hold.c.id == id.value)

    def holds(self, window: TimeSlot, /) -> tuple[Hold, ...]:
        needs = tables.occupation.c
        kept = sa.select(needs.hold).where(
            needs.hold.is_not(None),
            needs.ends > to_micros(window.start),
            needs.starts < to_micros(window.end),
        )
        return order.holds(self._all(tables.hold, Hold, tables.hold.c.id.in_(kept)))

    def offer(self, id: OfferId, /) -> Offer:
        return self._one(tables.offer, Offer, tables.offer.c.id == id.value)

    def offers(self, hold: HoldId, /) -> tuple[Offer, ...]:
        return order.offers(self._all(tables.offer, Offer, tables.offer.c.hold == hold.value))

    def facts(self, stream: str, /, *, after: int = 0, subject: str = "") -> tuple[KeptFact, ...]:
        kept = tables.fact.c
        query = sa.select(tables.fact).where(kept.stream == stream, kept.seq > after).order_by(kept.seq)
        if subject:
            query = query.where(kept.subject == subject)
        return tuple(
            KeptFact(
                stream=row.stream,
                seq=row.seq,
                subject=row.subject,
                at=from_micros(row.at),
                fact=self._vault.open("fact", f"{row.stream}/{row.seq}", object, row.body),
            )
            for row in self._session.rows(query)
        )

    def last_fact(self, stream: str, /) -> int:
        kept = tables.fact.c
        query = sa.select(sa.func.coalesce(sa.func.max(kept.seq), 0)).where(kept.stream == stream)
        return int(self._session.run(query).scalar_one())

    def outcome(self, key: CommandKey, /) -> RecordedOutcome:
        row = self._session.row(sa.select(tables.outcome).where(tables.outcome.c.key == key.value), "outcome")
        kept = self._vault.open_bytes("outcome", key.value, row.body)
        digest, answer = kept[1 : 1 + kept[0]], kept[1 + kept[0] :]
        return RecordedOutcome(key=key, digest=digest, answer=answer, at=from_micros(row.at))

    def audit_rows(
        self, *, after: int = 0, subject: str = "", action: str = "", since: datetime | None = None
    ) -> tuple[AuditRow, ...]:
        trail = tables.audit.c
        query = sa.select(tables.audit).where(trail.seq > after).order_by(trail.seq)
        if subject:
            query = query.where(trail.subject == subject)
        if action:
            query = query.where(trail.action == action)
        if since is not None:
            query = query.where(trail.at >= to_micros(since))
        return tuple(
            AuditRow(
                seq=row.seq,
                entry=AuditEntry(
                    at=from_micros(row.at),
                    actor=ActorId(row.actor),
                    action=row.action,
                    subject=row.subject,
                    outcome=row.outcome,
                ),
                digest=row.digest,
            )
            for row in self._session.rows(query)
        )

    def _one(self, table: sa.Table, kind: type[T], wanted: sa.ColumnElement[bool]) -> T:
        row = self._session.row(self._select(table, wanted), table.name)
        return self._vault.open(table.name, row[0], kind, row[1])

    def _all(self, table: sa.Table, kind: type[T], *wanted: sa.ColumnElement[bool]) -> list[T]:
        rows = self._session.rows(self._select(table, *wanted))
        return [self._vault.open(table.name, id, kind, body) for id, body in rows]

    def _select(self, table: sa.Table, *wanted: sa.ColumnElement[bool]) -> sa.Select[Any]:
        (key,) = table.primary_key
        return sa.select(key, table.c.body).where(*wanted)

    def _settings(self, name: str, kind: type[T]) -> list[T]:
        settings = tables.setting.c
        rows = self._session.rows(sa.select(settings.key, settings.body).where(settings.kind == name))
        return [self._vault.open("setting", f"{name}/{key}", kind, body) for key, body in rows]
