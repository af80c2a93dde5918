"""A patient's account at the front desk, until there is a ledger: facts, their fold, and what is due with it."""

from medoffice.billing.account.account import EMPTY, Account, Move, VisitMoney, replay
from medoffice.billing.account.facts import (
    BalanceStated,
    DepositRefunded,
    DepositUsed,
    Fact,
    MoneyTaken,
    PaymentVoided,
    PlanAgreed,
    PlanEnded,
    Protection,
    ProtectionNoted,
    VisitReleased,
)
from medoffice.billing.account.means import Means
from medoffice.billing.account.owing import Owing, Terms, owing, room_without_visit
from medoffice.billing.account.plan import OnPlan, RunningPlan
from medoffice.billing.account.split import Room, Split

__all__ = [
    "EMPTY",
    "Account",
    "BalanceStated",
    "DepositRefunded",
    "DepositUsed",
    "Fact",
    "Means",
    "MoneyTaken",
    "Move",
    "OnPlan",
    "Owing",
    "PaymentVoided",
    "PlanAgreed",
    "PlanEnded",
    "Protection",
    "ProtectionNoted",
    "Room",
    "RunningPlan",
    "Split",
    "Terms",
    "VisitMoney",
    "VisitReleased",
    "owing",
    "replay",
    "room_without_visit",
]
