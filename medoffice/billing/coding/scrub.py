"""Looking over a claim before it is sent."""

from medoffice.billing.claims import Claim
from medoffice.billing.coding.context import CodingContext
from medoffice.rules import Catalog, Policy, Report, run


def scrub(
    claim: Claim,
    ctx: CodingContext,
    *,
    catalog: Catalog[Claim, CodingContext],
    policy: Policy,
) -> Report:
    """Judge a claim by the rules in force on its first day of service; nothing is changed.

    Raises:
        UnknownName: when the policy names a rule, family or parameter that does not exist.
        InvalidValue: when the policy sets a value that does not fit.
    """
    return run(catalog, policy, claim, ctx, on=claim.first_day)
