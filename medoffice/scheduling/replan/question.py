"""All that a replanning rests on, in an order of its own, so that the same question has one answer."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue, ResourceId
from medoffice.core.times import as_instant
from medoffice.scheduling.replan.displaced import Displaced
from medoffice.scheduling.replan.places import Place
from medoffice.scheduling.replan.weights import DisruptionWeights
from medoffice.scheduling.resources import Provider, Resource


def _by_claim(displaced: tuple[Displaced, ...]) -> tuple[Displaced, ...]:
    """The order in which ties are settled: the more urgent, then whoever was to come sooner, then by id."""
    return tuple(
        sorted(displaced, key=lambda each: (-each.urgency, each.appointment.slot.start, each.appointment.id))
    )


def _by_time(places: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(
        sorted(
            set(places),
            key=lambda each: (
                each.slot.start,
                each.slot.end,
                each.occupied.start,
                each.occupied.end,
                each.resources,
                each.location,
                sorted(each.visit_types),
                sorted(map(str, each.modalities)),
                each.seats,
            ),
        )
    )


@attrs.frozen(kw_only=True)
class Question:
    """Who is displaced, where they may go, what the office has, what disruption costs, on whose clock, from when.

    ``resources`` tell who is a clinician and which needs a place meets. ``displaced`` and ``places`` are kept
    in an order of their own (places without repeats), so the order in which they were given decides nothing.

    Raises:
        InvalidValue: when an appointment is displaced twice, a place is time of a resource that is not among
            ``resources``, or ``now`` has no time zone.
    """

    displaced: tuple[Displaced, ...] = attrs.field(converter=_by_claim)
    places: tuple[Place, ...] = attrs.field(converter=_by_time)
    resources: tuple[Resource, ...]
    weights: DisruptionWeights
    zone: ZoneInfo
    now: datetime = attrs.field(converter=as_instant)

    def __attrs_post_init__(self) -> None:
        ids = {each.appointment.id for each in self.displaced}
        if len(ids) != len(self.displaced):
            raise InvalidValue("replanning", "an appointment is displaced once")
        known = {resource.id for resource in self.resources}
        if any(not known.issuperset(place.resources) for place in self.places):
            raise InvalidValue("replanning", "a place is time of resources that the office has")

    @cached_property
    def by_id(self) -> Mapping[ResourceId, Resource]:
        """The resources by their ids."""
        return {resource.id: resource for resource in self.resources}

    @cached_property
    def clinicians(self) -> frozenset[ResourceId]:
        """The resources that are providers."""
        return frozenset(each.id for each in self.resources if isinstance(each, Provider))
