"""What is asked for at the desk: never too much, always the sum of its parts, and each choice a real one."""

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import Estimate
from medoffice.billing.account import (
    Account,
    BalanceStated,
    Means,
    MoneyTaken,
    Owing,
    PlanAgreed,
    Protection,
    ProtectionNoted,
    Split,
    owing,
    replay,
)
from medoffice.billing.benefits import steps
from medoffice.billing.benefits.steps import a_step
from medoffice.billing.payment_plan import PlanTerms, plan_payments
from medoffice.core import AppointmentId, InvalidValue, Money, PaymentId, Refused, Trace
from medoffice.workflows.collection import (
    CollectionPolicy,
    For,
    Occasion,
    OpenEstimate,
    Unsettled,
    VisitDeposit,
    Way,
    amounts_asked,
    deciding,
    what_to_ask,
)

VISIT: Final = AppointmentId("apt-1")
ON: Final = date(2026, 11, 24)
cents = st.integers(0, 30_000).map(Money)
policies = st.builds(
    CollectionPolicy,
    asks_balance=st.booleans(),
    deposits_pay_balance=st.booleans(),
    open_estimates=st.sampled_from(OpenEstimate),
    smallest_instalment=st.integers(1, 5_000).map(Money),
    most_instalments=st.integers(1, 12),
    deposits=st.just((VisitDeposit("follow-up", Money(60_00)),)) | st.just(()),
)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    """A visit's share of co-pay and co-insurance less what another plan pays, with bounds around it."""
    copay, more, less, extra = draw(cents), draw(cents), draw(cents), draw(cents)
    other = min(draw(cents), copay + more)
    parts = ((steps.COPAY, copay), (steps.COINSURANCE, more), (steps.OTHER_PLAN, -other))
    due = copay + more - other
    return Estimate(
        due_today=due,
        lower=max(Money.zero, due - less),
        upper=due + extra,
        lines=(),
        trace=Trace(tuple(a_step(code, amount) for code, amount in parts if amount)),
    )


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """A balance, a part of it on a plan, money paid for the visit and held as a deposit, protections."""
    balance, on_plan, paid, held = draw(cents), draw(cents), draw(cents), draw(cents)
    account = replay([BalanceStated(on=ON, amount=balance, as_of=ON)])
    if Money.zero < on_plan <= balance:
        terms = PlanTerms(count=draw(st.integers(1, 4)), day_of_month=10)
        started = date(2026, draw(st.integers(6, 11)), 1)
        account = account.after(PlanAgreed(on=started, plan=plan_payments(on_plan, terms, on=started).plan))
    for number, split in enumerate((paid and Split(to_visit=paid), held and Split(kept=held)), 1):
        if split:
            payment = PaymentId(f"pay-{number}")
            account = account.after(
                MoneyTaken(
                    on=ON,
                    payment=payment,
                    appointment=VISIT,
                    means=Means.CASH,
                    split=split,
                    receipt=number,
                )
            )
    for protection in draw(st.sets(st.sampled_from(Protection))):
        account = account.after(ProtectionNoted(on=ON, protection=protection, holds=True))
    return account


def owed(share: Estimate, account: Account, policy: CollectionPolicy) -> Owing:
    """What is due for the visit and the account together."""
    return owing(share, account, appointment=VISIT, on=ON, terms=policy.terms)


def today(*, emergency: bool = False) -> Occasion:
    """On the day of an insured patient's visit."""
    return Occasion(on=ON, visit_day=ON, visit_type="follow-up", is_insured=True, is_emergency=emergency)


@given(share=estimates(), account=accounts(), policy=policies)
def test_never_is_more_asked_than_can_be_owed(
    share: Estimate, account: Account, policy: CollectionPolicy
) -> None:
    """Not of the visit, not of the balance; what is asked could be taken as it stands."""
    found = owed(share, account, policy)
    ask = what_to_ask(found, account, policy, today())
    assert ask.total <= found.estimate.due_today <= found.estimate.upper
    assert ask.of(For.VISIT) <= found.room.visit
    assert ask.of(For.INSTALMENT) == found.room.instalments
    assert ask.of(For.BALANCE) == (found.room.balance if policy.asks_balance else Money.zero)
    if ask.total:
        assert not found.room.split(ask.total).kept
    if share.lower == share.upper:
        assert ask.total == found.estimate.due_today


@given(share=estimates(), account=accounts(), policy=policies)
def test_words_and_choices_agree_with_the_amounts(
    share: Estimate, account: Account, policy: CollectionPolicy
) -> None:
    """Each amount is said; all, a part or nothing is paid now, and a plan that is offered is for the balance."""
    ask = what_to_ask(owed(share, account, policy), account, policy, today())
    spoken = " ".join(ask.words)
    assert all(str(each.amount) in spoken for each in ask.asked)
    assert bool(ask.choices) is bool(ask.total)
    if not ask.total:
        assert ask.words == ("There is nothing to pay today.",)
        return
    ways = {each.way: each for each in ask.choices}
    assert ways[Way.ALL].pay_now == ask.total
    assert ways[Way.LATER].pay_now == Money.zero
    assert ask.choices[0].way is Way.ALL
    assert ask.choices[-1].way is Way.LATER
    part = ways.get(Way.PART)
    if part is not None:
        assert part.plan is not None
        assert part.pay_now + part.plan.balance == ask.total
        assert part.plan.balance == ask.of(For.BALANCE)
        assert 2 <= len(part.plan.instalments) <= policy.most_instalments
        assert all(each.amount >= policy.smallest_instalment for each in part.plan.instalments)
        assert not account.plan_left


@given(share=estimates(), account=accounts(), policy=policies, emergency=st.booleans())
def test_nothing_is_asked_in_an_emergency_or_while_a_payment_has_no_end(
    share: Estimate, account: Account, policy: CollectionPolicy, *, emergency: bool
) -> None:
    """There is no amount, no choice, and a reason."""
    waiting = Unsettled(payment=PaymentId("pay-9"), amount=Money(1), means=Means.CARD, is_this_visit=True)
    ask = what_to_ask(
        owed(share, account, policy),
        account,
        policy,
        today(emergency=emergency),
        unsettled=() if emergency else (waiting,),
    )
    assert (ask.asked, ask.choices, ask.total) == ((), (), Money.zero)
    assert ask.findings
    assert len(ask.words) == 1
    assert "$" not in ask.words[0]


@given(share=estimates(), account=accounts(), policy=policies)
def test_an_open_estimate_asks_no_more_by_another_way(
    share: Estimate, account: Account, policy: CollectionPolicy
) -> None:
    """The least, and the co-pay alone, are never above what is due."""
    found = owed(share, account, policy)

    def asked(way: OpenEstimate) -> Money:
        chosen = CollectionPolicy(asks_balance=policy.asks_balance, open_estimates=way)
        return what_to_ask(found, account, chosen, today()).of(For.VISIT)

    assert asked(OpenEstimate.LOWER) <= asked(OpenEstimate.DUE_TODAY) == found.room.visit
    if Protection.QMB not in account.protections:
        least = max(Money.zero, share.lower - account.visit(VISIT).covered)
        assert asked(OpenEstimate.LOWER) <= least
    assert asked(OpenEstimate.COPAY) <= asked(OpenEstimate.DUE_TODAY)


@given(
    share=estimates(),
    account=accounts(),
    policy=policies,
    ahead=st.booleans(),
    insured=st.booleans(),
    some=cents,
)
def test_money_goes_to_what_it_was_asked_for(
    share: Estimate,
    account: Account,
    policy: CollectionPolicy,
    ahead: bool,  # noqa: FBT001
    insured: bool,  # noqa: FBT001
    some: Money,
) -> None:
    """Part by part; whoever has paid all that is asked for is asked for nothing more, and no cent more can be owed."""
    day = date(2026, 12, 24) if ahead else ON
    occasion = Occasion(on=ON, visit_day=day, visit_type="follow-up", is_insured=insured)
    found = owed(share, account, policy)
    if found.used and not ahead:
        account = account.after(found.used)
        found = owed(share, account, policy)
    made = amounts_asked(found, policy, occasion, held=account.visit(VISIT).held)
    ask = what_to_ask(found, account, policy, occasion, held=account.visit(VISIT).held)
    assert made.total == ask.total
    most = made.deposit + made.room.most
    assert most <= max(made.deposit, found.room.visit + found.room.visit_more) + account.owed
    assert isinstance(deciding.split_for(made.room, most + Money(1), ahead=made.deposit), Refused)
    if some:
        part = deciding.split_for(made.room, some, ahead=made.deposit, for_deposit=True)
        assert isinstance(part, Split)
        assert part.amount == some
    if not ask.total:
        return
    split = deciding.split_for(made.room, ask.total, ahead=made.deposit)
    assert split == Split(
        to_visit=ask.of(For.VISIT),
        to_balance=ask.of(For.BALANCE),
        to_instalments=ask.of(For.INSTALMENT),
        kept=ask.of(For.DEPOSIT),
    )
    payment = MoneyTaken(
        on=ON, payment=PaymentId("pay-9"), appointment=VISIT, means=Means.CASH, split=split, receipt=9
    )
    paid = account.after(payment)
    again = amounts_asked(owed(share, paid, policy), policy, occasion, held=paid.visit(VISIT).held)
    assert again.total == Money.zero


def test_a_deposit_is_asked_for_ahead_also_where_nothing_is_planned_yet() -> None:
    """The kind of visit says how much; a price that is known is its limit; who is insured pays none."""
    policy = CollectionPolicy(deposits=(VisitDeposit("physical", Money(60_00)),))
    none = Estimate(due_today=Money.zero, lower=Money.zero, upper=Money.zero, lines=(), trace=Trace())
    ahead = Occasion(on=ON, visit_day=date(2026, 12, 1), visit_type="physical", is_insured=False)
    found = owed(none, Account(), policy)
    assert what_to_ask(found, Account(), policy, ahead).of(For.DEPOSIT) == Money(60_00)
    assert what_to_ask(found, Account(), policy, ahead, held=Money(70_00)).asked == ()
    insured = Occasion(on=ON, visit_day=date(2026, 12, 1), visit_type="physical", is_insured=True)
    assert what_to_ask(found, Account(), policy, insured).asked == ()


@pytest.mark.parametrize(
    "given_wrongly",
    [
        {"smallest_instalment": Money.zero},
        {"most_instalments": 0},
        {"most_instalments": 61},
        {"most_instalments": True},
        {"deposits": (VisitDeposit("a", Money(1)), VisitDeposit("a", Money(2)))},
    ],
)
def test_a_policy_that_cannot_be_is_refused(given_wrongly: dict[str, object]) -> None:
    """Nothing is silently put right."""
    with pytest.raises(InvalidValue):
        CollectionPolicy(**given_wrongly)  # type: ignore[arg-type]
