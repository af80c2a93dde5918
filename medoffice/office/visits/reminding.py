"""Reminders over a store: what is due to whom, what was handed over, and what comes of the replies."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, TypeVar

import attrs

from medoffice.checkin.records import DeskTask
from medoffice.core.errors import InvalidValue
from medoffice.core.findings import Finding
from medoffice.core.ids import AppointmentId, CommandKey, PatientId
from medoffice.core.outcomes import Refused
from medoffice.core.times import TimeSlot
from medoffice.office.book.book_keeping import LOCK
from medoffice.office.book.book_keeping import STREAM as BOOK
from medoffice.office.book.decisions import Booking, OnFreed, ended
from medoffice.office.once import Asked, once
from medoffice.office.visits.answering import Answer, carry_out
from medoffice.office.visits.reaching import STREAM, contact_of, facts_of
from medoffice.ports.ids import IdSource
from medoffice.ports.store import ReadTransaction, Transaction
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book import CalledOff, events
from medoffice.scheduling.outcomes import Booked
from medoffice.scheduling.reminders import (
    Channel,
    ConsentEnded,
    ConsentGiven,
    Contact,
    DaysBefore,
    Due,
    Fact,
    Protocol,
    Record,
    Reminder,
    ReminderFailed,
    ReminderKey,
    ReminderSent,
    Reply,
    ReplyReceived,
    ReplySettled,
    due,
    read_record,
    receive,
)

F = TypeVar("F", bound=Fact)
NOT_DUE: Final = "RMD001"

_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class Reminding:
    """What is to be sent now, and what patients answered. Nothing is sent from here.

    Ask :meth:`due` every few minutes. For each reminder say :meth:`sent` first, and hand it over when that was kept: so
    two programs that look at once, and one that stops in between, never send a message twice. All may raise
    ``NoSuchRecord`` when a patient or visit is not there, and ``StoreError`` when the store could not.
    """

    to: Callable[[CommandKey | None], Booking]
    on_freed: Callable[[Booking], OnFreed]
    ids: IdSource
    protocol: Protocol

    # ── what is due ──

    def due(self) -> Due:
        """The reminders to hand over now, and for each other whose time has come why not."""
        to = self.to(None)
        return to.store.read(lambda tx: self._due(tx, to, tx.appointments(self._ahead(to.now))))

    def contact(self, patient: PatientId) -> Contact:
        """On which channels a patient has an address, and their language."""
        return self.to(None).store.read(lambda tx: contact_of(tx.patient(patient)))

    def record(self, patient: PatientId) -> Record:
        """What a patient was told, answered and agreed to."""
        to = self.to(None)
        facts = to.store.read(lambda tx: facts_of(tx, tx.patient(patient).id))
        return read_record(facts, now=to.now, stop_ends=self.protocol.stop_ends)

    def last_sent(self, appointment: AppointmentId) -> ReminderSent | None:
        """The last reminder of a visit that was handed over; ``None`` before the first."""

        def work(tx: ReadTransaction) -> ReminderSent | None:
            facts = facts_of(tx, tx.appointment(appointment).patient)
            mine = (
                fact
                for fact in reversed(facts)
                if isinstance(fact, ReminderSent) and fact.key.appointment == appointment
            )
            return next(mine, None)

        return self.to(None).store.read(work)

    # ── what was sent ──

    def sent(self, reminder: Reminder, *, key: CommandKey | None = None) -> ReminderSent | Refused:
        """Note that a reminder is handed over; refused when it is not due (any more), and then it is not to be sent."""
        to = self.to(key)

        def work(tx: Transaction) -> ReminderSent | Refused:
            visits = tx.appointments(self._ahead(to.now), patient=reminder.patient)
            found = self._due(tx, to, visits).reminders
            if not any((each.key, each.channel) == (reminder.key, reminder.channel) for each in found):
                return Refused((_not_due(),))
            return _add(tx, reminder.sent(to.now))

        parts = (*_parts(reminder.key), reminder.channel.value)
        return self._once(to, "reminder.sent", reminder.key.appointment.value, parts, work, ReminderSent)

    def failed(
        self,
        reminder: ReminderKey,
        patient: PatientId,
        channel: Channel,
        *,
        key: CommandKey | None = None,
    ) -> ReminderFailed:
        """The carrier gave it back; the step's next channel is tried."""
        to = self.to(key)
        fact = ReminderFailed(at=to.now, key=reminder, patient=patient, channel=channel)
        parts = (*_parts(reminder), channel.value)
        return self._note(to, "reminder.failed", fact, parts)

    # ── what patients say ──

    def received(
        self,
        text: str,
        *,
        channel: Channel,
        patients: Iterable[PatientId],
        key: CommandKey | None = None,
    ) -> Answer:
        """A message has come from a number or address that these patients have.

        Where it is certain what is meant it is carried out in the same moment: the visit is confirmed or called off.
        Whoever wants another time, and all that is not certain, is a task for the desk. STOP ends the messages.

        Raises:
            InvalidValue: when no patient is named.
        """
        to = self.to(key)
        who = tuple(dict.fromkeys(patients))
        if not who:
            raise InvalidValue("reply", "it is from one patient at least")

        def work(tx: Transaction) -> Answer:
            facts = receive(
                text,
                channel=channel,
                patients=who,
                language=tx.patient(who[0]).language,
                protocol=self.protocol,
                facts=[fact for each in who for fact in facts_of(tx, tx.patient(each).id)],
                at=to.now,
            )
            for fact in facts:
                _add(tx, fact)
            return carry_out(tx, to, facts[0], text, ids=self.ids, on_freed=self.on_freed(to))

        parts = (text, channel.value, *(each.value for each in who))
        return self._answered(to, "reminder.received", who[0], parts, work)

    def settled(
        self,
        patient: PatientId,
        reply: Reply,
        *,
        channel: Channel,
        about: AppointmentId | None = None,
        key: CommandKey | None = None,
    ) -> Answer:
        """Somebody has read what was unclear, or asked, and says what was meant; it is carried out likewise.

        Raises:
            InvalidValue: when the visit is another patient's.
        """
        to = self.to(key)

        def work(tx: Transaction) -> Answer:
            visit = None if about is None else tx.appointment(about)
            if visit is not None and visit.patient != patient:
                raise InvalidValue("reply", "it is about a visit of the patient who answered")
            meant = (
                None
                if visit is None
                else ReminderKey(appointment=visit.id, starts=visit.slot.start, step="asked")
            )
            fact = ReplySettled(
                at=to.now, patient=tx.patient(patient).id, channel=channel, reply=reply, about=meant
            )
            return carry_out(tx, to, _add(tx, fact), "", ids=self.ids, on_freed=self.on_freed(to))

        parts = (patient.value, repr(reply), channel.value, str(about or ""))
        return self._answered(to, "reminder.settled", patient, parts, work)

    def consent_given(
        self, patient: PatientId, channel: Channel, *, key: CommandKey | None = None
    ) -> ConsentGiven:
        """The patient agrees to be reached on a channel (again)."""
        to = self.to(key)
        fact = ConsentGiven(at=to.now, patient=patient, channel=channel)
        return self._note(to, "consent.given", fact, (patient.value, channel.value))

    def consent_ended(
        self, patient: PatientId, channel: Channel, *, key: CommandKey | None = None
    ) -> ConsentEnded:
        """The patient wants nothing on a channel any more."""
        to = self.to(key)
        fact = ConsentEnded(at=to.now, patient=patient, channel=channel)
        return self._note(to, "consent.ended", fact, (patient.value, channel.value))

    # ── within ──

    def _ahead(self, now: datetime) -> TimeSlot:
        """As far ahead as the first step of any series reaches."""
        opens = (step.opens for series in self.protocol.series for step in series.steps)
        reach = max(
            (each.days * _DAY if isinstance(each, DaysBefore) else each.hours * _DAY / 24) for each in opens
        )
        return TimeSlot(now, now + reach + 2 * _DAY)

    def _due(self, tx: ReadTransaction, to: Booking, visits: Iterable[Appointment]) -> Due:
        booked = [each for each in visits if each.status is Status.BOOKED]
        patients = dict.fromkeys(each.patient for each in booked)
        return due(
            self.protocol,
            appointments=booked,
            contacts=[contact_of(tx.patient(each)) for each in patients],
            facts=[fact for each in patients for fact in facts_of(tx, each)],
            now=to.now,
            zone=to.settings.zone,
            confirmed=frozenset(each.id for each in booked if _is_confirmed(tx, each.id)),
        )

    def _note(self, to: Booking, action: str, fact: F, parts: tuple[str, ...]) -> F:
        def work(tx: Transaction) -> F:
            tx.patient(fact.patient)
            return _add(tx, fact)

        asked = Asked(action=action, subject=fact.patient.value, parts=parts)
        return once(to.store, to.command, asked, work, at=to.now, kinds=(type(fact),), locks=(LOCK,))

    def _once(
        self,
        to: Booking,
        action: str,
        subject: str,
        parts: tuple[str, ...],
        work: Callable[[Transaction], F | Refused],
        kind: type[F],
    ) -> F | Refused:
        asked = Asked(action=action, subject=subject, parts=parts)
        return once(
            to.store, to.command, asked, work, at=to.now, kinds=(kind, Refused), ended=ended, locks=(LOCK,)
        )

    def _answered(
        self,
        to: Booking,
        action: str,
        patient: PatientId,
        parts: tuple[str, ...],
        work: Callable[[Transaction], Answer],
    ) -> Answer:
        asked = Asked(action=action, subject=patient.value, parts=parts)
        kinds = (Booked, CalledOff, DeskTask, ReplyReceived, ReplySettled)
        return once(to.store, to.command, asked, work, at=to.now, kinds=kinds, locks=(LOCK,))


def _add(tx: Transaction, fact: F) -> F:
    tx.append_fact(STREAM, fact.patient.value, fact.at, fact)
    return fact


def _parts(key: ReminderKey) -> tuple[str, ...]:
    return (key.appointment.value, key.starts.isoformat(), key.step)


def _is_confirmed(tx: ReadTransaction, visit: AppointmentId) -> bool:
    """Whether somebody said that the patient comes, to the time that the visit has now."""
    told = [
        kept.fact
        for kept in tx.facts(BOOK, subject=visit.value)
        if isinstance(kept.fact, events.VisitConfirmed | events.VisitMoved)
    ]
    return bool(told) and isinstance(told[-1], events.VisitConfirmed)


def _not_due() -> Finding:
    return Finding.error(
        NOT_DUE,
        "that reminder is not due",
        fix="Do not send it. Ask again what is due.",
    )
