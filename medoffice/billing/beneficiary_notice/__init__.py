"""The Advance Beneficiary Notice of Medicare (ABN, form CMS-R-131): when, which option, and what is billed."""

from medoffice.billing.beneficiary_notice.modifiers import ClaimWith, NoClaim, billing_after
from medoffice.billing.beneficiary_notice.need import NEEDS, DenialReason, Need, Programme, notice_need
from medoffice.billing.beneficiary_notice.notice import BeneficiaryNotice, CostEstimate, Signature
from medoffice.billing.beneficiary_notice.options import OPTIONS, NoticeOption, OptionMeaning

__all__ = [
    "NEEDS",
    "OPTIONS",
    "BeneficiaryNotice",
    "ClaimWith",
    "CostEstimate",
    "DenialReason",
    "Need",
    "NoClaim",
    "NoticeOption",
    "OptionMeaning",
    "Programme",
    "Signature",
    "billing_after",
    "notice_need",
]
