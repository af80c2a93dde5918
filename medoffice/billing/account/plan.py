"""A payment plan as it runs: what was agreed, what was paid on it, and so what is left."""

from datetime import date

import attrs

from medoffice.billing.payment_plan import PaymentPlan, after_payment
from medoffice.core import InvalidValue, Money, PaymentId, PhiClass, phi


@attrs.frozen(kw_only=True)
class OnPlan:
    """One payment on a plan; a deposit that was used has no payment of its own."""

    on: date
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))
    payment: PaymentId | None = None


@attrs.frozen(kw_only=True)
class RunningPlan:
    """A plan as it was agreed, and what was paid on it in order.

    Raises:
        InvalidValue: when more was paid than the plan was for.
    """

    agreed: PaymentPlan = attrs.field(**phi(PhiClass.HEALTH))
    paid: tuple[OnPlan, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        if Money.total(each.amount for each in self.paid) > self.agreed.balance:
            raise InvalidValue("payment plan", "no more is paid on it than it was for")

    @property
    def now(self) -> PaymentPlan:
        """The instalments that are left, each payment taken off on its day."""
        plan = self.agreed
        for each in self.paid:
            plan = after_payment(plan, each.amount, on=each.on).plan
        return plan

    @property
    def left(self) -> Money:
        """What is still to be paid; nothing when the plan is done."""
        return self.agreed.balance - Money.total(each.amount for each in self.paid)

    def due(self, on: date) -> Money:
        """What is due on a day or was before it, and is not paid."""
        return Money.total(each.amount for each in self.now.instalments if each.due <= on)

    def overdue(self, on: date) -> Money:
        """What was due before a day and is not paid."""
        return self.now.overdue(on)

    def after(self, paid: OnPlan) -> "RunningPlan":
        """The plan with one more payment.

        Raises:
            InvalidValue: when it is more than is left.
        """
        return attrs.evolve(self, paid=(*self.paid, paid))

    def without(self, payment: PaymentId) -> "RunningPlan":
        """The plan as if a payment had never been on it."""
        return attrs.evolve(self, paid=tuple(each for each in self.paid if each.payment != payment))
