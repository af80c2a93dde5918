"""What practice managers measure, as values: with numerator, denominator, window, and how sure one can be."""

from medoffice.scheduling.measures.access import (
    Access,
    NotOffered,
    access_over,
    next_available,
    third_next_available,
)
from medoffice.scheduling.measures.attendance import (
    bump_rate,
    cancellation_rate,
    late_cancellation_rate,
    lead_time,
    no_show_rate,
)
from medoffice.scheduling.measures.definitions import DEFINITIONS, Definition, Measure
from medoffice.scheduling.measures.encounters import Encounter, SessionUse, session_use, waits
from medoffice.scheduling.measures.filling import fill
from medoffice.scheduling.measures.gains import Gain, days_gained
from medoffice.scheduling.measures.rate import WILSON, Rate
from medoffice.scheduling.measures.spread import NEAREST_RANK, Spread
from medoffice.scheduling.measures.too_few import SMALL_CELL, TooFew, suppressed

__all__ = [
    "DEFINITIONS",
    "NEAREST_RANK",
    "SMALL_CELL",
    "WILSON",
    "Access",
    "Definition",
    "Encounter",
    "Gain",
    "Measure",
    "NotOffered",
    "Rate",
    "SessionUse",
    "Spread",
    "TooFew",
    "access_over",
    "bump_rate",
    "cancellation_rate",
    "days_gained",
    "fill",
    "late_cancellation_rate",
    "lead_time",
    "next_available",
    "no_show_rate",
    "session_use",
    "suppressed",
    "third_next_available",
    "waits",
]
