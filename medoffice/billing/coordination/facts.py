"""What must be known of a patient's plans to put them in order; ``None`` always means that nobody has said."""

from datetime import date
from enum import Enum

import attrs

from medoffice.billing.coverage import Relation
from medoffice.core import PhiClass, phi


class PlanKind(Enum):
    """What kind of payer it is, as far as the order depends on it."""

    GROUP = "group"
    INDIVIDUAL = "individual"
    """Bought by a person, not held by anybody's work: Medicare's secondary-payer rules do not reach it."""
    MEDICARE = "medicare"
    SUPPLEMENT = "medicare supplement"
    TRICARE = "tricare"
    MEDICAID = "medicaid"
    ACCIDENT = "workers' compensation, no-fault or liability"
    VETERANS = "veterans affairs"


class Standing(Enum):
    """By what the subscriber holds a group plan: work, retirement or lay-off, or COBRA or state continuation."""

    ACTIVE = 0
    RETIRED = 1
    CONTINUATION = 2


class Family(Enum):
    """How a child's parents live, married or not; under ``JOINT`` they live apart and share custody by decree."""

    TOGETHER = "together"
    APART = "apart"
    JOINT = "joint custody"


class Custody(Enum):
    """Who holds a child's plan, in the order in which parents who live apart pay."""

    CUSTODIAL = 0
    CUSTODIAL_SPOUSE = 1
    NON_CUSTODIAL = 2
    NON_CUSTODIAL_SPOUSE = 3


class Entitlement(Enum):
    """Why a patient has Medicare."""

    AGE = "age"
    DISABILITY = "disability"
    ESRD = "end-stage renal disease"


@attrs.frozen(kw_only=True)
class PlanFacts:
    """One plan: ``key`` is the caller's word for it (without PHI: it stands in the reasons), ``since`` its first day.

    ``employees`` is the size of the employer by whose work the plan is held, ``multi_employer_from`` that of the
    largest employer of a multi-employer plan, which then counts, unless the plan elected the exception for its
    small employers (``excepts_small_employers``).

    ``decree`` says whether a court made the holder responsible for a child's health care and the plan knows of it;
    where that parent covers nothing and the parent's spouse does, it is said of the spouse's plan. Several plans
    may have one. Those who cover a child and are not its parents count as if they were.

    ``authorized`` is for veterans' care: whether it authorised this visit. ``coordinates`` is ``False`` for a plan
    whose terms have no such rules.
    """

    key: str
    kind: PlanKind = PlanKind.GROUP
    relation: Relation = Relation.SELF
    standing: Standing | None = None
    coordinates: bool = True
    since: date | None = None
    employees: int | None = None
    multi_employer_from: int | None = None
    excepts_small_employers: bool = False
    holder_birth: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    custody: Custody | None = None
    decree: bool | None = None
    authorized: bool | None = None


@attrs.frozen(kw_only=True)
class PatientFacts:
    """The patient: family, Medicare's grounds, months since ESRD eligibility began (1 is the first), injury.

    ``is_of_age`` is for a child in nobody's custody any more: then custody does not order the plans of parents
    who live apart, and a decree only where one still binds.
    """

    family: Family | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    is_of_age: bool = attrs.field(default=False, **phi(PhiClass.HEALTH))
    entitlements: frozenset[Entitlement] = attrs.field(default=frozenset(), **phi(PhiClass.HEALTH))
    esrd_month: int | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    medicare_was_first_before_esrd: bool | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    is_injury_claim: bool | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
