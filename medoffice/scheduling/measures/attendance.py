"""What became of booked visits: kept, not shown, called off, bumped; and how long they had been booked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from medoffice.core import AppointmentId, DateRange, day_in
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.measures.definitions import Measure
from medoffice.scheduling.measures.rate import Rate
from medoffice.scheduling.measures.spread import Spread
from medoffice.scheduling.measures.too_few import TooFew, rate_of, spread_of

_KEPT: Final = frozenset({Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED})
_NEVER_BOOKED: Final = frozenset({Status.ENTERED_IN_ERROR, Status.PROPOSED, Status.WAITLIST})
_DAY: Final = timedelta(hours=24)


def _due(appointments: Iterable[Appointment], window: DateRange, zone: ZoneInfo) -> Iterator[Appointment]:
    """The visits of the window that had been booked, by the day on which they were to begin."""
    for each in appointments:
        if each.status not in _NEVER_BOOKED and day_in(each.slot.start, zone) in window:
            yield each


def no_show_rate(appointments: Iterable[Appointment], *, window: DateRange, zone: ZoneInfo) -> Rate | TooFew:
    """No-shows over no-shows and kept visits; cancelled ones and those still to come are in neither."""
    due = list(_due(appointments, window, zone))
    missed = sum(each.status is Status.NOSHOW for each in due)
    kept = sum(each.status in _KEPT for each in due)
    return rate_of(Measure.NO_SHOW, missed, missed + kept, window)


def cancellation_rate(
    appointments: Iterable[Appointment],
    *,
    window: DateRange,
    zone: ZoneInfo,
    bumped: frozenset[AppointmentId] = frozenset(),
) -> Rate | TooFew:
    """Visits that patients called off, over visits that had been booked; those that the practice bumped are
    in the denominator alone.
    """
    due = list(_due(appointments, window, zone))
    called_off = sum(each.status is Status.CANCELLED and each.id not in bumped for each in due)
    return rate_of(Measure.CANCELLATION, called_off, len(due), window)


def late_cancellation_rate(
    appointments: Iterable[Appointment],
    *,
    cancelled_at: Mapping[AppointmentId, datetime],
    window: DateRange,
    zone: ZoneInfo,
    notice: timedelta = _DAY,
    bumped: frozenset[AppointmentId] = frozenset(),
) -> Rate | TooFew:
    """Visits that patients called off with less than ``notice``, over visits that had been booked.

    A cancelled visit whose instant of cancelling is not in ``cancelled_at`` counts as one in time: it is not known
    to be late.
    """
    due = list(_due(appointments, window, zone))
    late = sum(
        each.status is Status.CANCELLED
        and each.id not in bumped
        and each.id in cancelled_at
        and each.slot.start - cancelled_at[each.id] < notice
        for each in due
    )
    return rate_of(Measure.LATE_CANCELLATION, late, len(due), window)


def bump_rate(
    appointments: Iterable[Appointment],
    *,
    bumped: frozenset[AppointmentId],
    window: DateRange,
    zone: ZoneInfo,
) -> Rate | TooFew:
    """Visits that the practice called off or moved, over visits that had been booked.

    A moved visit is counted once, under the day that it has now.
    """
    due = list(_due(appointments, window, zone))
    return rate_of(Measure.BUMP, sum(each.id in bumped for each in due), len(due), window)


def lead_time(
    appointments: Iterable[Appointment],
    *,
    booked_at: Mapping[AppointmentId, datetime],
    window: DateRange,
    zone: ZoneInfo,
) -> Spread | TooFew:
    """Calendar days from the booking to the visit, over visits that had been booked and whose booking is known."""
    return spread_of(
        Measure.LEAD_TIME,
        [
            (day_in(each.slot.start, zone) - day_in(booked_at[each.id], zone)).days
            for each in _due(appointments, window, zone)
            if each.id in booked_at
        ],
        window,
    )
