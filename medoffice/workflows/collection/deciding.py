"""Decisions at the desk about a patient's account, as the facts to note or the reason why not."""

from datetime import date

import attrs

from medoffice.billing.account import (
    Account,
    BalanceStated,
    DepositRefunded,
    PaymentVoided,
    PlanAgreed,
    PlanEnded,
    Room,
    Split,
    VisitReleased,
)
from medoffice.billing.payment_plan import PlanTerms, plan_payments
from medoffice.core import AppointmentId, InvalidValue, Money, PaymentId, Refused
from medoffice.workflows.collection import refusals
from medoffice.workflows.collection.policy import CollectionPolicy


def split_for(
    room: Room,
    amount: Money,
    *,
    ahead: Money = Money.zero,
    unsettled: int = 0,
    for_deposit: bool = False,
) -> Split | Refused:
    """Where an amount goes that a patient pays at the desk, when this is the room for it.

    ``ahead`` is the deposit that is asked for: so much of it is kept first. Refused while ``unsettled`` payments for
    the same visit have no known end, and for more than can be owed, unless the rest is to be kept as a deposit.

    Raises:
        InvalidValue: when the amount is not above zero.
    """
    if amount <= Money.zero:
        raise InvalidValue("payment", "its amount is above zero")
    if unsettled:
        return refusals.not_settled(unsettled)
    if amount > ahead + room.most and not for_deposit:
        return refusals.too_much(amount - ahead - room.most)
    kept = min(amount, ahead)
    if kept == amount:
        return Split(kept=kept)
    rest = room.split(amount - kept)
    return attrs.evolve(rest, kept=rest.kept + kept)


def state_balance(account: Account, amount: Money, *, as_of: date, on: date) -> BalanceStated | Refused:
    """Note what is owed from earlier visits; refused when what was paid since is more, or a plan stands on more.

    Raises:
        InvalidValue: when the amount is below zero.
    """
    if as_of > on:
        return refusals.ahead_of_time()
    fact = BalanceStated(on=on, amount=amount, as_of=as_of)
    paid = -Money.total(move.amount for move in account.moves if move.on >= as_of)
    if amount - paid < account.plan_left:
        return refusals.paid_since(max(Money.zero, paid), account.plan_left)
    return fact


def refund(account: Account, fact: DepositRefunded) -> DepositRefunded | Refused:
    """Give back what is held as a deposit; refused for more than is, and for a check or a card without its number."""
    if fact.means.has_number and not fact.reference:
        return refusals.no_reference()
    return refusals.not_held(account.deposits) if fact.amount > account.deposits else fact


def release(
    account: Account, appointment: AppointmentId, amount: Money | None, *, on: date
) -> VisitReleased | Refused:
    """Turn what was paid for a visit into a deposit, all of it or an amount; what is held for it is free as well.

    Raises:
        InvalidValue: when the amount is below zero.
    """
    there = account.visit(appointment)
    wanted = there.covered if amount is None else amount
    if wanted > there.covered or not wanted + there.held:
        return refusals.not_paid_for(there.covered)
    return VisitReleased(on=on, appointment=appointment, amount=wanted)


def void(account: Account, payment: PaymentId, *, reason: str, on: date) -> PaymentVoided | Refused:
    """Void a payment or a refund; refused when it is void, or what was kept of it has been used or given back since.

    Raises:
        InvalidValue: when there is no reason.
    """
    fact = PaymentVoided(on=on, payment=payment, reason=reason)
    if account.payment(payment) is None and account.refund(payment) is None:
        return refusals.no_such_receipt()
    if account.void_of(payment) is not None:
        return refusals.void_already()
    try:
        account.after(fact)
    except InvalidValue:
        return refusals.spent_since()
    return fact


def agree_plan(
    account: Account,
    policy: CollectionPolicy,
    *,
    instalments: int,
    day_of_month: int,
    on: date,
    amount: Money | None = None,
) -> PlanAgreed | Refused:
    """Agree on instalments for the balance or a part of it; the first is due in the month after.

    There are fewer than wanted where they would fall below the practice's smallest.

    Raises:
        InvalidValue: when there is less than one instalment, or no such day of the month.
    """
    terms = PlanTerms(count=instalments, day_of_month=day_of_month, minimum=policy.smallest_instalment)
    if account.plan_left:
        return refusals.plan_runs()
    if instalments > policy.most_instalments:
        return refusals.plan_too_long(policy.most_instalments)
    wanted = account.balance if amount is None else amount
    if not Money.zero < wanted <= account.balance:
        return refusals.nothing_to_plan(account.balance)
    return PlanAgreed(on=on, plan=plan_payments(wanted, terms, on=on).plan)


def end_plan(account: Account, *, reason: str, on: date) -> PlanEnded | Refused:
    """End the plan; what is left is balance again."""
    return PlanEnded(on=on, reason=reason) if account.plan_left else refusals.no_plan()
