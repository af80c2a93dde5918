"""Money is taken: deposits pay first, the payment is split, and its receipt is numbered, all in one transaction."""

from datetime import datetime
from typing import Final

from medoffice.billing.account import Account, Fact, MoneyTaken, Owing, Split
from medoffice.checkin.records import Payment
from medoffice.core.ids import AppointmentId, PatientId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.office.money.due import NOT_GIVEN, STREAM, account_of, first_cover, owing_for, unsettled_of
from medoffice.office.money.receipts import keep_receipt, next_number
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import ReadTransaction, Transaction
from medoffice.scheduling.appointments import Appointment
from medoffice.workflows.collection import Amounts, Occasion, Receipt, amounts_asked, deciding, receipt_of

LOCK: Final = "accounts"
"""Whoever notes money does so one after the other: balances, deposits and the numbers of receipts hold together."""


def owing_at(
    tx: ReadTransaction,
    appointment: Appointment,
    settings: OfficeSettings,
    now: datetime,
    *,
    account: Account | None = None,
    settling: Payment | None = None,
) -> Owing:
    """What is due at an instant for a visit of any day; see :func:`medoffice.office.money.due.owing_for`."""
    return owing_for(
        tx,
        appointment,
        settings.day_at(now),
        settings.collection,
        visit_day=settings.day_at(appointment.slot.start),
        account=account,
        settling=settling,
    )


def occasion_at(
    tx: ReadTransaction,
    appointment: Appointment,
    settings: OfficeSettings,
    now: datetime,
    *,
    is_emergency: bool = False,
) -> Occasion:
    """An instant at which a patient is asked for money, as far as it bears on what they are asked for."""
    day = settings.day_at(appointment.slot.start)
    cover = first_cover(tx, appointment.patient, day)
    return Occasion(
        on=settings.day_at(now),
        visit_day=day,
        visit_type=appointment.visit_type,
        is_insured=cover is not None and cover.coverage.is_active(day),
        is_emergency=is_emergency,
        is_called_off=appointment.status in NOT_GIVEN,
    )


def asked_at(
    tx: ReadTransaction,
    appointment: Appointment,
    settings: OfficeSettings,
    now: datetime,
    *,
    owing: Owing | None = None,
    account: Account | None = None,
) -> Amounts:
    """What is asked for at an instant with a visit, part by part, and where money goes; the desk and the kiosk ask so.

    ``owing`` and ``account`` are those of that instant, where the caller has them.
    """
    held = account_of(tx, appointment.patient) if account is None else account
    return amounts_asked(
        owing or owing_at(tx, appointment, settings, now, account=held),
        settings.collection,
        occasion_at(tx, appointment, settings, now),
        held=held.visit(appointment.id).held,
    )


def note(tx: Transaction, patient: PatientId, account: Account, fact: Fact, now: datetime) -> Account:
    """Add a fact to a patient's account, which it must fit.

    Raises:
        InvalidValue: when it cannot follow what is there; nothing is noted.
    """
    after = account.after(fact)
    tx.append_fact(STREAM, patient.value, now, fact)
    return after


def use_deposits(
    tx: Transaction, appointment: Appointment, settings: OfficeSettings, now: datetime
) -> Account:
    """Let what is held as a deposit pay for a visit, as far as it is due; the account after that.

    Before the day of the visit nothing is used: the visit may still be called off.
    """
    account = account_of(tx, appointment.patient)
    on = settings.day_at(now)
    if on < settings.day_at(appointment.slot.start):
        return account
    used = owing_at(tx, appointment, settings, now, account=account).used
    return account if used is None else note(tx, appointment.patient, account, used, now)


def record_taken(tx: Transaction, payment: Payment, settings: OfficeSettings, now: datetime) -> Receipt:
    """Note a payment that was taken, wherever its money may go by now; never refused, since the money is here.

    It goes where it was meant to, as far as that is still owed; what is not owed any more is kept as a deposit.
    """
    visit = tx.appointment(payment.appointment)
    account = use_deposits(tx, visit, settings, now)
    meant = payment.meant or Split(to_visit=payment.amount)
    owing = owing_at(tx, visit, settings, now, account=account, settling=payment)
    room = asked_at(tx, visit, settings, now, owing=owing, account=account).room
    taken = MoneyTaken(
        on=settings.day_at(now),
        payment=payment.id,
        appointment=visit.id,
        means=payment.means,
        split=room.refit(meant, keeps=True),
        receipt=next_number(tx),
    )
    after = note(tx, visit.patient, account, taken, now)
    left = owing_at(tx, visit, settings, now, account=after, settling=payment).room.visit
    made = receipt_of(
        taken,
        after,
        office=settings.name,
        patient=visit.patient,
        reference=payment.reference,
        visit_day=settings.day_at(visit.slot.start),
        left_for_visit=left,
    )
    return keep_receipt(tx, made, now=now)


def meant_for(
    tx: ReadTransaction,
    appointment: AppointmentId,
    amount: Money,
    settings: OfficeSettings,
    now: datetime,
    *,
    for_deposit: bool = False,
) -> Split | Refused:
    """What an amount is for that is about to be taken for a visit, at the desk or a kiosk.

    Refused while another payment for the same visit has no known end, and for more than can be owed; see
    :func:`medoffice.workflows.collection.deciding.split_for`.
    """
    visit = tx.appointment(appointment)
    waiting = sum(each.appointment == appointment for each in unsettled_of(tx, visit.patient))
    asked = asked_at(tx, visit, settings, now)
    return deciding.split_for(
        asked.room, amount, ahead=asked.deposit, unsettled=waiting, for_deposit=for_deposit
    )
