"""Claims: what the office asks a payer to pay, whether it came in (999), and where it stands (277)."""

from medoffice.billing.claims.acknowledged import (
    ELEMENT_ERRORS,
    SEGMENT_ERRORS,
    Accepted,
    ElementFault,
    GroupAcknowledged,
    SegmentFault,
    TransactionAcknowledged,
)
from medoffice.billing.claims.asking import StatusInquiry
from medoffice.billing.claims.claim import MOST_LINES, Claim, Filing, Frequency
from medoffice.billing.claims.line import MOST_DIAGNOSES, MOST_MODIFIERS, MOST_POINTERS, ClaimLine
from medoffice.billing.claims.matching import Matched, matched
from medoffice.billing.claims.status import (
    CATEGORIES,
    LineStatus,
    ReportedClaim,
    Standing,
    Status,
    StatusCode,
    StatusReport,
)

__all__ = [
    "CATEGORIES",
    "ELEMENT_ERRORS",
    "MOST_DIAGNOSES",
    "MOST_LINES",
    "MOST_MODIFIERS",
    "MOST_POINTERS",
    "SEGMENT_ERRORS",
    "Accepted",
    "Claim",
    "ClaimLine",
    "ElementFault",
    "Filing",
    "Frequency",
    "GroupAcknowledged",
    "LineStatus",
    "Matched",
    "ReportedClaim",
    "SegmentFault",
    "Standing",
    "Status",
    "StatusCode",
    "StatusInquiry",
    "StatusReport",
    "TransactionAcknowledged",
    "matched",
]
