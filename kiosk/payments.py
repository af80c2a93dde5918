"""Taking one payment so that it can never be lost or taken twice.

The office writes the payment down before the terminal is asked, under an id that is also the terminal's key; and
once more how it ended. An answer that was lost is asked for again (``recover``), never charged again. Where the
terminal says that it took nothing, the charge is called off under the same key, so that it can take nothing later.
A charge that nobody waits for any more is not begun: the next patient's card could pay it.
"""

import logging
from collections.abc import Callable
from hashlib import sha256
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
from medoffice.core.outcomes import Refused
from medoffice.ports.reception import Reception
from medoffice.ports.store import NoSuchRecord, StoreError

_ASK_AGAIN: Final = (0.5, 2.0, 5.0)
"""Seconds before each attempt to hear a lost answer."""
_CALL_OFF_AGAIN: Final = (0.2, 0.5, 1.0, 2.0, 5.0, 5.0, 5.0, 10.0, 10.0, 10.0, 10.0)
"""Seconds before each further attempt to call a charge off; about a minute, in which a charge may be under way."""

Outcome = ChargeOutcome | RecoverOutcome | CancelOutcome


@attrs.frozen(kw_only=True)
class Settlement:
    """How a payment ended, to be written down by the office; the same key however often it is sent."""

    key: CommandKey
    payment: PaymentId
    state: PaymentState
    reference: str

    @property
    def is_money(self) -> bool:
        """Always: how a payment ended is kept however much else is owed."""
        return True

    def is_void_after(self, trouble: Exception) -> bool:
        """Only when nothing was taken and the office never wrote the payment down: there is nothing to settle."""
        return self.state is PaymentState.DECLINED and isinstance(trouble, NoSuchRecord)

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
        *,
        owe: Callable[[Settlement], None],
        is_wanted: Callable[[], bool],
    ) -> PaymentState:
        """Charge, and have the outcome written down; ``owe`` is given what the office could not take.

        When the office cannot or will not write the payment down beforehand, or ``is_wanted`` denies that somebody still waits
        for it (asked last thing before the terminal is), the terminal is not asked and nothing is paid.

        Raises:
            Exception: whatever but a ``StoreError`` the office raised before the terminal was asked.
        """
        nothing_taken = _ended(self.settle_key, self.payment, Cancelled())
        try:
            asked = patience.insist(
                lambda: reception.ask_payment(self.ask_key, self.payment, self.appointment, self.amount)
            )
        except Exception as trouble:
            # It may be written down though the answer was lost, and must not stay "asked" for good.
            owe(nothing_taken)
            if not isinstance(trouble, StoreError):
                raise
            note(Event.OFFICE_REFUSED, logging.WARNING, kind=type(trouble), payment=self.payment)
            return nothing_taken.state
        if isinstance(asked, Refused):
            # The desk takes it now, or took it meanwhile. Nothing is written down, and so nothing is to be settled.
            note(Event.OFFICE_REFUSED, logging.WARNING, payment=self.payment)
            return nothing_taken.state
        if is_wanted():
            ended = _ended(self.settle_key, self.payment, self._asked(terminal, patience))
        else:
            ended = nothing_taken
        try:
            patience.insist(lambda: ended.send(reception))
        except Exception as trouble:  # noqa: BLE001  money has moved: it is owed to the office whatever happened
            note(Event.OWED_TO_OFFICE, logging.ERROR, kind=type(trouble), payment=self.payment)
            owe(ended)
        return ended.state

    def _asked(self, terminal: PaymentTerminal, patience: Patience) -> Outcome:
        key = str(self.payment)
        outcome: Outcome = _answer(lambda: terminal.charge(self.amount, key), self.payment)
        for pause in _ASK_AGAIN:
            if not isinstance(outcome, Unknown):
                break
            patience.wait(pause)
            outcome = recovered(terminal, self.payment)
        return outcome


def recovered(terminal: PaymentTerminal, payment: PaymentId) -> Outcome:
    """What the terminal says became of ``payment``; when it took nothing, it is kept from taking it later."""
    key = str(payment)
    outcome: Outcome = _answer(lambda: terminal.recover(key), payment)
    if isinstance(outcome, NotCharged):
        outcome = _answer(lambda: terminal.cancel(key), payment)
    if not isinstance(outcome, Unknown):
        note(Event.PAYMENT_RECOVERED, payment=payment)
    return outcome


def call_off(terminal: PaymentTerminal, payment: PaymentId, wait: Callable[[float], object]) -> Outcome:
    """Call the charge off, again and again until the terminal says what came of it; unknown when it never does."""
    note(Event.PAYMENT_CALLED_OFF, payment=payment)
    outcome: Outcome = _answer(lambda: terminal.cancel(str(payment)), payment)
    for pause in _CALL_OFF_AGAIN:
        if not isinstance(outcome, Unknown):
            break
        wait(pause)
        outcome = _answer(lambda: terminal.cancel(str(payment)), payment)
    return outcome


def settlement_of(payment: PaymentId, outcome: Outcome) -> Settlement:
    """What the office is to be told when an outcome is learnt after its charge: one key for each end there may be."""
    return _ended(key_for(payment, f"ended-{_state(outcome).value}"), payment, outcome)


def key_for(payment: PaymentId, what: str) -> CommandKey:
    """The idempotency key of ``what`` (at most 20 characters) about a payment, the same in every run."""
    return CommandKey(f"{what}-{sha256(payment.value.encode()).hexdigest()[:40]}")


def _answer(ask: Callable[[], Outcome], payment: PaymentId) -> Outcome:
    """What the terminal answers; unknown when it raises, since it may have charged before that."""
    try:
        return ask()
    except Exception as trouble:  # noqa: BLE001  a driver may raise anything
        note(Event.TERMINAL_SILENT, logging.WARNING, kind=type(trouble), payment=payment)
        return Unknown()


def _ended(key: CommandKey, payment: PaymentId, outcome: Outcome) -> Settlement:
    reference = outcome.reference if isinstance(outcome, Approved) else ""
    return Settlement(key=key, payment=payment, state=_state(outcome), reference=reference)


def _state(outcome: Outcome) -> PaymentState:
    match outcome:
        case Approved():
            return PaymentState.APPROVED
        case Declined() | Cancelled():
            return PaymentState.DECLINED
        case _:
            return PaymentState.UNKNOWN
