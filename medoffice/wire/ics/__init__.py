"""iCalendar (RFC 5545, RFC 5546): files out of appointments and hours, and busy times out of other people's files."""

from medoffice.wire.ics.busy import BusyTimes, busy_times
from medoffice.wire.ics.feed import Detail, resource_feed
from medoffice.wire.ics.hours import hours_calendar
from medoffice.wire.ics.sender import Sender
from medoffice.wire.ics.visits import cancellation, invitation, patient_calendar
from medoffice.wire.ics.zones import rules_of

__all__ = [
    "BusyTimes",
    "Detail",
    "Sender",
    "busy_times",
    "cancellation",
    "hours_calendar",
    "invitation",
    "patient_calendar",
    "resource_feed",
    "rules_of",
]
