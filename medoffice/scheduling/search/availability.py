"""The index that a search asks: a calendar, and the time that is held in it by now."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from medoffice.core import InvalidValue, ResourceId, TimeSlot
from medoffice.rules import unknown
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.calendar.absences import Absence
from medoffice.scheduling.calendar.calendar import Calendar
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.search.minutes import ceil_minute, floor_minute
from medoffice.scheduling.search.rows import Row, Taking
from medoffice.scheduling.search.sessions import Sessions
from medoffice.scheduling.search.timetable import Timetable


class Availability:
    """A calendar with the time that is taken in it; it changes with :meth:`take` and :meth:`give_back`.

    Time is taken under a key (an appointment's id, a hold's), in whole minutes: what begins or ends within a minute
    holds all of it. Takings may overlap, because an office overbooks and old data is what it is: the time is free
    again when the last of them is given back. Resources that the calendar does not know are passed over.

    ``version`` rises with every change. Not for use by several threads at once.
    """

    def __init__(self, calendar: Calendar, appointments: Iterable[Appointment] = ()) -> None:
        self.calendar = calendar
        self.version = 0
        self.sessions = Sessions()
        self.rows = _rows(calendar)
        self._takings: dict[str, Taking] = {}
        for appointment in appointments:
            if appointment.is_occupying:
                self._keep(_taking_of(appointment))

    def take(
        self,
        key: str,
        *,
        resources: Iterable[ResourceId],
        occupied: TimeSlot,
        slot: TimeSlot | None = None,
        visit: str = "",
        seats: int = 1,
        modality: Modality = Modality.IN_PERSON,
        location: str = "",
    ) -> None:
        """Hold ``occupied`` on ``resources``; whether it was free is the caller's question, asked before.

        ``slot`` is the patient's time (left out, all of it). With ``seats`` above one it is a seat in a visit of a
        group, the one of the same kind ``visit``, time, resources, ``modality`` and ``location``.

        Raises:
            InvalidValue: when the key holds time already.
        """
        if key in self._takings:
            raise InvalidValue("key", "it holds time already; give that back first")
        names = tuple(sorted(each.value for each in set(resources)))
        held = slot or occupied
        taking = Taking(
            start=floor_minute(occupied.start),
            end=ceil_minute(occupied.end),
            key=key,
            slot_start=floor_minute(held.start),
            slot_end=ceil_minute(held.end),
            resources=names,
            visit=visit,
            seats=seats,
            modality=modality,
            location=location,
        )
        self._takings[key] = taking
        for name in names:
            if row := self.rows.get(name):
                row.take(taking)
        if seats > 1:
            self.sessions.add(taking)
        self.version += 1

    def take_for(self, appointment: Appointment) -> None:
        """Hold the time of an appointment under its id.

        Raises:
            InvalidValue: when its id holds time already, or the appointment is in a state that holds none.
        """
        if not appointment.is_occupying:
            raise InvalidValue("appointment", "it is in a state that holds no time")
        self.take(
            appointment.id.value,
            resources=appointment.resources,
            occupied=appointment.occupied,
            slot=appointment.slot,
            visit=appointment.visit_type,
            seats=appointment.seats,
            modality=appointment.modality,
            location=appointment.location,
        )

    def give_back(self, key: str) -> None:
        """Hold the time of a key no more.

        Raises:
            UnknownName: when the key holds none.
        """
        taking = self._takings.pop(key, None)
        if taking is None:
            raise unknown("taken time", key, ())
        for name in taking.resources:
            if row := self.rows.get(name):
                row.give_back(taking)
        if taking.seats > 1:
            self.sessions.give_back(taking)
        self.version += 1

    def __contains__(self, key: str) -> bool:
        return key in self._takings

    def __len__(self) -> int:
        return len(self._takings)

    def holders(self, resource: ResourceId, during: TimeSlot) -> tuple[str, ...]:
        """The keys that hold any of the time on a resource, earliest first.

        Raises:
            UnknownName: when there is no such resource.
        """
        row = self.rows[self.calendar.resource(resource).id.value]
        return tuple(
            taking.key for taking in row.meeting(floor_minute(during.start), ceil_minute(during.end))
        )

    @cached_property
    def demand(self) -> dict[str, int]:
        """For each resource, how many needs of the calendar's visits it could fill: the fewer, the sooner used."""
        wanted: dict[str, int] = dict.fromkeys(self.rows, 0)
        for visit in self.calendar.visits:
            for need in visit.needs:
                for resource in self.calendar.candidates(need):
                    wanted[resource.id.value] += 1
        return wanted

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The locations at which a visit can be: none that has a name, then each named one."""
        calendar = self.calendar
        named = {resource.location for resource in calendar.resources}
        weekly = (weekly for resource in calendar.resources for weekly in resource.weekly)
        named |= {hours.location for each in weekly for hours in each.hours}
        named |= {hours.location for special in calendar.special_days for hours in special.hours}
        return ("", *sorted(named - {""}))

    def _keep(self, taking: Taking) -> None:
        if taking.key in self._takings:
            raise InvalidValue("appointments", "no two of them share an id")
        self._takings[taking.key] = taking
        for name in taking.resources:
            if row := self.rows.get(name):
                row.add(taking)
        if taking.seats > 1:
            self.sessions.add(taking)


def _taking_of(appointment: Appointment) -> Taking:
    slot, occupied = appointment.slot, appointment.occupied
    start, end = floor_minute(occupied.start), ceil_minute(occupied.end)
    return Taking(
        start,
        end,
        appointment.id.value,
        start if slot.start == occupied.start else floor_minute(slot.start),
        end if slot.end == occupied.end else ceil_minute(slot.end),
        tuple([each.value for each in appointment.resources]),
        appointment.visit_type,
        appointment.seats,
        appointment.modality,
        appointment.location,
    )


def _rows(calendar: Calendar) -> dict[str, Row]:
    """A row for each resource, by id; resources that are open at the same times share their timetable."""
    absences: defaultdict[str, list[Absence]] = defaultdict(list)
    own: defaultdict[str, list[object]] = defaultdict(list)  # the exceptions that are of one resource alone
    for absence in calendar.absences:
        absences[absence.resource.value].append(absence)
    for special in calendar.special_days:
        own[special.resource.value].append(special)
    for at, closure in enumerate(calendar.closures):
        for each in closure.resources:
            own[each.value].append(at)
    weekly: dict[Weekly, int] = {}
    alike: dict[object, Timetable] = {}
    rows = {}
    for resource in sorted(calendar.resources, key=lambda each: each.id.value):
        name = resource.id.value
        hours = tuple([weekly.setdefault(each, len(weekly)) for each in resource.weekly])
        same = (hours, resource.is_always_there, resource.location, tuple(own.get(name, ())))
        if same not in alike:
            alike[same] = Timetable(calendar, resource.id)
        rows[name] = Row(resource, alike[same], tuple(absences.get(name, ())))
    return rows
