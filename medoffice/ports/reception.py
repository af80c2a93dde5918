"""What a kiosk may ask of the office: few commands, each narrow, each safe to send twice."""

from datetime import date
from typing import Protocol

from medoffice.checkin.code import CodeAccepted, CodeRejected
from medoffice.checkin.messages import (
    AlreadyHere,
    CheckedIn,
    CheckInRequest,
    Credential,
    NoVisit,
    TurnedAway,
    VisitFound,
)
from medoffice.checkin.records import Payment, PaymentState, TaskKind
from medoffice.core.ids import AppointmentId, CommandKey, PaymentId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused


class Reception(Protocol):
    """The office's front, as one kiosk sees it. Every call may raise ``medoffice.ports.store.StoreError``.

    ``key`` is the command's idempotency key: the same key with the same request is answered with what was
    answered first, and nothing is done twice. Only looking is done again when it is asked for again.
    """

    def judge_code(self, data: bytes, /) -> CodeAccepted | CodeRejected:
        """Judge what was scanned; asks nothing of the store."""
        ...

    def find_visit(
        self, key: CommandKey, credential: Credential, birth_date: date, /
    ) -> VisitFound | NoVisit | AlreadyHere:
        """Find today's visit by two identifiers.

        ``NoVisit`` for every kind of mismatch, and also when one code was tried too often.
        """
        ...

    def check_in(self, key: CommandKey, request: CheckInRequest, /) -> CheckedIn | AlreadyHere | TurnedAway:
        """Check the visit in; returns after the check-in is durable."""
        ...

    def ask_payment(
        self, key: CommandKey, payment: PaymentId, appointment: AppointmentId, amount: Money, /
    ) -> Payment | Refused:
        """Write down that a payment is about to be asked for, before the terminal is.

        Refused when it may have been taken elsewhere, or is not owed any more: the terminal must not be asked then.
        """
        ...

    def settle_payment(
        self, key: CommandKey, payment: PaymentId, state: PaymentState, reference: str = "", /
    ) -> Payment:
        """Write down how the payment ended. An approved payment stays approved."""
        ...

    def unsettled_payments(self) -> tuple[Payment, ...]:
        """Payments that this kiosk asked for and whose end is not written down, oldest first.

        Those of another kiosk are not among them: its terminal is the one that knows, and may be at it now.
        """
        ...

    def call_desk(
        self, key: CommandKey, kind: TaskKind, code: str, appointment: AppointmentId | None = None, /
    ) -> None:
        """Put a task before the front desk."""
        ...
