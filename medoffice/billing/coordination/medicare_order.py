"""Medicare Secondary Payer: which plans pay before Medicare and which after it.

Read: 42 U.S.C. 1395y (b)(1), whole: (A) age, current employment of the patient or the spouse, 20 employees, the
exception for small employers of a multi-employer plan that elects it; (B) disability, a large group health plan, any
family member's current employment; (C) end-stage renal disease, 30 months, in place of (A) and (B), whatever the
plan is held by. Seen in part: 42 CFR 411.170 (a), 411.200, 411.201, 411.204 (a), 411.161 (a)(3) (COBRA in the 30 months);
SSA POMS HI 00620.178 (a large group health plan has one employer of 100) and HI 00801.247 (Medicare stays first for
a retiree who then has ESRD). Not opened here: 42 CFR 411.162, 411.163 (b)(4), 411.172, 411.175 and 411.206
themselves, 26 U.S.C. 5000 (b)(2).
"""

from collections.abc import Sequence
from typing import Final

from medoffice.billing.coordination.facts import Entitlement, PatientFacts, PlanFacts, PlanKind, Standing
from medoffice.billing.coordination.placing import Placed, Rule
from medoffice.billing.coverage import Relation
from medoffice.core import Cite

AGED_FROM: Final = 20
DISABLED_FROM: Final = 100
COORDINATION_MONTHS: Final = 30
_AGED: Final = Cite("42 U.S.C. 1395y", "(b)(1)(A); 42 CFR 411.170, 411.172")
_DISABLED: Final = Cite("42 U.S.C. 1395y", "(b)(1)(B); 42 CFR 411.204, 411.206")
_ESRD: Final = Cite("42 U.S.C. 1395y", "(b)(1)(C); 42 CFR 411.162")
_DUAL: Final = Cite("42 CFR 411.163", "(b)(4)")
_MEDICARE: Final = Cite("42 U.S.C. 1395y", "(b)(2)(A)")


def _medicare(plan: PlanFacts, patient: PatientFacts, _: Sequence[PlanFacts]) -> Placed | None:
    if plan.kind is PlanKind.MEDICARE:
        return Placed(
            (1,), "Medicare pays after the plans that the law puts before it, else first", _MEDICARE
        )
    if plan.kind is not PlanKind.GROUP:
        return _after("it is not a group plan, and only those can be before Medicare", _MEDICARE)
    if not patient.entitlements:
        return None
    if Entitlement.ESRD in patient.entitlements:
        return _by_months(patient)
    return _by_work(plan, is_by_age=Entitlement.AGE in patient.entitlements)


def _by_months(patient: PatientFacts) -> Placed | None:
    if patient.esrd_month is None:
        return None
    if patient.esrd_month > COORDINATION_MONTHS:
        return _after(f"Medicare's coordination period of {COORDINATION_MONTHS} months is over", _ESRD)
    running = (
        f"Medicare's coordination period of {COORDINATION_MONTHS} months runs, whatever the plan is held by"
    )
    if len(patient.entitlements) == 1:
        return _before(running, _ESRD)
    if patient.medicare_was_first_before_esrd is None:
        return None
    if patient.medicare_was_first_before_esrd:
        return _after("Medicare was first already when its coordination period would have begun", _DUAL)
    return _before(running, _ESRD)


def _by_work(plan: PlanFacts, *, is_by_age: bool) -> Placed | None:
    cite = _AGED if is_by_age else _DISABLED
    if plan.standing is None:
        return None
    if plan.standing is not Standing.ACTIVE:
        return _after("it is not held by anybody's current work", cite)
    if is_by_age and plan.relation not in {Relation.SELF, Relation.SPOUSE}:
        return _after("it is held by the work of one who is neither the patient nor the spouse", cite)
    least = AGED_FROM if is_by_age else DISABLED_FROM
    is_excepted = is_by_age and plan.excepts_small_employers
    size = plan.employees if plan.multi_employer_from is None or is_excepted else plan.multi_employer_from
    if size is None:
        return None
    if size < least:
        return _after(f"it is held by current work, but with an employer of fewer than {least}", cite)
    return _before(f"it is held by current work with an employer of {least} or more", cite)


def _before(why: str, cite: Cite) -> Placed:
    return Placed((0,), f"before Medicare: {why}", cite)


def _after(why: str, cite: Cite) -> Placed:
    return Placed((2,), f"after Medicare: {why}", cite)


RULE: Final = Rule(
    code="medicare", label="Medicare Secondary Payer", unknown="medicare-facts-not-known", place=_medicare
)
