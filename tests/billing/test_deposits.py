"""A deposit is used for the day, then for what is older, and the rest goes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.deposits import settle
from medoffice.core import InvalidValue, Money

cents = st.integers(0, 100_000).map(Money)


@given(today=cents, deposit=cents, balance=cents, is_for_balance=st.booleans())
def test_no_cent_of_a_deposit_is_lost(
    *, today: Money, deposit: Money, balance: Money, is_for_balance: bool
) -> None:
    """What is used and what goes back is the deposit; what is owed is the rest, never below zero."""
    settled = settle(today=today, deposit=deposit, balance=balance, is_for_balance=is_for_balance)
    used = settled.to_today + settled.to_balance
    assert used + settled.refund == deposit
    assert settled.owed.value == today + balance - used
    assert min(settled.to_today, settled.to_balance, settled.refund, settled.owed.value) >= Money.zero
    assert settled.to_today <= today
    assert settled.to_balance <= (balance if is_for_balance else Money.zero)


@given(cents, cents, cents)
def test_nothing_goes_back_while_something_is_owed(today: Money, deposit: Money, balance: Money) -> None:
    """A refund and a debt never stand side by side, and the day comes before what is older."""
    settled = settle(today=today, deposit=deposit, balance=balance)
    assert not (settled.refund and settled.owed.value)
    assert settled.to_today == today or not settled.to_balance


def test_a_deposit_by_example() -> None:
    """$100.00 paid ahead for a day of $60.00 and $25.00 from before: $15.00 goes back, or $40.00 if for the day alone."""
    today, deposit, balance = Money(6000), Money(10_000), Money(2500)
    assert str(settle(today=today, deposit=deposit, balance=balance).refund) == "$15.00"
    alone = settle(today=today, deposit=deposit, balance=balance, is_for_balance=False)
    assert (str(alone.refund), str(alone.owed.value)) == ("$40.00", "$25.00")


def test_an_amount_below_zero_is_refused() -> None:
    """A credit is a deposit, not a negative balance."""
    with pytest.raises(InvalidValue):
        settle(today=Money(1), deposit=Money(1), balance=Money(-1))
