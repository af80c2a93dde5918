"""Where the cents of a payment go, and what is due for a visit together with the account."""

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import Estimate, EstimatedLine, PlannedLine
from medoffice.billing.account import (
    Account,
    BalanceStated,
    DepositUsed,
    Means,
    MoneyTaken,
    PaymentVoided,
    PlanAgreed,
    Protection,
    ProtectionNoted,
    Room,
    Split,
    Terms,
    VisitReleased,
    owing,
    replay,
    room_without_visit,
)
from medoffice.billing.benefits import steps, unknowns
from medoffice.billing.benefits.steps import a_step
from medoffice.billing.payment_plan import Instalment, PaymentPlan, PlanTerms
from medoffice.core import AppointmentId, Explained, InvalidValue, Money, PaymentId, Trace

A: Final = AppointmentId("apt-a")
B: Final = AppointmentId("apt-b")
ON: Final = date(2026, 11, 24)
cents = st.integers(0, 20_000).map(Money)
some = st.integers(1, 20_000).map(Money)
rooms = st.builds(Room, visit=cents, instalments=cents, balance=cents, later=cents, visit_more=cents)


def share(amount: Money, low: Money | None = None, high: Money | None = None) -> Estimate:
    """A visit's share as a co-pay, from the least to the most that it may be."""
    trace = Trace((a_step(steps.COPAY, amount),)) if amount else Trace()
    lower, upper = low if low is not None else amount, high if high is not None else amount
    return Estimate(due_today=amount, lower=lower, upper=upper, lines=(), trace=trace)


def taken(number: int, split: Split, visit: AppointmentId | None = A, on: date = ON) -> MoneyTaken:
    """A payment in cash."""
    return MoneyTaken(
        on=on,
        payment=PaymentId(f"pay-{number}"),
        appointment=visit,
        means=Means.CASH,
        split=split,
        receipt=number,
    )


@given(room=rooms, amount=some)
def test_a_payment_goes_where_there_is_room_in_order(room: Room, amount: Money) -> None:
    """All of it goes somewhere; nothing is kept while there is room; the visit's due comes first and its rest last."""
    split = room.split(amount)
    assert split.amount == amount
    assert split.kept == max(Money.zero, amount - room.most)
    assert split.to_balance <= room.balance
    assert split.to_instalments <= room.instalments + room.later
    assert split.to_visit <= room.visit + room.visit_more
    if split.to_instalments or split.to_balance:
        assert split.to_visit >= room.visit
    if split.to_balance:
        assert split.to_instalments >= room.instalments
    if split.to_visit > room.visit:
        assert (split.to_balance, split.to_instalments) == (room.balance, room.instalments + room.later)


@given(room=rooms, meant=st.tuples(cents, cents, cents, cents).filter(any), keeps=st.booleans())
def test_what_was_meant_is_kept_to_as_far_as_there_is_room(
    room: Room,
    meant: tuple[Money, Money, Money, Money],
    keeps: bool,  # noqa: FBT001 - drawn
) -> None:
    """No cent is lost; each part gets what it was meant to where it fits; a deposit that was meant stays one."""
    wanted = Split(to_visit=meant[0], to_balance=meant[1], to_instalments=meant[2], kept=meant[3])
    split = room.refit(wanted, keeps=keeps)
    assert split.amount == wanted.amount
    assert split.to_visit >= min(wanted.to_visit, room.visit + room.visit_more)
    assert split.to_balance >= min(wanted.to_balance, room.balance)
    assert split.to_instalments >= min(wanted.to_instalments, room.instalments + room.later)
    assert split.to_visit <= room.visit + room.visit_more
    assert split.to_balance <= room.balance
    assert split.to_instalments <= room.instalments + room.later
    if keeps:
        assert split.kept >= wanted.kept
    elif split.kept:
        assert split.kept == wanted.amount - room.most


@given(
    due=cents,
    less=cents,
    more=cents,
    balance=cents,
    paid=cents,
    held=cents,
    asks=st.booleans(),
    pays=st.booleans(),
)
def test_what_is_due_adds_up_and_lies_between_its_bounds(  # noqa: PLR0917 - drawn
    due: Money,
    less: Money,
    more: Money,
    balance: Money,
    paid: Money,
    held: Money,
    asks: bool,  # noqa: FBT001
    pays: bool,  # noqa: FBT001
) -> None:
    """Share less payments and deposits, and the balance where it is asked for; a deposit pays no more than there is."""
    facts = [BalanceStated(on=ON, amount=balance, as_of=ON)]
    numbered = enumerate((Split(to_visit=paid) if paid else None, Split(kept=held) if held else None), 1)
    made = replay((*facts, *(taken(number, split) for number, split in numbered if split)))
    found = owing(
        share(due, max(Money.zero, due - less), due + more),
        made,
        appointment=A,
        on=ON,
        terms=Terms(asks_balance=asks, deposits_pay_balance=pays),
    )
    left = max(Money.zero, due - paid)
    wanted = left + (balance if asks else Money.zero)
    most = wanted if pays else left
    used = min(held, most)
    assert found.estimate.due_today == wanted - used
    assert (found.used.amount if found.used else Money.zero) == used
    assert found.estimate.lower <= found.estimate.due_today <= found.estimate.upper
    assert found.room.due == left + balance - used
    assert found.room.visit + found.room.visit_more <= max(Money.zero, due + more - paid)
    after = made.after(found.used) if found.used else made
    again = owing(
        share(due, max(Money.zero, due - less), due + more),
        after,
        appointment=A,
        on=ON,
        terms=Terms(asks_balance=asks, deposits_pay_balance=pays),
    )
    assert again.estimate.due_today == found.estimate.due_today
    assert again.used is None
    assert again.room.due == found.room.due


def test_a_deposit_for_another_visit_pays_nothing_here() -> None:
    """It is held for that one; what is left of it is free when that visit is released."""
    account = replay([taken(1, Split(kept=Money(50_00)), visit=B)])
    assert owing(share(Money(30_00)), account, appointment=A, on=ON).used is None
    freed = account.after(VisitReleased(on=ON, appointment=B, amount=Money.zero))
    assert owing(share(Money(30_00)), freed, appointment=A, on=ON).used == DepositUsed(
        on=ON, appointment=A, to_visit=Money(30_00)
    )


def test_only_what_medicare_leaves_is_not_asked_of_a_qmb() -> None:
    """A service that Medicare does not cover is the patient's; what may still come is not asked either."""
    account = replay([ProtectionNoted(on=ON, protection=Protection.QMB, holds=True)])
    trace = Trace((a_step(steps.COINSURANCE, Money(20_00)), a_step(steps.SELF_PAY, Money(50_00))))
    made = Estimate(due_today=Money(70_00), lower=Money(50_00), upper=Money(90_00), lines=(), trace=trace)
    found = owing(made, account, appointment=A, on=ON).estimate
    assert found.due_today == found.lower == found.upper == Money(50_00)


def test_what_another_plan_pays_of_one_line_does_not_waive_another() -> None:
    """Its co-insurance is paid by the other plan; what Medicare does not cover is still the patient's, all of it."""
    account = replay([ProtectionNoted(on=ON, protection=Protection.QMB, holds=True)])
    covered = Trace((a_step(steps.COINSURANCE, Money(20_00)), a_step(steps.OTHER_PLAN, Money(-20_00))))
    beside = Trace((a_step(steps.SELF_PAY, Money(50_00)),))
    lines = tuple(
        EstimatedLine(
            planned=PlannedLine(service=service, charge=Money(100_00)),
            patient=Explained(trace.amount, trace=trace),
            plan=None,
        )
        for service, trace in (("office-visit", covered), ("vision", beside))
    )
    made = Estimate(
        due_today=Money(50_00), lower=Money(50_00), upper=Money(50_00), lines=lines, trace=covered + beside
    )
    assert owing(made, account, appointment=A, on=ON).estimate.due_today == Money(50_00)


@pytest.mark.parametrize(
    ("code", "least", "most"),
    [
        (unknowns.COINSURANCE_NOT_RETURNED, 40_00, 40_00),
        (unknowns.ALLOWED_NOT_KNOWN, 40_00, 40_00),
        (unknowns.OTHER_PLAN_NOT_KNOWN, 0, 50_00),
        (unknowns.SERVICE_NOT_RETURNED, 0, 90_00),
        (unknowns.COVERAGE_NOT_ACTIVE, 0, 90_00),
    ],
)
def test_what_is_not_known_opens_what_a_qmb_may_owe(code: str, least: int, most: int) -> None:
    """Not what is cost share either way; but what another plan pays, or Medicare may not cover at all."""
    account = replay([ProtectionNoted(on=ON, protection=Protection.QMB, holds=True)])
    trace = Trace(
        (
            a_step(steps.COINSURANCE, Money(20_00)),
            a_step(steps.SELF_PAY, Money(50_00)),
            a_step(steps.OTHER_PLAN, Money(-10_00)),
        )
    )
    made = Estimate(
        due_today=Money(60_00), lower=Money.zero, upper=Money(90_00), lines=(), trace=trace, unknowns=(code,)
    )
    found = owing(made, account, appointment=A, on=ON).estimate
    assert (found.due_today, found.lower, found.upper) == (Money(40_00), Money(least), Money(most))


def test_what_is_in_flight_for_another_visit_is_not_asked_for_again() -> None:
    """Neither balance nor instalment has room a second time."""
    plan = PaymentPlan(
        terms=PlanTerms(count=2, day_of_month=1),
        instalments=(
            Instalment(date(2026, 11, 1), Money(10_00)),
            Instalment(date(2026, 12, 1), Money(10_00)),
        ),
    )
    account = replay([BalanceStated(on=ON, amount=Money(60_00), as_of=ON), PlanAgreed(on=ON, plan=plan)])
    flying = (Split(to_balance=Money(30_00), to_instalments=Money(4_00)),)
    found = owing(share(Money(30_00)), account, appointment=A, on=ON, in_flight=flying)
    assert (found.room.balance, found.room.instalments, found.room.later) == (
        Money(10_00),
        Money(6_00),
        Money(10_00),
    )
    assert found.estimate.due_today == Money(46_00)


@given(flying=st.integers(0, 50_00).map(Money), late=st.booleans())
def test_what_is_in_flight_for_a_plan_leaves_no_more_room_than_the_plan_has(
    flying: Money,
    late: bool,  # noqa: FBT001 - drawn
) -> None:
    """Also a payment for instalments to come has no room a second time: all together is the plan, to the cent."""
    plan = PaymentPlan(
        terms=PlanTerms(count=2, day_of_month=1),
        instalments=(
            Instalment(date(2026, 11, 1), Money(10_00)),
            Instalment(date(2026, 12, 1), Money(10_01)),
        ),
    )
    account = replay([BalanceStated(on=ON, amount=Money(20_01), as_of=ON), PlanAgreed(on=ON, plan=plan)])
    meant = [Split(to_instalments=flying)] if flying else []
    room = room_without_visit(account, on=date(2026, 12, 2) if late else ON, in_flight=meant)
    assert room.instalments + room.later == max(Money.zero, Money(20_01) - flying)


def test_a_void_reaches_money_that_was_released_since() -> None:
    """It takes it out of the deposits, and cannot when it went elsewhere."""
    account = replay(
        [
            taken(1, Split(to_visit=Money(30_00))),
            VisitReleased(on=ON, appointment=A, amount=Money(10_00)),
        ]
    )
    void = PaymentVoided(on=ON, payment=PaymentId("pay-1"), reason="mistake")
    after = account.after(void)
    assert (after.deposits, after.visit(A).paid, after.voided) == (Money.zero, Money.zero, Money(30_00))
    spent = account.after(DepositUsed(on=ON, appointment=B, to_visit=Money(10_00)))
    with pytest.raises(InvalidValue, match="held"):
        spent.after(void)


def test_a_void_of_a_payment_from_before_a_statement_is_owed_again() -> None:
    """The statement counted it as paid."""
    account = replay(
        [
            BalanceStated(on=date(2026, 11, 1), amount=Money(100_00), as_of=date(2026, 11, 1)),
            taken(1, Split(to_balance=Money(40_00)), on=date(2026, 11, 2)),
            BalanceStated(on=ON, amount=Money(60_00), as_of=date(2026, 11, 20)),
        ]
    )
    assert account.balance == Money(60_00)
    void = PaymentVoided(on=ON, payment=PaymentId("pay-1"), reason="the check came back")
    assert account.after(void).balance == Money(100_00)


@pytest.mark.parametrize(
    "make",
    [
        Split,
        lambda: Split(to_visit=Money(-1), kept=Money(2)),
        lambda: Room(visit=Money(-1)),
        lambda: BalanceStated(on=ON, amount=Money(-1), as_of=ON),
        lambda: taken(1, Split(to_visit=Money(1)), visit=None),
        lambda: taken(0, Split(kept=Money(1))),
        lambda: DepositUsed(on=ON, appointment=A),
        lambda: VisitReleased(on=ON, appointment=A, amount=Money(-1)),
        lambda: Account(free=Money(1)),
        lambda: replay([taken(1, Split(kept=Money(1))), taken(1, Split(kept=Money(1)))]),
        lambda: replay([taken(1, Split(to_instalments=Money(1)))]),
        lambda: replay([DepositUsed(on=ON, appointment=A, to_visit=Money(1))]),
        lambda: replay([taken(1, Split(to_balance=Money(1)))]),
    ],
)
def test_what_cannot_be_is_refused(make: object) -> None:
    """An impossible fact, or one that cannot follow."""
    assert callable(make)
    with pytest.raises(InvalidValue):
        make()
