"""The receipt of one payment: what the patient takes home, and what it says that is left."""

from datetime import date
from enum import Enum

import attrs

from medoffice.billing.account import Account, DepositRefunded, Means, MoneyTaken, Split
from medoffice.core import (
    AppointmentId,
    InvalidValue,
    Money,
    PatientId,
    PaymentId,
    PhiClass,
    phi,
    without_card_numbers,
)


class Part(Enum):
    """What a line of a receipt is for."""

    VISIT = "visit"
    BALANCE = "balance"
    INSTALMENT = "instalment"
    DEPOSIT = "deposit"


@attrs.frozen(kw_only=True)
class Receipt:
    """One payment as it was written down, with what was left to pay right after it; or one refund.

    ``number`` counts from 1 in the office, without gaps, and tells nothing of the patient. ``reference`` is the
    terminal's or the check's number, never a card's. ``visit_day`` is the day of the visit that it is for, and
    ``left_for_visit`` what was left for that; both are ``None`` where it is for none. ``is_refund`` says that the money
    went back to the patient: out of the deposits, ``split.kept`` of them.
    ``voided_on`` is set on a receipt whose payment was voided since; everything else stays as it was.
    """

    number: int
    office: str
    day: date
    patient: PatientId
    payment: PaymentId
    appointment: AppointmentId | None = None
    visit_day: date | None = None
    is_refund: bool = False
    means: Means
    reference: str = attrs.field(default="", converter=without_card_numbers)
    split: Split
    left_for_visit: Money | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    left_balance: Money = attrs.field(**phi(PhiClass.HEALTH))
    left_on_plan: Money = attrs.field(**phi(PhiClass.HEALTH))
    deposits: Money = attrs.field(**phi(PhiClass.HEALTH))
    voided_on: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.number < 1:
            raise InvalidValue("receipt", "its number counts from 1")
        if self.is_refund and self.split.kept != self.split.amount:
            raise InvalidValue("receipt", "what goes back was a deposit")

    @property
    def amount(self) -> Money:
        """What was paid, or given back."""
        return self.split.amount

    @property
    def lines(self) -> tuple[tuple[Part, Money], ...]:
        """What it was paid for, or what it was; the lines add up to the amount."""
        split = self.split
        parts = (
            (Part.VISIT, split.to_visit),
            (Part.INSTALMENT, split.to_instalments),
            (Part.BALANCE, split.to_balance),
            (Part.DEPOSIT, split.kept),
        )
        return tuple((part, amount) for part, amount in parts if amount)


def receipt_of(
    taken: MoneyTaken,
    after: Account,
    *,
    office: str,
    patient: PatientId,
    reference: str = "",
    visit_day: date | None = None,
    left_for_visit: Money | None = None,
) -> Receipt:
    """The receipt of a payment; ``after`` is the account with it."""
    return Receipt(
        number=taken.receipt,
        office=office,
        day=taken.on,
        patient=patient,
        payment=taken.payment,
        appointment=taken.appointment,
        visit_day=visit_day,
        means=taken.means,
        reference=reference,
        split=taken.split,
        left_for_visit=left_for_visit,
        left_balance=after.balance,
        left_on_plan=after.plan_left,
        deposits=after.deposits,
    )


def receipt_of_refund(refund: DepositRefunded, after: Account, *, office: str, patient: PatientId) -> Receipt:
    """The paper of a refund; ``after`` is the account with it.

    Raises:
        InvalidValue: when the refund is from before there were papers.
    """
    if refund.payment is None or refund.receipt is None:
        raise InvalidValue("refund", "it has no paper")
    return Receipt(
        number=refund.receipt,
        office=office,
        day=refund.on,
        patient=patient,
        payment=refund.payment,
        is_refund=True,
        means=refund.means,
        reference=refund.reference,
        split=Split(kept=refund.amount),
        left_balance=after.balance,
        left_on_plan=after.plan_left,
        deposits=after.deposits,
    )
