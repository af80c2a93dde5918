"""The office's calendar: what there is, which visits, and when, before anything is booked."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue, ResourceId, TimeSlot
from medoffice.rules import unknown
from medoffice.scheduling.calendar.absences import Absence
from medoffice.scheduling.calendar.closures import Closure
from medoffice.scheduling.calendar.special_days import SpecialDay
from medoffice.scheduling.hours import Hours, Opening, Weekly, openings
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import Need, OneOf
from medoffice.scheduling.resources import Provider, Resource
from medoffice.scheduling.stretches import less, united
from medoffice.scheduling.visits import VisitType

_DAY = timedelta(days=1)
_UTC = ZoneInfo("UTC")


@attrs.frozen(kw_only=True)
class Calendar:
    """Resources with their hours, kinds of visit, and the exceptions to both; a value, nothing booked in it.

    ``zone`` is where days begin for resources without hours of their own; left out, it is the zone of the first
    hours among ``resources``, and UTC when there are none.

    Raises:
        InvalidValue: when two resources share an id, two visits a code, or a resource has two special days of
            one day that are not extra.
        UnknownName: when an exception, or a visit's ``OneOf``, names a resource that is not there.
    """

    resources: tuple[Resource, ...]
    visits: tuple[VisitType, ...] = ()
    closures: tuple[Closure, ...] = ()
    absences: tuple[Absence, ...] = ()
    special_days: tuple[SpecialDay, ...] = ()
    zone: ZoneInfo = attrs.field()

    @zone.default
    def _zone_of_the_first_hours(self) -> ZoneInfo:
        weekly = chain.from_iterable(resource.weekly for resource in self.resources)
        return next((each.zone for each in weekly), _UTC)

    def __attrs_post_init__(self) -> None:
        if len(self._by_id) < len(self.resources):
            raise InvalidValue("calendar", "no two resources share an id")
        if len(self._by_code) < len(self.visits):
            raise InvalidValue("calendar", "no two kinds of visit share a code")
        replacing = [(each.resource, each.day) for each in self.special_days if not each.is_extra]
        if len(set(replacing)) < len(replacing):
            raise InvalidValue("calendar", "a resource has one set of special hours a day")
        named = chain(
            chain.from_iterable(closure.resources for closure in self.closures),
            (absence.resource for absence in self.absences),
            (special.resource for special in self.special_days),
            *(need.ids for visit in self.visits for need in visit.needs if isinstance(need, OneOf)),
        )
        for id in named:
            self.resource(id)

    @cached_property
    def _by_id(self) -> dict[str, Resource]:
        return {resource.id.value: resource for resource in self.resources}

    @cached_property
    def _by_code(self) -> dict[str, VisitType]:
        return {visit.code: visit for visit in self.visits}

    @cached_property
    def _special(self) -> dict[tuple[str, date], list[SpecialDay]]:
        found = defaultdict(list)
        for special in self.special_days:
            found[special.resource.value, special.day].append(special)
        return dict(found)

    @cached_property
    def _closures_known(self) -> dict[date, tuple[Closure, ...]]:
        return {}

    @cached_property
    def _hours_known(self) -> dict[tuple[str, date], tuple[Opening, ...]]:
        """Days that were asked for once: their instants are looked up in the zone's rules no second time."""
        return {}

    def visit(self, code: str) -> VisitType:
        """The kind of visit of that code.

        Raises:
            UnknownName: when there is none; it suggests the nearest.
        """
        try:
            return self._by_code[code]
        except KeyError:
            raise unknown("visit type", code, self._by_code) from None

    def resource(self, id: ResourceId | str) -> Resource:
        """The resource of that id.

        Raises:
            UnknownName: when there is none; it suggests the nearest.
        """
        name = id.value if isinstance(id, ResourceId) else id
        try:
            return self._by_id[name]
        except KeyError:
            raise unknown("resource", name, self._by_id) from None

    def candidates(self, need: Need) -> tuple[Resource, ...]:
        """Who can fill a need: those of ``OneOf`` in the order of preference, those of ``AnyOf`` by id.

        Raises:
            UnknownName: when ``OneOf`` names a resource that is not there.
        """
        if isinstance(need, OneOf):
            return tuple(self.resource(id) for id in need.ids)
        return tuple(self._by_id[id] for id in sorted(self._by_id) if need.is_met_by(self._by_id[id]))

    def fillers(self, visit: VisitType, modality: Modality) -> tuple[tuple[Resource, ...], ...]:
        """The candidates of each thing that a visit takes up; one provider where it names nothing."""
        needs = visit.needs_for(modality)
        return tuple(self.candidates(need) for need in needs) if needs else (self.providers,)

    @cached_property
    def providers(self) -> tuple[Provider, ...]:
        """The clinicians, by id."""
        found = (each for each in self.resources if isinstance(each, Provider))
        return tuple(sorted(found, key=lambda provider: provider.id))

    def closures_on(self, day: date) -> tuple[Closure, ...]:
        """The closures of whatever kind that count on a day."""
        found = self._closures_known.get(day)
        if found is None:
            found = tuple(closure for closure in self.closures if day in closure.days)
            self._closures_known[day] = found
        return found

    def zone_of(self, id: ResourceId | str, day: date) -> ZoneInfo:
        """The zone whose clocks a resource goes by on a day: of its hours in force, else of any it has."""
        weekly = self.resource(id).weekly
        in_force = (each.zone for each in weekly if each.is_in_force(day))
        return next(in_force, weekly[0].zone if weekly else self.zone)

    def hours_on(self, id: ResourceId | str, day: date) -> tuple[Opening, ...]:
        """When a resource would be there on a day if nothing were closed, earliest first, each with its place.

        Raises:
            UnknownName: when there is no such resource.
        """
        key = (self.resource(id).id.value, day)
        found = self._hours_known.get(key)
        if found is None:
            found = self._hours_known[key] = self._hours_on(self._by_id[key[0]], day)
        return found

    def openings(self, id: ResourceId | str, day: date) -> tuple[Opening, ...]:
        """When a resource is there on a day (of its own zone): hours and special days less the closures.

        Absences are not taken out, because they move no start: see :meth:`presence`.

        Raises:
            UnknownName: when there is no such resource.
        """
        who, closed = self.resource(id).id, self.closures_on(day)
        return tuple(
            opening
            for opening in self.hours_on(who, day)
            if not any(closure.closes(who, opening.location) for closure in closed)
        )

    def presence(self, id: ResourceId | str, day: date) -> tuple[TimeSlot, ...]:
        """The time for which a resource can be booked on a day, absences taken out: apart, earliest first.

        Raises:
            UnknownName: when there is no such resource.
        """
        who = self.resource(id).id
        away = sorted(
            (each.slot for each in self.absences if each.resource == who), key=lambda slot: slot.start
        )
        return tuple(
            part
            for stretch in united(opening.slot for opening in self.openings(who, day))
            for part in less(stretch, away)
        )

    def _hours_on(self, resource: Resource, day: date) -> tuple[Opening, ...]:
        special = self._special.get((resource.id.value, day), ())
        weekly: list[Weekly] = []
        if all(each.is_extra for each in special):
            weekly += resource.weekly or ([self._always(day)] if resource.is_always_there else [])
        zone = self.zone_of(resource.id, day)
        weekly += (Weekly(zone=zone, hours=_of_any_week(each.hours)) for each in special)
        found = (opening for each in weekly for opening in openings(each, day))
        placed = (
            opening if opening.location else attrs.evolve(opening, location=resource.location)
            for opening in found
        )
        return tuple(sorted(placed, key=lambda opening: (opening.slot.start, opening.slot.end)))

    def _always(self, day: date) -> Weekly:
        whole = Weekly.of("Mon-Sun 00:00-24:00", zone=self.zone)
        return attrs.evolve(whole, hours=tuple(each for each in whole.hours if each.is_on(day)))


def _of_any_week(hours: tuple[Hours, ...]) -> tuple[Hours, ...]:
    return tuple(attrs.evolve(each, nth=frozenset()) for each in hours)
