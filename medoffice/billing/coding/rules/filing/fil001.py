"""FIL001: a claim that reaches the payer too late."""

from collections.abc import Iterator
from datetime import date, timedelta

from medoffice.billing.claims import Claim, Filing
from medoffice.billing.coding.context import CodingContext
from medoffice.billing.coding.rules.filing.deadline import next_weekday
from medoffice.billing.months import months_after
from medoffice.core import Cite, Severity, Unit
from medoffice.rules import CannotCheck, Fault, Param, fires, quiet, rule, unchecked


@rule(
    "FIL001",
    name="claim-past-timely-filing-limit",
    severity=Severity.ERROR,
    cites=(
        Cite("42 CFR 424.44"),
        Cite("CMS Pub. 100-04", "chapter 1, section 70"),
    ),
    fix=(
        "Look for an exception that the payer grants, with proof. "
        "A last day on a federal holiday moves to the next workday."
    ),
    params=(
        Param(
            name="days",
            unit=Unit.DAYS,
            per="payer",
            doc="The payer's limit in days after the day of service.",
        ),
        Param(
            name="medicare_months",
            unit=Unit.MONTHS,
            parameter="filing.medicare_months",
            doc="Medicare's limit in calendar months after the day of service.",
        ),
    ),
    cases=(
        quiet("VISIT | on=2025-03-04 filed=2026-03-04 payer=medicare"),
        fires("VISIT | on=2025-03-04 filed=2026-03-05 payer=medicare", where="line 1"),
        quiet("VISIT | on=2024-02-29 filed=2025-02-28 payer=medicare"),
        fires("VISIT | on=2024-02-29 filed=2025-03-01 payer=medicare"),
        fires("VISIT | on=2023-03-01 filed=2024-03-02 payer=medicare"),
        quiet("VISIT | on=2025-01-03 filed=2026-01-05 payer=medicare"),
        fires("VISIT | on=2025-01-03 filed=2026-01-06 payer=medicare"),
        fires("VISIT + OTHER day=+1 | on=2025-03-04 filed=2026-03-05 payer=medicare", where="line 1"),
        quiet("VISIT | on=2026-01-05 filed=2026-04-05 set=days:90"),
        fires("VISIT | on=2026-01-05 filed=2026-04-06 set=days:90"),
        fires("VISIT | on=2026-01-05 filed=2026-03-10 payer=60054 set=days:90 set=days@60054:60"),
        quiet("VISIT | on=2026-01-05 filed=2026-03-10 payer=60054 set=days:60 set=days@60054:90"),
        unchecked("VISIT | on=2026-01-05 filed=2026-01-06 payer=60054"),
        unchecked("VISIT | on=2009-12-31 filed=2010-01-04 payer=medicare"),
        unchecked("VISIT | on=2025-03-04 filed=2026-03-05 payer=medicare without=parameters"),
    ),
)
def fil001(claim: Claim, ctx: CodingContext) -> Iterator[Fault]:
    """A claim that the payer receives after its filing limit is not paid.

    Medicare takes a claim until one calendar year after the day of service, counted from the first day of
    each line; for 29 February that is 28 February, and a last day on a Saturday or Sunday moves to the
    Monday. Every other payer sets its own limit by contract, so the practice's policy tells it, for all of
    them or one by one; where it tells nothing, the claim is not checked.

    The exceptions of 42 CFR 424.44(b) and federal holidays are not weighed here.
    """
    for where, line in claim.numbered():
        late = (ctx.filed_on - _last_day(claim, ctx, line.day)).days
        if late > 0:
            yield Fault(
                f"the claim is filed {late} day{'s' if late > 1 else ''} past the payer's limit", where=where
            )


def _last_day(claim: Claim, ctx: CodingContext, served: date) -> date:
    payer = str(claim.payer)
    if claim.filing is Filing.MEDICARE_B:
        return next_weekday(months_after(served, ctx.settings.count("medicare_months")))
    if not ctx.settings.is_set("days", key=payer):
        raise CannotCheck("the policy sets no filing limit for this payer")
    return served + timedelta(days=ctx.settings.count("days", key=payer))
