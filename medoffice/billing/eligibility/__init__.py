"""Whether a coverage holds and what it says: the inquiry, the payer's answer, and what to make of it."""

from medoffice.billing.eligibility.answer import (
    AnsweredDays,
    AnsweredPerson,
    EligibilityAnswer,
    Party,
    Quantity,
    Statement,
)
from medoffice.billing.eligibility.asking import inquiry_for, missing_for_inquiry, origin_of
from medoffice.billing.eligibility.benefit_codes import About, Level, Network, Period
from medoffice.billing.eligibility.facts import (
    AnswerReceived,
    InquiryPrepared,
    InquiryRefused,
    InquirySettled,
    InquiryTraced,
)
from medoffice.billing.eligibility.inquiry import EligibilityInquiry, InquiredPerson
from medoffice.billing.eligibility.permits import (
    Permit,
    PermitFact,
    PermitKind,
    PermitNoted,
    PermitOnFile,
    PermitWithdrawn,
    permits_after,
)
from medoffice.billing.eligibility.policy import USUAL_SERVICES, EligibilityPolicy
from medoffice.billing.eligibility.rejections import FOLLOW_UPS, REASONS, Rejection
from medoffice.billing.eligibility.service_types import HEALTH_PLAN, SERVICE_TYPES, service_label
from medoffice.billing.eligibility.standing import CoverageStanding, never_asked, no_coverage, standing
from medoffice.billing.eligibility.summary import BenefitSummary, Limit, summarise
from medoffice.billing.eligibility.verification import Visit, verify

__all__ = [
    "FOLLOW_UPS",
    "HEALTH_PLAN",
    "REASONS",
    "SERVICE_TYPES",
    "USUAL_SERVICES",
    "About",
    "AnswerReceived",
    "AnsweredDays",
    "AnsweredPerson",
    "BenefitSummary",
    "CoverageStanding",
    "EligibilityAnswer",
    "EligibilityInquiry",
    "EligibilityPolicy",
    "InquiredPerson",
    "InquiryPrepared",
    "InquiryRefused",
    "InquirySettled",
    "InquiryTraced",
    "Level",
    "Limit",
    "Network",
    "Party",
    "Period",
    "Permit",
    "PermitFact",
    "PermitKind",
    "PermitNoted",
    "PermitOnFile",
    "PermitWithdrawn",
    "Quantity",
    "Rejection",
    "Statement",
    "Visit",
    "inquiry_for",
    "missing_for_inquiry",
    "never_asked",
    "no_coverage",
    "origin_of",
    "permits_after",
    "service_label",
    "standing",
    "summarise",
    "verify",
]
