"""Payments that an earlier run of the kiosk left open: what became of them, asked of the terminal at the next start.

A kiosk that lost power between the card and the office's store knows nothing of it any more, but the office has the
payment as "asked", and the terminal knows its end. Nothing is ever charged here.
"""

from kiosk.backlog import DeskCall, Owed
from kiosk.devices.terminal import PaymentTerminal, Unknown
from kiosk.payments import key_for, recovered, settlement_of
from medoffice.checkin.records import Payment, TaskKind


def resolved(payment: Payment, terminal: PaymentTerminal) -> Owed:
    """What the office is to be told of an open payment: how it ended, or, when nobody knows, one task for the desk.

    The keys come from the payment's id, so it is told once however often a kiosk starts.
    """
    outcome = recovered(terminal, payment.id)
    if isinstance(outcome, Unknown):
        return DeskCall(
            key=key_for(payment.id, "payment-unknown"),
            kind=TaskKind.PAYMENT,
            code="payment.unknown",
            appointment=payment.appointment,
        )
    return settlement_of(payment.id, outcome)
