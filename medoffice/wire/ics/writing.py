"""What all our calendars share: how an event's times are written, and the calendar around it.

Instants are written in UTC unless a zone is asked for. That is the form that every reader gets right: it needs no
rules, and it also tells the two half past ones of an autumn night apart. What it cannot do is recur, so whatever recurs
is written in local time, with the rules of its zone beside it. Of visits it is known at which instant they are; should
a legislature change the clocks meanwhile, the office moves them, and its calendar says so under a higher SEQUENCE.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from medoffice.core import InvalidValue, TimeSlot, as_instant, at_wall_time
from medoffice.wire.ics.library import icalendar
from medoffice.wire.ics.zones import FIRST_YEAR, LAST_YEAR, rules_of

PRODUCT: Final = "-//medoffice//scheduling//EN"
_MINUTE: Final = timedelta(minutes=1)


def whole_minutes(slot: TimeSlot) -> TimeSlot:
    """The slot rounded outward to whole minutes, the unit of the calendar."""
    start = slot.start.replace(second=0, microsecond=0)
    end = slot.end.replace(second=0, microsecond=0)
    return TimeSlot(start, end if end == slot.end else end + _MINUTE)


def new_event(*, uid: str, now: datetime) -> "icalendar.Event":
    """An event that nobody else is to see the details of, stamped with ``now``."""
    event = icalendar.Event()
    event.add("UID", uid)
    event.add("DTSTAMP", as_instant(now).replace(microsecond=0))
    event.add("CLASS", "PRIVATE")
    return event


def put_times(event: "icalendar.Event", slot: TimeSlot, zone: ZoneInfo | None) -> tuple[TimeSlot, ...]:
    """Write start and end, to the minute; in local time where the local time says which instant is meant.

    Returns the slot when it was written in local time, so that the rules of the zone will cover it.
    """
    minutes = whole_minutes(slot)
    if zone is not None and _is_told(minutes.start, zone) and _is_told(minutes.end, zone):
        event.add("DTSTART", minutes.start.astimezone(zone))
        event.add("DTEND", minutes.end.astimezone(zone))
        return (minutes,)
    event.add("DTSTART", minutes.start)
    event.add("DTEND", minutes.end)
    return ()


def _is_told(instant: datetime, zone: ZoneInfo) -> bool:
    """Whether the wall time alone is read as this instant (RFC 5545, 3.3.5: the first of two)."""
    if zone.key == "UTC" or not FIRST_YEAR < instant.year < LAST_YEAR:
        return False
    wall = instant.astimezone(zone)
    return at_wall_time(wall.date(), wall.time(), zone) == instant


def written(
    events: Sequence["icalendar.Event"],
    *,
    method: str,
    zone: ZoneInfo | None,
    local: Sequence[TimeSlot],
    title: str = "",
) -> bytes:
    """The file: events in order, before them the rules of the zone for the slots that are written in it.

    Raises:
        InvalidValue: when there is neither an event nor a slot: a file has one component at least (RFC 5545, 3.6).
    """
    if not events and not local:
        raise InvalidValue("calendar", "it has one event at least")
    calendar = icalendar.Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method)
    if title:
        calendar.add("X-WR-CALNAME", title)
    if local:
        first, last = min(slot.start for slot in local), max(slot.end for slot in local)
        calendar.add_component(rules_of(zone or ZoneInfo("UTC"), first, last))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())
