"""Days on which nobody is seen: a public holiday, a site that moves house, a room that is painted."""

from datetime import date

import attrs

from medoffice.core import DateRange, ResourceId
from medoffice.scheduling.fields import one_line, resource_ids
from medoffice.scheduling.names import slug


def _days(value: date | DateRange) -> DateRange:
    return value if isinstance(value, DateRange) else DateRange(value, value)


@attrs.frozen(kw_only=True)
class Closure:
    """Whole days, in wall time, on which the office, a site or some resources are closed.

    ``days`` is one day or a range of them. ``location`` closes one site: no visit takes place there. ``resources``
    closes these alone. With neither it closes the whole office; with both, these resources at that site.

    Raises:
        InvalidValue: when the name is not one line, or the location is no slug.
    """

    days: DateRange = attrs.field(converter=_days)
    name: str = attrs.field(validator=one_line("closure", "its name"))
    location: str = attrs.field(default="", validator=slug("closure", "its location", or_empty=True))
    resources: frozenset[ResourceId] = attrs.field(default=frozenset(), converter=resource_ids)

    def closes(self, resource: ResourceId, location: str) -> bool:
        """Whether it closes a resource for visits at a location (empty: at no named one), on its days."""
        at_the_site = not self.location or self.location == location
        return at_the_site and (not self.resources or resource in self.resources)
