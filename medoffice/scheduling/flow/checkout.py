"""What must happen at check-out: the office's rules as data, and the tasks that they give for one visit."""

from collections.abc import Iterator
from typing import Final

import attrs

from medoffice.core import Explained, InvalidValue, Money, PhiClass, Step, Trace, phi
from medoffice.scheduling.flow.tasks import CheckOutTask, TaskKind
from medoffice.scheduling.names import as_slugs, is_slug, slug, slugs

_MOST: Final = 260


def _weeks(_: object, attribute: "attrs.Attribute[int]", value: object) -> None:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise InvalidValue("check-out", f"{attribute.name} is a whole number of weeks from 0 to {_MOST}")


@attrs.frozen(kw_only=True)
class VisitEnd:
    """What is known of a visit when its patient comes to check-out.

    ``follow_up_weeks`` is when the clinician wants the patient back, ``None`` when that was not said; 0 is *not at
    all*. ``referrals`` and ``orders`` name each one; ``forms`` those that are missing or unsigned. ``balance`` is what
    the patient owes, ``None`` when the ledger has not been asked.
    """

    visit_type: str = attrs.field(validator=slug("check-out", "the kind of visit"))
    follow_up_weeks: int | None = attrs.field(default=None, validator=attrs.validators.optional(_weeks))
    referrals: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    orders: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    forms: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    balance: Money | None = None
    needs_interpreter: bool = False


@attrs.frozen(kw_only=True)
class CheckOutRule:
    """One thing that the office does at check-out.

    ``visits`` are the kinds of visit for which the rule holds, all when empty. ``weeks`` is when the patient is to come
    back when the clinician has not said (follow-up only; 0: then nothing). ``at_least`` is the balance from which on
    the patient is asked (balance only). A hand-out is given whenever the rule holds, and names itself by ``detail``.

    Raises:
        InvalidValue: when weeks, a balance or a detail stand in a rule of another kind.
    """

    kind: TaskKind
    is_must: bool = False
    may_be_declined: bool = True
    visits: frozenset[str] = attrs.field(
        default=frozenset(), converter=as_slugs, validator=slugs("check-out rule", "its kinds of visit")
    )
    weeks: int = attrs.field(default=0, validator=_weeks)
    at_least: Money = Money(1)
    detail: str = ""

    def __attrs_post_init__(self) -> None:
        if self.weeks and self.kind is not TaskKind.FOLLOW_UP:
            raise InvalidValue("check-out rule", "only a follow-up is wanted in weeks")
        if self.at_least.cents < 1 or (self.at_least != Money(1) and self.kind is not TaskKind.BALANCE):
            raise InvalidValue("check-out rule", "only a balance has a least amount, and it is above nothing")
        if is_slug(self.detail) is not (self.kind is TaskKind.HANDOUT):
            raise InvalidValue("check-out rule", "a hand-out, and nothing else, names itself by a slug")

    def holds_for(self, visit_type: str) -> bool:
        """Whether the rule is about that kind of visit."""
        return not self.visits or visit_type in self.visits


def check_out_tasks(end: VisitEnd, rules: tuple[CheckOutRule, ...]) -> Explained[tuple[CheckOutTask, ...]]:
    """The tasks of one visit, in the order of the rules, each once; what could not be decided is said.

    Two rules about the same thing give one task, which is a must when either says so.
    """
    found: dict[str, CheckOutTask] = {}
    steps: list[Step] = []
    unknowns: list[str] = []
    for rule in rules:
        if not rule.holds_for(end.visit_type):
            continue
        if rule.kind is TaskKind.BALANCE and end.balance is None:
            unknowns.append("whether the patient owes anything")
        if rule.kind is TaskKind.FOLLOW_UP and end.follow_up_weeks is None and not rule.weeks:
            unknowns.append("when the clinician wants the patient back")
        for task in _tasks(end, rule):
            known = found.get(task.code)
            found[task.code] = task if known is None else _stricter(known, task)
            if known is None:
                steps.append(Step(task.code, f"{task.kind} {'must' if task.is_must else 'should'} be done"))
    return Explained(
        tuple(found.values()), trace=Trace(tuple(steps)), unknowns=tuple(dict.fromkeys(unknowns))
    )


def _stricter(one: CheckOutTask, other: CheckOutTask) -> CheckOutTask:
    return attrs.evolve(
        one,
        is_must=one.is_must or other.is_must,
        may_be_declined=one.may_be_declined and other.may_be_declined,
    )


def _tasks(end: VisitEnd, rule: CheckOutRule) -> Iterator[CheckOutTask]:
    def task(code: str, *, weeks: int = 0, amount: Money = Money.zero, detail: str = "") -> CheckOutTask:
        return CheckOutTask(
            code=code,
            kind=rule.kind,
            is_must=rule.is_must,
            may_be_declined=rule.may_be_declined,
            weeks=weeks,
            amount=amount,
            detail=detail,
        )

    match rule.kind:
        case TaskKind.FOLLOW_UP:
            weeks = rule.weeks if end.follow_up_weeks is None else end.follow_up_weeks
            if weeks:
                yield task("follow-up", weeks=weeks)
        case TaskKind.REFERRAL:
            yield from (task(f"referral-{n}", detail=what) for n, what in enumerate(end.referrals, start=1))
        case TaskKind.ORDER:
            yield from (task(f"order-{n}", detail=what) for n, what in enumerate(end.orders, start=1))
        case TaskKind.FORM:
            yield from (task(f"form-{n}", detail=what) for n, what in enumerate(end.forms, start=1))
        case TaskKind.BALANCE:
            if end.balance is not None and end.balance >= rule.at_least:
                yield task("balance", amount=end.balance)
        case TaskKind.INTERPRETER:
            if end.needs_interpreter:
                yield task("interpreter")
        case TaskKind.HANDOUT:
            yield task(f"handout-{rule.detail}", detail=rule.detail)
