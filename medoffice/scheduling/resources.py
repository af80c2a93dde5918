"""What a visit needs and the calendar keeps: providers, rooms, equipment.

A resource here is what the calendar knows of it: its id, what it can stand for (its tags), where it is and when. Who a
clinician is, by name and NPI, is :class:`medoffice.core.Provider`, under the same id.
"""

import attrs

from medoffice.core import InvalidValue, ResourceId
from medoffice.scheduling.fields import resource_id
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.names import as_slugs, slug, slugs


def _weekly(value: "Weekly | tuple[Weekly, ...]") -> tuple[Weekly, ...]:
    return (value,) if isinstance(value, Weekly) else tuple(value)


@attrs.frozen
class Resource:
    """One thing that is in one place at a time; make a :class:`Provider`, :class:`Room` or :class:`Equipment`.

    ``tags`` are what it can stand for where a visit needs any of a kind (``"exam-room"``, ``"ekg"``,
    ``"pediatrics"``). ``weekly`` are its hours, several when they change on a day. ``location`` is the slug of
    the site where it is, when its hours name none; empty is an office of one site.

    Raises:
        InvalidValue: when an id, a tag or the location is not of its form.
    """

    id: ResourceId = attrs.field(converter=resource_id)
    weekly: tuple[Weekly, ...] = attrs.field(default=(), converter=_weekly, kw_only=True)
    tags: frozenset[str] = attrs.field(
        default=frozenset(), converter=as_slugs, validator=slugs("resource", "its tags"), kw_only=True
    )
    location: str = attrs.field(
        default="", validator=slug("resource", "its location", or_empty=True), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if not all(isinstance(each, Weekly) for each in self.weekly):
            raise InvalidValue("resource", "its hours are Weekly values")

    @property
    def is_always_there(self) -> bool:
        """Whether it is free whenever nothing holds it: a room or a device for which no hours are given."""
        return not self.weekly


@attrs.frozen
class Provider(Resource):
    """A clinician who sees patients; without hours, never."""

    @property
    def is_always_there(self) -> bool:
        """Never: a clinician is there by the hours given, and by none when none are."""
        return False


@attrs.frozen
class Room(Resource):
    """A room; without hours of its own it is there whenever nothing holds it."""


@attrs.frozen
class Equipment(Resource):
    """A device; without hours of its own it is there whenever nothing holds it."""
