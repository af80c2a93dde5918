"""The Advance Beneficiary Notice of Medicare (ABN, form CMS-R-131): when, which option, its life, and what is billed."""

from medoffice.billing.beneficiary_notice.editions import EDITIONS, FormEdition, editions_on
from medoffice.billing.beneficiary_notice.facts import (
    Delivery,
    Fact,
    NoticeFact,
    NoticeGiven,
    NoticeLine,
    NoticeRefused,
    NoticeSigned,
    NoticeUsed,
    NoticeWithdrawn,
)
from medoffice.billing.beneficiary_notice.life import Notice, NoticeState, is_for, replay
from medoffice.billing.beneficiary_notice.modifiers import ClaimWith, NoClaim, billing_after
from medoffice.billing.beneficiary_notice.need import NEEDS, DenialReason, Need, Programme, notice_need
from medoffice.billing.beneficiary_notice.notice import BeneficiaryNotice, CostEstimate, Signature
from medoffice.billing.beneficiary_notice.noting import refuse, sign, use, withdraw
from medoffice.billing.beneficiary_notice.options import OPTIONS, NoticeOption, OptionMeaning
from medoffice.billing.beneficiary_notice.validity import (
    NOT_WANTED,
    CoveredService,
    is_valid,
    notice_findings,
)

__all__ = [
    "EDITIONS",
    "NEEDS",
    "NOT_WANTED",
    "OPTIONS",
    "BeneficiaryNotice",
    "ClaimWith",
    "CostEstimate",
    "CoveredService",
    "Delivery",
    "DenialReason",
    "Fact",
    "FormEdition",
    "Need",
    "NoClaim",
    "Notice",
    "NoticeFact",
    "NoticeGiven",
    "NoticeLine",
    "NoticeOption",
    "NoticeRefused",
    "NoticeSigned",
    "NoticeState",
    "NoticeUsed",
    "NoticeWithdrawn",
    "OptionMeaning",
    "Programme",
    "Signature",
    "billing_after",
    "editions_on",
    "is_for",
    "is_valid",
    "notice_findings",
    "notice_need",
    "refuse",
    "replay",
    "sign",
    "use",
    "withdraw",
]
