"""One day on which a resource keeps other hours than its weekly ones, or more of them."""

from datetime import date

import attrs

from medoffice.core import InvalidValue, ResourceId
from medoffice.scheduling.fields import resource_id
from medoffice.scheduling.hours import Hours, Weekly
from medoffice.scheduling.resources import Resource

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@attrs.frozen(kw_only=True)
class SpecialDay:
    """The hours of a resource on one day, in wall time of the zone of its weekly hours.

    They stand in place of the weekly ones, or beside them when ``is_extra``. None at all, in place of the weekly
    ones, is a day off. A closure closes a special day too.

    Raises:
        InvalidValue: when hours are of another weekday than the day's, or there are no hours to add.
    """

    resource: ResourceId = attrs.field(converter=resource_id)
    day: date
    hours: tuple[Hours, ...] = ()
    is_extra: bool = False

    def __attrs_post_init__(self) -> None:
        if any(hours.weekday != self.day.weekday() for hours in self.hours):
            raise InvalidValue("special day", "its hours are of the weekday that the day is")
        if self.is_extra and not self.hours:
            raise InvalidValue("special day", "extra hours are some hours")

    @classmethod
    def of(
        cls, text: str, *, resource: Resource | ResourceId | str, day: date, is_extra: bool = False
    ) -> "SpecialDay":
        """Read hours as a note on the door has them: ``"09:00-12:00 13:00-15:00"``; no text is a day off.

        Raises:
            InvalidValue: for any other form.
        """
        sign = f"{_WEEKDAYS[day.weekday()]} {text}" if text.strip() else ""
        hours = Weekly.of(sign, zone="UTC").hours
        who = resource.id if isinstance(resource, Resource) else resource
        return cls(resource=who, day=day, hours=hours, is_extra=is_extra)
