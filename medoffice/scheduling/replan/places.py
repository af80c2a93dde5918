"""A place into which a displaced visit may go: free time of some resources, taken by one visit at most."""

from collections.abc import Iterable
from typing import Final, Self

import attrs

from medoffice.core import InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling.fields import modalities
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.names import as_slugs, slug
from medoffice.scheduling.search import FreeSlot

_MOST_SEATS: Final = 500


def _seats(_: object, __: object, value: object) -> None:
    if type(value) is not int or not 1 <= value <= _MOST_SEATS:
        raise InvalidValue("place", f"its seats are a whole number from 1 to {_MOST_SEATS}")


def _resources(value: Iterable[ResourceId]) -> tuple[ResourceId, ...]:
    return tuple(sorted(set(value)))


@attrs.frozen(kw_only=True)
class Place:
    """Free time of some resources at once, for one visit, or for some seats of one visit of a group.

    A visit that goes there begins at ``slot.start``; it fits when its own length is within ``slot`` and its
    buffers are within ``occupied``. It takes all ``resources``. ``visit_types`` are the codes of the visits that
    may be put there and ``modalities`` the ways in which; none means any. ``location`` is the site. ``seats`` is how
    many displaced visits of a group can be put there together; then they are of one kind and of exactly that length.

    Two places that want the same resource at the same time shut each other out, buffers included; that is judged by
    the whole of ``occupied``, whatever is put there.

    Raises:
        InvalidValue: when ``occupied`` does not cover ``slot``, there is no resource, or there are several seats
            and not just one kind of visit.
    """

    slot: TimeSlot
    occupied: TimeSlot
    resources: tuple[ResourceId, ...] = attrs.field(converter=_resources)
    visit_types: frozenset[str] = attrs.field(default=frozenset(), converter=as_slugs)
    modalities: frozenset[Modality] = attrs.field(default=frozenset(), converter=modalities)
    location: str = attrs.field(default="", validator=slug("place", "its location", or_empty=True))
    seats: int = attrs.field(default=1, validator=_seats)

    def __attrs_post_init__(self) -> None:
        if not self.resources:
            raise InvalidValue("place", "it is time of one resource at least")
        if not self.occupied.covers(self.slot):
            raise InvalidValue("place", "the time it occupies covers the visit")
        if self.seats > 1 and len(self.visit_types) != 1:
            raise InvalidValue("place", "seats are those of one kind of visit")

    @classmethod
    def of(cls, free: FreeSlot) -> Self:
        """The place that a search found, for the kind of visit that it searched for."""
        return cls(
            slot=free.slot,
            occupied=free.occupied,
            resources=free.resources,
            visit_types=frozenset({free.visit}),
            modalities=frozenset({free.modality}),
            location=free.location,
            seats=free.seats_left,
        )

    def excludes(self, other: "Place") -> bool:
        """Whether not both can be used: they share a resource at some instant."""
        return self.occupied.overlaps(other.occupied) and not set(self.resources).isdisjoint(other.resources)
