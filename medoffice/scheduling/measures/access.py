"""How soon one can be seen: the third next available appointment.

The third, because the first and second are often there by chance, after a cancellation (IHI, "Measure the
Backlog"). Ask for one kind of visit at a time, at the same time of the week, with times that nobody holds.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import DateRange, InvalidValue, ResourceId, TimeSlot, as_instant, day_in
from medoffice.scheduling.measures.definitions import Measure
from medoffice.scheduling.measures.spread import Spread
from medoffice.scheduling.measures.too_few import TooFew, spread_of

THIRD = 3


class Offer(Protocol):
    """A time that can be had, as a search finds it."""

    @property
    def slot(self) -> TimeSlot:
        """The patient's time."""

    @property
    def occupied(self) -> TimeSlot:
        """The time of the resources."""

    @property
    def lead(self) -> ResourceId:
        """Whom the visit is with."""


@attrs.frozen(kw_only=True)
class Access:
    """The n-th appointment that can be had begins at ``start``, ``days`` calendar days after the day of asking."""

    days: int
    start: datetime
    nth: int


@attrs.frozen(kw_only=True)
class NotOffered:
    """There are only ``found`` appointments to be had in all that was searched, fewer than asked for."""

    found: int
    nth: int


def next_available(
    offers: Iterable[Offer], *, now: datetime, zone: ZoneInfo, nth: int = THIRD
) -> Access | NotOffered:
    """The n-th appointment that can be had, from now on.

    Counted are appointments, not starts: of one clinician, a start counts only when it does not overlap an earlier
    one that was counted, since not both can be had. Offers may come in any order.

    Raises:
        InvalidValue: when ``now`` has no time zone, or ``nth`` is not a whole number from 1.
    """
    if type(nth) is not int or nth < 1:
        raise InvalidValue("third next available", "count from the first")
    moment = as_instant(now)
    busy_until: dict[ResourceId, datetime] = {}
    found = 0
    coming = (each for each in offers if each.slot.start >= moment)
    for offer in sorted(coming, key=lambda each: (each.slot.start, each.lead)):
        until = busy_until.get(offer.lead)
        if until is not None and offer.occupied.start < until:
            continue
        busy_until[offer.lead] = offer.occupied.end
        found += 1
        if found == nth:
            days = (day_in(offer.slot.start, zone) - day_in(moment, zone)).days
            return Access(days=days, start=offer.slot.start, nth=nth)
    return NotOffered(found=found, nth=nth)


def third_next_available(offers: Iterable[Offer], *, now: datetime, zone: ZoneInfo) -> Access | NotOffered:
    """Calendar days, weekends included, to the third appointment that can be had: the usual measure of access.

    For a practice, take it for each clinician and average (:func:`access_over`).
    """
    return next_available(offers, now=now, zone=zone)


def access_over(readings: Iterable[Access | NotOffered], *, window: DateRange) -> Spread | TooFew:
    """Readings of several clinicians or weeks together; those without a third appointment have no number and are
    left out, so look at how many there are.
    """
    return spread_of(Measure.THIRD_NEXT, [each.days for each in readings if isinstance(each, Access)], window)
