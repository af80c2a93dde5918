"""Remittance: what a payer says that it paid, claim by claim, and whether it adds up."""

from medoffice.billing.remittance.paid import (
    Adjustment,
    ClaimPayment,
    ClaimStatus,
    Group,
    ServicePayment,
)
from medoffice.billing.remittance.proof import prove_claim, prove_total
from medoffice.billing.remittance.remittance import (
    Payment,
    ProviderAdjustment,
    Remittance,
    RemittanceHead,
    RemittanceParty,
)

__all__ = [
    "Adjustment",
    "ClaimPayment",
    "ClaimStatus",
    "Group",
    "Payment",
    "ProviderAdjustment",
    "Remittance",
    "RemittanceHead",
    "RemittanceParty",
    "ServicePayment",
    "prove_claim",
    "prove_total",
]
