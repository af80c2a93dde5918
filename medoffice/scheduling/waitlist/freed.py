"""A time that became free, and what the template lets be put there."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

import attrs

from medoffice.core import FreedSlotId, InvalidValue, ResourceId, TimeSlot, as_instant
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.fields import modalities, resource_ids
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.names import as_slugs, slug, slugs


def _ids(values: Iterable[ResourceId | str]) -> tuple[ResourceId, ...]:
    return tuple(sorted(resource_ids(values)))


@attrs.frozen(kw_only=True)
class FreedSlot:
    """A time that can be filled again, and since when.

    ``slot`` is the time of the patient who gave it up, ``occupied`` all that became free on ``resources``,
    buffers included. ``visit_types`` are the kinds that the template keeps the time for and ``modalities`` the
    ways in which they take place; none means any. ``new_patients`` says whether it is kept for those whom the
    office has not seen yet (true), for those it has (false), or for nobody in particular.

    Raises:
        InvalidValue: when ``occupied`` does not cover ``slot``, or it has no resource.
    """

    id: FreedSlotId
    slot: TimeSlot
    occupied: TimeSlot
    resources: tuple[ResourceId, ...] = attrs.field(converter=_ids)
    freed: datetime = attrs.field(converter=as_instant)
    visit_types: frozenset[str] = attrs.field(
        default=frozenset(), converter=as_slugs, validator=slugs("freed slot", "its visit types")
    )
    modalities: frozenset[Modality] = attrs.field(default=frozenset(), converter=modalities)
    location: str = attrs.field(default="", validator=slug("freed slot", "its location", or_empty=True))
    new_patients: bool | None = None

    def __attrs_post_init__(self) -> None:
        if not self.occupied.covers(self.slot):
            raise InvalidValue("freed slot", "the time that became free covers the visit's")
        if not self.resources:
            raise InvalidValue("freed slot", "it names one resource at least")

    @classmethod
    def left_by(
        cls,
        appointment: Appointment,
        *,
        id: FreedSlotId,
        freed: datetime,
        visit_types: Iterable[str] = (),
        new_patients: bool | None = None,
    ) -> Self:
        """What an appointment gave back when it was cancelled or moved; the template says what it is kept for."""
        return cls(
            id=id,
            slot=appointment.slot,
            occupied=appointment.occupied,
            resources=appointment.resources,
            freed=freed,
            visit_types=frozenset(visit_types),
            location=appointment.location,
            new_patients=new_patients,
        )

    @property
    def start(self) -> datetime:
        """When the visit that was given up would have begun."""
        return self.slot.start
