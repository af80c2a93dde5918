"""From a coverage on file to what the order of payers asks about it."""

from datetime import date
from typing import Final

from medoffice.billing.coordination.facts import Custody, PlanFacts, PlanKind, Standing
from medoffice.billing.coverage import Coverage, CoverageKind, Relation
from medoffice.core import InvalidValue, Patient

_KINDS: Final = {
    CoverageKind.MEDICARE: PlanKind.MEDICARE,
    CoverageKind.MEDICARE_ADVANTAGE: PlanKind.MEDICARE,
    CoverageKind.MEDICARE_SUPPLEMENT: PlanKind.SUPPLEMENT,
    CoverageKind.MEDICAID: PlanKind.MEDICAID,
    CoverageKind.TRICARE: PlanKind.TRICARE,
    CoverageKind.VETERANS: PlanKind.VETERANS,
    CoverageKind.WORKERS_COMPENSATION: PlanKind.ACCIDENT,
    CoverageKind.LIABILITY: PlanKind.ACCIDENT,
}


def plan_facts_of(
    coverage: Coverage,
    patient: Patient,
    *,
    standing: Standing | None = None,
    coordinates: bool = True,
    since: date | None = None,
    employees: int | None = None,
    multi_employer_from: int | None = None,
    custody: Custody | None = None,
    decree: bool | None = None,
) -> PlanFacts:
    """The facts of one plan, by the coverage's id: what is on file, and beside it what somebody has asked.

    The holder's birth date is the patient's own or the subscriber's, where it is on file. A kind of plan that says
    nothing of who stands behind it (HMO, PPO, none) is taken for a group plan, as :class:`PlanFacts` has it.
    ``since`` is not taken from the coverage: its days begin with a plan year, and the rule of the longer coverage asks
    since when the person has had the plan.

    Raises:
        InvalidValue: when the coverage is another patient's.
    """
    if coverage.patient != patient.id:
        raise InvalidValue("plan", "the coverage is another patient's")
    holder = coverage.subscriber
    is_own = coverage.relation is Relation.SELF
    return PlanFacts(
        key=coverage.id.value,
        kind=PlanKind.GROUP if coverage.kind is None else _KINDS.get(coverage.kind, PlanKind.GROUP),
        relation=coverage.relation,
        standing=standing,
        coordinates=coordinates,
        since=since,
        employees=employees,
        multi_employer_from=multi_employer_from,
        holder_birth=patient.birth_date if is_own else holder.birth_date if holder is not None else None,
        custody=custody,
        decree=decree,
    )
