"""What a plan leaves to the patient: co-pay, deductible, co-insurance, and the limits of the year."""

from medoffice.billing.benefits.accumulators import Accumulators, FamilyLimit
from medoffice.billing.benefits.benefit import (
    Benefit,
    Benefits,
    CostShareOrder,
    TierAccumulators,
    VerifiedCoverage,
)
from medoffice.billing.benefits.cost_share import LineShare, line_share
from medoffice.billing.benefits.day import DayShare, day_share
from medoffice.billing.benefits.plan import Plan, Spent
from medoffice.billing.benefits.steps import STEPS
from medoffice.billing.benefits.unknowns import UNKNOWNS

__all__ = [
    "STEPS",
    "UNKNOWNS",
    "Accumulators",
    "Benefit",
    "Benefits",
    "CostShareOrder",
    "DayShare",
    "FamilyLimit",
    "LineShare",
    "Plan",
    "Spent",
    "TierAccumulators",
    "VerifiedCoverage",
    "day_share",
    "line_share",
]
