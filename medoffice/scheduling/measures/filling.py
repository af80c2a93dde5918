"""How full the calendar is."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from medoffice.core import DateRange, InvalidValue, ResourceId, TimeSlot, day_in
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.measures.definitions import Measure
from medoffice.scheduling.measures.rate import Rate
from medoffice.scheduling.measures.too_few import TooFew, rate_of
from medoffice.scheduling.stretches import common, minutes_of, united


def fill(
    openings: Mapping[ResourceId, Iterable[TimeSlot]],
    appointments: Iterable[Appointment],
    *,
    window: DateRange,
    zone: ZoneInfo,
) -> Rate | TooFew:
    """Minutes of opening hours that visits hold, over minutes of opening hours: all resources together.

    An opening belongs to the day on which it begins. A minute counts once however many visits share it, and time
    that a visit holds outside of opening hours does not count, so the rate never passes 1. Visits that hold no time
    (cancelled, no-shows) fill nothing; give one resource alone for its own rate.

    Raises:
        InvalidValue: when the window has no end.
    """
    if window.end is None:
        raise InvalidValue("window", "a calendar is full up to a day, not for ever")
    held: dict[ResourceId, list[TimeSlot]] = {}
    for appointment in appointments:
        if appointment.is_occupying:
            for resource in appointment.resources:
                held.setdefault(resource, []).append(appointment.occupied)
    booked = available = 0
    for resource, slots in openings.items():
        there = united(slot for slot in slots if day_in(slot.start, zone) in window)
        available += minutes_of(there)
        booked += minutes_of(common(there, held.get(resource, ())))
    return rate_of(Measure.FILL, booked, available, window)
