"""In which order several plans of one patient pay.

Rules are asked one after another; each splits the plans that the rules before it left together. A fact that a rule
needs and nobody gave leaves those plans together and is named: an order is never guessed. The rules and their sources
are those of ``payer_kinds``, ``medicare_order`` (federal law, so it comes before what plans write) and ``model_order``.
"""

from collections.abc import Sequence
from typing import Final

from medoffice.billing.coordination import medicare_order, model_order, payer_kinds
from medoffice.billing.coordination.facts import PatientFacts, PlanFacts, PlanKind
from medoffice.billing.coordination.placing import Rule
from medoffice.core import Explained, InvalidValue, Step, Trace

Groups = tuple[tuple[str, ...], ...]

_RULES: Final[tuple[Rule, ...]] = (*payer_kinds.RULES, medicare_order.RULE, *model_order.RULES)


def payer_order(plans: Sequence[PlanFacts], patient: PatientFacts) -> Explained[Groups]:
    """The plans' keys, first payer first; plans whose order is not settled stand in one group, sorted by key.

    The trace has a step for each plan that a rule parted from others, with the rule's reason and source.

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
    said = Step("first", "The first payer", why="the first in the order of the rules above")
    return order.map(lambda groups: groups[0], said)


def _split(
    plans: Sequence[PlanFacts], patient: PatientFacts, start: int
) -> tuple[Groups, tuple[Step, ...], tuple[str, ...]]:
    if len(plans) == 1:
        return ((plans[0].key,),), (), ()
    for place, rule in enumerate(_RULES[start:], start):
        if rule is medicare_order.RULE and all(plan.kind is not PlanKind.MEDICARE for plan in plans):
            continue
        placed = [(plan, rule.place(plan, patient, plans)) for plan in plans]
        known = [(plan, said) for plan, said in placed if said is not None]
        if len(known) < len(plans):
            return (tuple(plan.key for plan in plans),), (), (rule.unknown,)
        ranks = sorted({said.rank for _, said in known})
        if len(ranks) == 1:
            continue
        groups: Groups = ()
        steps: tuple[Step, ...] = ()
        unknowns: tuple[str, ...] = ()
        for rank in ranks:
            alike = [plan for plan, said in known if said.rank == rank]
            own = tuple(
                Step(rule.code, rule.label, why=f"{plan.key}: {said.why}", cites=(said.cite,))
                for plan, said in known
                if said.rank == rank
            )
            below = _split(alike, patient, place + 1)
            groups, steps, unknowns = groups + below[0], steps + own + below[1], unknowns + below[2]
        return groups, steps, unknowns
    return (tuple(plan.key for plan in plans),), (), ("no-rule-settles-the-order",)
