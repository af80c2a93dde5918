"""What to ask a patient for at the desk: each amount with its why, words to say, choices, and what is not known."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Final

import attrs

from medoffice.billing.account import Account, Means, Owing, Protection
from medoffice.billing.benefits import STEPS, steps
from medoffice.billing.payment_plan import PaymentPlan, PlanTerms, plan_payments
from medoffice.core import (
    AppointmentId,
    Cite,
    Finding,
    InvalidValue,
    Money,
    PaymentId,
    PhiClass,
    Severity,
    phi,
)
from medoffice.workflows.collection.amounts import Amounts, For, Occasion, amounts_asked
from medoffice.workflows.collection.policy import CollectionPolicy, OpenEstimate

QMB_NOT_BILLED: Final = "COL101"
NO_CONDITION: Final = "COL102"
SEEN_FIRST: Final = "COL103"
END_NOT_KNOWN: Final = "COL104"
PAID_TOO_MUCH: Final = "COL105"
WITH_NO_VISIT: Final = "COL106"


class Way(Enum):
    """How the patient may take care of it."""

    ALL = "all"
    TODAY_ONLY = "today-only"
    PART = "part"
    LATER = "later"


@attrs.frozen(kw_only=True)
class Asked:
    """One amount to ask for, and why, in words for the patient."""

    of: For
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))
    why: str = attrs.field(**phi(PhiClass.HEALTH))


@attrs.frozen(kw_only=True)
class Choice:
    """One way to take care of it: what is paid now, and the plan that is offered for the rest, if one is."""

    way: Way
    pay_now: Money = attrs.field(**phi(PhiClass.HEALTH))
    words: str = attrs.field(**phi(PhiClass.HEALTH))
    plan: PaymentPlan | None = attrs.field(default=None, **phi(PhiClass.HEALTH))


@attrs.frozen(kw_only=True)
class Unsettled:
    """A payment that was asked for and whose end nobody knows: it may have been taken."""

    payment: PaymentId
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))
    means: Means
    is_this_visit: bool


@attrs.frozen(kw_only=True)
class Idle:
    """Money that lies with a visit that was called off or missed: paid for it, or held for it."""

    appointment: AppointmentId
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))


@attrs.frozen(kw_only=True)
class Ask:
    """What to ask for, in order; ``total`` is their sum, and never above what can be owed.

    ``words`` may be read aloud as they stand. ``lower`` and ``upper`` are what all that is due may turn out to be,
    ``unknowns`` codes of :data:`medoffice.billing.UNKNOWNS`. ``findings`` say what limits the asking.

    Raises:
        InvalidValue: when an amount is not above zero.
    """

    asked: tuple[Asked, ...]
    words: tuple[str, ...] = attrs.field(**phi(PhiClass.HEALTH))
    choices: tuple[Choice, ...]
    lower: Money = attrs.field(**phi(PhiClass.HEALTH))
    upper: Money = attrs.field(**phi(PhiClass.HEALTH))
    unknowns: tuple[str, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __attrs_post_init__(self) -> None:
        if any(each.amount <= Money.zero for each in self.asked):
            raise InvalidValue("ask", "each amount is above zero")

    @property
    def total(self) -> Money:
        """All that is asked for."""
        return Money.total(each.amount for each in self.asked)

    def of(self, what: For) -> Money:
        """What is asked for one thing; nothing, where nothing is."""
        return Money.total(each.amount for each in self.asked if each.of is what)


def what_to_ask(
    owing: Owing,
    account: Account,
    policy: CollectionPolicy,
    occasion: Occasion,
    *,
    held: Money = Money.zero,
    unsettled: tuple[Unsettled, ...] = (),
    idle: tuple[Idle, ...] = (),
) -> Ask:
    """What to ask for on an occasion, by the practice's policy.

    ``held`` is the deposit that is held for the visit already. In an emergency nothing is asked for before the patient
    has been seen. ``idle`` is what lies with visits that will not be. While a payment for this visit has no known end, nothing is asked for that it may have paid.
    """
    findings = (*_findings(owing, account, occasion, unsettled), *map(_with_no_visit, idle))
    is_blocked = any(each.is_this_visit for each in unsettled)
    asked: tuple[Asked, ...] = ()
    if not occasion.is_emergency and not is_blocked:
        amounts = amounts_asked(owing, policy, occasion, held=held)
        parts = _asked(amounts, owing, account, policy, occasion)
        asked = tuple(each for each in parts if each.amount > Money.zero)
    return Ask(
        asked=asked,
        words=tuple(_words(asked, account, is_blocked=is_blocked, is_emergency=occasion.is_emergency)),
        choices=tuple(_choices(asked, account, policy, occasion)),
        lower=owing.estimate.lower,
        upper=owing.estimate.upper,
        unknowns=owing.estimate.unknowns,
        unsettled=unsettled,
        findings=findings,
    )


def _asked(
    amounts: Amounts, owing: Owing, account: Account, policy: CollectionPolicy, occasion: Occasion
) -> Iterator[Asked]:
    why = "For this kind of visit we ask for a deposit. It pays for the visit, and what is left comes back to you."
    yield Asked(of=For.DEPOSIT, amount=amounts.deposit, why=why)
    why = " ".join(filter(None, (_because(owing), _while_open(owing, policy))))
    yield Asked(of=For.VISIT, amount=amounts.visit, why=why)
    late = min(account.overdue(occasion.on), amounts.instalments)
    why = "The instalment of your payment plan is due."
    if late:
        why = f"Of your payment plan {late} was due before today."
    yield Asked(of=For.INSTALMENT, amount=amounts.instalments, why=why)
    yield Asked(of=For.BALANCE, amount=amounts.balance, why="This is still open from earlier visits.")


def _while_open(owing: Owing, policy: CollectionPolicy) -> str:
    """What is said of an estimate that may turn out to be more or less; nothing of another."""
    if owing.estimate.lower == owing.estimate.upper:
        return ""
    return f"Your plan has not told us everything, so {_OPEN[policy.open_estimates]}."


_OPEN: Final = {
    OpenEstimate.DUE_TODAY: "it may turn out to be more or less",
    OpenEstimate.LOWER: "we ask for the least that it can be",
    OpenEstimate.COPAY: "we ask for the co-pay alone",
}


def _because(owing: Owing) -> str:
    """The steps of the visit's share as one sentence; what is said of the account has its own."""
    apart = {steps.BALANCE, steps.INSTALMENT}
    found = (each for each in owing.estimate.trace.steps if each.amount and each.code not in apart)
    parts = [(each.amount, STEPS.get(each.code, each.label)) for each in found if each.amount]
    more = [f"{_in_a_sentence(label)} {amount}" for amount, label in parts if amount > Money.zero]
    less = [f"{_in_a_sentence(label)} {-amount}" for amount, label in parts if amount < Money.zero]
    said = f"It is made up of: {', '.join(more)}." if more else ""
    return f"{said} Taken off it: {', '.join(less)}." if less else said


def _in_a_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]


def _findings(
    owing: Owing, account: Account, occasion: Occasion, unsettled: tuple[Unsettled, ...]
) -> Iterator[Finding]:
    if unsettled:
        yield Finding(
            code=END_NOT_KNOWN,
            severity=Severity.ERROR,
            message=_how_many(len(unsettled)),
            fix="Look at the terminal how each ended and note that, before asking for the same money again.",
        )
    if occasion.is_emergency:
        yield Finding(
            code=SEEN_FIRST,
            severity=Severity.WARNING,
            message="the patient is seen first, and asked for money after that",
        )
    if owing.overpaid:
        yield Finding(
            code=PAID_TOO_MUCH,
            severity=Severity.WARNING,
            message=f"{owing.overpaid} more was paid for this visit than it costs by now",
            fix="Release it from the visit: then it is a deposit, which pays for another visit or goes back.",
        )
    if Protection.QMB in account.protections:
        yield Finding(
            code=QMB_NOT_BILLED,
            severity=Severity.WARNING,
            message="A Qualified Medicare Beneficiary is not billed for what Medicare leaves of its services",
            fix="Do not take a co-pay, co-insurance or deductible of Medicare, also when the patient offers it.",
            cites=(Cite("CMS MLN Matters SE1128, revised May 12, 2017"),),
        )
    if Protection.MEDICAID in account.protections:
        yield Finding(
            code=NO_CONDITION,
            severity=Severity.WARNING,
            message="a Medicaid co-pay is asked for, and the patient is seen also without it",
            fix="Ask once; when the patient says that they cannot pay, choose to bill it later.",
        )


def _with_no_visit(idle: Idle) -> Finding:
    return Finding(
        code=WITH_NO_VISIT,
        severity=Severity.WARNING,
        message=f"{idle.amount} lies with a visit that was called off or missed",
        fix="Release it from that visit: then it is a deposit, which pays for another visit or goes back.",
    )


def _how_many(count: int) -> str:
    many = "a payment" if count == 1 else f"{count} payments"
    return f"{many} of this patient may have been taken already"


def _words(
    asked: tuple[Asked, ...], account: Account, *, is_blocked: bool, is_emergency: bool
) -> Iterator[str]:
    if is_emergency:
        yield "Please come right in. We will talk about everything else later."
        return
    if is_blocked:
        yield "One moment, please: I have to see first whether your last payment went through."
        return
    if not asked:
        yield "There is nothing to pay today."
        return
    for each in asked:
        yield f"{_OPENING[each.of].format(amount=each.amount)} {each.why}".strip()
    if len(asked) > 1:
        yield f"Together that is {Money.total(each.amount for each in asked)}."
    yield "How would you like to take care of that?"
    if Protection.MEDICAID in account.protections:
        yield "You will be seen today whether or not you can pay it."


_OPENING: Final = {
    For.VISIT: "Your part of today's visit is {amount}.",
    For.INSTALMENT: "Your payment plan has {amount} to pay now.",
    For.BALANCE: "From earlier visits there is a balance of {amount}.",
    For.DEPOSIT: "For your visit we ask you to pay {amount} ahead.",
}


def _choices(
    asked: tuple[Asked, ...], account: Account, policy: CollectionPolicy, occasion: Occasion
) -> Iterator[Choice]:
    total = Money.total(each.amount for each in asked)
    if not total:
        return
    yield Choice(way=Way.ALL, pay_now=total, words=f"Pay {total} now.")
    today = Money.total(each.amount for each in asked if each.of in {For.VISIT, For.DEPOSIT})
    if Money.zero < today < total:
        yield Choice(
            way=Way.TODAY_ONLY, pay_now=today, words=f"Pay {today} for the visit now, the rest later."
        )
    balance = Money.total(each.amount for each in asked if each.of is For.BALANCE)
    plan = _plan(balance, policy, occasion.on) if not account.plan_left else None
    if plan is not None:
        now, many = total - balance, len(plan.instalments)
        first = plan.instalments[0]
        words = (
            f"{balance} in {many} monthly instalments, the first of {first.amount} on {first.due:%m/%d/%Y}."
        )
        words = f"Pay {now} now, and {words}" if now else f"Pay {words}"
        yield Choice(way=Way.PART, pay_now=now, words=words, plan=plan)
    yield Choice(way=Way.LATER, pay_now=Money.zero, words="Pay nothing now; we send a bill.")


def _plan(balance: Money, policy: CollectionPolicy, on: date) -> PaymentPlan | None:
    """A plan for the balance; none where it would be a single instalment."""
    terms = PlanTerms(count=policy.most_instalments, day_of_month=on.day, minimum=policy.smallest_instalment)
    plan = plan_payments(balance, terms, on=on).plan
    return plan if len(plan.instalments) > 1 else None
