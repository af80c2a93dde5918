"""Good-faith estimates for patients without insurance, or who do not use it (No Surprises Act, 45 CFR 149.610)."""

from medoffice.billing.good_faith.business_days import (
    business_days_after,
    business_days_ahead,
    is_business_day,
)
from medoffice.billing.good_faith.disclaimers import DISCLAIMERS
from medoffice.billing.good_faith.dispute import (
    Bill,
    Disputable,
    NotEstimated,
    TooLate,
    WithinEstimate,
    judge_bill,
)
from medoffice.billing.good_faith.due import Due, NotDue, Requested, Scheduled, when_due
from medoffice.billing.good_faith.good_faith_estimate import (
    ExpectedItem,
    ExpectedProvider,
    GoodFaithEstimate,
)
from medoffice.billing.good_faith.standing import CLAIM_WISH_NOT_ASKED, Cover, Standing, standing

__all__ = [
    "CLAIM_WISH_NOT_ASKED",
    "DISCLAIMERS",
    "Bill",
    "Cover",
    "Disputable",
    "Due",
    "ExpectedItem",
    "ExpectedProvider",
    "GoodFaithEstimate",
    "NotDue",
    "NotEstimated",
    "Requested",
    "Scheduled",
    "Standing",
    "TooLate",
    "WithinEstimate",
    "business_days_after",
    "business_days_ahead",
    "is_business_day",
    "judge_bill",
    "standing",
    "when_due",
]
