"""Claims: what the office asks a payer to pay."""

from medoffice.billing.claims.claim import MOST_LINES, Claim, Filing, Frequency
from medoffice.billing.claims.line import MOST_DIAGNOSES, MOST_MODIFIERS, MOST_POINTERS, ClaimLine

__all__ = [
    "MOST_DIAGNOSES",
    "MOST_LINES",
    "MOST_MODIFIERS",
    "MOST_POINTERS",
    "Claim",
    "ClaimLine",
    "Filing",
    "Frequency",
]
