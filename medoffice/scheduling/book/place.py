"""Where and when a visit is wanted, before anybody has looked whether it can be."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

import attrs

from medoffice.core import InvalidValue, ResourceId, TimeSlot, as_instant
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.search.free_slot import FreeSlot
from medoffice.scheduling.visits import VisitType


@attrs.frozen(kw_only=True, slots=False)
class Place:
    """A visit at a start, on named resources or (when none are named) on whichever fit."""

    visit: VisitType
    start: datetime = attrs.field(converter=as_instant)
    resources: tuple[ResourceId, ...]
    modality: Modality
    location: str
    is_new_patient: bool

    @cached_property
    def slot(self) -> TimeSlot:
        """The patient's time."""
        return self.visit.slot_at(self.start, new_patient=self.is_new_patient)

    @cached_property
    def occupied(self) -> TimeSlot:
        """The time that the resources are taken for."""
        return self.visit.occupied_at(self.start, new_patient=self.is_new_patient)


def place_at(
    at: datetime | FreeSlot,
    *,
    visit: VisitType,
    resources: Iterable[ResourceId | str],
    modality: Modality | None,
    location: str,
    new_patient: bool,
) -> Place:
    """The place that a caller means; what a free slot says of itself need not be said again.

    Raises:
        InvalidValue: when the start has no time zone, or when other resources, another
            modality, another location, or another kind or length of visit is given with a free slot than its own.
    """
    named = tuple(each if isinstance(each, ResourceId) else ResourceId(each) for each in resources)
    if isinstance(at, FreeSlot):
        if (
            (named and set(named) != set(at.resources))
            or modality not in {None, at.modality}
            or location not in {"", at.location}
        ):
            raise InvalidValue(
                "place", "a free slot is taken as it is; for another place give its start alone"
            )
        if (visit.code, visit.slot_at(at.slot.start, new_patient=new_patient)) != (at.visit, at.slot):
            raise InvalidValue(
                "place", "a free slot is for the visit, and the new or known patient, it was found for"
            )
        start, named, modality, location = at.slot.start, at.resources, at.modality, at.location
    else:
        start = at
    return Place(
        visit=visit,
        start=start,
        resources=tuple(sorted(set(named))),
        modality=modality or visit.usual_modality,
        location=location,
        is_new_patient=new_patient,
    )


def place_of(appointment: Appointment, visit: VisitType) -> Place:
    """The place that an appointment names."""
    return Place(
        visit=visit,
        start=appointment.slot.start,
        resources=appointment.resources,
        modality=appointment.modality,
        location=appointment.location,
        is_new_patient=appointment.is_new_patient,
    )
