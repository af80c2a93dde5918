"""What to ask a patient for at the desk, by the practice's policy, and how it is said."""

from collections.abc import Iterator
from datetime import date

from medoffice.billing.account import Account, Owing, Protection
from medoffice.billing.benefits import steps
from medoffice.billing.payment_plan import PaymentPlan, PlanTerms, plan_payments
from medoffice.core import Money
from medoffice.workflows.collection.amounts import Amounts, For, Occasion, amounts_asked
from medoffice.workflows.collection.ask import Ask, Asked, Choice, Idle, Unsettled, Way
from medoffice.workflows.collection.limits import limits, with_no_visit
from medoffice.workflows.collection.policy import CollectionPolicy
from medoffice.workflows.collection.words import ENGLISH, AskWords


def what_to_ask(
    owing: Owing,
    account: Account,
    policy: CollectionPolicy,
    occasion: Occasion,
    *,
    held: Money = Money.zero,
    unsettled: tuple[Unsettled, ...] = (),
    idle: tuple[Idle, ...] = (),
    words: AskWords = ENGLISH,
) -> Ask:
    """What to ask for on an occasion, by the practice's policy.

    It is said in ``words``. ``held`` is the deposit that is held for the visit already. In an emergency
    nothing is asked for before the patient has been seen. ``idle`` is what lies with visits that will not be.
    While a payment for this visit has no known end, nothing is asked for that it may have paid.
    """
    findings = (*limits(owing, account, occasion, unsettled), *map(with_no_visit, idle))
    is_blocked = any(each.is_this_visit for each in unsettled)
    asked: tuple[Asked, ...] = ()
    if not occasion.is_emergency and not is_blocked:
        amounts = amounts_asked(owing, policy, occasion, held=held)
        parts = _asked(amounts, owing, account, policy, occasion, words)
        asked = tuple(each for each in parts if each.amount > Money.zero)
    return Ask(
        asked=asked,
        words=tuple(_words(asked, account, words, is_blocked=is_blocked, is_emergency=occasion.is_emergency)),
        choices=tuple(_choices(asked, account, policy, occasion, words)),
        lower=owing.estimate.lower,
        upper=owing.estimate.upper,
        unknowns=owing.estimate.unknowns,
        unsettled=unsettled,
        findings=findings,
    )


def _asked(
    amounts: Amounts,
    owing: Owing,
    account: Account,
    policy: CollectionPolicy,
    occasion: Occasion,
    words: AskWords,
) -> Iterator[Asked]:
    yield Asked(of=For.DEPOSIT, amount=amounts.deposit, why=words.deposit)
    is_open = owing.estimate.lower != owing.estimate.upper
    why = (*_because(owing, words), words.left_open[policy.open_estimates] if is_open else "")
    yield Asked(of=For.VISIT, amount=amounts.visit, why=" ".join(filter(None, why)))
    late = min(account.overdue(occasion.on), amounts.instalments)
    why_now = words.late.format(amount=late) if late else words.instalment
    yield Asked(of=For.INSTALMENT, amount=amounts.instalments, why=why_now)
    yield Asked(of=For.BALANCE, amount=amounts.balance, why=words.balance)


def _because(owing: Owing, words: AskWords) -> Iterator[str]:
    """The steps of the visit's share as sentences; what is said of the account has its own."""
    apart = {steps.BALANCE, steps.INSTALMENT}
    found = (each for each in owing.estimate.trace.steps if each.amount and each.code not in apart)
    parts = [(each.amount, words.steps.get(each.code, each.label)) for each in found if each.amount]
    more = [f"{_in_a_sentence(label)} {amount}" for amount, label in parts if amount > Money.zero]
    less = [f"{_in_a_sentence(label)} {-amount}" for amount, label in parts if amount < Money.zero]
    if more:
        yield words.made_up.format(parts=", ".join(more))
    if less:
        yield words.taken_off.format(parts=", ".join(less))


def _in_a_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]


def _words(
    asked: tuple[Asked, ...], account: Account, words: AskWords, *, is_blocked: bool, is_emergency: bool
) -> Iterator[str]:
    if is_emergency:
        yield words.come_in
        return
    if is_blocked:
        yield words.one_moment
        return
    if not asked:
        yield words.nothing
        return
    for each in asked:
        yield f"{words.opening[each.of].format(amount=each.amount)} {each.why}".strip()
    if len(asked) > 1:
        yield words.together.format(amount=Money.total(each.amount for each in asked))
    yield words.how
    if Protection.MEDICAID in account.protections:
        yield words.seen_anyway


def _choices(
    asked: tuple[Asked, ...],
    account: Account,
    policy: CollectionPolicy,
    occasion: Occasion,
    words: AskWords,
) -> Iterator[Choice]:
    total = Money.total(each.amount for each in asked)
    if not total:
        return
    yield Choice(way=Way.ALL, pay_now=total, words=words.pay_all.format(amount=total))
    today = Money.total(each.amount for each in asked if each.of in {For.VISIT, For.DEPOSIT})
    if Money.zero < today < total:
        yield Choice(way=Way.TODAY_ONLY, pay_now=today, words=words.pay_today.format(amount=today))
    balance = Money.total(each.amount for each in asked if each.of is For.BALANCE)
    plan = _plan(balance, policy, occasion.on) if not account.plan_left else None
    if plan is not None:
        now, first = total - balance, plan.instalments[0]
        text = words.pay_and_plan if now else words.pay_plan
        said = text.format(
            now=now,
            balance=balance,
            count=len(plan.instalments),
            first=first.amount,
            day=words.write_day(first.due),
        )
        yield Choice(way=Way.PART, pay_now=now, words=said, plan=plan)
    yield Choice(way=Way.LATER, pay_now=Money.zero, words=words.pay_later)


def _plan(balance: Money, policy: CollectionPolicy, on: date) -> PaymentPlan | None:
    """A plan for the balance; none where it would be a single instalment."""
    terms = PlanTerms(count=policy.most_instalments, day_of_month=on.day, minimum=policy.smallest_instalment)
    plan = plan_payments(balance, terms, on=on).plan
    return plan if len(plan.instalments) > 1 else None
