"""Taking one payment so that it can never be lost or taken twice.

The office writes the payment down before the terminal is asked, under an id that is also the terminal's key; and
once more how it ended. An answer that was lost is asked for again (``recover``), never charged again. Where the
terminal says that it took nothing, the charge is called off under the same key, so that it can take nothing later.
"""

import logging
from collections.abc import Callable
from typing import Final

import attrs

from kiosk.devices.terminal import (
    Approved,
    Cancelled,
    CancelOutcome,
    ChargeOutcome,
    Declined,
    NotCharged,
    PaymentTerminal,
    RecoverOutcome,
    Unknown,
)
from kiosk.insist import Patience
from kiosk.journal import Event, note
from medoffice.checkin.records import PaymentState
from medoffice.core.ids import AppointmentId, CommandKey, PaymentId
from medoffice.core.money import Money
from medoffice.ports.reception import Reception
from medoffice.ports.store import StoreError

_ASK_AGAIN: Final = (0.5, 2.0, 5.0)
"""Seconds before each attempt to hear a lost answer."""

Outcome = ChargeOutcome | RecoverOutcome | CancelOutcome


@attrs.frozen(kw_only=True)
class Settlement:
    """How a payment ended, to be written down by the office; the same key however often it is sent."""

    key: CommandKey
    payment: PaymentId
    state: PaymentState
    reference: str

    def send(self, reception: Reception) -> None:
        """Have it written down."""
        reception.settle_payment(self.key, self.payment, self.state, self.reference)


@attrs.frozen(kw_only=True)
class Charge:
    """One payment to take."""

    ask_key: CommandKey
    settle_key: CommandKey
    payment: PaymentId
    appointment: AppointmentId
    amount: Money

    def take(
        self,
        reception: Reception,
        terminal: PaymentTerminal,
        patience: Patience,
        owe: Callable[[Settlement], None],
    ) -> PaymentState:
        """Charge, and have the outcome written down; ``owe`` is given what the office could not take.

        When the office cannot write the payment down beforehand, the terminal is not asked and nothing is paid.
        """
        try:
            patience.insist(
                lambda: reception.ask_payment(self.ask_key, self.payment, self.appointment, self.amount)
            )
        except StoreError as trouble:
            note(Event.OFFICE_REFUSED, logging.WARNING, kind=type(trouble), payment=self.payment)
            return PaymentState.DECLINED
        ended = _ended(self.settle_key, self.payment, self._asked(terminal, patience))
        try:
            patience.insist(lambda: ended.send(reception))
        except Exception as trouble:  # noqa: BLE001  money has moved: it is owed to the office whatever happened
            note(Event.OWED_TO_OFFICE, logging.ERROR, kind=type(trouble), payment=self.payment)
            owe(ended)
        return ended.state

    def _asked(self, terminal: PaymentTerminal, patience: Patience) -> Outcome:
        key = str(self.payment)
        outcome = _answer(lambda: terminal.charge(self.amount, key), self.payment)
        for pause in _ASK_AGAIN:
            if not isinstance(outcome, Unknown):
                break
            patience.wait(pause)
            outcome = _answer(lambda: terminal.recover(key), self.payment)
            if not isinstance(outcome, Unknown):
                note(Event.PAYMENT_RECOVERED, payment=self.payment)
        if isinstance(outcome, NotCharged):
            return _answer(lambda: terminal.cancel(key), self.payment)
        return outcome


def _answer(ask: Callable[[], Outcome], payment: PaymentId) -> Outcome:
    """What the terminal answers; unknown when it raises, since it may have charged before that."""
    try:
        return ask()
    except Exception as trouble:  # noqa: BLE001  a driver may raise anything
        note(Event.TERMINAL_SILENT, logging.WARNING, kind=type(trouble), payment=payment)
        return Unknown()


def _ended(key: CommandKey, payment: PaymentId, outcome: Outcome) -> Settlement:
    reference = outcome.reference if isinstance(outcome, Approved) else ""
    match outcome:
        case Approved():
            state = PaymentState.APPROVED
        case Declined() | Cancelled():
            state = PaymentState.DECLINED
        case _:
            state = PaymentState.UNKNOWN
    return Settlement(key=key, payment=payment, state=state, reference=reference)
