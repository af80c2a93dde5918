"""Rules as values: how one is declared, a set of them, a practice's policy, and one run.

Authors of rules import every name from here; the modules behind them may move.
"""

from medoffice.rules.cases import Case, Expected, fires, quiet, unchecked
from medoffice.rules.catalog import Catalog, DuplicateRule
from medoffice.rules.declare import rule
from medoffice.rules.docs import rule_page
from medoffice.rules.engine import Engine, NotChecked, Report, run
from medoffice.rules.model import Context, Fault, FaultyRule, Rule, Unchecked
from medoffice.rules.nearest import nearest, unknown
from medoffice.rules.policy import Ignore, Policy, Regrade, Setting
from medoffice.rules.settings import Param, Parameters, Settings, read_value
from medoffice.rules.tables import CannotCheck, NotListed, NotLoaded, Table

__all__ = [
    "CannotCheck",
    "Case",
    "Catalog",
    "Context",
    "DuplicateRule",
    "Engine",
    "Expected",
    "Fault",
    "FaultyRule",
    "Ignore",
    "NotChecked",
    "NotListed",
    "NotLoaded",
    "Param",
    "Parameters",
    "Policy",
    "Regrade",
    "Report",
    "Rule",
    "Setting",
    "Settings",
    "Table",
    "Unchecked",
    "fires",
    "nearest",
    "quiet",
    "read_value",
    "rule",
    "rule_page",
    "run",
    "unchecked",
    "unknown",
]
