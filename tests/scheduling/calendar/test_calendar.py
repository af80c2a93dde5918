"""The calendar before anything is booked: hours, exceptions, and who can fill what."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.core import DateRange, InvalidValue, ResourceId, TimeSlot, UnknownName
from medoffice.scheduling import (
    AnyOf,
    Equipment,
    Hours,
    Modality,
    OneOf,
    Provider,
    Room,
    VisitType,
    Weekly,
    openings,
)
from medoffice.scheduling.calendar import Absence, Calendar, Closure, SpecialDay
from medoffice.testing.strategies.clinics import DAYS, Clinic, clinics

ZONE = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 30)
WEEK = Weekly.of("Mon-Fri 08:00-12:00 13:00-17:00", zone=ZONE)
DOCTOR, ROOM = Provider("dr-a", weekly=WEEK, tags="physician"), Room("room-1", tags="exam-room")
PLAIN = Calendar(resources=(DOCTOR, ROOM))


def days_of(clinic: Clinic) -> list[date]:
    return [clinic.first.date() + timedelta(days=ahead) for ahead in range(-1, DAYS + 1)]


def at(clock: int, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time(clock), ZONE)


def clocks(calendar: Calendar, id: str = "dr-a", day: date = MONDAY) -> list[str]:
    return [
        f"{each.slot.start.astimezone(ZONE):%H:%M}-{each.slot.end.astimezone(ZONE):%H:%M}"
        for each in calendar.openings(id, day)
    ]


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=40)
@given(clinics())
def test_closures_only_take_away(clinic: Clinic) -> None:
    """What is open is what would be open without closures, less those that close it, in the same order."""
    calendar = clinic.calendar
    bare = attrs.evolve(calendar, closures=())
    for resource in calendar.resources:
        for day in days_of(clinic):
            shut = [each for each in calendar.closures if day in each.days]
            assert calendar.openings(resource.id, day) == tuple(
                each
                for each in bare.openings(resource.id, day)
                if not any(closure.closes(resource.id, each.location) for closure in shut)
            )


@settings(max_examples=40)
@given(clinics())
def test_a_day_without_exceptions_is_what_the_sign_says(clinic: Clinic) -> None:
    """Weekly hours in force and nothing else, each with the place where the resource then is."""
    calendar = attrs.evolve(clinic.calendar, closures=(), special_days=())
    for resource in calendar.resources:
        for day in days_of(clinic):
            expected = {
                attrs.evolve(opening, location=opening.location or resource.location)
                for weekly in resource.weekly
                for opening in openings(weekly, day)
            }
            if resource.weekly or isinstance(resource, Provider):
                assert set(calendar.openings(resource.id, day)) == expected
            else:
                (whole,) = calendar.openings(resource.id, day)
                assert (day, whole.location) == (
                    whole.slot.start.astimezone(calendar.zone).date(),
                    resource.location,
                )


@settings(max_examples=40)
@given(clinics())
def test_presence_is_the_openings_less_the_absences(clinic: Clinic) -> None:
    """At any minute somebody is present exactly when an opening holds the minute and no absence does."""
    calendar = clinic.calendar
    for resource in calendar.resources:
        away = [each.slot for each in calendar.absences if each.resource == resource.id]
        for day in days_of(clinic)[1:3]:
            present = calendar.presence(resource.id, day)
            opened = [each.slot for each in calendar.openings(resource.id, day)]
            assert all(one.end < other.start for one, other in pairwise(present))
            marks = {mark for slot in (*present, *opened, *away) for mark in (slot.start, slot.end)}
            for instant in marks:
                is_open = any(instant in slot for slot in opened) and not any(
                    instant in slot for slot in away
                )
                assert any(instant in slot for slot in present) == is_open


@settings(max_examples=40)
@given(clinics(), st.sampled_from([*Modality]))
def test_whoever_can_fill_a_need_is_a_candidate_and_no_other(clinic: Clinic, modality: Modality) -> None:
    """One group of candidates a need, each of all that meet it; a provider where nothing is needed."""
    calendar, visit = clinic.calendar, clinic.visit
    needs = visit.needs_for(modality)
    groups = calendar.fillers(visit, modality)
    if not needs:
        assert groups == (calendar.providers,)
        return
    for need, group in zip(needs, groups, strict=True):
        assert {each.id for each in group} == {each.id for each in calendar.resources if need.is_met_by(each)}


# ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_closure_is_of_the_office_a_site_or_some_resources() -> None:
    """With neither it closes all; with a site only what is there; with resources only these."""
    resources = attrs.evolve(DOCTOR, location="north"), attrs.evolve(DOCTOR, id="dr-b", location="south")
    for closure, open_ones in (
        (Closure(days=MONDAY, name="Holiday"), []),
        (Closure(days=MONDAY, name="Move", location="north"), ["dr-b"]),
        (Closure(days=MONDAY, name="Course", resources={"dr-b"}), ["dr-a"]),
        (Closure(days=MONDAY, name="Course", location="north", resources={"dr-b"}), ["dr-a", "dr-b"]),
        (Closure(days=DateRange(date(2026, 12, 1), date(2026, 12, 9)), name="Later"), ["dr-a", "dr-b"]),
    ):
        calendar = Calendar(resources=resources, closures=(closure,))
        assert [each.id.value for each in resources if calendar.openings(each.id, MONDAY)] == open_ones


def test_special_hours_stand_in_place_of_the_weekly_ones_or_beside_them() -> None:
    """The day's own hours, more hours, or none; and a closure closes them all."""
    for special, expected in (
        (SpecialDay.of("09:00-10:00", resource=DOCTOR, day=MONDAY), ["09:00-10:00"]),
        (
            SpecialDay.of("18:00-19:00", resource="dr-a", day=MONDAY, is_extra=True),
            ["08:00-12:00", "13:00-17:00", "18:00-19:00"],
        ),
        (SpecialDay(resource="dr-a", day=MONDAY), []),
    ):
        calendar = Calendar(resources=(DOCTOR,), special_days=(special,))
        assert clocks(calendar) == expected
        assert clocks(calendar, day=MONDAY + timedelta(days=1)) == ["08:00-12:00", "13:00-17:00"]
        assert clocks(attrs.evolve(calendar, closures=(Closure(days=MONDAY, name="Holiday"),))) == []


def test_special_hours_are_on_the_clocks_of_the_hours_in_force() -> None:
    """A clinician who moves from Denver to Chicago in December keeps special hours of the one and then of the other."""
    weekly = tuple(
        Weekly.of("Mon-Fri 08:00-12:00", zone=zone, effective=effective)
        for zone, effective in (
            ("America/Denver", DateRange(date(2026, 1, 1), date(2026, 11, 30))),
            ("America/Chicago", DateRange(date(2026, 12, 1))),
        )
    )
    days = MONDAY, MONDAY + timedelta(days=1)
    calendar = Calendar(
        resources=(DOCTOR, Provider("dr-b", weekly=weekly)),
        special_days=tuple(SpecialDay.of("09:00-10:00", resource="dr-b", day=day) for day in days),
    )
    assert [calendar.zone_of("dr-b", day).key for day in days] == ["America/Denver", "America/Chicago"]
    assert [clocks(calendar, "dr-b", day) for day in days] == [["11:00-12:00"], ["10:00-11:00"]]


def test_special_hours_of_a_first_monday_count_on_their_day() -> None:
    """``nth`` is about weeks; a special day is one day, whichever of its month."""
    hours = Hours(weekday=0, opens=time(9), closes=time(10), nth=frozenset({1}))
    special = SpecialDay(resource="dr-a", day=MONDAY, hours=(hours,))
    assert clocks(Calendar(resources=(DOCTOR,), special_days=(special,))) == ["09:00-10:00"]


def test_a_room_without_hours_is_there_all_day_and_a_clinician_never() -> None:
    """From midnight to midnight in the office's zone: twenty-five hours on the day of the autumn change."""
    calendar = Calendar(resources=(DOCTOR, ROOM, Provider("dr-b")))
    assert calendar.zone == ZONE
    (whole,) = calendar.openings("room-1", date(2026, 11, 1))
    assert whole.slot.length == timedelta(hours=25)
    assert calendar.openings("dr-b", MONDAY) == ()
    assert Calendar(resources=(ROOM,)).zone == ZoneInfo("UTC")


def test_an_absence_cuts_presence_and_leaves_the_openings() -> None:
    """Away from nine to ten: the opening stands, the presence has a hole."""
    calendar = attrs.evolve(PLAIN, absences=(Absence("dr-a", TimeSlot(at(9), at(10)), "leave"),))
    assert clocks(calendar) == ["08:00-12:00", "13:00-17:00"]
    assert calendar.presence("dr-a", MONDAY) == (
        TimeSlot(at(8), at(9)),
        TimeSlot(at(10), at(12)),
        TimeSlot(at(13), at(17)),
    )


def test_an_unknown_name_comes_with_the_nearest() -> None:
    """A slip of the pen is answered with what was probably meant."""
    calendar = Calendar(resources=(DOCTOR,), visits=(VisitType(code="check-up", name="C", minutes=30),))
    with pytest.raises(UnknownName, match="'dr-a'"):
        calendar.openings("dr-aa", MONDAY)
    with pytest.raises(UnknownName, match="'check-up'"):
        calendar.visit("checkup")


@pytest.mark.parametrize(
    "named",
    [
        {"absences": (Absence("dr-z", TimeSlot(at(9), at(10))),)},
        {"closures": (Closure(days=MONDAY, name="Course", resources={"dr-z"}),)},
        {"special_days": (SpecialDay(resource="dr-z", day=MONDAY),)},
        {"visits": (VisitType(code="v", name="V", minutes=5, needs=(OneOf("dr-z"),)),)},
    ],
)
def test_what_names_a_resource_that_is_not_there_is_refused(named: dict[str, Any]) -> None:
    """A calendar in which an exception or a need leads nowhere is a mistake that is found at once."""
    with pytest.raises(UnknownName):
        Calendar(resources=(DOCTOR,), **named)


def test_doubles_are_refused() -> None:
    """Two resources of one id, two visits of one code, two sets of hours for one special day."""
    visit = VisitType(code="v", name="V", minutes=5)
    special = SpecialDay(resource="dr-a", day=MONDAY)
    for wrong in (
        {"resources": (DOCTOR, DOCTOR)},
        {"resources": (DOCTOR,), "visits": (visit, visit)},
        {"resources": (DOCTOR,), "special_days": (special, special)},
    ):
        with pytest.raises(InvalidValue):
            Calendar(**wrong)


def test_a_special_day_that_cannot_be_is_refused() -> None:
    """Hours of another weekday, extra hours that are none, and a note that nobody can read."""
    with pytest.raises(InvalidValue):
        SpecialDay(resource="dr-a", day=MONDAY, hours=WEEK.hours)
    with pytest.raises(InvalidValue):
        SpecialDay(resource="dr-a", day=MONDAY, is_extra=True)
    with pytest.raises(InvalidValue):
        SpecialDay.of("nine to five", resource="dr-a", day=MONDAY)
    with pytest.raises(InvalidValue):
        Closure(days=MONDAY, name=" ")


def test_candidates_come_in_order() -> None:
    """Those of ``OneOf`` as they are named, those of ``AnyOf`` by id."""
    calendar = Calendar(resources=(Room("b", tags="x"), Equipment("a", tags="x"), Provider("c")))
    assert [each.id.value for each in calendar.candidates(OneOf("c", "a"))] == ["c", "a"]
    assert [each.id.value for each in calendar.candidates(AnyOf("x"))] == ["a", "b"]
    assert calendar.resource(ResourceId("c")) == calendar.providers[0]


def test_two_sets_of_hours_in_two_zones_are_each_on_its_own_clock() -> None:
    """A clinician who sees patients of New York in person and of Denver by line opens twice, two hours apart."""
    denver = Weekly.of("Mon 08:00-09:00", zone="America/Denver")
    doctor = attrs.evolve(DOCTOR, weekly=(Weekly.of("Mon 08:00-09:00", zone=ZONE), denver))
    found = Calendar(resources=(doctor,)).openings("dr-a", MONDAY)
    assert [each.slot.start for each in found] == [
        datetime(2026, 11, 30, hour, tzinfo=UTC) for hour in (13, 15)
    ]
