"""Payers whose place their kind decides: accident cover first; supplements, TRICARE and Medicaid last; veterans' care alone.

Read: 42 U.S.C. 1395y (b)(2)(A) (workers' compensation, automobile, liability and no-fault insurance before Medicare),
42 CFR 433.139 (b)(1) (Medicaid pays to the extent that its schedule exceeds what third parties paid), 10 U.S.C. 1086
(d)(3) (TRICARE for Life pays what Medicare and all other payers left). Not opened here: 32 CFR 199.8 (TRICARE after
every plan but Medicaid), 42 U.S.C. 1395ss (Medicare supplements), 38 CFR part 17 (veterans' care: who is authorised by
it is its patient for that visit, and no other plan shares).
"""

from collections.abc import Sequence
from typing import Final

from medoffice.billing.coordination.facts import PatientFacts, PlanFacts, PlanKind
from medoffice.billing.coordination.placing import Placed, Rule
from medoffice.core import Cite

_ACCIDENT: Final = Cite("42 U.S.C. 1395y", "(b)(2)(A)(ii)")
_MEDICAID: Final = Cite("42 CFR 433.139", "(b)(1)")
_TRICARE: Final = Cite("10 U.S.C. 1086", "(d)(3)")
_SUPPLEMENT: Final = Cite("42 U.S.C. 1395ss")
_VETERANS: Final = Cite("38 CFR part 17")

_HEALTH: Final = Placed(
    (1,),
    "a health plan, before those that pay only what health plans leave",
    Cite("42 CFR 433.139", "(b)(1)"),
)
_BY_KIND: Final = {
    PlanKind.SUPPLEMENT: Placed(
        (2,), "a Medicare supplement pays after Medicare, by its own terms", _SUPPLEMENT
    ),
    PlanKind.TRICARE: Placed((3,), "TRICARE pays after every other plan but Medicaid", _TRICARE),
    PlanKind.MEDICAID: Placed(
        (4,), "Medicaid pays last, what its schedule has above all other payments", _MEDICAID
    ),
}
_INJURY: Final = Placed(
    (0,), "it covers the injury that this visit is for, before any health plan", _ACCIDENT
)
_NO_INJURY: Final = Placed(
    (5,), "the visit is not for the injury that it covers, so it pays nothing", _ACCIDENT
)
_AUTHORIZED: Final = Placed(
    (-1,), "Veterans Affairs authorised the visit: it is billed, and nobody else", _VETERANS
)
_NOT_AUTHORIZED: Final = Placed(
    (6,), "Veterans Affairs did not authorise the visit and pays nothing", _VETERANS
)


def _by_kind(plan: PlanFacts, patient: PatientFacts, _: Sequence[PlanFacts]) -> Placed | None:
    if plan.kind is PlanKind.ACCIDENT:
        if patient.is_injury_claim is None:
            return None
        return _INJURY if patient.is_injury_claim else _NO_INJURY
    if plan.kind is PlanKind.VETERANS and plan.authorized is not None:
        return _AUTHORIZED if plan.authorized else _NOT_AUTHORIZED
    return _BY_KIND.get(plan.kind, _HEALTH)


def _veterans(plan: PlanFacts, _: PatientFacts, __: Sequence[PlanFacts]) -> Placed | None:
    return None if plan.kind is PlanKind.VETERANS else _HEALTH


RULES: Final = (
    Rule(
        code="resort",
        label="The kind of payer: accident cover first, Medicaid last",
        unknown="injury-not-known",
        place=_by_kind,
    ),
    Rule(code="veterans", label="Veterans' care", unknown="veterans-order-not-known", place=_veterans),
)
