"""Which times are free, and why others are not."""

from medoffice.scheduling.search.availability import Availability
from medoffice.scheduling.search.fairness import Fairness
from medoffice.scheduling.search.find import find
from medoffice.scheduling.search.free_slot import FreeSlot, FreeSlots, SearchOutdated
from medoffice.scheduling.search.why_not import obstacles, why_not

__all__ = [
    "Availability",
    "Fairness",
    "FreeSlot",
    "FreeSlots",
    "SearchOutdated",
    "find",
    "obstacles",
    "why_not",
]
