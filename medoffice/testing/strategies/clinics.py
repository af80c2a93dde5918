"""Small clinics drawn whole: few resources, crowded hours, every kind of exception, and a change of the clocks.

What collides in a large office once a year collides here in every other example.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs
from hypothesis import strategies as st

from medoffice.core import AppointmentId, DateRange, PatientId, TimeSlot
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.calendar import Absence, Calendar, Closure, SpecialDay
from medoffice.scheduling.hours import Hours, Weekly
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import AnyOf, Need, OneOf
from medoffice.scheduling.resources import Equipment, Provider, Resource, Room
from medoffice.scheduling.visits import VisitType

MINUTE: Final = timedelta(minutes=1)
DAYS: Final = 4
_CHANGES: Final = (  # where, and the day on which something happens to the clocks
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour
    ("America/Havana", date(2026, 3, 8)),  # at midnight
    ("America/Phoenix", date(2026, 7, 1)),  # nothing
)
_PLACES: Final = st.sampled_from(["", "", "", "north", "south"])
_KINDS: Final = st.sampled_from(
    [frozenset[str](), frozenset[str](), frozenset({"visit"}), frozenset({"talk"})]
)
_WAYS: Final = st.sampled_from(
    [frozenset[Modality](), frozenset[Modality](), frozenset({Modality.IN_PERSON}), frozenset(Modality)]
)
_IDS: Final = ("dr-a", "dr-b", "np-c", "room-1", "room-2", "room-3", "ekg-1")


@attrs.frozen(kw_only=True)
class Clinic:
    """A calendar, what is booked in it, and the instant from which :data:`DAYS` days are looked at."""

    calendar: Calendar
    booked: tuple[Appointment, ...]
    first: datetime

    @property
    def visit(self) -> VisitType:
        """The kind of visit to ask for."""
        return self.calendar.visit("visit")

    @property
    def window(self) -> TimeSlot:
        """All the days."""
        return TimeSlot.lasting(self.first, timedelta(days=DAYS))


@st.composite
def clinics(draw: st.DrawFn, *, groups: bool = True) -> Clinic:
    """A clinic around a change of the clocks; ``groups`` says whether visits of several patients may be drawn."""
    name, change = draw(st.sampled_from(_CHANGES))
    zone, day = ZoneInfo(name), change - timedelta(days=2)
    first = datetime.combine(day, time(), UTC)
    weekly = _weekly(zone, day)
    everybody: list[Resource] = [
        Provider(each, weekly=draw(weekly), tags=draw(_tags("physician")), location=draw(_PLACES))
        for each in _IDS[: draw(st.integers(1, 3))]
    ]
    hours = st.just(()) | weekly
    everybody += [
        Room(each, weekly=draw(hours), tags=draw(_tags("room", "ekg")), location=draw(_PLACES))
        for each in _IDS[3 : 3 + draw(st.integers(0, 3))]
    ]
    everybody += [
        Equipment(each, weekly=draw(hours), tags={"ekg"}, location=draw(_PLACES))
        for each in _IDS[6 : 6 + draw(st.integers(0, 1))]
    ]
    who = st.sampled_from([resource.id for resource in everybody])
    days = st.integers(-1, DAYS).map(lambda ahead: day + ahead * timedelta(days=1))
    closures = st.builds(
        Closure,
        days=days,
        name=st.sampled_from(["Moving day", "Thanksgiving"]),
        location=_PLACES,
        resources=st.just(frozenset()) | st.frozensets(who, min_size=1, max_size=2),
    )
    instants = instants_from(first)
    absences = st.builds(Absence, who, _slots(instants, 600), st.sampled_from(["leave", "repair"]))
    calendar = Calendar(
        resources=tuple(everybody),
        visits=(draw(_visits(who, groups=groups)), VisitType(code="talk", name="Talk", minutes=30)),
        closures=tuple(draw(st.lists(closures, max_size=2))),
        absences=tuple(draw(st.lists(absences, max_size=2))),
        special_days=tuple(
            draw(
                st.lists(
                    _special_days(who, days), max_size=2, unique_by=lambda each: (each.resource, each.day)
                )
            )
        ),
    )
    booked = draw(st.lists(_appointments(calendar, who, instants), max_size=6))
    return Clinic(
        calendar=calendar,
        booked=tuple(attrs.evolve(each, id=AppointmentId(f"a{at}")) for at, each in enumerate(booked)),
        first=first,
    )


def instants_from(first: datetime) -> st.SearchStrategy[datetime]:
    """Instants of the days that are looked at, often on a quarter of an hour, seldom within a minute."""
    quarters = st.integers(0, DAYS * 96).map(lambda count: first + 15 * count * MINUTE)
    minutes = st.integers(0, DAYS * 1440).map(lambda count: first + count * MINUTE)
    return st.one_of(quarters, quarters, minutes, minutes.map(lambda each: each + timedelta(seconds=20)))


def _tags(*tags: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(tags), min_size=0 if len(tags) == 1 else 1)


def _slots(instants: st.SearchStrategy[datetime], most: int) -> st.SearchStrategy[TimeSlot]:
    length = st.integers(1, most).map(lambda minutes: minutes * MINUTE)
    return st.builds(TimeSlot.lasting, instants, length)


def _clock(minutes: int) -> time:
    seconds = 30 if minutes % 11 == 3 else 0  # odd hours exist
    return time(minutes // 60 % 24, minutes % 60, seconds)


@st.composite
def _weekly(draw: st.DrawFn, zone: ZoneInfo, day: date) -> tuple[Weekly, ...]:
    """Hours on the days around the change, of two sorts; now and then a second set that meets the first."""
    ranges = st.sampled_from([DateRange(date(2026, 1, 1)), DateRange(day + timedelta(days=2))])
    zones = st.sampled_from([zone, zone, ZoneInfo("Europe/London")])
    found = []
    for at in range(draw(st.sampled_from([1, 1, 1, 2]))):
        sorts = [draw(_stretches), draw(_stretches), ()]
        week = draw(st.lists(st.sampled_from(sorts), min_size=7, max_size=7))
        hours = tuple(
            attrs.evolve(each, weekday=weekday) for weekday, sort in enumerate(week) for each in sort
        )
        found.append(Weekly(zone=draw(zones) if at else zone, hours=hours, effective=draw(ranges)))
    return tuple(found)


def _some_hours(drawn: list[tuple[int, frozenset[str], frozenset[Modality], str, bool]]) -> tuple[Hours, ...]:
    """Stretches with gaps and seams between them."""
    rising = sorted(drawn, key=lambda each: each[0])
    return tuple(
        Hours(
            weekday=0,
            opens=_clock(opens),
            closes=_clock(closes),
            visit_types=kinds,
            modalities=ways,
            location=place,
        )
        for (opens, kinds, ways, place, is_open), (closes, *_) in pairwise(rising)
        if is_open
    )


_edges: Final = st.integers(0, 47).map(lambda halves: halves * 30) | st.integers(0, 1439)
_stretches: Final = st.lists(
    st.tuples(_edges, _KINDS, _WAYS, _PLACES, st.sampled_from([True, True, False])),
    max_size=4,
    unique_by=lambda drawn: drawn[0],
).map(_some_hours)


@st.composite
def _special_days(draw: st.DrawFn, who: st.SearchStrategy[Any], days: st.SearchStrategy[date]) -> SpecialDay:
    day = draw(days)
    hours = tuple(attrs.evolve(each, weekday=day.weekday()) for each in draw(_stretches))
    return SpecialDay(resource=draw(who), day=day, hours=hours, is_extra=bool(hours) and draw(st.booleans()))


def _visits(who: st.SearchStrategy[Any], *, groups: bool) -> st.SearchStrategy[VisitType]:
    ways = st.sampled_from([None, None, Modality.IN_PERSON, Modality.TELEHEALTH])
    one_of: Callable[..., Need] = lambda ids, modality: OneOf(*ids, modality=modality)  # noqa: E731 - a strategy's part
    need = st.one_of(
        st.builds(AnyOf, st.sampled_from(["physician", "room", "ekg"]), modality=ways),
        st.builds(one_of, st.lists(who, min_size=1, max_size=3), ways),
    )
    return st.builds(
        VisitType,
        code=st.just("visit"),
        name=st.just("Visit"),
        minutes=st.sampled_from([5, 20, 30, 45, 200]),
        buffer_before=st.sampled_from([0, 0, 5, 40]),
        buffer_after=st.sampled_from([0, 0, 10]),
        new_patient_minutes=st.sampled_from([None, 60]),
        needs=st.lists(need, max_size=3).map(tuple),
        capacity=st.sampled_from([1, 1, 3]) if groups else st.just(1),
        modalities=st.sampled_from([Modality.IN_PERSON, tuple(Modality)]),
    )


@st.composite
def _appointments(
    draw: st.DrawFn, calendar: Calendar, who: st.SearchStrategy[Any], instants: st.SearchStrategy[datetime]
) -> Appointment:
    """Any at all, those included that overlap; often a seat in a group, where there are groups."""
    visit = calendar.visit("visit")
    start = draw(instants)
    fits = visit.is_group and draw(st.booleans())
    slot = visit.slot_at(start) if fits else draw(_slots(st.just(start), 90))
    occupied = (
        visit.occupied_at(start)
        if fits
        else slot.widened(before=draw(st.sampled_from([0, 15])) * MINUTE, after=0 * MINUTE)
    )
    return Appointment(
        id=AppointmentId("a"),
        patient=PatientId(f"p{draw(st.integers(0, 3))}"),
        visit_type="visit" if fits else "talk",
        slot=slot,
        occupied=occupied,
        resources=tuple(sorted(draw(st.sets(who, min_size=1, max_size=3)))),
        status=draw(st.sampled_from([Status.BOOKED, Status.BOOKED, Status.PENDING, Status.CANCELLED])),
        seats=visit.capacity if fits else 1,
        modality=draw(st.sampled_from(sorted(visit.modalities, key=str))),
    )
