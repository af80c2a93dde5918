"""The order among health plans by the NAIC's Coordination of Benefits Model Regulation (120), section 6.

Read as states have adopted it: Indiana 760 IAC 1-38.1-14 (parents apart: decree, decree that names both, joint
custody, custodial parent, spouses, holders who are no parents), Utah R590-131-6 A and B, Wyoming ch. 10 sec. 3 (a) and
(b) (own plan before a dependent's and how Medicare reverses it, birthday, longest), Delaware 18 DE Admin. Code 1307-5
(a plan without these rules; birthday is month and day), Nevada NRS 695B.225 (work before retirement; length); for a
child of age, Thompson's newsbrief of February 11, 2011 (custody orders have ended, so the longer cover counts). Not
opened here: the model itself, so the places in it are as remembered, and with them three of its rules: continuation
after all others, a child's cover by its own spouse beside its parents' (the longer, then the birthday), and that
equal shares end it all where no rule decides, which is left to the plans.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from medoffice.billing.coordination.facts import Custody, Family, PatientFacts, PlanFacts, PlanKind, Standing
from medoffice.billing.coordination.placing import Placed, Rule
from medoffice.billing.coverage import Relation
from medoffice.core import Cite

_BIRTHDAY = "the parent's birthday decides, month and day, whatever the year"
_LONGER = "the plan that has covered its holder longer is before the other"
_CUSTODY: Final = {
    Custody.CUSTODIAL: "the plan of the parent who has custody is first, as no decree says otherwise",
    Custody.CUSTODIAL_SPOUSE: "the plan of the spouse of the parent who has custody is next",
    Custody.NON_CUSTODIAL: "the plan of the parent without custody comes after those of the household",
    Custody.NON_CUSTODIAL_SPOUSE: "the plan of the spouse of the parent without custody is last",
}
_STANDING: Final = {
    Standing.ACTIVE: ("a plan held by current work is before one of a retired or laid-off person", "B(3)"),
    Standing.RETIRED: ("a plan held by retirement or lay-off is after one of current work", "B(3)"),
    Standing.CONTINUATION: ("a plan that COBRA or a state continues is after one held otherwise", "B(4)"),
}


def _cite(place: str) -> Cite:
    return Cite("NAIC Coordination of Benefits Model Regulation (120)", f"section 6 {place}".strip())


def _same(why: str = "this rule does not part these plans") -> Placed:
    return Placed((0,), why, _cite(""))


def _without_rules(plan: PlanFacts, _: PatientFacts, __: Sequence[PlanFacts]) -> Placed:
    if plan.coordinates:
        return Placed((1,), "it coordinates, so it waits for a plan that does not", _cite("A"))
    return Placed((0,), "its terms have no rules of coordination, so it is always first", _cite("A"))


def _dependent(plan: PlanFacts, _: PatientFacts, __: Sequence[PlanFacts]) -> Placed:
    if plan.relation is Relation.SELF:
        return Placed((0,), "the patient's own plan is before one that covers a dependent", _cite("B(1)"))
    return Placed((1,), "it covers the patient as a dependent, after the patient's own plan", _cite("B(1)"))


def _has_own_spouse(among: Sequence[PlanFacts]) -> bool:
    """Whether a child is covered by its own spouse as well as by a parent."""
    return {Relation.CHILD, Relation.SPOUSE} <= {plan.relation for plan in among}


def _own_spouse(plan: PlanFacts, _: PatientFacts, among: Sequence[PlanFacts]) -> Placed | None:
    if not _has_own_spouse(among):
        return _same()
    return _longer(
        plan.since, "between the plans of parents and of the patient's spouse, the longer cover is first"
    )


def _is_a_childs(plan: PlanFacts, among: Sequence[PlanFacts]) -> bool:
    """Whether it covers a child as a parent's plan does; beside a parent's, one of another relative counts alike."""
    relations = {each.relation for each in among}
    return Relation.CHILD in relations and plan.relation in {Relation.CHILD, Relation.OTHER}


def _decree(plan: PlanFacts, patient: PatientFacts, among: Sequence[PlanFacts]) -> Placed | None:
    is_asked = _is_a_childs(plan, among) and not _has_own_spouse(among)
    if not is_asked or patient.family is Family.TOGETHER:
        return _same()
    if patient.family is None or plan.decree is None:
        return None
    if plan.decree:
        return Placed(
            (0,), "a court decree makes its holder responsible for the child's health care", _cite("B(2)(b)")
        )
    return Placed(
        (1,), "no court decree makes its holder responsible, and one does another", _cite("B(2)(b)")
    )


def _goes_by_birthday(plan: PlanFacts, patient: PatientFacts, among: Sequence[PlanFacts]) -> bool:
    """Parents together, joint custody without one who is responsible, or a decree that names both."""
    if _has_own_spouse(among):
        return True
    is_shared = patient.family in {Family.TOGETHER, Family.JOINT} or plan.decree is True
    return _is_a_childs(plan, among) and is_shared


def _parents(plan: PlanFacts, patient: PatientFacts, among: Sequence[PlanFacts]) -> Placed | None:
    if _goes_by_birthday(plan, patient, among):
        born = plan.holder_birth
        return None if born is None else Placed((born.month, born.day), _BIRTHDAY, _cite("B(2)(a)"))
    if not _is_a_childs(plan, among):
        return _same()
    if patient.family is None:
        return None
    if patient.is_of_age:
        return _same("the patient is of age, and custody no longer counts")
    if plan.custody is None:
        return None
    return Placed((plan.custody.value,), _CUSTODY[plan.custody], _cite("B(2)(b)"))


def _same_birthday(plan: PlanFacts, patient: PatientFacts, among: Sequence[PlanFacts]) -> Placed | None:
    if not _goes_by_birthday(plan, patient, among):
        return _same()
    return _longer(plan.since, f"the parents have the same birthday, and {_LONGER}", "B(2)(a)")


def _standing(plan: PlanFacts, _: PatientFacts, among: Sequence[PlanFacts]) -> Placed | None:
    if any(each.kind is not PlanKind.GROUP for each in among):
        return _same("one of these plans is held by no work, so this rule does not compare them")
    if plan.standing is None:
        return None
    why, place = _STANDING[plan.standing]
    return Placed((plan.standing.value,), why, _cite(place))


def _length(plan: PlanFacts, _: PatientFacts, __: Sequence[PlanFacts]) -> Placed | None:
    return _longer(plan.since, _LONGER)


def _longer(since: date | None, why: str, place: str = "B(5)") -> Placed | None:
    return None if since is None else Placed((since.toordinal(),), why, _cite(place))


RULES: Final = (
    Rule(code="no-cob", label="A plan without these rules is first", place=_without_rules),
    Rule(code="dependent", label="One's own plan is before a dependent's", place=_dependent),
    Rule(
        code="own-spouse", label="Parents' and spouse's plan", unknown="length-not-known", place=_own_spouse
    ),
    Rule(code="decree", label="A court decree", unknown="family-facts-not-known", place=_decree),
    Rule(code="child", label="Birthday or custody", unknown="family-facts-not-known", place=_parents),
    Rule(
        code="same-birthday",
        label="Same birthday: longer cover",
        unknown="length-not-known",
        place=_same_birthday,
    ),
    Rule(
        code="standing",
        label="Work, then retired, then continuation",
        unknown="standing-not-known",
        place=_standing,
    ),
    Rule(code="length", label="The longer cover is first", unknown="length-not-known", place=_length),
)
