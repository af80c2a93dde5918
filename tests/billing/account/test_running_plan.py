"""A payment plan as it runs: whatever is paid on it, whenever, and voided since, it ends at zero to the cent."""

from datetime import date, timedelta
from itertools import accumulate

from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.billing.account import OnPlan, RunningPlan
from medoffice.billing.payment_plan import PlanTerms, plan_payments
from medoffice.core import Money, PaymentId

LEAP_DAY = date(2028, 2, 29)
days = st.dates(date(2023, 12, 1), date(2028, 12, 31)) | st.just(LEAP_DAY)
some = st.integers(1, 3_000).map(Money)
terms = st.builds(
    PlanTerms,
    count=st.integers(1, 12),
    day_of_month=st.integers(1, 31),
    minimum=st.integers(0, 500).map(Money),
)
paying = st.lists(st.tuples(st.integers(0, 70), some), max_size=8)


def running(balance: Money, agreed: PlanTerms, on: date, paid: list[tuple[int, Money]]) -> RunningPlan:
    """A plan on which amounts were paid so many days after each other, as far as so much was left."""
    plan = RunningPlan(agreed=plan_payments(balance, agreed, on=on).plan)
    gaps = accumulate(gap for gap, _ in paid)
    for number, (gap, (_, amount)) in enumerate(zip(gaps, paid, strict=True)):
        if left := min(amount, plan.left):
            day = on + timedelta(days=gap)
            plan = plan.after(OnPlan(on=day, amount=left, payment=PaymentId(f"pay-{number}")))
    return plan


@given(balance=some, agreed=terms, on=days, paid=paying)
@example(Money(100), PlanTerms(count=3, day_of_month=29), LEAP_DAY, [(0, Money(1)), (366, Money(1))])
def test_what_is_left_is_due_in_the_end_and_nothing_else(
    balance: Money, agreed: PlanTerms, on: date, paid: list[tuple[int, Money]]
) -> None:
    """The instalments add up to what is left; when that is paid, none is left, and nothing is due for ever."""
    plan = running(balance, agreed, on, paid)
    end = on + timedelta(days=3_000)
    put = Money.total(each.amount for each in plan.paid)
    assert plan.left == plan.now.balance == plan.due(end) == balance - put
    assert all(each.amount > Money.zero for each in plan.now.instalments)
    if plan.left:
        plan = plan.after(OnPlan(on=end, amount=plan.left))
    assert (plan.left, plan.now.instalments) == (Money.zero, ())
    assert (plan.due(end), plan.overdue(end)) == (Money.zero, Money.zero)


@given(balance=some, agreed=terms, on=days, paid=paying, gone=st.integers(0, 7))
def test_a_payment_that_is_voided_was_never_on_the_plan(
    balance: Money, agreed: PlanTerms, on: date, paid: list[tuple[int, Money]], gone: int
) -> None:
    """Without it the plan is for what it was for, and what the payment was is left again."""
    plan = running(balance, agreed, on, paid)
    voided = plan.without(PaymentId(f"pay-{gone}"))
    there = Money.total(each.amount for each in plan.paid if each.payment == PaymentId(f"pay-{gone}"))
    assert voided.left == voided.now.balance == plan.left + there


@given(balance=some, agreed=terms, on=days, paid=paying, looked=st.integers(0, 900))
def test_what_is_due_never_becomes_less_by_waiting(
    balance: Money, agreed: PlanTerms, on: date, paid: list[tuple[int, Money]], looked: int
) -> None:
    """What is overdue is due, what is due is left, and a day later it is no less."""
    plan, day = running(balance, agreed, on, paid), on + timedelta(days=looked)
    later = day + timedelta(days=1)
    assert (
        Money.zero
        <= plan.overdue(day)
        <= plan.due(day)
        == plan.overdue(later)
        <= plan.due(later)
        <= plan.left
    )
