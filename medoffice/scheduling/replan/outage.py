"""What has dropped out, and whom that displaces."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import ResourceId, TimeSlot, at_wall_time
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.calendar import Absence, Closure
from medoffice.scheduling.fields import resource_ids
from medoffice.scheduling.names import slug
from medoffice.scheduling.replan.displaced import MOVABLE

_DAY: Final = timedelta(days=1)
_FOR_EVER: Final = datetime(9999, 12, 31, tzinfo=UTC)


@attrs.frozen(kw_only=True)
class Outage:
    """Resources that are not there for a time: a clinician who is ill, a room under water, a site without power.

    ``resources`` are those that drop out; ``location`` is a site at which no visit takes place; with both, it is these
    resources at that site; with neither, the whole office.

    Raises:
        InvalidValue: when the location is not a slug.
    """

    slot: TimeSlot
    resources: frozenset[ResourceId] = attrs.field(default=frozenset(), converter=resource_ids)
    location: str = attrs.field(default="", validator=slug("outage", "its location", or_empty=True))

    @classmethod
    def of(cls, what: Absence | Closure, zone: ZoneInfo) -> Self:
        """An exception of the calendar as an outage; a closure's days are those of ``zone``."""
        match what:
            case Absence(resource, slot):
                return cls(slot=slot, resources=frozenset({resource}))
            case Closure(days=days, location=location, resources=resources):
                start = at_wall_time(days.start, time.min, zone)
                end = _FOR_EVER if days.end is None else at_wall_time(days.end + _DAY, time.min, zone)
                return cls(slot=TimeSlot(start, end), resources=resources, location=location)

    def hits(self, appointment: Appointment) -> bool:
        """Whether the appointment, buffers included, wants what is not there."""
        return (
            appointment.occupied.overlaps(self.slot)
            and (not self.location or self.location == appointment.location)
            and (not self.resources or not self.resources.isdisjoint(appointment.resources))
        )


def displaced_by(outage: Outage, appointments: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """The appointments that lose their place and can be given another, earliest first.

    Those that have begun or ended, or hold no time, are nobody's to move.
    """
    hit = (each for each in appointments if each.status in MOVABLE and outage.hits(each))
    return tuple(sorted(hit, key=lambda each: (each.slot.start, each.id)))
