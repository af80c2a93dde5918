"""A visit's share together with the patient's account: what is due, what deposits pay of it, and where money may go."""

from collections.abc import Sequence
from datetime import date

import attrs

from medoffice.billing.account.account import Account
from medoffice.billing.account.facts import DepositUsed
from medoffice.billing.account.split import Room, Split
from medoffice.billing.account.waived import rest_of
from medoffice.billing.benefits import steps
from medoffice.billing.benefits.steps import a_step
from medoffice.billing.deposits import settle
from medoffice.billing.estimate import Estimate
from medoffice.core import AppointmentId, Money, PhiClass, Trace, phi


@attrs.frozen(kw_only=True)
class Terms:
    """How the practice wants balance and deposits to come into a visit's amount.

    ``asks_balance``: the balance of earlier visits is due together with a visit. ``deposits_pay_balance``: what is
    left of a deposit after the visit pays for instalments and balance too, as far as they are due with it.
    """

    asks_balance: bool = True
    deposits_pay_balance: bool = False


@attrs.frozen(kw_only=True)
class Owing:
    """What is due for a visit and the account together.

    ``estimate`` is all of it, explained; ``room`` is where money may go after the deposit ``used`` (``None`` when
    there is nothing to use), with the whole balance, also where it is not asked for. ``overpaid`` is what was paid for the
    visit beyond the most that it may cost by now.
    """

    estimate: Estimate
    room: Room
    used: DepositUsed | None
    overpaid: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))


def owing(
    share: Estimate,
    account: Account,
    *,
    appointment: AppointmentId,
    on: date,
    terms: Terms | None = None,
    paid_before: Money = Money.zero,
    in_flight: Sequence[Split] = (),
) -> Owing:
    """What is due on a day for one visit, with balance and instalments, after payments and deposits.

    ``share`` is the estimate of the visit alone. ``paid_before`` are payments for it that the account does not know of
    (they were taken before there was one). ``in_flight`` are payments at a terminal for other visits, whose end is not
    known: the balance and the instalments that they are for are not asked for a second time.

    What is not asked of a Qualified Medicare Beneficiary says :mod:`medoffice.billing.account.waived`.
    """
    terms = terms or Terms()
    rest = rest_of(share, account)
    waived, low, high = rest.waived, rest.least, rest.most
    visit = account.visit(appointment)
    paid = visit.paid + paid_before
    credit = min(paid, share.due_today - waived)
    used = min(visit.used, share.due_today - waived - credit)
    left = share.due_today - waived - credit - used
    older = room_without_visit(account, on=on, in_flight=in_flight)
    dues, whole = older.instalments, older.balance
    balance = whole if terms.asks_balance else Money.zero
    deposit = account.usable_for(appointment)

    def after_deposit(today: Money) -> tuple[Money, Money, Money]:
        made = settle(
            today=today, deposit=deposit, balance=dues + balance, is_for_balance=terms.deposits_pay_balance
        )
        return made.owed.value, made.to_today, made.to_balance

    due, to_visit, to_older = after_deposit(left)
    to_dues = min(to_older, dues)
    highest = max(Money.zero, high - paid - visit.used)
    lines = (
        (steps.NOT_ASKED, -waived),
        (steps.CREDIT, -credit),
        (steps.INSTALMENT, dues),
        (steps.BALANCE, balance),
        (steps.DEPOSIT, -(used + to_visit + to_older)),
    )
    trace = share.trace + Trace(tuple(a_step(code, amount) for code, amount in lines if amount))
    room = Room(
        visit=left - to_visit,
        instalments=dues - to_dues,
        balance=whole - (to_older - to_dues),
        later=older.later,
        visit_more=max(Money.zero, highest - left),
    )
    return Owing(
        estimate=attrs.evolve(
            share,
            due_today=due,
            lower=after_deposit(max(Money.zero, low - paid - visit.used))[0],
            upper=after_deposit(highest)[0],
            trace=trace,
        ),
        room=room,
        used=_use(on, appointment, to_visit=to_visit, to_dues=to_dues, to_balance=to_older - to_dues),
        overpaid=max(Money.zero, paid + visit.used - high),
    )


def room_without_visit(account: Account, *, on: date, in_flight: Sequence[Split] = ()) -> Room:
    """Where money may go that is paid for no visit: instalments, and the balance of earlier visits.

    What payments ``in_flight`` are for, whose end is not known, has no room a second time.
    """
    asked_already = Money.total(each.to_instalments for each in in_flight)
    balance = account.balance - Money.total(each.to_balance for each in in_flight)
    return Room(
        instalments=max(Money.zero, account.due(on) - asked_already),
        balance=max(Money.zero, balance),
        later=max(Money.zero, account.plan_left - max(account.due(on), asked_already)),
    )


def _use(
    on: date, appointment: AppointmentId, *, to_visit: Money, to_dues: Money, to_balance: Money
) -> DepositUsed | None:
    if not to_visit + to_dues + to_balance:
        return None
    return DepositUsed(
        on=on, appointment=appointment, to_visit=to_visit, to_balance=to_balance, to_instalments=to_dues
    )
