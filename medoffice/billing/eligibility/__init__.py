"""Whether a coverage holds and what it says: the inquiry, the payer's answer, and what to make of it."""

from medoffice.billing.eligibility.answer import (
    AnsweredDays,
    AnsweredPerson,
    EligibilityAnswer,
    Party,
    Quantity,
    Statement,
)
from medoffice.billing.eligibility.benefit_codes import About, Level, Network, Period
from medoffice.billing.eligibility.inquiry import EligibilityInquiry, InquiredPerson
from medoffice.billing.eligibility.rejections import FOLLOW_UPS, REASONS, Rejection
from medoffice.billing.eligibility.service_types import HEALTH_PLAN, SERVICE_TYPES, service_label
from medoffice.billing.eligibility.summary import BenefitSummary, Limit, summarise
from medoffice.billing.eligibility.verification import Visit, verify

__all__ = [
    "FOLLOW_UPS",
    "HEALTH_PLAN",
    "REASONS",
    "SERVICE_TYPES",
    "About",
    "AnsweredDays",
    "AnsweredPerson",
    "BenefitSummary",
    "EligibilityAnswer",
    "EligibilityInquiry",
    "InquiredPerson",
    "Level",
    "Limit",
    "Network",
    "Party",
    "Period",
    "Quantity",
    "Rejection",
    "Statement",
    "Visit",
    "service_label",
    "summarise",
    "verify",
]
