"""Coverage, benefits, fees, and what a patient owes with the reasons."""

from medoffice.billing.answered import benefits_of
from medoffice.billing.benefits import (
    STEPS,
    UNKNOWNS,
    Accumulators,
    Benefit,
    Benefits,
    CostShareOrder,
    DayShare,
    FamilyLimit,
    LineShare,
    Plan,
    Spent,
    TierAccumulators,
    VerifiedCoverage,
    day_share,
    line_share,
)
from medoffice.billing.claims import Claim, ClaimLine, Filing, Frequency
from medoffice.billing.coding import CodingContext, GlobalDays, scrub
from medoffice.billing.coordinated import CoordinatedEstimate, LaterCover, estimate_coordinated
from medoffice.billing.coordination import coordinate, payer_order, primary_payer
from medoffice.billing.coverage import (
    CardPhone,
    Coverage,
    CoverageKind,
    InsuranceCard,
    PrintedCopay,
    Relation,
    Subscriber,
)
from medoffice.billing.estimate import Estimate, EstimatedLine, estimate
from medoffice.billing.fees import Contract, FeeSchedule, PlannedLine
from medoffice.billing.payers import Payer

__all__ = [
    "STEPS",
    "UNKNOWNS",
    "Accumulators",
    "Benefit",
    "Benefits",
    "CardPhone",
    "Claim",
    "ClaimLine",
    "CodingContext",
    "Contract",
    "CoordinatedEstimate",
    "CostShareOrder",
    "Coverage",
    "CoverageKind",
    "DayShare",
    "Estimate",
    "EstimatedLine",
    "FamilyLimit",
    "FeeSchedule",
    "Filing",
    "Frequency",
    "GlobalDays",
    "InsuranceCard",
    "LaterCover",
    "LineShare",
    "Payer",
    "Plan",
    "PlannedLine",
    "PrintedCopay",
    "Relation",
    "Spent",
    "Subscriber",
    "TierAccumulators",
    "VerifiedCoverage",
    "benefits_of",
    "coordinate",
    "day_share",
    "estimate",
    "estimate_coordinated",
    "line_share",
    "payer_order",
    "primary_payer",
    "scrub",
]
