"""The waitlist (cancellation list): freed slots go out as ranked offers, in waves, and the first yes has them."""

from medoffice.core import EntryId, FreedSlotId
from medoffice.scheduling.urgency import Urgency
from medoffice.scheduling.waitlist.asking import AskingHours
from medoffice.scheduling.waitlist.entry import CurrentVisit, Entry
from medoffice.scheduling.waitlist.fit import Busy, nobody_is_busy
from medoffice.scheduling.waitlist.freed import FreedSlot
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.offers import Offer, OfferStanding, OfferStatus, Part, Ranking
from medoffice.scheduling.waitlist.outcomes import (
    Advanced,
    Candidate,
    Closed,
    DeskSuggestion,
    Filled,
    Listed,
    Opened,
    TurnedDown,
)
from medoffice.scheduling.waitlist.policy import Limits, Points, Rails, WaitlistPolicy, Waves
from medoffice.scheduling.waitlist.spread import Spread, gini, spread
from medoffice.scheduling.waitlist.standing import EntryStanding, SlotStanding, SlotStatus, WaitlistState
from medoffice.scheduling.waitlist.waitlist import Waitlist

__all__ = [
    "Advanced",
    "AskingHours",
    "Busy",
    "Candidate",
    "Closed",
    "CurrentVisit",
    "DeskSuggestion",
    "Entry",
    "EntryId",
    "EntryStanding",
    "Filled",
    "FreedSlot",
    "FreedSlotId",
    "Limits",
    "Listed",
    "Offer",
    "OfferKey",
    "OfferStanding",
    "OfferStatus",
    "Opened",
    "Part",
    "Points",
    "Rails",
    "Ranking",
    "SlotStanding",
    "SlotStatus",
    "Spread",
    "TurnedDown",
    "Urgency",
    "Waitlist",
    "WaitlistPolicy",
    "WaitlistState",
    "Waves",
    "gini",
    "nobody_is_busy",
    "spread",
]
