"""Whether what a payer says adds up, to the cent (005010X221A1, section 1.10.2, from memory; not opened here)."""

from collections.abc import Iterator
from typing import Final

from medoffice.billing.remittance.paid import ClaimPayment, Group
from medoffice.core import Cite, Finding, Money, Severity

_GUIDE: Final = (Cite("ASC X12N 005010X221A1", "1.10.2 Balancing"),)


def prove_claim(claim: ClaimPayment) -> Iterator[Finding]:
    """What does not add up in a claim; the place is the segment at which the claim, or its line, begins."""
    for line in claim.lines:
        off = line.charge - line.adjusted() - line.paid
        if off:
            yield _off(
                "REM001", f"a line's charge less its adjustments is {off} more than its payment", line.segment
            )
    off = claim.charge - claim.adjusted() - claim.paid
    if off:
        yield _off(
            "REM002", f"the claim's charge less all adjustments is {off} more than its payment", claim.segment
        )
    if claim.lines:
        off = claim.charge - Money.total(line.charge for line in claim.lines)
        if off:
            message = f"the claim's charge is {off} more than the charges of its lines"
            yield _off("REM003", message, claim.segment, Severity.WARNING)
    told = claim.adjusted(Group.PATIENT)
    if not claim.is_reversal and told != claim.patient_responsibility:
        message = "the patient's part is stated as another amount than its adjustments come to"
        yield _off("REM004", message, claim.segment, Severity.WARNING)


def prove_total(amount: Money, *, paid: Money, kept: Money) -> Iterator[Finding]:
    """Whether the payment is what was paid for the claims, less what was ``kept`` beside them."""
    off = amount - (paid - kept)
    if off:
        yield _off("REM005", f"the payment is {off} more than its claims less the provider adjustments", 0)


def _off(code: str, message: str, segment: int, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=message,
        where=f"segment {segment}" if segment else "payment",
        fix="Ask the payer for a corrected remittance; until then post by hand.",
        cites=_GUIDE,
    )
