"""Money back: a deposit is given back with a numbered paper of its own, and what was a mistake is voided."""

import attrs

from medoffice.billing.account import DepositRefunded, Means
from medoffice.core.cardnumber import without_card_numbers
from medoffice.core.ids import PatientId, PaymentId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.office.money.collecting import note
from medoffice.office.money.due import account_of
from medoffice.office.money.receipts import find_receipt, keep_receipt, next_number
from medoffice.office.money.till import Till
from medoffice.ports.store import Transaction
from medoffice.workflows.collection import Receipt, as_reference, deciding, receipt_of_refund, refusals


def refund_deposit(
    till: Till, patient: PatientId, amount: Money, *, means: Means, reference: str
) -> Receipt | Refused:
    """Give back what is held as a deposit, those for no visit first."""
    shown = as_reference(reference)

    def work(tx: Transaction) -> Receipt | Refused:
        account = account_of(tx, tx.patient(patient).id)
        wanted = DepositRefunded(
            on=till.today,
            payment=till.ids.new(PaymentId),
            receipt=next_number(tx),
            amount=amount,
            means=means,
            reference=shown,
        )
        fact = deciding.refund(account, wanted)
        if isinstance(fact, Refused):
            return fact
        after = note(tx, patient, account, fact, till.now)
        made = receipt_of_refund(fact, after, office=till.settings.name, patient=patient)
        return keep_receipt(tx, made, now=till.now)

    parts = (patient.value, str(amount), means.value, shown)
    return till.fresh(till.once("refund-deposit", patient.value, parts, work, (Receipt, Refused)))


def void(till: Till, number: int, reason: str) -> Receipt | Refused:
    """Void the payment, or the refund, of a receipt: it counts as not made, and the receipt says so."""

    def work(tx: Transaction) -> Receipt | Refused:
        found = find_receipt(tx, number)
        if found is None:
            return refusals.no_such_receipt()
        account = account_of(tx, found.patient)
        fact = deciding.void(account, found.payment, reason=reason, on=till.today)
        if isinstance(fact, Refused):
            return fact
        note(tx, found.patient, account, fact, till.now)
        return attrs.evolve(found, voided_on=fact.on)

    parts = (str(number), without_card_numbers(reason))
    return till.fresh(till.once("void-payment", f"receipt-{number}", parts, work, (Receipt, Refused)))
