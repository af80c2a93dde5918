"""No-show risk: transparent odds from named factors, fitted from the office's own history and judged on later visits."""

from medoffice.scheduling.noshow.audit import GROUP_OFF_LEVEL, GROUP_TOO_SMALL, Audit, GroupRates, audit
from medoffice.scheduling.noshow.calibration import Bin, Calibration, Scored, auc, judge, wilson
from medoffice.scheduling.noshow.factors import KNOWN as KNOWN_FACTORS
from medoffice.scheduling.noshow.factors import STANDARD as STANDARD_FACTORS
from medoffice.scheduling.noshow.facts import ModelFitted
from medoffice.scheduling.noshow.fitting import FitSettings, Fitted, fit
from medoffice.scheduling.noshow.from_book import Visits, visits_of
from medoffice.scheduling.noshow.model import Edition, FittedFactor, Level, NoShowModel, OwnRecord
from medoffice.scheduling.noshow.model_text import read_model, write_model
from medoffice.scheduling.noshow.policy import PROTECTED, Admitted, FactorPolicy, Protected
from medoffice.scheduling.noshow.refusals import (
    FORBIDDEN_FACTOR,
    NO_BETTER,
    NO_CONVERGENCE,
    NOT_TESTED,
    OFF_LEVEL,
    ONE_OUTCOME,
    ONE_SIDED_LEVEL,
    SILENT_FACTOR,
    TOO_FEW_VISITS,
    UNKNOWN_FACTOR,
)
from medoffice.scheduling.noshow.risk import Risk, Share
from medoffice.scheduling.noshow.visit_facts import BookedVisit, Facts, PastVisit, TrackRecords

__all__ = [
    "FORBIDDEN_FACTOR",
    "GROUP_OFF_LEVEL",
    "GROUP_TOO_SMALL",
    "KNOWN_FACTORS",
    "NOT_TESTED",
    "NO_BETTER",
    "NO_CONVERGENCE",
    "OFF_LEVEL",
    "ONE_OUTCOME",
    "ONE_SIDED_LEVEL",
    "PROTECTED",
    "SILENT_FACTOR",
    "STANDARD_FACTORS",
    "TOO_FEW_VISITS",
    "UNKNOWN_FACTOR",
    "Admitted",
    "Audit",
    "Bin",
    "BookedVisit",
    "Calibration",
    "Edition",
    "FactorPolicy",
    "Facts",
    "FitSettings",
    "Fitted",
    "FittedFactor",
    "GroupRates",
    "Level",
    "ModelFitted",
    "NoShowModel",
    "OwnRecord",
    "PastVisit",
    "Protected",
    "Risk",
    "Scored",
    "Share",
    "TrackRecords",
    "Visits",
    "auc",
    "audit",
    "fit",
    "judge",
    "read_model",
    "visits_of",
    "wilson",
    "write_model",
]
