"""A patient's cover with a health plan: who holds it, what the card says, on which days it runs."""

from medoffice.billing.coverage.card import CardPhone, InsuranceCard, PrintedCopay
from medoffice.billing.coverage.coverage import Coverage
from medoffice.billing.coverage.kind import CoverageKind
from medoffice.billing.coverage.relation import Relation
from medoffice.billing.coverage.subscriber import Subscriber

__all__ = [
    "CardPhone",
    "Coverage",
    "CoverageKind",
    "InsuranceCard",
    "PrintedCopay",
    "Relation",
    "Subscriber",
]
