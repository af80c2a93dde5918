"""Whatever happens on an account, each cent is in one place, none is below zero, and any beginning of the log holds."""

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from medoffice.billing.account import (
    EMPTY,
    Account,
    BalanceStated,
    DepositRefunded,
    DepositUsed,
    Fact,
    Means,
    MoneyTaken,
    PaymentVoided,
    PlanAgreed,
    PlanEnded,
    Room,
    VisitReleased,
    replay,
)
from medoffice.billing.payment_plan import PlanTerms, plan_payments
from medoffice.core import AppointmentId, InvalidValue, Money, PaymentId

VISITS: Final = tuple(map(AppointmentId, ("apt-1", "apt-2", "apt-3")))
START: Final = date(2026, 1, 10)
amounts = st.integers(1, 20_000).map(Money)
visits = st.sampled_from(VISITS)


class AccountMachine(RuleBasedStateMachine):
    """Facts as they may come, beside counts that know nothing of the fold."""

    def __init__(self) -> None:
        super().__init__()
        self.account: Account = EMPTY
        self.log: list[Fact] = []
        self.day = START
        self.came_in = self.went_back = self.struck = self.earlier = 0
        self.standing: dict[PaymentId, MoneyTaken] = {}
        self.backs: dict[PaymentId, int] = {}

    def note(self, fact: Fact) -> None:
        """Add a fact that can follow."""
        self.account = self.account.after(fact)
        self.log.append(fact)

    @rule(days=st.integers(0, 40))
    def time_passes(self, days: int) -> None:
        """The next facts are of a later day."""
        self.day += timedelta(days=days)

    @initialize(amount=amounts)
    def begin(self, amount: Money) -> None:
        """Something is owed from earlier visits."""
        self.state(amount, 0)

    @rule(amount=amounts, before=st.integers(0, 60))
    def state(self, amount: Money, before: int) -> None:
        """Billing states a balance, as of today or earlier; one that cannot be is refused and changes nothing."""
        fact = BalanceStated(on=self.day, amount=amount, as_of=self.day - timedelta(days=before))
        moves = [move for move in self.account.moves if move.on >= fact.as_of]
        owed = amount + Money.total(move.amount for move in moves)
        if owed < self.account.plan_left:
            with pytest.raises(InvalidValue, match="below zero"):
                self.account.after(fact)
            return
        self.note(fact)
        self.earlier = owed.cents

    @rule(visit=st.none() | visits, amount=amounts, due=amounts, means=st.sampled_from(Means))
    def pay(self, visit: AppointmentId | None, amount: Money, due: Money, means: Means) -> None:
        """A payment goes where there is room; the rest is kept."""
        room = Room(
            visit=Money.zero if visit is None else due,
            instalments=self.account.due(self.day),
            balance=self.account.balance,
            later=self.account.plan_left - self.account.due(self.day),
        )
        number = len(self.account.payments) + 1
        fact = MoneyTaken(
            on=self.day,
            payment=PaymentId(f"pay-{number}"),
            appointment=visit,
            means=means,
            split=room.split(amount),
            receipt=number,
        )
        self.note(fact)
        self.standing[fact.payment] = fact
        self.came_in += amount.cents
        self.earlier -= (fact.split.to_balance + fact.split.to_instalments).cents

    @precondition(lambda self: self.account.deposits)
    @rule(visit=visits, share=st.integers(1, 100), older=st.booleans())
    def use(self, visit: AppointmentId, share: int, older: bool) -> None:  # noqa: FBT001 - drawn
        """A deposit pays for a visit, or for what is owed from earlier ones."""
        usable = Money(self.account.usable_for(visit).cents * share // 100)
        if not usable:
            return
        to_plan = min(usable, self.account.plan_left) if older else Money.zero
        to_balance = min(usable - to_plan, self.account.balance) if older else Money.zero
        self.note(
            DepositUsed(
                on=self.day,
                appointment=visit,
                to_visit=usable - to_plan - to_balance,
                to_balance=to_balance,
                to_instalments=to_plan,
            )
        )
        self.earlier -= (to_plan + to_balance).cents

    @precondition(lambda self: self.account.deposits)
    @rule(share=st.integers(1, 100))
    def refund(self, share: int) -> None:
        """A part of the deposits goes back, whatever visit they are held for."""
        amount = Money(max(1, self.account.deposits.cents * share // 100))
        number = len(self.account.payments) + len(self.account.refunds) + 1
        id = PaymentId(f"back-{number}")
        self.note(DepositRefunded(on=self.day, payment=id, receipt=number, amount=amount, means=Means.CASH))
        self.went_back += amount.cents
        self.backs[id] = amount.cents

    @precondition(lambda self: self.backs)
    @rule(data=st.data())
    def void_refund(self, data: st.DataObject) -> None:
        """A refund was a mistake: its money is held again, and it is voided once."""
        id = data.draw(st.sampled_from(sorted(self.backs)))
        fact, before = PaymentVoided(on=self.day, payment=id, reason="mistake"), self.account.deposits
        self.note(fact)
        amount = self.backs.pop(id)
        self.went_back -= amount
        assert self.account.deposits == before + Money(amount)
        with pytest.raises(InvalidValue, match="stands"):
            self.account.after(fact)

    @rule(visit=visits, share=st.integers(0, 100))
    def release(self, visit: AppointmentId, share: int) -> None:
        """What was paid for a visit becomes a deposit again."""
        amount = Money(self.account.visit(visit).covered.cents * share // 100)
        before = self.account.deposits
        self.note(VisitReleased(on=self.day, appointment=visit, amount=amount))
        assert self.account.deposits == before + amount
        assert not self.account.visit(visit).held

    @precondition(lambda self: self.account.balance and not self.account.plan_left)
    @rule(count=st.integers(1, 6), share=st.integers(1, 100))
    def agree(self, count: int, share: int) -> None:
        """A part of the balance goes on a plan; what is owed stays the same."""
        amount = Money(max(1, self.account.balance.cents * share // 100))
        plan = plan_payments(amount, PlanTerms(count=count, day_of_month=15), on=self.day).plan
        self.note(PlanAgreed(on=self.day, plan=plan))

    @precondition(lambda self: self.account.plan_left)
    @rule()
    def end(self) -> None:
        """The plan ends; what was left of it is balance again."""
        balance = self.account.balance + self.account.plan_left
        self.note(PlanEnded(on=self.day))
        assert self.account.balance == balance

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        """A payment was a mistake; when its money is not there any more that cannot be, and nothing changes."""
        payment = data.draw(st.sampled_from(sorted(self.standing)))
        fact = PaymentVoided(on=self.day, payment=payment, reason="mistake")
        split = self.standing[payment].split
        try:
            self.note(fact)
        except InvalidValue:
            assert split.kept or split.to_visit
            return
        del self.standing[payment]
        self.struck += split.amount.cents
        self.earlier += (split.to_balance + split.to_instalments).cents
        with pytest.raises(InvalidValue, match="stands"):
            self.account.after(fact)

    @invariant()
    def each_cent_is_in_one_place(self) -> None:
        """What came in is what went to visits, balance and instalments, is held, went back, or was struck."""
        held = self.account
        assert held.taken.cents == self.came_in
        assert (held.refunded.cents, held.voided.cents) == (self.went_back, self.struck)
        placed = held.to_visits + held.to_balance + held.to_instalments + held.deposits
        assert placed.cents == self.came_in - self.went_back - self.struck
        assert held.deposits == held.free + Money.total(held.visit(visit).held for visit in VISITS)

    @invariant()
    def what_is_owed_is_what_was_counted(self) -> None:
        """The balance and the plan together are what was stated, less what was paid since, and more what was voided."""
        assert self.account.owed.cents == self.earlier
        assert self.account.balance + self.account.plan_left == self.account.owed
        if self.account.plan is not None:
            assert self.account.plan.now.balance == self.account.plan_left

    def teardown(self) -> None:
        """Any beginning of the log is an account that holds, and the whole of it is this one."""
        for length in range(len(self.log) + 1):
            replay(self.log[:length])
        assert replay(self.log) == self.account


TestAccountMachine = AccountMachine.TestCase
