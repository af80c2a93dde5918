"""What must be known of a patient's plans to put them in order; ``None`` always means that nobody has said."""

from datetime import date
from enum import Enum

import attrs

from medoffice.billing.coverage import Relation
from medoffice.core import PhiClass, phi


class PlanKind(Enum):
    """What kind of payer it is, as far as the order depends on it."""

    GROUP = "group"
    MEDICARE = "medicare"
    MEDICAID = "medicaid"
    ACCIDENT = "workers' compensation, no-fault or liability"
    VETERANS = "veterans affairs"


class Standing(Enum):
    """By what the subscriber holds a group plan: work, retirement or lay-off, or COBRA or state continuation."""

    ACTIVE = 0
    RETIRED = 1
    CONTINUATION = 2


class Family(Enum):
    """How a child's parents live; joint custody without a decree on health care counts as together."""

    TOGETHER = "together"
    APART = "apart"


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
    """One plan: ``key`` is the caller's word for it, ``employees`` the employer's size, ``since`` its first day.

    ``multi_employer_from`` is the size of the largest employer of a multi-employer plan, which then counts.
    ``decree`` says whether a court made this plan's holder responsible for a child's health care.
    """

    key: str
    kind: PlanKind = PlanKind.GROUP
    relation: Relation = Relation.SELF
    standing: Standing | None = None
    coordinates: bool = True
    since: date | None = None
    employees: int | None = None
    multi_employer_from: int | None = None
    holder_birth: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    custody: Custody | None = None
    decree: bool | None = None


@attrs.frozen(kw_only=True)
class PatientFacts:
    """The patient: family, Medicare's grounds, months since ESRD eligibility began (1 is the first), injury."""

    family: Family | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    entitlements: frozenset[Entitlement] = attrs.field(default=frozenset(), **phi(PhiClass.HEALTH))
    esrd_month: int | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    medicare_was_first_before_esrd: bool | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    is_injury_claim: bool | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
