"""Deposits: what a patient paid ahead is used for a day's amount, then for older balances, and the rest goes back.

The office's own arithmetic. Credits that a payer or a state's law says must go back within so many days are not
weighed here.
"""

import attrs

from medoffice.core import Explained, InvalidValue, Money, Step, Trace


@attrs.frozen(kw_only=True)
class Settlement:
    """What became of a deposit, and what is still owed.

    ``to_today`` + ``to_balance`` + ``refund`` is the deposit; ``owed`` is the day's amount and the older balance
    less what was used, explained.
    """

    to_today: Money
    to_balance: Money
    refund: Money
    owed: Explained[Money]


def settle(
    *, today: Money, deposit: Money, balance: Money = Money.zero, is_for_balance: bool = True
) -> Settlement:
    """Use a deposit for a day's amount, then for the balance of earlier visits; the rest is refunded.

    With ``is_for_balance=False`` the deposit was taken for that day alone, and the older balance stays.

    Raises:
        InvalidValue: when an amount is below zero; a credit from earlier visits is a deposit here.
    """
    if min(today, deposit, balance) < Money.zero:
        raise InvalidValue("deposit", "the day's amount, the deposit and the balance are not below zero")
    to_today = min(today, deposit)
    to_balance = min(balance, deposit - to_today) if is_for_balance else Money.zero
    steps = (
        Step("today", "Today's amount", amount=today),
        Step("balance", "Balance from earlier visits", amount=balance),
        Step("deposit-today", "Your deposit, used for today", amount=-to_today),
        Step("deposit-balance", "Your deposit, used for earlier visits", amount=-to_balance),
    )
    trace = Trace(tuple(step for step in steps if step.amount))
    owed = Explained(trace.amount, trace=trace)
    return Settlement(
        to_today=to_today, to_balance=to_balance, refund=deposit - to_today - to_balance, owed=owed
    )
