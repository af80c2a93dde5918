"""The reasons for an amount, by stable codes, so that a screen can say them in any language."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from medoffice.core import Cite, Money, Step

COPAY: Final = "copay"
COPAY_CAP: Final = "copay-cap"
DEDUCTIBLE: Final = "deductible"
COINSURANCE: Final = "coinsurance"
OUT_OF_POCKET_CAP: Final = "out-of-pocket-cap"
VISIT_LIMIT: Final = "visit-limit"
BENEFIT_LIMIT: Final = "benefit-limit"
BALANCE_BILL: Final = "balance-bill"
PREVENTIVE: Final = "preventive"
COVERED: Final = "covered"
SELF_PAY: Final = "self-pay"
BALANCE: Final = "balance"
CREDIT: Final = "credit"
DEPOSIT: Final = "deposit"
INSTALMENT: Final = "instalment"
NOT_ASKED: Final = "not-asked"
ASKED_LATER: Final = "asked-later"
CHARGE_RULE: Final = "charge-rule"
OTHER_PLAN: Final = "other-plan"
WRITTEN_OFF: Final = "written-off"

STEPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        COPAY: "Co-pay",
        COPAY_CAP: "Not more than the plan allows for the service",
        DEDUCTIBLE: "Towards your deductible",
        COINSURANCE: "Co-insurance",
        OUT_OF_POCKET_CAP: "Above your out-of-pocket limit, so the plan pays it",
        VISIT_LIMIT: "No visits are left, so the plan does not pay",
        BENEFIT_LIMIT: "Above what the plan still pays for the service",
        BALANCE_BILL: "Above what the plan allows, outside its network",
        PREVENTIVE: "Preventive care, paid in full by the plan",
        COVERED: "Paid in full by the plan",
        SELF_PAY: "Price without insurance",
        BALANCE: "Balance from earlier visits",
        CREDIT: "Credit from earlier payments",
        DEPOSIT: "Your deposit",
        INSTALMENT: "Instalment of your payment plan",
        NOT_ASKED: "Another program takes care of this; we do not ask you for it",
        ASKED_LATER: "We ask for this later, when the plan has told us",
        CHARGE_RULE: "To what may be asked for the service in all",
        OTHER_PLAN: "Your other plan pays",
        WRITTEN_OFF: "May not be asked of you, by your other plan's rules",
    }
)
"""The English of every step code, in the second person, as it is said to the patient."""


def a_step(code: str, amount: Money, why: str = "", *cites: Cite) -> Step:
    """A step of one of the codes of this module, with its English label."""
    return Step(code, STEPS[code], amount=amount, why=why, cites=cites)
