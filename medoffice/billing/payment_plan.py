"""Payment plans: a balance in monthly instalments that end at zero, to the cent and without interest.

The office's own arithmetic, no law: a deposit comes off first, the rest is split by largest remainder
(:meth:`medoffice.core.Money.allocate`), so instalments differ by a cent at most. There is no interest and no fee; a plan
with finance charges or more than four instalments may fall under consumer credit law (12 CFR 1026), not opened here.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

import attrs

from medoffice.billing.months import anchored
from medoffice.core import InvalidValue, Money

_LONGEST_MONTH: Final = 31


@attrs.frozen(kw_only=True)
class PlanTerms:
    """What patient and office agree on: ``count`` instalments on a day of the month, none below ``minimum``.

    ``day_of_month`` is 1 to 31; a month without that day has its last instead. Fewer instalments are made when
    so many would fall below ``minimum``.

    Raises:
        InvalidValue: when there is less than one instalment, no such day, or the minimum is below zero.
    """

    count: int
    day_of_month: int
    minimum: Money = Money.zero

    def __attrs_post_init__(self) -> None:
        if type(self.count) is not int or self.count < 1:
            raise InvalidValue("payment plan", "it has at least one instalment")
        if type(self.day_of_month) is not int or not 1 <= self.day_of_month <= _LONGEST_MONTH:
            raise InvalidValue("payment plan", "its day of the month is from 1 to 31")
        if self.minimum < Money.zero:
            raise InvalidValue("payment plan", "its lowest instalment is not below zero")


@attrs.frozen
class Instalment:
    """One payment that is due on a day; its amount is above zero."""

    due: date
    amount: Money

    def __attrs_post_init__(self) -> None:
        if self.amount <= Money.zero:
            raise InvalidValue("instalment", "its amount is above zero")


@attrs.frozen(kw_only=True)
class PaymentPlan:
    """What is still to be paid, and when; without instalments everything is paid.

    Raises:
        InvalidValue: when the days of the instalments do not rise.
    """

    terms: PlanTerms
    instalments: tuple[Instalment, ...]

    def __attrs_post_init__(self) -> None:
        if any(later.due <= earlier.due for earlier, later in pairwise(self.instalments)):
            raise InvalidValue("payment plan", "each instalment is due after the one before")

    @property
    def balance(self) -> Money:
        """What is still owed: the sum of the instalments."""
        return Money.total(instalment.amount for instalment in self.instalments)

    def overdue(self, on: date) -> Money:
        """What was due before a day and is not paid."""
        return Money.total(instalment.amount for instalment in self.instalments if instalment.due < on)


@attrs.frozen(kw_only=True)
class AfterPayment:
    """The plan after a payment, and ``refund``, what was paid beyond its end."""

    plan: PaymentPlan
    refund: Money


def plan_payments(balance: Money, terms: PlanTerms, *, on: date, deposit: Money = Money.zero) -> AfterPayment:
    """A plan for a balance, agreed on a day, after a deposit that is paid on that day.

    The first instalment is due on the first agreed day of the month after ``on``. A deposit above the balance
    leaves a plan without instalments and is refunded in part.

    Raises:
        InvalidValue: when balance or deposit is below zero.
    """
    if balance < Money.zero or deposit < Money.zero:
        raise InvalidValue("payment plan", "balance and deposit are not below zero")
    used = min(balance, deposit)
    plan = PaymentPlan(terms=terms, instalments=_spread(balance - used, _next_days(terms, on), terms.minimum))
    return AfterPayment(plan=plan, refund=deposit - used)


def after_payment(plan: PaymentPlan, paid: Money, *, on: date) -> AfterPayment:
    """The plan after an amount was received on a day, early, in time, late or short.

    It settles the oldest instalments first. When it settles whole ones and nothing is overdue, the rest stays as it
    was. Otherwise what is left is spread evenly over the days of the unpaid instalments that are still to come; when
    none is, it is due once, on the next agreed day of the month.

    Raises:
        InvalidValue: when the amount is below zero.
    """
    if paid < Money.zero:
        raise InvalidValue("payment", "it is not below zero")
    used = min(paid, plan.balance)
    unpaid, spare = list(plan.instalments), used
    while unpaid and unpaid[0].amount <= spare:
        spare -= unpaid.pop(0).amount
    if spare or (unpaid and unpaid[0].due < on):
        days = [instalment.due for instalment in unpaid if instalment.due > on]
        rest = plan.balance - used
        unpaid = list(_spread(rest, days or _next_days(plan.terms, on)[:1], plan.terms.minimum))
    return AfterPayment(plan=attrs.evolve(plan, instalments=tuple(unpaid)), refund=paid - used)


def _next_days(terms: PlanTerms, on: date) -> list[date]:
    """The agreed days of the month after a day, one for each instalment."""
    skip = 0 if anchored(on, 0, terms.day_of_month) > on else 1
    return [anchored(on, skip + month, terms.day_of_month) for month in range(terms.count)]


def _spread(amount: Money, days: Sequence[date], minimum: Money) -> tuple[Instalment, ...]:
    """The amount in parts as even as can be, on the first of these days; as many as the minimum leaves, at least one."""
    if not amount:
        return ()
    lowest = max(minimum.cents, 1)
    count = max(1, min(len(days), amount.cents // lowest))
    return tuple(map(Instalment, days[:count], amount.allocate([1] * count)))
