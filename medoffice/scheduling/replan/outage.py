"""What has dropped out, and whom that displaces."""

from collections.abc import Iterable

import attrs

from medoffice.core import ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.names import slug
from medoffice.scheduling.replan.displaced import MOVABLE


def _ids(value: Iterable[ResourceId]) -> frozenset[ResourceId]:
    return frozenset(value)


@attrs.frozen(kw_only=True)
class Outage:
    """Resources that are not there for a time: a clinician who is ill, a room under water, a site without power.

    ``resources`` are those that drop out; with ``location`` it is everything at that site; with neither, the
    whole office is closed.

    Raises:
        InvalidValue: when the location is not a slug.
    """

    slot: TimeSlot
    resources: frozenset[ResourceId] = attrs.field(default=frozenset(), converter=_ids)
    location: str = attrs.field(default="", validator=slug("outage", "its location", or_empty=True))

    def hits(self, appointment: Appointment) -> bool:
        """Whether the appointment, buffers included, wants what is not there.

        An appointment that names no site may be at any, so an outage of a site hits it.
        """
        if not appointment.occupied.overlaps(self.slot):
            return False
        if not self.resources and not self.location:
            return True
        at_site = bool(self.location) and appointment.location in {"", self.location}
        return at_site or not self.resources.isdisjoint(appointment.resources)


def displaced_by(outage: Outage, appointments: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """The appointments that lose their place and can be given another, earliest first.

    Those that have begun or ended, or hold no time, are nobody's to move.
    """
    hit = (each for each in appointments if each.status in MOVABLE and outage.hits(each))
    return tuple(sorted(hit, key=lambda each: (each.slot.start, each.id)))
