"""Payments at the kiosk: written down before the terminal is asked, and settled when it has answered."""

from datetime import datetime

import attrs

from medoffice.checkin.records import Payment, PaymentState
from medoffice.core.cardnumber import without_card_numbers
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import AppointmentId, PaymentId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.office.book.decisions import ended
from medoffice.office.money.collecting import LOCK as ACCOUNTS
from medoffice.office.money.collecting import meant_for, record_taken
from medoffice.office.once import Asked, Command, once
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import NoSuchRecord, Store, Transaction


def ask_payment(
    store: Store,
    command: Command,
    *,
    payment: PaymentId,
    appointment: AppointmentId,
    amount: Money,
    settings: OfficeSettings,
    now: datetime,
) -> Payment | Refused:
    """Write down that a payment is about to be asked for.

    Refused, and nothing is written down, while another payment for the same visit has no known end (the desk's card
    may be at its terminal now), and for more than can be owed by now (the desk took cash meanwhile). The terminal must
    not be asked then.

    Raises:
        InvalidValue: when a payment of that id was asked for under another key.
        NoSuchRecord: when there is no such appointment.
        StoreError: when the store could not; the terminal must not be asked then.
    """

    def work(tx: Transaction) -> Payment | Refused:
        if _is_known(tx, payment):
            raise InvalidValue("payment", "each is asked for once")
        meant = meant_for(tx, appointment, amount, settings, now)
        if isinstance(meant, Refused):
            return meant
        asked = Payment(id=payment, appointment=appointment, amount=amount, at=now, meant=meant)
        tx.put_payment(asked)
        return asked

    asked = Asked(
        action="ask-payment", subject=payment.value, parts=(payment.value, appointment.value, str(amount))
    )
    return once(store, command, asked, work, at=now, kinds=(Payment, Refused), ended=ended, locks=(ACCOUNTS,))


def settle_payment(
    store: Store,
    command: Command,
    *,
    payment: PaymentId,
    state: PaymentState,
    reference: str,
    settings: OfficeSettings,
    now: datetime,
) -> Payment:
    """Write down how a payment ended.

    One that was approved stays approved. One that was declined stays declined, unless the terminal says later that
    it was approved after all: money that was taken is never written down as not taken. With the approval the money
    is on the patient's account, split, and has a receipt.

    Raises:
        InvalidValue: when ``state`` is ``ASKED``, which settles nothing.
        NoSuchRecord: when the payment was never asked for.
        StoreError: when the store could not; the terminal knows the truth, and can be asked again.
    """
    if state is PaymentState.ASKED:
        raise InvalidValue("payment", "it is settled as approved, declined or unknown")

    def work(tx: Transaction) -> Payment:
        known = tx.payment(payment)
        is_settled = known.state is PaymentState.APPROVED or (
            known.state is PaymentState.DECLINED and state is not PaymentState.APPROVED
        )
        if is_settled:
            return known
        settled = attrs.evolve(known, state=state, reference=reference)
        tx.put_payment(settled)
        if state is PaymentState.APPROVED:
            record_taken(tx, settled, settings, now)
        return settled

    return once(
        store,
        command,
        Asked(
            action="settle-payment",
            subject=payment.value,
            parts=(payment.value, state.value, without_card_numbers(reference)),
        ),
        work,
        at=now,
        kinds=(Payment,),
        ended=lambda settled: settled.state.value,
        locks=(ACCOUNTS, f"payment:{payment}"),
    )


def _is_known(tx: Transaction, payment: PaymentId) -> bool:
    try:
        tx.payment(payment)
    except NoSuchRecord:
        return False
    return True
