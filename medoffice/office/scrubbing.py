"""Looking a claim over with the rules of this office: those that medoffice brings and those of extensions."""

from datetime import date
from functools import cache

import attrs

from medoffice import plugins
from medoffice.billing.claims import Claim
from medoffice.billing.coding import CodingContext, scrub
from medoffice.rules import Policy, Report


@cache
def extensions() -> plugins.Loaded:
    """Rules and parameters, read from the installed packages once in a program's life."""
    return plugins.load()


def scrub_claim(claim: Claim, *, policy: Policy, filed_on: date) -> Report:
    """Judge a claim as it would be filed on a day.

    Tables that a practice licenses (global days, code pairs) are not shipped: a rule that rests on one that is not
    loaded is among ``not_checked``, which is never a pass. An extension that could not be loaded is a finding here,
    since its rules did not run.

    Raises:
        UnknownName: when the policy names a rule, family or parameter that does not exist.
        InvalidValue: when the policy sets a value that does not fit.
    """
    loaded = extensions()
    context = CodingContext(filed_on=filed_on, parameters=loaded.parameters)
    report = scrub(claim, context, catalog=loaded.rules, policy=policy)
    return attrs.evolve(report, findings=(*loaded.findings, *report.findings))
