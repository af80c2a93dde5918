"""Coding: the rules by which a claim is looked over before it is sent.

The rules themselves are in :mod:`medoffice.billing.coding.rules`, which is imported only when somebody wants
them.
"""

from medoffice.billing.coding.context import CodingContext
from medoffice.billing.coding.global_days import GlobalDays
from medoffice.billing.coding.icd10cm import ICD10CM
from medoffice.billing.coding.scrub import scrub
from medoffice.billing.coding.visits import is_visit

__all__ = ["ICD10CM", "CodingContext", "GlobalDays", "is_visit", "scrub"]
