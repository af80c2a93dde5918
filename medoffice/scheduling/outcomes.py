"""What a decision about the schedule can end in, beside :class:`medoffice.core.Refused`."""

import attrs

from medoffice.core import TimeSlot
from medoffice.scheduling.appointments import Appointment


@attrs.frozen
class Booked:
    """The appointment holds its time."""

    appointment: Appointment


@attrs.frozen
class Moved:
    """The appointment holds its new time, and ``previous`` (the patient's old time) is free again."""

    appointment: Appointment
    previous: TimeSlot


@attrs.frozen
class Cancelled:
    """The appointment holds no time any more."""

    appointment: Appointment
