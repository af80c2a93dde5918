"""What an estimate did not know, by stable codes; ``Explained.unknowns`` holds the codes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ALLOWED_NOT_KNOWN: Final = "allowed-not-known"
ALLOWED_NOT_SETTLED: Final = "allowed-not-settled"
SERVICE_NOT_RETURNED: Final = "service-not-returned"
COPAY_NOT_RETURNED: Final = "copay-not-returned"
DEDUCTIBLE_RULE_NOT_RETURNED: Final = "deductible-rule-not-returned"
DEDUCTIBLE_NOT_RETURNED: Final = "deductible-not-returned"
COINSURANCE_NOT_RETURNED: Final = "coinsurance-not-returned"
OUT_OF_POCKET_NOT_RETURNED: Final = "out-of-pocket-not-returned"
ORDER_NOT_KNOWN: Final = "order-not-known"
COVERAGE_NOT_ACTIVE: Final = "coverage-not-active"
PAYMENT_NOT_SETTLED: Final = "payment-not-settled"
OTHER_PLAN_NOT_KNOWN: Final = "other-plan-not-known"
COORDINATION_NOT_KNOWN: Final = "coordination-not-known"

UNKNOWNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ALLOWED_NOT_KNOWN: "We do not know yet what the plan allows for a service.",
        ALLOWED_NOT_SETTLED: "The plan may still decide to allow another amount for a service.",
        SERVICE_NOT_RETURNED: "The plan did not say what it pays for a service.",
        COPAY_NOT_RETURNED: "The plan did not say whether there is a co-pay.",
        DEDUCTIBLE_RULE_NOT_RETURNED: "The plan did not say whether the deductible applies.",
        DEDUCTIBLE_NOT_RETURNED: "The plan did not say how much of the deductible is left.",
        COINSURANCE_NOT_RETURNED: "The plan did not say whether there is co-insurance.",
        OUT_OF_POCKET_NOT_RETURNED: "The plan did not say how much is left to your out-of-pocket limit.",
        ORDER_NOT_KNOWN: "We do not know whether the plan takes the co-pay before or after the deductible.",
        COVERAGE_NOT_ACTIVE: "The coverage that we have on file does not run on this day.",
        PAYMENT_NOT_SETTLED: "A payment was asked for, and we do not know yet whether it was taken.",
        OTHER_PLAN_NOT_KNOWN: "We do not know yet how much your other plan pays.",
        COORDINATION_NOT_KNOWN: "We do not know how your plans share the cost.",
    }
)
"""The English of every code, as it is said to the patient."""
