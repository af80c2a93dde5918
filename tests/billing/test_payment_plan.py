"""Payment plans end at zero, and payments of any size keep them so."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from medoffice.billing.payment_plan import (
    AfterPayment,
    Instalment,
    PaymentPlan,
    PlanTerms,
    after_payment,
    plan_payments,
)
from medoffice.core import InvalidValue, Money

cents = st.integers(0, 500_000).map(Money)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
terms = st.builds(
    PlanTerms,
    count=st.integers(1, 36),
    day_of_month=st.integers(1, 31),
    minimum=st.integers(0, 20_000).map(Money),
)
ON = date(2026, 1, 10)


def amounts(plan: PaymentPlan) -> list[str]:
    """The instalments in dollars."""
    return [str(instalment.amount) for instalment in plan.instalments]


def due_days(plan: PaymentPlan) -> list[str]:
    """The days of the instalments."""
    return [instalment.due.isoformat() for instalment in plan.instalments]


def even(total: str, count: int, day_of_month: int = 15) -> PaymentPlan:
    """A plan agreed on 10 January 2026."""
    return plan_payments(Money.parse(total), PlanTerms(count=count, day_of_month=day_of_month), on=ON).plan


@given(cents, cents, terms, days)
def test_a_plan_ends_at_zero(balance: Money, deposit: Money, agreed: PlanTerms, on: date) -> None:
    """Deposit and instalments sum to the balance and the refund, exactly; nothing is below a cent."""
    made = plan_payments(balance, agreed, on=on, deposit=deposit)
    assert made.plan.balance + deposit == balance + made.refund
    assert made.refund == max(Money.zero, deposit - balance)
    assert all(instalment.amount > Money.zero for instalment in made.plan.instalments)


@given(cents, terms, days)
def test_instalments_are_even_few_enough_and_on_the_agreed_day(
    balance: Money, agreed: PlanTerms, on: date
) -> None:
    """They differ by a cent at most, none of several is below the minimum, and each month from the next agreed day has one."""
    plan = plan_payments(balance, agreed, on=on).plan
    paid = [instalment.amount for instalment in plan.instalments]
    assert len(paid) <= agreed.count
    if paid:
        assert max(paid) - min(paid) <= Money(1)
        assert len(paid) == 1 or min(paid) >= agreed.minimum
        assert on < plan.instalments[0].due <= on + timedelta(days=31)
    for one, two in pairwise(plan.instalments):
        assert one.due < two.due
        assert (two.due.year * 12 + two.due.month) - (one.due.year * 12 + one.due.month) == 1
    for instalment in plan.instalments:
        is_last = (instalment.due + timedelta(days=1)).day == 1
        assert instalment.due.day == agreed.day_of_month or (
            is_last and instalment.due.day < agreed.day_of_month
        )


@given(cents, terms, st.lists(st.tuples(cents, st.integers(0, 90)), max_size=8))
def test_no_payment_breaks_a_plan(
    balance: Money, agreed: PlanTerms, payments: list[tuple[Money, int]]
) -> None:
    """After any payments what is left, what was paid and what goes back add up; overpaying leaves nothing due."""
    plan, on = plan_payments(balance, agreed, on=ON).plan, ON
    for paid, wait in payments:
        on += timedelta(days=wait)
        before = plan
        after = after_payment(plan, paid, on=on)
        plan = after.plan
        assert plan.balance + paid == before.balance + after.refund
        assert after.refund == max(Money.zero, paid - before.balance)
        assert not after.refund or not plan.instalments
        assert len(plan.instalments) <= max(1, len(before.instalments))
        if before.instalments and before.instalments[-1].due > on:
            assert not plan.instalments or plan.instalments[-1].due <= before.instalments[-1].due
        assert plan.overdue(on) == Money.zero


@given(cents, terms)
def test_who_pays_each_instalment_on_its_day_changes_nothing(balance: Money, agreed: PlanTerms) -> None:
    """The plan runs down as it was agreed and ends."""
    plan = plan_payments(balance, agreed, on=ON).plan
    for instalment in plan.instalments:
        rest = plan.instalments[1:]
        after = after_payment(plan, instalment.amount, on=instalment.due)
        assert after == AfterPayment(plan=PaymentPlan(terms=agreed, instalments=rest), refund=Money.zero)
        plan = after.plan
    assert not plan.balance


@given(cents, terms, days)
def test_a_deposit_and_a_smaller_balance_are_one(balance: Money, agreed: PlanTerms, on: date) -> None:
    """A deposit only takes off what is to be planned."""
    assume(balance >= Money(100))
    made = plan_payments(balance, agreed, on=on, deposit=Money(100))
    assert made == plan_payments(balance - Money(100), agreed, on=on)


def test_a_plan_on_the_31st_keeps_to_the_ends_of_months() -> None:
    """The last day where there is no 31st, and the 31st again where there is."""
    plan = even("$100.00", 4, day_of_month=31)
    assert due_days(plan) == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert amounts(even("$100.00", 3)) == ["$33.34", "$33.33", "$33.33"]


def test_a_plan_made_on_its_own_day_begins_a_month_later() -> None:
    """What is due on the day itself is a deposit."""
    assert due_days(even("$20.00", 2, day_of_month=10)) == ["2026-02-10", "2026-03-10"]


def test_a_minimum_makes_fewer_instalments() -> None:
    """Twelve of $10.00 are not made when the office takes none below $25.00; a small rest is one payment."""
    agreed = PlanTerms(count=12, day_of_month=15, minimum=Money.parse("$25.00"))
    plan = plan_payments(Money.parse("$120.00"), agreed, on=ON).plan
    assert amounts(plan) == ["$30.00"] * 4
    assert amounts(plan_payments(Money.parse("$7.00"), agreed, on=ON).plan) == ["$7.00"]


def test_an_early_whole_instalment_leaves_the_rest() -> None:
    """Paid ten days early, the next is due a month later, for the same amount."""
    after = after_payment(even("$90.00", 3), Money.parse("$30.00"), on=date(2026, 1, 12)).plan
    assert due_days(after) == ["2026-02-15", "2026-03-15"]
    assert amounts(after) == ["$30.00", "$30.00"]


def test_a_short_payment_is_made_up_over_the_days_that_are_left() -> None:
    """$10.00 of $30.00 on the day it was due: $80.00 over two months."""
    after = after_payment(even("$90.00", 3), Money.parse("$10.00"), on=date(2026, 1, 15)).plan
    assert due_days(after) == ["2026-02-15", "2026-03-15"]
    assert amounts(after) == ["$40.00", "$40.00"]


def test_what_is_left_after_the_last_day_is_due_once_more() -> None:
    """A plan that was not kept still ends at zero, on the next agreed day."""
    after = after_payment(even("$90.00", 3), Money.parse("$50.00"), on=date(2026, 5, 20)).plan
    assert due_days(after) == ["2026-06-15"]
    assert amounts(after) == ["$40.00"]


def test_what_is_overdue_is_seen() -> None:
    """An instalment is overdue from the day after it was due."""
    plan = even("$90.00", 3)
    assert plan.overdue(date(2026, 1, 15)) == Money.zero
    assert plan.overdue(date(2026, 1, 16)) == Money.parse("$30.00")


def test_what_cannot_be_is_refused() -> None:
    """No instalments, no such day, amounts below zero, days that do not rise."""
    agreed = PlanTerms(count=2, day_of_month=1)
    one = Instalment(ON, Money(1))
    for attempt in (
        lambda: PlanTerms(count=0, day_of_month=1),
        lambda: PlanTerms(count=1, day_of_month=32),
        lambda: PlanTerms(count=1, day_of_month=1, minimum=Money(-1)),
        lambda: Instalment(ON, Money.zero),
        lambda: PaymentPlan(terms=agreed, instalments=(one, one)),
        lambda: plan_payments(Money(-1), agreed, on=ON),
        lambda: plan_payments(Money(1), agreed, on=ON, deposit=Money(-1)),
        lambda: after_payment(even("$1.00", 1), Money(-1), on=ON),
    ):
        with pytest.raises(InvalidValue):
            attempt()
