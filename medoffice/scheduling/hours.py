"""When a clinician, room or device is there: weekly hours in wall time, and the instants they mean on a day.

Hours are kept as a sign on the door has them. They become instants one day at a time, so a change of the
clocks never shifts them. One rule settles every such change: an hour mark is *the first instant at which the
clock shows that time or a later one*. A mark in the hour that the spring change leaves out is the change
itself; a mark in the hour that the autumn change repeats is its first showing. The rule never turns an order
round, so hours that touch on the sign touch in fact, and hours that lie apart never overlap.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import DateRange, InvalidValue, ResourceId, TimeSlot, at_wall_time

_MIDNIGHT: Final = time.min
_SECOND: Final = timedelta(seconds=1)


@attrs.frozen(kw_only=True)
class Hours:
    """One stretch of a weekday (Monday is 0) in wall time; ``closes=time(0)`` is midnight at the day's end.

    ``visit_types`` are the codes of the visits that may be booked in it; none means any.

    Raises:
        InvalidValue: when the weekday is not 0 to 6, a time has a zone, or it does not close after it opens.
    """

    weekday: int
    opens: time
    closes: time
    visit_types: frozenset[str] = frozenset()

    def __attrs_post_init__(self) -> None:
        if type(self.weekday) is not int or not 0 <= self.weekday <= 6:  # noqa: PLR2004
            raise InvalidValue("opening hours", "the weekday is 0 (Monday) to 6 (Sunday)")
        if self.opens.tzinfo is not None or self.closes.tzinfo is not None:
            raise InvalidValue("opening hours", "the zone is the template's, not the clock time's")
        if self.closes != _MIDNIGHT and self.closes <= self.opens:
            raise InvalidValue(
                "opening hours", "they close after they open; midnight at the day's end is 00:00"
            )

    def allows(self, visit_type: str) -> bool:
        """Whether a kind of visit may be booked in this stretch."""
        return not self.visit_types or visit_type in self.visit_types


@attrs.frozen(kw_only=True)
class WeeklyTemplate:
    """The weekly hours of one resource in its own time zone, in force on the days of ``effective``.

    Raises:
        InvalidValue: when two stretches of one weekday overlap; touching is allowed.
    """

    resource: ResourceId
    zone: ZoneInfo
    hours: tuple[Hours, ...]
    effective: DateRange

    def __attrs_post_init__(self) -> None:
        in_order = sorted(self.hours, key=lambda each: (each.weekday, each.opens))
        for earlier, later in pairwise(in_order):
            runs_on = earlier.closes == _MIDNIGHT or later.opens < earlier.closes
            if earlier.weekday == later.weekday and runs_on:
                raise InvalidValue("weekly template", "opening hours of one weekday overlap")


@attrs.frozen
class Opening:
    """A stretch of one day in which the resource is there, and the kinds of visit for it (none means any)."""

    slot: TimeSlot
    visit_types: frozenset[str] = frozenset()

    def allows(self, visit_type: str) -> bool:
        """Whether a kind of visit may be booked in it."""
        return not self.visit_types or visit_type in self.visit_types


def openings(template: WeeklyTemplate, day: date) -> tuple[Opening, ...]:
    """The openings of a calendar day (in the template's zone), earliest first; none on days not in force.

    Hours that lie wholly within the time that a spring change leaves out do not take place.
    """
    if day not in template.effective:
        return ()
    found = []
    for hours in sorted(template.hours, key=lambda each: each.opens):
        if hours.weekday == day.weekday():
            last = day + timedelta(days=1) if hours.closes == _MIDNIGHT else day
            start = first_showing(day, hours.opens, template.zone)
            end = first_showing(last, hours.closes, template.zone)
            if start < end:
                found.append(Opening(TimeSlot(start, end), hours.visit_types))
    return tuple(found)


def first_showing(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first instant (in UTC) at which the clocks of ``zone`` show ``clock`` on ``day``, or anything
    later.

    Raises:
        InvalidValue: when the clock time carries a zone of its own.
    """
    instant = at_wall_time(day, clock, zone)
    wanted = datetime.combine(day, clock)
    if _wall(instant, zone) == wanted:
        return instant
    # A gap. With the offset of after the change, the time is an instant before it: the change lies between.
    before = datetime.combine(day, clock.replace(fold=1), tzinfo=zone).astimezone(UTC)
    while instant - before > _SECOND:
        middle = before + ((instant - before) // 2 // _SECOND) * _SECOND
        if _wall(middle, zone) < wanted:
            before = middle
        else:
            instant = middle
    return instant


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)
