"""NSR001: more services by one clinician on one day than the practice can believe."""

from collections import Counter
from collections.abc import Iterator

from medoffice.billing import Claim, CodingContext
from medoffice.core import Cite, Severity, Unit
from medoffice.rules import Fault, Param, fires, quiet, rule, unchecked


@rule(
    "NSR001",
    name="more-lines-a-day-than-we-do",
    severity=Severity.WARNING,
    cites=(Cite("Northside practice, billing handbook", "chapter 4"),),
    fix="Look at the day's note: was a line entered twice?",
    params=(
        Param(
            name="most",
            unit=Unit.COUNT,
            parameter="northside.lines_a_day",
            doc="The most lines that one clinician can have on one day.",
        ),
    ),
    cases=(
        fires("VISIT + OTHER + OTHER | set=most:2"),
        quiet("VISIT + OTHER | set=most:2"),
        quiet("VISIT + OTHER + OTHER day=+1 | set=most:2"),
        quiet("VISIT + OTHER + OTHER by=B | set=most:2"),
        quiet("VISIT + OTHER + OTHER + OTHER"),
        fires("VISIT + OTHER + OTHER + OTHER + OTHER + OTHER + OTHER + OTHER + OTHER"),
        unchecked("VISIT | without=parameters"),
    ),
)
def nsr001(claim: Claim, ctx: CodingContext) -> Iterator[Fault]:
    """One clinician has more lines on one day than anybody here has ever had.

    Nearly always a line was entered twice, or one of them belongs to another day. A payer would take it for a fault of
    ours, and be right.
    """
    most = ctx.settings.count("most")
    lines = Counter((line.day, line.rendering) for line in claim.lines)
    for count in lines.values():
        if count > most:
            yield Fault(
                f"one clinician has {count} lines on one day, and at most {most} are usual", where="claim"
            )
