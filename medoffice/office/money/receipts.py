"""Receipts over a store: numbered without gaps in the whole office, and kept as they were printed."""

from datetime import date, datetime
from typing import Final

import attrs

from medoffice.billing.account import Account
from medoffice.office.money.due import account_of
from medoffice.ports.store import ConstraintBroken, ReadTransaction, Transaction
from medoffice.workflows.collection import Receipt

STREAM: Final = "receipts"
"""The stream of receipts, whose place in it is their number; their subject is ``receipt-NUMBER``."""


def next_number(tx: ReadTransaction) -> int:
    """The number that the next receipt will have; ask under the accounts' lock."""
    return tx.last_fact(STREAM) + 1


def keep_receipt(tx: Transaction, receipt: Receipt, *, now: datetime) -> Receipt:
    """Write a receipt down in its place.

    Raises:
        ConstraintBroken: when its number is not the next one; nothing of the transaction is kept then.
    """
    kept = tx.append_fact(STREAM, f"receipt-{receipt.number}", now, receipt)
    if kept.seq != receipt.number:
        raise ConstraintBroken("another receipt has that number")
    return receipt


def find_receipt(tx: ReadTransaction, number: int) -> Receipt | None:
    """A receipt as it was written down, and whether it was voided since; ``None`` when there is none."""
    receipt = _printed(tx, number)
    return None if receipt is None else marked(receipt, account_of(tx, receipt.patient))


def receipts_of(tx: ReadTransaction, account: Account) -> tuple[Receipt, ...]:
    """All receipts of one patient's account, those of refunds too, oldest first."""
    taken = [each.receipt for each in account.payments]
    back = [each.receipt for each in account.refunds if each.receipt is not None]
    found = (_printed(tx, each) for each in sorted(taken + back))
    return tuple(marked(each, account) for each in found if each is not None)


def _printed(tx: ReadTransaction, number: int) -> Receipt | None:
    found = (kept.fact for kept in tx.facts(STREAM, subject=f"receipt-{number}"))
    return next((each for each in found if isinstance(each, Receipt)), None)


def marked(receipt: Receipt, account: Account) -> Receipt:
    """A receipt with the day on which its payment, or its refund, was voided, where it was."""
    void = account.void_of(receipt.payment)
    voided_on: date | None = void.on if void else None
    return attrs.evolve(receipt, voided_on=voided_on)
