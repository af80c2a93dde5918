"""A clinician's, room's or device's own calendar, for a telephone to subscribe to.

It goes to servers that the office does not run, so it says only that the time is taken, unless the office asks for
more. Nothing in it tells who the patient is, at any level.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from medoffice.core import ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.wire.ics.library import icalendar
from medoffice.wire.ics.sender import Sender, one_line
from medoffice.wire.ics.visits import STATUS
from medoffice.wire.ics.writing import new_event, put_times, written

_MINUTE: Final = timedelta(minutes=1)


class Detail(Enum):
    """How much a feed says of a visit."""

    BUSY = "busy"
    """That the time is taken."""
    KIND = "kind"
    """Also what kind of visit it is, by its name."""
    KIND_AND_PLACE = "kind-and-place"
    """Also where it is."""


def resource_feed(
    appointments: Iterable[Appointment],
    *,
    resource: ResourceId,
    sender: Sender,
    now: datetime,
    detail: Detail = Detail.BUSY,
    name_of: Callable[[str], str] = str,
    title: str = "Schedule",
    busy: str = "Busy",
    zone: ZoneInfo | None = None,
) -> bytes:
    """The time that a resource is held for (METHOD:PUBLISH), buffers included, visits that hold none left out.

    The seats of one visit of a group are one event, that of the first by id. ``name_of`` gives the name of a kind of visit
    by its code. A subscriber takes the whole file anew each time, so a
    visit that was cancelled is gone from it.

    Raises:
        InvalidValue: when a title is not one line, or ``now`` has no time zone.
    """
    one_line("calendar", "the title", title)
    events: list[icalendar.Event] = []
    local: list[TimeSlot] = []
    held = [each for each in appointments if each.is_occupying and resource in each.resources]
    for each in held:
        if any(other.id < each.id and each.is_with(other) for other in held if each.is_group):
            continue
        event = new_event(uid=sender.uid(f"{each.id}.held"), now=now)
        local += put_times(event, each.occupied, zone)
        summary = busy if detail is Detail.BUSY else name_of(each.visit_type)
        event.add("SUMMARY", one_line("calendar", "the title", summary))
        event.add("SEQUENCE", each.revision)
        event.add("STATUS", STATUS[each.status])
        event.add("TRANSP", "OPAQUE")
        place = sender.places.get(each.location, "")
        if place and detail is Detail.KIND_AND_PLACE:
            event.add("LOCATION", place)
        events.append(event)
    if not events:
        local.append(
            TimeSlot.lasting(now, _MINUTE)
        )  # the zone's rules alone: a file has one component at least
    return written(events, method="PUBLISH", zone=zone, local=local, title=title)
