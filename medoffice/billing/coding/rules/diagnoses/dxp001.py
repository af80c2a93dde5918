"""DXP001: a line that points to no diagnosis of the claim."""

from collections.abc import Iterator

from medoffice.billing.claims import Claim
from medoffice.billing.coding.context import CodingContext
from medoffice.core import Cite, Severity
from medoffice.rules import Fault, fires, quiet, rule


@rule(
    "DXP001",
    name="line-points-to-no-diagnosis",
    severity=Severity.ERROR,
    cites=(
        Cite("NUCC 1500 Claim Form Reference Instruction Manual", "item 24E"),
        Cite("ASC X12N 005010X222A1", "loop 2400, SV107"),
    ),
    fix="Point the line to the diagnosis that the service was for, and see that the claim carries it.",
    cases=(
        fires("VISIT ptr=none", where="line 1"),
        fires("VISIT ptr=2 | dx=Z00.00"),
        fires("VISIT + OTHER ptr=1,3 | dx=Z00.00,E11.9", where="line 2"),
        fires("VISIT ptr=1 | dx=none"),
        quiet("VISIT"),
        quiet("VISIT ptr=2,1 | dx=Z00.00,E11.9"),
        quiet("VISIT ptr=12 | dx=A00,A01,A02,A03,A04,A05,A06,A07,A08,A09,A15,A17"),
    ),
)
def dxp001(claim: Claim, _ctx: CodingContext) -> Iterator[Fault]:
    """Every line needs a pointer to a diagnosis that the claim carries.

    The pointer is how a payer learns why the service was needed. A line without one, or with one that leads
    past the last diagnosis, is rejected before anybody reads the claim.
    """
    carried = len(claim.diagnoses)
    for where, line in claim.numbered():
        if not line.pointers:
            yield Fault("the line has no diagnosis pointer", where=where)
        for pointer in line.pointers:
            if pointer > carried:
                yield Fault(
                    f"the line points to diagnosis {pointer}, and the claim carries {carried or 'none'}",
                    where=where,
                )
