"""What happens on a patient's account, fact by fact; only ever added. Days are the office's own."""

from datetime import date
from enum import Enum

import attrs

from medoffice.billing.account.means import Means
from medoffice.billing.account.split import Split
from medoffice.billing.payment_plan import PaymentPlan
from medoffice.core import AppointmentId, InvalidValue, Money, PaymentId, PhiClass, phi, without_card_numbers


class Protection(Enum):
    """Why less is asked of a patient at the desk, or nothing."""

    QMB = "qmb"
    """A Qualified Medicare Beneficiary: no cost share of Medicare is asked."""
    MEDICAID = "medicaid"
    """Covered by Medicaid: a co-pay may be asked, and is no condition of being seen."""


@attrs.frozen(kw_only=True)
class BalanceStated:
    """What is owed from earlier visits at the beginning of a day, what stands on a plan included.

    It comes from the practice's billing, and replaces what was stated before. What is taken on ``as_of`` or later comes
    off it, also where that was noted before the statement was.
    """

    on: date
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))
    as_of: date

    def __attrs_post_init__(self) -> None:
        if self.amount < Money.zero:
            raise InvalidValue(
                "balance", "it is not below zero; what the patient has to their credit is a deposit"
            )


@attrs.frozen(kw_only=True)
class MoneyTaken:
    """Money came in: the payment, what became of it, and the number of its receipt.

    What is kept of it as a deposit is held for ``appointment``, where there is one.
    """

    on: date
    payment: PaymentId
    appointment: AppointmentId | None = None
    means: Means
    split: Split
    receipt: int

    def __attrs_post_init__(self) -> None:
        if self.receipt < 1:
            raise InvalidValue("receipt", "its number counts from 1")
        if self.appointment is None and self.split.to_visit:
            raise InvalidValue("payment", "what is paid for a visit says for which")

    @property
    def amount(self) -> Money:
        """The whole payment."""
        return self.split.amount


@attrs.frozen(kw_only=True)
class DepositUsed:
    """A deposit paid for something: no money came in."""

    on: date
    appointment: AppointmentId
    to_visit: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    to_balance: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    to_instalments: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        parts = self.to_visit, self.to_balance, self.to_instalments
        if min(parts) < Money.zero or not self.amount:
            raise InvalidValue("deposit", "what is used of it is above zero")

    @property
    def amount(self) -> Money:
        """All that was used."""
        return self.to_visit + self.to_balance + self.to_instalments


@attrs.frozen(kw_only=True)
class DepositRefunded:
    """A deposit, or a part of it, went back to the patient.

    ``payment`` is the refund's own id, and ``receipt`` the number of its paper; refunds from before there were papers
    have neither.
    """

    on: date
    payment: PaymentId | None = None
    receipt: int | None = None
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))
    means: Means
    reference: str = attrs.field(default="", converter=without_card_numbers)

    def __attrs_post_init__(self) -> None:
        if self.amount <= Money.zero:
            raise InvalidValue("refund", "its amount is above zero")
        if (self.payment is None) is not (self.receipt is None):
            raise InvalidValue("refund", "it has an id and the number of its paper, or neither")
        if self.receipt is not None and self.receipt < 1:
            raise InvalidValue("receipt", "its number counts from 1")


@attrs.frozen(kw_only=True)
class VisitReleased:
    """A visit costs less than was paid for it, or will not be: the money becomes a deposit that may go back.

    What was held for that visit is held for any from then on.
    """

    on: date
    appointment: AppointmentId
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        if self.amount < Money.zero:
            raise InvalidValue("release", "its amount is not below zero")


@attrs.frozen(kw_only=True)
class PlanAgreed:
    """Patient and office agreed on instalments for a part of the balance."""

    on: date
    plan: PaymentPlan = attrs.field(**phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        if not self.plan.instalments:
            raise InvalidValue("payment plan", "it has at least one instalment")


@attrs.frozen(kw_only=True)
class PlanEnded:
    """The plan holds no more; what is left of it is balance again."""

    on: date
    reason: str = attrs.field(default="", converter=without_card_numbers, **phi(PhiClass.OTHER_UNIQUE))


@attrs.frozen(kw_only=True)
class PaymentVoided:
    """A payment or a refund was a mistake of the desk, or came back: it counts as not made.

    Its receipt stays and says so.
    """

    on: date
    payment: PaymentId
    reason: str = attrs.field(converter=without_card_numbers, **phi(PhiClass.OTHER_UNIQUE))

    def __attrs_post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidValue("void", "it has a reason")


@attrs.frozen(kw_only=True)
class ProtectionNoted:
    """From a day on a patient is, or is no longer, somebody of whom less is asked."""

    on: date
    protection: Protection
    holds: bool


Fact = (
    BalanceStated
    | MoneyTaken
    | DepositUsed
    | DepositRefunded
    | VisitReleased
    | PlanAgreed
    | PlanEnded
    | PaymentVoided
    | ProtectionNoted
)
"""Whatever the log of an account may hold."""
