"""What limits the asking: findings that stand above what a patient is asked for."""

from collections.abc import Iterator
from typing import Final

from medoffice.billing.account import Account, Owing, Protection
from medoffice.core import Cite, Finding, Severity
from medoffice.workflows.collection.amounts import Occasion
from medoffice.workflows.collection.ask import Idle, Unsettled

QMB_NOT_BILLED: Final = "COL101"
NO_CONDITION: Final = "COL102"
SEEN_FIRST: Final = "COL103"
END_NOT_KNOWN: Final = "COL104"
PAID_TOO_MUCH: Final = "COL105"
WITH_NO_VISIT: Final = "COL106"


def limits(
    owing: Owing, account: Account, occasion: Occasion, unsettled: tuple[Unsettled, ...]
) -> Iterator[Finding]:
    """What limits the asking on an occasion."""
    if unsettled:
        yield Finding(
            code=END_NOT_KNOWN,
            severity=Severity.ERROR,
            message=_how_many(len(unsettled)),
            fix="Look at the terminal how each ended and note that, before asking for the same money again.",
        )
    if occasion.is_emergency:
        yield Finding(
            code=SEEN_FIRST,
            severity=Severity.WARNING,
            message="the patient is seen first, and asked for money after that",
        )
    if owing.overpaid:
        yield Finding(
            code=PAID_TOO_MUCH,
            severity=Severity.WARNING,
            message=f"{owing.overpaid} more was paid for this visit than it costs by now",
            fix="Release it from the visit: then it is a deposit, which pays for another visit or goes back.",
        )
    if Protection.QMB in account.protections:
        yield Finding(
            code=QMB_NOT_BILLED,
            severity=Severity.WARNING,
            message="A Qualified Medicare Beneficiary is not billed for what Medicare leaves of its services",
            fix="Do not take a co-pay, co-insurance or deductible of Medicare, also when the patient offers it.",
            cites=(Cite("CMS MLN Matters SE1128, revised May 12, 2017"),),
        )
    if Protection.MEDICAID in account.protections:
        yield Finding(
            code=NO_CONDITION,
            severity=Severity.WARNING,
            message="a Medicaid co-pay is asked for, and the patient is seen also without it",
            fix="Ask once; when the patient says that they cannot pay, choose to bill it later.",
        )


def with_no_visit(idle: Idle) -> Finding:
    """``COL106``: money lies with a visit that will not be."""
    return Finding(
        code=WITH_NO_VISIT,
        severity=Severity.WARNING,
        message=f"{idle.amount} lies with a visit that was called off or missed",
        fix="Release it from that visit: then it is a deposit, which pays for another visit or goes back.",
    )


def _how_many(count: int) -> str:
    many = "a payment" if count == 1 else f"{count} payments"
    return f"{many} of this patient may have been taken already"
