"""A place into which a displaced visit may go: free time of some resources, taken by one visit at most."""

from collections.abc import Iterable
from typing import Protocol, Self

import attrs

from medoffice.core import InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.names import as_slugs, slug


class FreeTime(Protocol):
    """What a search for free times yields, as far as a place needs it."""

    @property
    def slot(self) -> TimeSlot:
        """The patient's time."""

    @property
    def occupied(self) -> TimeSlot:
        """The time of the resources, buffers included."""

    @property
    def resources(self) -> tuple[ResourceId, ...]:
        """Whose time it is."""


def _resources(value: Iterable[ResourceId]) -> tuple[ResourceId, ...]:
    return tuple(sorted(set(value)))


def _modalities(value: Modality | Iterable[Modality]) -> frozenset[Modality]:
    return frozenset((value,)) if isinstance(value, Modality) else frozenset(value)


@attrs.frozen(kw_only=True)
class Place:
    """Free time of some resources at once, for one visit.

    A visit that goes there begins at ``slot.start``; it fits when its own length is within ``slot`` and its
    buffers are within ``occupied``. It takes all ``resources``. ``visit_types`` are the codes of the visits that
    may be put there and ``modalities`` the ways in which; none means any. ``location`` is the site.

    Two places that want the same resource at the same time shut each other out, buffers included; that is judged by
    the whole of ``occupied``, whatever is put there.

    Raises:
        InvalidValue: when ``occupied`` does not cover ``slot``, or there is no resource.
    """

    slot: TimeSlot
    occupied: TimeSlot
    resources: tuple[ResourceId, ...] = attrs.field(converter=_resources)
    visit_types: frozenset[str] = attrs.field(default=frozenset(), converter=as_slugs)
    modalities: frozenset[Modality] = attrs.field(default=frozenset(), converter=_modalities)
    location: str = attrs.field(default="", validator=slug("place", "its location", or_empty=True))

    def __attrs_post_init__(self) -> None:
        if not self.resources:
            raise InvalidValue("place", "it is time of one resource at least")
        if not self.occupied.covers(self.slot):
            raise InvalidValue("place", "the time it occupies covers the visit")

    @classmethod
    def of(
        cls,
        free: FreeTime,
        *,
        visit_types: frozenset[str] = frozenset(),
        modalities: frozenset[Modality] = frozenset(),
        location: str = "",
    ) -> Self:
        """The place that a search found; say for which kinds of visit it searched."""
        return cls(
            slot=free.slot,
            occupied=free.occupied,
            resources=free.resources,
            visit_types=visit_types,
            modalities=modalities,
            location=location,
        )

    def excludes(self, other: "Place") -> bool:
        """Whether not both can be used: they share a resource at some instant."""
        return self.occupied.overlaps(other.occupied) and not set(self.resources).isdisjoint(other.resources)
