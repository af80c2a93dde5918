"""What the desk learned of a patient and of a plan, as far as the order of payers depends on it, and the order itself.

Of each the last one holds.
"""

from datetime import date

import attrs

from medoffice.billing.coordination.facts import (
    Custody,
    Entitlement,
    Family,
    PatientFacts,
    PlanFacts,
    Standing,
)
from medoffice.billing.coordination.plan_facts import plan_facts_of
from medoffice.billing.coverage import Coverage
from medoffice.core import CoverageId, InvalidValue, PhiClass, phi
from medoffice.core.people import Patient


@attrs.frozen(kw_only=True)
class PatientNoted:
    """What is known of a patient from ``on`` on; ``esrd_since`` is the first day of eligibility by kidney disease.

    Raises:
        InvalidValue: when there is a day of eligibility by kidney disease, and that is no ground of Medicare.
    """

    on: date
    family: Family | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    is_of_age: bool = attrs.field(default=False, **phi(PhiClass.HEALTH))
    entitlements: frozenset[Entitlement] = attrs.field(default=frozenset(), **phi(PhiClass.HEALTH))
    esrd_since: date | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    medicare_was_first_before_esrd: bool | None = attrs.field(default=None, **phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        if self.esrd_since is not None and Entitlement.ESRD not in self.entitlements:
            raise InvalidValue("Medicare's ground", "a day of eligibility by ESRD goes with ESRD as a ground")

    def facts(self, on: date, *, is_injury_claim: bool | None = None) -> PatientFacts:
        """The patient on a day; ``is_injury_claim`` is of the visit and of nothing that is kept."""
        return PatientFacts(
            family=self.family,
            is_of_age=self.is_of_age,
            entitlements=self.entitlements,
            esrd_month=None if self.esrd_since is None else _month_of(self.esrd_since, on),
            medicare_was_first_before_esrd=self.medicare_was_first_before_esrd,
            is_injury_claim=is_injury_claim,
        )


@attrs.frozen(kw_only=True)
class PlanNoted:
    """What is known of a plan beside its card, from ``on`` on; the fields are those of :class:`PlanFacts`.

    Raises:
        InvalidValue: when an employer has fewer than no employees.
    """

    on: date
    coverage: CoverageId
    standing: Standing | None = None
    coordinates: bool = True
    since: date | None = None
    employees: int | None = None
    multi_employer_from: int | None = None
    excepts_small_employers: bool = False
    custody: Custody | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    decree: bool | None = attrs.field(default=None, **phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        for count in (self.employees, self.multi_employer_from):
            if count is not None and (type(count) is not int or count < 0):
                raise InvalidValue("employer", "its employees are a whole number from zero")

    def facts(self, coverage: Coverage, patient: Patient, *, authorized: bool | None = None) -> PlanFacts:
        """The plan's facts, with what is on file of the coverage; ``authorized`` is of the visit (veterans' care).

        Raises:
            InvalidValue: when the coverage is another one, or another patient's.
        """
        if coverage.id != self.coverage:
            raise InvalidValue("plan", "what was noted is of another coverage")
        made = plan_facts_of(
            coverage,
            patient,
            standing=self.standing,
            coordinates=self.coordinates,
            since=self.since,
            employees=self.employees,
            multi_employer_from=self.multi_employer_from,
            custody=self.custody,
            decree=self.decree,
        )
        return attrs.evolve(made, excepts_small_employers=self.excepts_small_employers, authorized=authorized)


@attrs.frozen(kw_only=True)
class OrderPut:
    """The order that was put on file for a day: the coverages that run on it, first payer first."""

    on: date
    coverages: tuple[CoverageId, ...]


Noted = PatientNoted | PlanNoted | OrderPut
"""Whatever the log of a patient's coordination may hold."""


def _month_of(since: date, on: date) -> int | None:
    """Which month of eligibility a day is in, the first being 1; none before it began."""
    months = (on.year - since.year) * 12 + on.month - since.month + 1
    return months if months >= 1 else None
