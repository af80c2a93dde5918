"""The office's calendar before anything is booked: resources, visits, hours, and the exceptions to them."""

from medoffice.scheduling.calendar.absences import Absence
from medoffice.scheduling.calendar.calendar import Calendar
from medoffice.scheduling.calendar.closures import Closure
from medoffice.scheduling.calendar.special_days import SpecialDay

__all__ = ["Absence", "Calendar", "Closure", "SpecialDay"]
