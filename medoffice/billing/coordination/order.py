"""In which order several plans of one patient pay.

Rules are asked one after another; each splits the plans that the rules before it left together. A fact that a rule
needs and nobody gave leaves those plans together and is named: an order is never guessed.

Sources, seen as search excerpts: the NAIC model's order as retold by Nevada (NRS 695B.225) and by Aetna; 42 CFR
411.170 (a) (20 employees), 411.204 (disability, current employment) and 411.163 (a) (dual entitlement); Palmetto GBA,
"Working Aged" (one employer of a multi-employer plan has 20). Not opened here: NAIC Model 120 itself, 42 CFR 411.162
(30 months), 411.163 (b)(4) (Medicare stays first), 411.172, 411.206 and the 100 employees of a large group plan.
"""

from collections.abc import Callable, Sequence
from typing import Final

import attrs

from medoffice.billing.coordination.facts import (
    Entitlement,
    Family,
    PatientFacts,
    PlanFacts,
    PlanKind,
    Standing,
)
from medoffice.billing.coverage import Relation
from medoffice.core import Cite, Explained, InvalidValue, Step, Trace

Rank = tuple[int, ...]
Groups = tuple[tuple[str, ...], ...]

AGED_FROM: Final = 20
DISABLED_FROM: Final = 100
ESRD_MONTHS: Final = 30
_MODEL: Final = Cite("NAIC Coordination of Benefits Model Regulation (120)", "section 6")
_MSP: Final = Cite("42 CFR part 411", "411.162, 411.163, 411.170, 411.172, 411.204, 411.206")


@attrs.frozen(kw_only=True)
class _Rule:
    code: str
    label: str
    unknown: str
    cite: Cite
    rank: Callable[[PlanFacts, PatientFacts], Rank | None]


def _resort(plan: PlanFacts, patient: PatientFacts) -> Rank | None:
    if plan.kind is PlanKind.ACCIDENT:
        return None if patient.is_injury_claim is None else (0 if patient.is_injury_claim else 3,)
    return (2 if plan.kind is PlanKind.MEDICAID else 1,)


def _veterans(plan: PlanFacts, _: PatientFacts) -> Rank | None:
    return None if plan.kind is PlanKind.VETERANS else (0,)


def _medicare(plan: PlanFacts, patient: PatientFacts) -> Rank | None:
    if plan.kind is not PlanKind.GROUP:
        return (1,)
    if not patient.entitlements:
        return None
    if Entitlement.ESRD not in patient.entitlements:
        return _by_work(plan, patient)
    if patient.esrd_month is None:
        return None
    if patient.esrd_month > ESRD_MONTHS:
        return (2,)
    if len(patient.entitlements) == 1:
        return (0,)
    first = patient.medicare_was_first_before_esrd
    return None if first is None else (2 if first else 0,)


def _by_work(plan: PlanFacts, patient: PatientFacts) -> Rank | None:
    if plan.standing is None:
        return None
    if plan.standing is not Standing.ACTIVE:
        return (2,)
    size = plan.employees if plan.multi_employer_from is None else plan.multi_employer_from
    if size is None:
        return None
    least = AGED_FROM if Entitlement.AGE in patient.entitlements else DISABLED_FROM
    return (0 if size >= least else 2,)


def _child(plan: PlanFacts, patient: PatientFacts) -> Rank | None:
    if plan.relation is not Relation.CHILD:
        return (0,)
    if patient.family is Family.TOGETHER:
        born = plan.holder_birth
        return None if born is None else (born.month, born.day)
    if patient.family is None or plan.decree is None:
        return None
    if plan.decree:
        return (0,)
    return None if plan.custody is None else (1, plan.custody.value)


def _same_birthday(plan: PlanFacts, patient: PatientFacts) -> Rank | None:
    is_birthday = plan.relation is Relation.CHILD and patient.family is Family.TOGETHER
    return _length(plan, patient) if is_birthday else (0,)


def _standing(plan: PlanFacts, _: PatientFacts) -> Rank | None:
    return None if plan.standing is None else (plan.standing.value,)


def _length(plan: PlanFacts, _: PatientFacts) -> Rank | None:
    return None if plan.since is None else (plan.since.toordinal(),)


def _rule(code: str, label: str, unknown: str, cite: Cite, rank: Callable[..., Rank | None]) -> _Rule:
    return _Rule(code=code, label=label, unknown=unknown, cite=cite, rank=rank)


_RULES: Final = (
    _rule("resort", "Accident cover pays first, Medicaid last", "injury-not-known", _MSP, _resort),
    _rule("veterans", "Veterans' care", "veterans-order-not-known", _MSP, _veterans),
    _rule("medicare", "Medicare Secondary Payer", "medicare-facts-not-known", _MSP, _medicare),
    _rule(
        "no-cob", "A plan without these rules is first", "", _MODEL, lambda plan, _: (int(plan.coordinates),)
    ),
    _rule(
        "dependent",
        "One's own plan is before a dependent's",
        "",
        _MODEL,
        lambda plan, _: (int(plan.relation is not Relation.SELF),),
    ),
    _rule("child", "Birthday, decree or custody", "family-facts-not-known", _MODEL, _child),
    _rule("same-birthday", "Same birthday: longer cover", "length-not-known", _MODEL, _same_birthday),
    _rule("standing", "Work, then retired, then continuation", "standing-not-known", _MODEL, _standing),
    _rule("length", "The longer cover is first", "length-not-known", _MODEL, _length),
)


def payer_order(plans: Sequence[PlanFacts], patient: PatientFacts) -> Explained[Groups]:
    """The plans' keys, first payer first; plans whose order is not settled stand in one group, sorted by key.

    Raises:
        InvalidValue: when there is no plan, or two have one key.
    """
    if not plans or len({plan.key for plan in plans}) != len(plans):
        raise InvalidValue("plans to put in order", "there is one at least, and each has a key of its own")
    groups, steps, unknowns = _split(sorted(plans, key=lambda plan: plan.key), patient, 0)
    return Explained(groups, trace=Trace(steps), unknowns=tuple(dict.fromkeys(unknowns)))


def primary_payer(plans: Sequence[PlanFacts], patient: PatientFacts) -> Explained[tuple[str, ...]]:
    """The key of the plan that pays first; several keys when the facts do not settle which.

    Raises:
        InvalidValue: as ``payer_order``.
    """
    order = payer_order(plans, patient)
    return order.map(lambda groups: groups[0], Step("first", "The first payer"))


def _split(
    plans: Sequence[PlanFacts], patient: PatientFacts, start: int
) -> tuple[Groups, tuple[Step, ...], tuple[str, ...]]:
    if len(plans) == 1:
        return ((plans[0].key,),), (), ()
    for place, rule in enumerate(_RULES[start:], start):
        if rule.code == "medicare" and all(plan.kind is not PlanKind.MEDICARE for plan in plans):
            continue
        ranks = {plan.key: rule.rank(plan, patient) for plan in plans}
        known = [rank for rank in ranks.values() if rank is not None]
        if len(known) < len(plans):
            return (tuple(plan.key for plan in plans),), (), (rule.unknown,)
        if len(set(known)) == 1:
            continue
        groups: Groups = ()
        steps: tuple[Step, ...] = (Step(rule.code, rule.label, cites=(rule.cite,)),)
        unknowns: tuple[str, ...] = ()
        for rank in sorted(set(known)):
            alike = [plan for plan in plans if ranks[plan.key] == rank]
            below = _split(alike, patient, place + 1)
            groups, steps, unknowns = groups + below[0], steps + below[1], unknowns + below[2]
        return groups, steps, unknowns
    return (tuple(plan.key for plan in plans),), (), ("no-rule-settles-the-order",)
