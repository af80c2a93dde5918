"""What is asked of the index, made ready: minutes in place of instants, candidates in place of needs."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final

import attrs

from medoffice.core import InvalidValue, ResourceId, TimeSlot, as_instant
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import OneOf
from medoffice.scheduling.resources import Provider, Resource
from medoffice.scheduling.search.availability import Availability
from medoffice.scheduling.search.minutes import MINUTE, ceil_minute, floor_minute
from medoffice.scheduling.search.rows import Shape
from medoffice.scheduling.search.timetable import Kind
from medoffice.scheduling.visits import VisitType

QUARTER: Final = timedelta(minutes=15)
AT_ONCE: Final = timedelta(0)
_NEVER: Final = floor_minute(datetime.max.replace(tzinfo=UTC))


@attrs.frozen(kw_only=True)
class Question:
    """One search, or one start to be explained.

    ``needs`` are the candidates of each need by name, best first; ``lead`` is the need whose resource gives the
    grid and its name to the offer: the first that a provider can fill, else the first. ``places`` are the
    locations to be tried, in turn. ``unfit`` are resources asked for that can fill no need.
    """

    visit: VisitType
    modality: Modality
    location: str
    length: int
    needs: tuple[tuple[str, ...], ...]
    lead: int
    places: tuple[str, ...]
    step: int
    now: int
    earliest: int
    latest: int
    elsewhere: tuple[tuple[int, int], ...]
    unfit: tuple[str, ...]

    @property
    def is_possible(self) -> bool:
        """Whether any start at all can be offered."""
        return self.modality in self.visit.modalities and not self.unfit

    @property
    def before(self) -> int:
        """Minutes held before the start."""
        return self.visit.buffer_before

    @property
    def whole(self) -> int:
        """Minutes held in all."""
        return self.visit.buffer_before + self.length + self.visit.buffer_after

    @cached_property
    def is_disjoint(self) -> bool:
        """Whether no resource can fill two of the needs, so that each can be looked at alone."""
        return len({name for need in self.needs for name in need}) == sum(map(len, self.needs))

    def kind(self, place: str) -> Kind:
        """The openings that the visit needs at a place."""
        return Kind(self.visit.code, self.modality, place)

    def shape(self, place: str, *, is_lead: bool) -> Shape:
        """How the visit lies on a resource: the lead's grid decides, others follow."""
        return Shape(self.before, self.whole, self.kind(place), self.step if is_lead else 0)


def ask(
    availability: Availability,
    visit: VisitType,
    *,
    now: datetime,
    modality: Modality | None,
    location: str,
    new_patient: bool,
    resources: Iterable[ResourceId | str],
    step: timedelta,
    patient_busy: Iterable[TimeSlot],
    notice: timedelta,
    horizon: timedelta | None,
) -> Question:
    """Make a question ready.

    Raises:
        InvalidValue: when ``step`` is not some whole minutes, ``notice`` or ``horizon`` is below zero, or ``now``
            has no time zone.
        UnknownName: when a resource is not in the calendar.
    """
    if step < MINUTE or step % MINUTE:
        raise InvalidValue("step", "the time between two starts is a whole number of minutes, one at least")
    if notice < AT_ONCE or (horizon is not None and horizon < AT_ONCE):
        raise InvalidValue("notice or horizon", "neither is below zero")
    moment = as_instant(now)
    way = modality or visit.usual_modality
    wanted = [availability.calendar.resource(each).id.value for each in resources]
    needs, lead = _needs(availability, visit, way, wanted)
    fitting = {name for need in needs for name in need}
    return Question(
        visit=visit,
        modality=way,
        location=location,
        length=visit.length_for(new_patient=new_patient) // MINUTE,
        needs=needs,
        lead=lead,
        places=(location,) if location else availability.places,
        step=step // MINUTE,
        now=ceil_minute(moment),
        earliest=ceil_minute(moment + notice),
        latest=_NEVER if horizon is None else floor_minute(moment + horizon),
        elsewhere=tuple((floor_minute(each.start), ceil_minute(each.end)) for each in patient_busy),
        unfit=tuple(name for name in wanted if name not in fitting),
    )


def _needs(
    availability: Availability, visit: VisitType, modality: Modality, wanted: list[str]
) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The candidates of each need, best first, and which need is the lead's."""
    fillers = availability.calendar.fillers(visit, modality)
    asked = visit.needs_for(modality) or (None,)
    lead = next((at for at, group in enumerate(fillers) if any(map(_is_provider, group))), 0)
    found = []
    for at, (need, group) in enumerate(zip(asked, fillers, strict=True)):
        names = [resource.id.value for resource in group]
        if at != lead and not isinstance(need, OneOf):
            names.sort(key=lambda name: (availability.demand[name], name))
        found.append(tuple([name for name in names if name in wanted] or names))
    return tuple(found), lead


def _is_provider(resource: Resource) -> bool:
    return isinstance(resource, Provider)
