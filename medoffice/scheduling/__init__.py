"""The schedule of a medical office: what a visit takes, when it can be, and one book of all that was decided.

Here is what most programs need. Each room has more, and a face of its own:

======================================  ==============================================================================
``medoffice.scheduling.calendar``       hours, closures, absences, special days
``medoffice.scheduling.search``         free times, and every reason why another time is not one
``medoffice.scheduling.book``           holds, offers, visits and series, decided and kept as facts
``medoffice.scheduling.waitlist``       freed slots as ranked offers, in waves
``medoffice.scheduling.replan``         new places for displaced visits, proven to disrupt least
``medoffice.scheduling.dayplan``        day plans that are proven optimal
``medoffice.scheduling.noshow``         the risk that a patient does not come, and its reasons
``medoffice.scheduling.reminders``      who is due to be told what, by which channel
``medoffice.scheduling.recalls``        who is due to be seen again
``medoffice.scheduling.flow``           the day of a visit: arrived, roomed, seen, out; waits and who is next
``medoffice.scheduling.measures``       third next available, fill, no-shows, waits
======================================  ==============================================================================
"""

from medoffice.scheduling.appointments import (
    LEGAL,
    OCCUPYING,
    TERMINAL,
    Appointment,
    Status,
    change_status,
)
from medoffice.scheduling.book import (
    Book,
    BookState,
    CalledOff,
    Held,
    Offered,
    Overbooking,
    Party,
    Policy,
    Recurrence,
)
from medoffice.scheduling.calendar import Absence, Calendar, Closure, SpecialDay
from medoffice.scheduling.dayplan import Empirical, Exponential, TwoPoint, Weights, optimal_day
from medoffice.scheduling.hours import Hours, Opening, Weekly, WeeklyTemplate, openings
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import AnyOf, Need, OneOf
from medoffice.scheduling.outcomes import Booked, Cancelled, Moved
from medoffice.scheduling.refusals import (
    ILLEGAL_CHANGE,
    IN_THE_PAST,
    NOT_MOVABLE,
    OUTSIDE_HOURS,
    PATIENT_BUSY,
    SLOT_TAKEN,
    TAKES_TIME,
)
from medoffice.scheduling.resources import Equipment, Provider, Resource, Room
from medoffice.scheduling.search import Availability, Fairness, FreeSlot, find, why_not
from medoffice.scheduling.visits import VisitType
from medoffice.scheduling.waitlist import Waitlist, WaitlistPolicy

__all__ = [
    "ILLEGAL_CHANGE",
    "IN_THE_PAST",
    "LEGAL",
    "NOT_MOVABLE",
    "OCCUPYING",
    "OUTSIDE_HOURS",
    "PATIENT_BUSY",
    "SLOT_TAKEN",
    "TAKES_TIME",
    "TERMINAL",
    "Absence",
    "AnyOf",
    "Appointment",
    "Availability",
    "Book",
    "BookState",
    "Booked",
    "Calendar",
    "CalledOff",
    "Cancelled",
    "Closure",
    "Empirical",
    "Equipment",
    "Exponential",
    "Fairness",
    "FreeSlot",
    "Held",
    "Hours",
    "Modality",
    "Moved",
    "Need",
    "Offered",
    "OneOf",
    "Opening",
    "Overbooking",
    "Party",
    "Policy",
    "Provider",
    "Recurrence",
    "Resource",
    "Room",
    "SpecialDay",
    "Status",
    "TwoPoint",
    "VisitType",
    "Waitlist",
    "WaitlistPolicy",
    "Weekly",
    "WeeklyTemplate",
    "Weights",
    "change_status",
    "find",
    "openings",
    "optimal_day",
    "why_not",
]
