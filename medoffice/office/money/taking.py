"""Money in: for a visit, on the account, ahead; by cash and check at once, by card when its terminal has answered."""

from typing import Final

import attrs

from medoffice.billing.account import Account, Means, MoneyTaken, Split, room_without_visit
from medoffice.checkin.records import Payment, PaymentState
from medoffice.core.ids import AppointmentId, PatientId, PaymentId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.office.money.collecting import meant_for, note, record_taken
from medoffice.office.money.due import account_of, unsettled_of
from medoffice.office.money.receipts import find_receipt, keep_receipt, next_number
from medoffice.office.money.till import Till
from medoffice.ports.store import NoSuchRecord, ReadTransaction, Transaction
from medoffice.workflows.collection import Receipt, as_reference, deciding, receipt_of, refusals

_APPROVED: Final = PaymentState.APPROVED


@attrs.frozen(kw_only=True)
class Paying:
    """Money that is offered: how much and how; ``for_deposit`` says that what cannot be owed is kept.

    Raises:
        InvalidValue: when the reference looks like a card's number, or is too long.
    """

    amount: Money
    means: Means
    reference: str = attrs.field(default="", converter=as_reference)
    for_deposit: bool = False

    @property
    def is_unproved(self) -> bool:
        """Whether it is a check without its number, or a card of which nobody says that the terminal approved it."""
        return self.means.has_number and not self.reference

    def parts(self) -> tuple[str, ...]:
        """All of it as texts, for the record of what was asked."""
        return str(self.amount), self.means.value, self.reference, "kept" if self.for_deposit else ""


def take(till: Till, appointment: AppointmentId, paying: Paying) -> Receipt | Refused:
    """Take money for a visit and what else is due."""

    def work(tx: Transaction) -> Receipt | Refused:
        if paying.is_unproved:
            return refusals.no_reference()
        made = _new_payment(tx, till, appointment, paying)
        return made if isinstance(made, Refused) else _paid(tx, till, made)

    parts = (appointment.value, *paying.parts())
    made = till.once("take-payment", appointment.value, parts, work, (Receipt, Refused))
    return till.fresh(made)


def ask_card(till: Till, appointment: AppointmentId, paying: Paying) -> Payment | Refused:
    """Write down that a card is about to be charged; sent again, the payment is given as it stands by then."""

    def work(tx: Transaction) -> Payment | Refused:
        made = _new_payment(tx, till, appointment, paying)
        if isinstance(made, Payment):
            tx.put_payment(made)
        return made

    parts = (appointment.value, *paying.parts())
    made = till.once("ask-card", appointment.value, parts, work, (Payment, Refused))
    if isinstance(made, Refused):
        return made
    return till.store.read(lambda tx: tx.payment(made.id))


def settle_card(
    till: Till, payment: PaymentId, state: PaymentState, reference: str
) -> Receipt | Payment | Refused:
    """Write down how a card payment ended."""
    shown = as_reference(reference)

    def work(tx: Transaction) -> Receipt | Payment | Refused:
        try:
            known = tx.payment(payment)
        except NoSuchRecord:
            return refusals.not_asked_for()
        if known.state is _APPROVED:
            return _receipt_for(tx, known)
        if state is PaymentState.ASKED or (known.state is PaymentState.DECLINED and state is not _APPROVED):
            return known
        if state is _APPROVED and not shown:
            return refusals.no_reference()
        settled = attrs.evolve(known, state=state, reference=shown)
        if state is _APPROVED:
            return _paid(tx, till, settled)
        tx.put_payment(settled)
        return settled

    parts = (payment.value, state.value, shown)
    made = till.once("settle-card", payment.value, parts, work, (Receipt, Payment, Refused))
    if isinstance(made, Payment):
        return till.store.read(lambda tx: _as_it_stands(tx, made.id))
    return till.fresh(made)


def take_on_account(till: Till, patient: PatientId, paying: Paying) -> Receipt | Refused:
    """Take money for no visit: towards instalments and the balance of earlier visits."""

    def work(tx: Transaction) -> Receipt | Refused:
        if paying.is_unproved:
            return refusals.no_reference()
        account = account_of(tx, tx.patient(patient).id)
        waiting = tuple(each.meant for each in unsettled_of(tx, patient) if each.meant)
        room = room_without_visit(account, on=till.today, in_flight=waiting)
        split = deciding.split_for(room, paying.amount, for_deposit=paying.for_deposit)
        if isinstance(split, Refused):
            return split
        return _without_visit(tx, till, patient, account, split, paying)

    parts = (patient.value, *paying.parts())
    return till.fresh(till.once("take-on-account", patient.value, parts, work, (Receipt, Refused)))


def take_deposit(
    till: Till, patient: PatientId, paying: Paying, appointment: AppointmentId | None
) -> Receipt | Refused:
    """Take money ahead and keep all of it, for one appointment or for whatever comes."""

    def work(tx: Transaction) -> Receipt | Refused:
        if paying.is_unproved:
            return refusals.no_reference()
        split, account = Split(kept=paying.amount), account_of(tx, tx.patient(patient).id)
        if appointment is None:
            return _without_visit(tx, till, patient, account, split, paying)
        if tx.appointment(appointment).patient != patient:
            raise NoSuchRecord("the patient has no such appointment")
        return _paid(tx, till, _payment(till, appointment, split, paying))

    parts = (patient.value, *paying.parts(), appointment.value if appointment else "")
    return till.fresh(till.once("take-deposit", patient.value, parts, work, (Receipt, Refused)))


def _new_payment(
    tx: Transaction, till: Till, appointment: AppointmentId, paying: Paying
) -> Payment | Refused:
    split = meant_for(tx, appointment, paying.amount, till.settings, till.now, for_deposit=paying.for_deposit)
    return split if isinstance(split, Refused) else _payment(till, appointment, split, paying)


def _payment(till: Till, appointment: AppointmentId, split: Split, paying: Paying) -> Payment:
    return Payment(
        id=till.ids.new(PaymentId),
        appointment=appointment,
        amount=split.amount,
        at=till.now,
        reference=paying.reference,
        means=paying.means,
        meant=split,
    )


def _paid(tx: Transaction, till: Till, payment: Payment) -> Receipt:
    taken = attrs.evolve(payment, state=_APPROVED)
    tx.put_payment(taken)
    return record_taken(tx, taken, till.settings, till.now)


def _without_visit(
    tx: Transaction, till: Till, patient: PatientId, account: Account, split: Split, paying: Paying
) -> Receipt:
    taken = MoneyTaken(
        on=till.today,
        payment=till.ids.new(PaymentId),
        means=paying.means,
        split=split,
        receipt=next_number(tx),
    )
    after = note(tx, patient, account, taken, till.now)
    made = receipt_of(taken, after, office=till.settings.name, patient=patient, reference=paying.reference)
    return keep_receipt(tx, made, now=till.now)


def _as_it_stands(tx: ReadTransaction, payment: PaymentId) -> Receipt | Payment:
    known = tx.payment(payment)
    return _receipt_for(tx, known) if known.state is _APPROVED else known


def _receipt_for(tx: ReadTransaction, payment: Payment) -> Receipt | Payment:
    """The receipt of a payment that was taken; the payment, where it was taken before there were receipts."""
    account = account_of(tx, tx.appointment(payment.appointment).patient)
    taken = account.payment(payment.id)
    found = find_receipt(tx, taken.receipt) if taken else None
    return payment if found is None else found
