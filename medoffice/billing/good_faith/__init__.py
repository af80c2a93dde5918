"""Good-faith estimates for patients without insurance, or who do not use it (No Surprises Act, 45 CFR 149.610)."""

from medoffice.billing.good_faith.business_days import (
    business_days_after,
    business_days_ahead,
    business_days_before,
    is_business_day,
)
from medoffice.billing.good_faith.completeness import estimate_findings
from medoffice.billing.good_faith.disclaimers import DISCLAIMERS
from medoffice.billing.good_faith.dispute import (
    Bill,
    Disputable,
    NotEstimated,
    WithinEstimate,
    judge_bill,
)
from medoffice.billing.good_faith.due import Due, NotDue, Requested, Scheduled, when_due
from medoffice.billing.good_faith.facts import (
    ClaimWishNoted,
    EstimateIssued,
    EstimateRequested,
    Fact,
    Way,
)
from medoffice.billing.good_faith.federal_holidays import federal_holidays, federal_holidays_around
from medoffice.billing.good_faith.good_faith_estimate import (
    ExpectedItem,
    ExpectedProvider,
    GoodFaithEstimate,
    Recurrence,
)
from medoffice.billing.good_faith.owed import Owed, VisitPlan, Why, owed
from medoffice.billing.good_faith.renewal import (
    Change,
    DueAnew,
    ScopeChange,
    Stands,
    changes_between,
    when_due_anew,
)
from medoffice.billing.good_faith.standing import CLAIM_WISH_NOT_ASKED, Cover, Standing, standing

__all__ = [
    "CLAIM_WISH_NOT_ASKED",
    "DISCLAIMERS",
    "Bill",
    "Change",
    "ClaimWishNoted",
    "Cover",
    "Disputable",
    "Due",
    "DueAnew",
    "EstimateIssued",
    "EstimateRequested",
    "ExpectedItem",
    "ExpectedProvider",
    "Fact",
    "GoodFaithEstimate",
    "NotDue",
    "NotEstimated",
    "Owed",
    "Recurrence",
    "Requested",
    "Scheduled",
    "ScopeChange",
    "Standing",
    "Stands",
    "VisitPlan",
    "Way",
    "Why",
    "WithinEstimate",
    "business_days_after",
    "business_days_ahead",
    "business_days_before",
    "changes_between",
    "estimate_findings",
    "federal_holidays",
    "federal_holidays_around",
    "is_business_day",
    "judge_bill",
    "owed",
    "standing",
    "when_due",
    "when_due_anew",
]
