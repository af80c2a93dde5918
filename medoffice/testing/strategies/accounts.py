"""Strategies for what a patient's account keeps: facts by day, splits of payments, and receipts."""

from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.billing.account import (
    BalanceStated,
    DepositRefunded,
    Fact,
    Means,
    MoneyTaken,
    Protection,
    Split,
)
from medoffice.billing.payment_plan import PaymentPlan, PlanTerms, plan_payments
from medoffice.core import AppointmentId, Money, PatientId, PaymentId
from medoffice.testing.strategies.identifiers import ids
from medoffice.testing.strategies.people import texts
from medoffice.testing.strategies.values import days, money
from medoffice.workflows.collection import Receipt


def splits() -> SearchStrategy[Split]:
    """Payments in their parts, some of which are nothing."""
    part = money(Money.zero, Money(10**9))
    parts = st.lists(part, min_size=4, max_size=4).filter(any)
    return parts.map(
        lambda four: Split(to_visit=four[0], to_balance=four[1], to_instalments=four[2], kept=four[3])
    )


def payment_plans() -> SearchStrategy[PaymentPlan]:
    """Plans as they are agreed on, with at least one instalment."""
    terms = st.builds(
        PlanTerms,
        count=st.integers(1, 24),
        day_of_month=st.integers(1, 31),
        minimum=money(Money.zero, Money(10_000)),
    )
    made = st.builds(plan_payments, money(Money(1), Money(10**8)), terms, on=days())
    return made.map(lambda after: after.plan)


def account_facts(kind: type[Fact]) -> SearchStrategy[Fact]:
    """Facts of one kind, each field with whatever it can hold."""
    if kind is MoneyTaken:
        return _taken()
    if kind is DepositRefunded:
        return _refunded()
    is_stated = kind is BalanceStated
    fields: dict[str, SearchStrategy[Any]] = {
        "on": days(),
        "as_of": days(),
        "amount": money(Money.zero if is_stated else Money(1), Money(10**9)),
        "appointment": ids(AppointmentId),
        "payment": ids(PaymentId),
        "to_visit": money(Money.zero, Money(10**6)),
        "to_balance": money(Money(1), Money(10**6)),
        "to_instalments": money(Money.zero, Money(10**6)),
        "means": st.sampled_from(Means),
        "reference": texts(20),
        "plan": payment_plans(),
        "reason": st.just("bad check") | texts(30).filter(lambda text: bool(text.strip())),
        "protection": st.sampled_from(Protection),
        "holds": st.booleans(),
    }
    return st.builds(kind, **{field.name: fields[field.name] for field in attrs.fields(kind)})


def receipts() -> SearchStrategy[Receipt]:
    """Receipts of payments for a visit and for none, and of refunds; some of them void."""
    amount = money(Money.zero, Money(10**9))
    of_refunds = st.builds(
        Receipt,
        number=st.integers(1, 10**6),
        office=texts(40),
        day=days(),
        patient=ids(PatientId),
        payment=ids(PaymentId),
        is_refund=st.just(value=True),
        means=st.sampled_from(Means),
        reference=texts(20),
        split=money(Money(1), Money(10**9)).map(lambda kept: Split(kept=kept)),
        left_balance=amount,
        left_on_plan=amount,
        deposits=amount,
        voided_on=st.none() | days(),
    )
    return of_refunds | st.builds(
        Receipt,
        number=st.integers(1, 10**6),
        office=texts(40),
        day=days(),
        patient=ids(PatientId),
        payment=ids(PaymentId),
        appointment=st.none() | ids(AppointmentId),
        visit_day=st.none() | days(),
        means=st.sampled_from(Means),
        reference=texts(20),
        split=splits(),
        left_for_visit=st.none() | amount,
        left_balance=amount,
        left_on_plan=amount,
        deposits=amount,
        voided_on=st.none() | days(),
    )


def _refunded() -> SearchStrategy[Fact]:
    """Refunds with their paper, and some from before there were any."""
    common = {
        "on": days(),
        "amount": money(Money(1), Money(10**9)),
        "means": st.sampled_from(Means),
        "reference": texts(20),
    }
    with_paper = st.builds(DepositRefunded, payment=ids(PaymentId), receipt=st.integers(1, 10**6), **common)
    return with_paper | st.builds(DepositRefunded, **common)


def _taken() -> SearchStrategy[Fact]:
    def made(split: Split, appointment: AppointmentId | None, **rest: Any) -> Fact:
        is_for_visit = bool(split.to_visit)
        visit = AppointmentId("apt-1") if is_for_visit and appointment is None else appointment
        return MoneyTaken(split=split, appointment=visit, **rest)

    return st.builds(
        made,
        splits(),
        st.none() | ids(AppointmentId),
        on=days(),
        payment=ids(PaymentId),
        means=st.sampled_from(Means),
        receipt=st.integers(1, 10**6),
    )
