"""When one resource is away in spite of its hours: leave, training, a repair."""

import attrs

from medoffice.core import ResourceId, TimeSlot
from medoffice.scheduling.fields import resource_id
from medoffice.scheduling.names import slug


@attrs.frozen
class Absence:
    """A stretch of time in which a resource takes no visit; ``why`` is a code of the office (``"leave"``).

    It takes time away and moves nothing else: starts before and after it lie where they lay.

    Raises:
        InvalidValue: when the id or the code is not of its form.
    """

    resource: ResourceId = attrs.field(converter=resource_id)
    slot: TimeSlot
    why: str = attrs.field(default="away", validator=slug("absence", "why"))
