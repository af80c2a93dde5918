"""Optimal plans for a day, each with a certificate: how long visits take, who may not come, what a minute costs.

The searches need numpy (``medoffice[optimise]``); evaluating and verifying a plan do not, and neither does the import.
"""

from medoffice.scheduling.dayplan.certificate import Certificate, Cut, Witness
from medoffice.scheduling.dayplan.day import DayPlan, best_of, optimal_day
from medoffice.scheduling.dayplan.evaluation import Costs, evaluate
from medoffice.scheduling.dayplan.gaps import GapPlan, evaluate_gaps, optimal_gaps
from medoffice.scheduling.dayplan.numerics import OptimiserMissing
from medoffice.scheduling.dayplan.overbooking import (
    Level,
    OverbookingLevel,
    OverbookingPolicy,
    overbooking_level,
)
from medoffice.scheduling.dayplan.rules_of_thumb import bailey_welch, even_plan
from medoffice.scheduling.dayplan.sequence import Expected, optimal_sequence
from medoffice.scheduling.dayplan.services import Empirical, Exponential, Service, TwoPoint
from medoffice.scheduling.dayplan.session import Session, Weights
from medoffice.scheduling.dayplan.verification import Verification, verify

__all__ = [
    "Certificate",
    "Costs",
    "Cut",
    "DayPlan",
    "Empirical",
    "Expected",
    "Exponential",
    "GapPlan",
    "Level",
    "OptimiserMissing",
    "OverbookingLevel",
    "OverbookingPolicy",
    "Service",
    "Session",
    "TwoPoint",
    "Verification",
    "Weights",
    "Witness",
    "bailey_welch",
    "best_of",
    "evaluate",
    "evaluate_gaps",
    "even_plan",
    "optimal_day",
    "optimal_gaps",
    "optimal_sequence",
    "overbooking_level",
    "verify",
]
