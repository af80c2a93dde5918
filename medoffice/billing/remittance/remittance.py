"""A whole remittance: who paid whom how much and how, claim by claim, and what was kept or added beside the claims."""

from datetime import date
from enum import Enum

import attrs

from medoffice.billing.remittance.paid import ClaimPayment
from medoffice.billing.remittance.proof import prove_claim, prove_total
from medoffice.core import Finding, Money, PhiClass, phi


class Means(Enum):
    """How the money comes (BPR04)."""

    ACH = "ACH"
    BOARD_OF_GOVERNORS_WIRE = "FWT"
    CHECK = "CHK"
    BOARD_WIRE = "BOP"
    NONE = "NON"
    """No money comes: the amount is nothing."""


@attrs.frozen(kw_only=True)
class Payment:
    """The money of a remittance (BPR, TRN): ``amount`` is what comes, below zero when the payer debits.

    ``trace`` is the number of the check or the transfer, by which it is found in the bank.
    """

    amount: Money
    means: Means | None = None
    means_code: str = ""
    handling: str = ""
    is_credit: bool = True
    on: date | None = None
    trace: str = ""
    payer_number: str = ""


@attrs.frozen(kw_only=True)
class RemittanceParty:
    """The payer (``PR``) or the payee (``PE``): name, and number with what kind it is (``XX`` an NPI)."""

    name: str = ""
    qualifier: str = ""
    number: str = ""
    contacts: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.PHONE))


@attrs.frozen(kw_only=True)
class ProviderAdjustment:
    """Money that is not of a claim (PLB): an ``amount`` above zero is kept from the payment, one below is added to it."""

    provider: str
    fiscal_year_end: date | None
    reason: str
    reference: str = attrs.field(default="", **phi(PhiClass.ACCOUNT_NUMBER))
    amount: Money


@attrs.frozen(kw_only=True)
class RemittanceHead:
    """What stands before the claims."""

    control: str
    payment: Payment
    payer: RemittanceParty
    payee: RemittanceParty
    produced_on: date | None = None
    segment: int = 0


@attrs.frozen(kw_only=True)
class Remittance:
    """One 835: its head, its claims, what was adjusted beside them, and what is wrong with the file itself."""

    head: RemittanceHead
    claims: tuple[ClaimPayment, ...] = attrs.field(repr=lambda them: f"<{len(them)} claims>")
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def payment(self) -> Payment:
        """The money."""
        return self.head.payment

    def prove(self) -> tuple[Finding, ...]:
        """What does not add up: lines, claims, and the payment as a whole; none when every cent is told.

        The rules are those of the 835's guide, section "Balancing" (005010X221A1, 1.10.2): a line's charge less its
        adjustments is what was paid for it, so is a claim's less its own and its lines', and the claims' payments less
        the provider adjustments are the payment.
        """
        claims = [finding for claim in self.claims for finding in prove_claim(claim)]
        paid = Money.total(claim.paid for claim in self.claims)
        kept = Money.total(each.amount for each in self.provider_adjustments)
        return (*claims, *prove_total(self.payment.amount, paid=paid, kept=kept))
