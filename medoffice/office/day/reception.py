"""The office's front as one kiosk sees it: :class:`medoffice.ports.reception.Reception` over a store."""

from datetime import date

import attrs

from medoffice.checkin.code import CodeAccepted, CodeRejected, Rejection, read_code
from medoffice.checkin.messages import (
    AlreadyHere,
    CheckedIn,
    CheckInRequest,
    Credential,
    NoVisit,
    TurnedAway,
    VisitFound,
)
from medoffice.checkin.records import DeskTask, Payment, PaymentState, TaskKind
from medoffice.core.ids import ActorId, AppointmentId, CommandKey, PaymentId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.office.day.arrival import check_in
from medoffice.office.day.identify import identify
from medoffice.office.desk_tasks import desk_task
from medoffice.office.money.payments import ask_payment, settle_payment
from medoffice.office.once import Asked, Command, once
from medoffice.office.settings import OfficeSettings
from medoffice.ports.clock import Clock
from medoffice.ports.ids import IdSource
from medoffice.ports.signing import Verifier
from medoffice.ports.store import ReadTransaction, Store, Transaction


@attrs.frozen(kw_only=True)
class OfficeReception:
    """What one kiosk may ask of the office; ``kiosk`` is the actor under which it does.

    Each method is the one of :class:`medoffice.ports.reception.Reception`.
    """

    kiosk: ActorId
    settings: OfficeSettings
    store: Store
    clock: Clock
    ids: IdSource
    verifier: Verifier

    def judge_code(self, data: bytes, /) -> CodeAccepted | CodeRejected:
        """Judge what was scanned; asks nothing of the store."""
        return read_code(data, office=self.settings.id, verify=self.verifier.verify, now=self.clock.now())

    def find_visit(
        self, key: CommandKey, credential: Credential, birth_date: date, /
    ) -> VisitFound | NoVisit | AlreadyHere:
        """Find today's visit. Asked again, it looks again, and the audit trail says so twice."""
        now = self.clock.now()

        def work(tx: Transaction) -> VisitFound | NoVisit | AlreadyHere:
            return identify(tx, credential, birth_date, settings=self.settings, kiosk=self.kiosk, now=now)

        # One look-up at a time in the whole office: the counts of mismatches hold across kiosks.
        return self.store.transact(work, locks=(f"command:{key}", "identify"))

    def check_in(self, key: CommandKey, request: CheckInRequest, /) -> CheckedIn | AlreadyHere | TurnedAway:
        """Check the visit in; what is returned is durable."""
        return check_in(
            self.store,
            self._command(key),
            request,
            settings=self.settings,
            ids=self.ids,
            now=self.clock.now(),
        )

    def ask_payment(
        self, key: CommandKey, payment: PaymentId, appointment: AppointmentId, amount: Money, /
    ) -> Payment | Refused:
        """Write down that a payment is about to be asked for."""
        return ask_payment(
            self.store,
            self._command(key),
            payment=payment,
            appointment=appointment,
            amount=amount,
            settings=self.settings,
            now=self.clock.now(),
        )

    def settle_payment(
        self, key: CommandKey, payment: PaymentId, state: PaymentState, reference: str = "", /
    ) -> Payment:
        """Write down how the payment ended."""
        return settle_payment(
            self.store,
            self._command(key),
            payment=payment,
            state=state,
            reference=reference,
            settings=self.settings,
            now=self.clock.now(),
        )

    def unsettled_payments(self) -> tuple[Payment, ...]:
        """Payments that this kiosk asked for and whose end is not written down, oldest first."""

        def mine(tx: ReadTransaction) -> tuple[Payment, ...]:
            return tuple(payment for payment in tx.unsettled_payments() if self._asked_for(tx, payment))

        return self.store.read(mine)

    def _asked_for(self, tx: ReadTransaction, payment: Payment) -> bool:
        asked = tx.audit_rows(subject=payment.id.value, action="ask-payment")
        return any(row.entry.actor == self.kiosk for row in asked)

    def call_desk(
        self, key: CommandKey, kind: TaskKind, code: str, appointment: AppointmentId | None = None, /
    ) -> None:
        """Put a task before the front desk."""
        now = self.clock.now()
        # A code of somebody else is noted and nobody is called; a forged one is for a person to know.
        is_open = kind is not TaskKind.CODE or code == f"code.{Rejection.FORGED.value}"
        task = desk_task(kind, code, appointment, ids=self.ids, by=self.kiosk, now=now, is_open=is_open)

        def work(tx: Transaction) -> DeskTask:
            tx.put_desk_task(task)
            return task

        subject = appointment.value if appointment else f"kiosk:{self.kiosk}"
        asked = Asked(action="call-desk", subject=subject, parts=(subject, kind.value, code))
        once(self.store, self._command(key), asked, work, at=now, kinds=(DeskTask,))

    def _command(self, key: CommandKey) -> Command:
        return Command(by=self.kiosk, key=key)
