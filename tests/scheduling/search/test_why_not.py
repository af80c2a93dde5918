"""The reasons for which a time is not offered: each in an example, in words and with its resource."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.core import ResourceId, TimeSlot
from medoffice.scheduling import AnyOf, Hours, Modality, Provider, Room, VisitType, Weekly, refusals
from medoffice.scheduling.calendar import Absence, Calendar, Closure
from medoffice.scheduling.search import Availability, obstacles, why_not

ZONE = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 30)


def at(clock: str, day: date = MONDAY) -> datetime:
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), ZONE)  # noqa: DTZ007 - a wall time


def hours(opens: str, closes: str, **more: Any) -> Hours:
    return Hours(weekday=0, opens=at(opens).time(), closes=at(closes).time(), **more)


EXAM = VisitType(
    code="exam",
    name="Exam",
    minutes=30,
    buffer_after=10,
    needs=(AnyOf("physician"), AnyOf("exam-room", modality=Modality.IN_PERSON)),
    modalities=tuple(Modality),
)
TALK = VisitType(code="talk", name="Talk", minutes=60, capacity=2)
WEEK = Weekly(
    zone=ZONE,
    hours=(
        hours("08:00", "12:00"),
        hours("13:00", "15:00", visit_types=frozenset({"talk"})),
        hours("15:00", "17:00", modalities=frozenset({Modality.TELEHEALTH})),
    ),
)
DOCTOR = Provider("dr-a", weekly=WEEK, tags="physician")
ROOMS = Room("room-1", tags="exam-room"), Room("room-2", tags="exam-room")
CALENDAR = Calendar(resources=(DOCTOR, *ROOMS), visits=(EXAM, TALK))


def why(
    start: str, index: Availability | Calendar = CALENDAR, visit: VisitType = EXAM, **context: Any
) -> list[str]:
    """The reasons as a person reads them."""
    asked = index if isinstance(index, Availability) else Availability(index)
    context = {"now": at("00:00")} | context
    found = why_not(asked, visit, at(start), **context)
    return [
        f"{finding.code} {finding.message}" + (f": {finding.where}" if finding.where else "")
        for finding in found
    ]


def test_an_offered_time_has_no_reason() -> None:
    """Nothing is said against eight o'clock."""
    assert why("08:00") == []


@pytest.mark.parametrize(
    ("start", "context", "reasons"),
    [
        (
            "07:00",
            {},
            ["SCH002 the visit with its buffers is not within opening hours for its kind: resource dr-a"],
        ),
        (
            "11:30",
            {},
            ["SCH002 the visit with its buffers is not within opening hours for its kind: resource dr-a"],
        ),
        ("13:00", {}, ["SCH009 these hours are kept for other kinds of visit: resource dr-a"]),
        ("15:00", {}, ["SCH010 these hours are not for in-person visits: resource dr-a"]),
        ("08:10", {}, ["SCH015 the time is not one of the starts that are offered: resource dr-a"]),
        ("08:00", {"now": at("08:01")}, ["SCH003 the visit would begin in the past"]),
        ("08:00", {"notice": timedelta(hours=9)}, ["SCH016 the visit would begin at too short notice"]),
        (
            "08:00",
            {"horizon": timedelta(hours=7)},
            ["SCH017 the visit would begin later than the office books ahead"],
        ),
        (
            "08:00",
            {"patient_busy": [TimeSlot(at("08:29"), at("09:00"))]},
            ["SCH005 the patient already has a visit at that time"],
        ),
        (
            "08:00",
            {"visit": TALK, "resources": ["room-1"]},
            ["SCH019 this kind of visit has no use for the resource: resource room-1"],
        ),
        (
            "08:00",
            {"visit": TALK, "modality": Modality.TELEHEALTH},
            ["SCH011 this kind of visit is not offered as telehealth: visit type talk"],
        ),
    ],
)
def test_each_reason_by_itself(start: str, context: dict[str, Any], reasons: list[str]) -> None:
    """One thing is wrong, and that is what is said."""
    assert why(start, **context) == reasons


def test_who_is_closed_absent_or_taken_is_said_of_each_candidate() -> None:
    """No room is free: one is closed for the painter, the other under repair, and the doctor is booked besides."""
    calendar = attrs.evolve(
        CALENDAR,
        closures=(Closure(days=MONDAY, name="Painter", resources={"room-1"}),),
        absences=(Absence("room-2", TimeSlot(at("07:00"), at("08:05")), "repair"),),
    )
    index = Availability(calendar)
    index.take("k", resources=(ResourceId("dr-a"),), occupied=TimeSlot(at("08:15"), at("09:00")))
    assert why("08:00", index) == [
        "SCH001 the time is taken: resource dr-a",
        "SCH013 no exam-room is free: need exam-room",
        "SCH008 closed: Painter: resource room-1",
        "SCH012 absent: repair: resource room-2",
    ]


def test_of_a_need_that_somebody_fills_nothing_is_said() -> None:
    """One room is taken, the other is not: there is no reason."""
    index = Availability(CALENDAR)
    index.take("k", resources=(ResourceId("room-1"),), occupied=TimeSlot(at("08:00"), at("09:00")))
    assert why("08:00", index) == []


def test_a_buffer_in_the_way_is_called_a_buffer() -> None:
    """The visit before ended, but the room is still being tidied."""
    index = Availability(CALENDAR)
    taken, visit = TimeSlot(at("08:00"), at("08:45")), TimeSlot(at("08:00"), at("08:30"))
    index.take("k", resources=(ResourceId("dr-a"),), occupied=taken, slot=visit)
    assert why("08:30", index) == ["SCH001 the time is taken by the buffer of another visit: resource dr-a"]


def test_several_things_wrong_are_several_reasons() -> None:
    """A holiday in the past: both are said."""
    calendar = attrs.evolve(CALENDAR, closures=(Closure(days=MONDAY, name="Thanksgiving Friday"),))
    codes = [each.split()[0] for each in why("08:00", calendar, now=at("09:00"))]
    assert codes[0] == refusals.IN_THE_PAST
    assert set(codes[1:]) == {refusals.CLOSED, refusals.NONE_FREE}


def test_a_full_session_is_said_to_be_full() -> None:
    """Both seats are taken; that the clinician is busy with just this follows."""
    index = Availability(CALENDAR)
    for key in ("one", "two"):
        index.take(
            key,
            resources=(ResourceId("dr-a"),),
            occupied=TimeSlot(at("08:00"), at("09:00")),
            visit="talk",
            seats=2,
        )
    assert why("08:00", index, TALK) == [
        "SCH018 every seat of the group is taken: visit type talk",
        "SCH001 the time is taken: resource dr-a",
    ]


def test_what_is_free_at_different_sites_only_is_said_so() -> None:
    """The doctor is in the north, the only rooms are in the south; asked for the north, they are elsewhere."""
    calendar = Calendar(
        resources=(
            attrs.evolve(DOCTOR, location="north"),
            *(attrs.evolve(room, location="south") for room in ROOMS),
        ),
        visits=(EXAM,),
    )
    assert why("08:00", calendar) == ["SCH014 what the visit needs is free at different locations only"]
    assert why("08:00", calendar, location="north") == [
        "SCH013 no exam-room is free: need exam-room",
        "SCH021 the resource is at another location: resource room-1",
        "SCH021 the resource is at another location: resource room-2",
    ]


def test_a_site_is_closed_to_those_too_who_go_everywhere() -> None:
    """The rooms of the north are closed, and a doctor who belongs to no site does not see anybody there."""
    calendar = attrs.evolve(CALENDAR, closures=(Closure(days=MONDAY, name="Flood", location="north"),))
    assert why("08:00", calendar) == []
    assert why("08:00", calendar, visit=TALK, location="north") == ["SCH008 closed: Flood: resource dr-a"]


def test_one_resource_for_two_needs_is_said_so() -> None:
    """An operation needs two physicians, and there is one."""
    pair = VisitType(code="pair", name="Pair", minutes=30, needs=(AnyOf("physician"), AnyOf("physician")))
    calendar = attrs.evolve(CALENDAR, visits=(pair,))
    assert why("08:00", calendar, pair) == [
        "SCH020 two needs of the visit could be filled by the same resource only"
    ]


def test_a_need_that_nobody_can_ever_fill_is_said_to_be_unfilled() -> None:
    """Without any EKG in the calendar, none is free."""
    visit = VisitType(code="ekg", name="EKG", minutes=30, needs=(AnyOf("physician"), AnyOf("ekg")))
    assert why("08:00", CALENDAR, visit) == ["SCH013 no ekg is free: need ekg"]


def test_a_person_may_book_off_the_grid_but_not_within_a_minute() -> None:
    """Ten past eight has no obstacle; half a minute later has one."""
    index = Availability(CALENDAR)
    assert obstacles(index, EXAM, at("08:10"), now=at("00:00")) == ()
    found = obstacles(index, EXAM, at("08:10") + timedelta(seconds=30), now=at("00:00"))
    assert [finding.code for finding in found] == [refusals.NOT_A_WHOLE_MINUTE]


def test_every_refusal_has_a_code_of_its_own() -> None:
    """Codes are stable names: no two reasons share one."""
    codes = [
        value for name, value in vars(refusals).items() if name.isupper() and str(value).startswith("SCH")
    ]
    assert len(codes) == len(set(codes))
