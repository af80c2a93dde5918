"""What people expect of a search, one example each; the laws are in test_search_laws."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.core import InvalidValue, ResourceId, TimeSlot, UnknownName
from medoffice.scheduling import (
    AnyOf,
    Equipment,
    Hours,
    Modality,
    OneOf,
    Provider,
    Resource,
    Room,
    VisitType,
    Weekly,
)
from medoffice.scheduling.calendar import Absence, Calendar, Closure, SpecialDay
from medoffice.scheduling.search import Availability, FreeSlot, find

ZONE = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 30)
MORNING = Weekly.of("Mon-Fri 08:00-12:00", zone=ZONE)
CHECK_UP = VisitType(code="check-up", name="Check-up", minutes=30)
EXAM = VisitType(code="exam", name="Exam", minutes=30, needs=(AnyOf("physician"), AnyOf("exam-room")))


def at(clock: str, day: date = MONDAY) -> datetime:
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), ZONE)  # noqa: DTZ007 - a wall time


def day_of(day: date = MONDAY) -> TimeSlot:
    return TimeSlot(at("00:00", day), at("00:00", day + timedelta(days=1)))


def ask(
    calendar: Calendar | Availability, visit: VisitType, *, day: date = MONDAY, **context: Any
) -> Sequence[FreeSlot]:
    index = calendar if isinstance(calendar, Availability) else Availability(calendar)
    asked: dict[str, Any] = {"window": day_of(day), "now": at("00:00", day)} | context
    return find(index, visit, **asked)


def clocks(found: Sequence[FreeSlot]) -> list[str]:
    return [f"{each.slot.start.astimezone(ZONE):%H:%M}" for each in found]


def office(*resources: Resource, visits: tuple[VisitType, ...] = (CHECK_UP, EXAM), **rest: Any) -> Calendar:
    return Calendar(resources=resources, visits=visits, **rest)


DOCTOR = Provider("dr-a", weekly=MORNING, tags="physician")
BOTH = DOCTOR, attrs.evolve(DOCTOR, id="dr-b")


def test_starts_come_each_quarter_of_an_hour_until_the_visit_no_longer_fits() -> None:
    """From eight to twelve, half an hour starts last at half past eleven."""
    found = clocks(ask(office(DOCTOR), CHECK_UP))
    assert (found[0], found[1], found[-1], len(found)) == ("08:00", "08:15", "11:30", 15)


def test_the_grid_begins_anew_with_each_opening() -> None:
    """An afternoon that opens at ten past one offers 13:10 and 13:30 on a grid of twenty minutes."""
    doctor = attrs.evolve(DOCTOR, weekly=Weekly.of("Mon 08:00-09:00 13:10-14:00", zone=ZONE))
    found = ask(office(doctor), CHECK_UP, step=timedelta(minutes=20))
    assert clocks(found) == ["08:00", "08:20", "13:10", "13:30"]


def test_a_visit_runs_over_the_seam_of_two_openings() -> None:
    """Hours that touch are one stretch, over midnight too."""
    doctor = attrs.evolve(DOCTOR, weekly=Weekly.of("Mon 23:00-24:00; Tue 00:00-01:00", zone=ZONE))
    found = ask(
        office(doctor),
        attrs.evolve(CHECK_UP, minutes=90),
        window=TimeSlot(at("00:00"), at("23:00", MONDAY + timedelta(days=1))),
    )
    assert clocks(found) == ["23:00", "23:15", "23:30"]


def test_a_seam_within_a_minute_is_no_gap() -> None:
    """Hours that touch at half past nine and thirty seconds lose no minute there; their grid begins at 09:31."""
    seam = at("09:30").time().replace(second=30)
    hours = (
        Hours(weekday=0, opens=at("09:00").time(), closes=seam),
        Hours(weekday=0, opens=seam, closes=at("10:00").time()),
    )
    doctor = attrs.evolve(DOCTOR, weekly=Weekly(zone=ZONE, hours=hours))
    assert clocks(ask(office(doctor), attrs.evolve(CHECK_UP, minutes=20))) == [
        "09:00",
        "09:15",
        "09:30",
        "09:31",
    ]


def test_buffers_lie_within_the_hours_and_touch_nobody() -> None:
    """Ten minutes before and five after: the first start is a quarter past, and a booking keeps them clear."""
    visit = attrs.evolve(CHECK_UP, buffer_before=10, buffer_after=5)
    index = Availability(office(DOCTOR))
    index.take("k", resources=(ResourceId("dr-a"),), occupied=TimeSlot(at("09:00"), at("11:00")))
    assert clocks(ask(index, visit)) == ["08:15", "11:15"]


def test_all_that_is_needed_is_taken_at_once() -> None:
    """With one room for two clinicians, a booking of the one takes the room from the other."""
    index = Availability(office(*BOTH, Room("room-1", tags="exam-room")))
    first = ask(index, EXAM)[0]
    assert first.resources == (ResourceId("dr-a"), ResourceId("room-1"))
    index.take("k", resources=first.resources, occupied=first.occupied)
    assert clocks(ask(index, EXAM))[:2] == ["08:30", "08:30"]


def test_two_needs_are_never_filled_by_one_resource() -> None:
    """An operation that needs two physicians is not offered where only one is free."""
    pair = VisitType(code="pair", name="Pair", minutes=30, needs=(AnyOf("physician"), AnyOf("physician")))
    assert not ask(office(DOCTOR, visits=(pair,)), pair)
    both = ask(office(*BOTH, visits=(pair,)), pair)
    assert [each.lead.value for each in both[:2]] == ["dr-a", "dr-b"]
    assert both[0].resources == both[1].resources


def test_a_room_that_others_need_more_is_kept_free() -> None:
    """The exam goes to the plain room, though the one with the EKG comes first by its id."""
    ekg = VisitType(code="ekg", name="EKG", minutes=30, needs=(AnyOf("physician"), AnyOf("ekg")))
    rooms = Room("room-1", tags={"exam-room", "ekg"}), Room("room-2", tags="exam-room")
    calendar = office(DOCTOR, *rooms, visits=(EXAM, ekg))
    assert ResourceId("room-2") in ask(calendar, EXAM)[0].resources
    assert ResourceId("room-1") in ask(calendar, ekg)[0].resources


def test_the_order_of_one_of_is_the_order_of_preference() -> None:
    """At one instant the clinician who is named first is offered first."""
    visit = attrs.evolve(CHECK_UP, needs=(OneOf("np-b", "dr-a"),))
    calendar = office(DOCTOR, Provider("np-b", weekly=MORNING), visits=(visit,))
    assert [each.lead.value for each in ask(calendar, visit)[:3]] == ["np-b", "dr-a", "np-b"]


def test_clinicians_of_one_kind_come_by_id_however_much_they_are_needed() -> None:
    """Only rooms and devices are spared for those who need them; whom a patient sees is the patient's choice."""
    reading = VisitType(code="reading", name="Reading", minutes=30, needs=(AnyOf("reader"),))
    doctors = attrs.evolve(DOCTOR, tags={"physician", "reader"}), attrs.evolve(DOCTOR, id="dr-b")
    visit = attrs.evolve(CHECK_UP, needs=(AnyOf("physician"),))
    found = ask(office(*doctors, visits=(visit, reading)), visit)
    assert [each.lead.value for each in found[:2]] == ["dr-a", "dr-b"]


def test_a_wish_for_a_resource_binds_the_needs_that_it_fills() -> None:
    """Asked for one doctor, the room stays open; asked for a room as well, both are fixed."""
    calendar = office(*BOTH, Room("room-1", tags="exam-room"), Room("room-2", tags="exam-room"))
    assert {each.lead.value for each in ask(calendar, EXAM, resources=["dr-b"])} == {"dr-b"}
    both = ask(calendar, EXAM, resources=["dr-b", "room-2"])
    assert {each.resources for each in both} == {(ResourceId("dr-b"), ResourceId("room-2"))}
    assert not ask(calendar, CHECK_UP, resources=["room-2"])
    with pytest.raises(UnknownName, match="room-1"):
        ask(calendar, EXAM, resources=["room-11"])


def test_all_of_a_visit_is_at_one_location() -> None:
    """A doctor in the north in the morning and a room in the south do not meet; a device that travels goes along."""
    hours = (
        Hours(weekday=0, opens=at("08:00").time(), closes=at("10:00").time(), location="north"),
        Hours(weekday=0, opens=at("10:00").time(), closes=at("12:00").time(), location="south"),
    )
    doctor = attrs.evolve(DOCTOR, weekly=Weekly(zone=ZONE, hours=hours))
    visit = attrs.evolve(EXAM, needs=(*EXAM.needs, AnyOf("ekg")))
    room, cart = Room("room-1", tags="exam-room", location="south"), Equipment("ekg-1", tags="ekg")
    found = ask(office(doctor, room, cart, visits=(visit,)), visit)
    assert clocks(found)[0] == "10:00"
    assert {each.location for each in found} == {"south"}
    assert not ask(office(doctor, room, cart, visits=(visit,)), visit, location="north")


def test_no_visit_runs_over_the_way_between_two_sites() -> None:
    """A doctor who changes the site at ten sees nobody across ten."""
    hours = tuple(
        Hours(weekday=0, opens=at(opens).time(), closes=at(closes).time(), location=place)
        for opens, closes, place in (("09:00", "10:00", "north"), ("10:00", "11:00", "south"))
    )
    doctor = attrs.evolve(DOCTOR, weekly=Weekly(zone=ZONE, hours=hours))
    assert clocks(ask(office(doctor), CHECK_UP)) == ["09:00", "09:15", "09:30", "10:00", "10:15", "10:30"]


def test_telehealth_needs_no_room_and_its_own_hours() -> None:
    """A need may be there in person only, and hours for telehealth only."""
    visit = VisitType(
        code="talk",
        name="Talk",
        minutes=30,
        modalities=tuple(Modality),
        needs=(AnyOf("physician"), AnyOf("exam-room", modality=Modality.IN_PERSON)),
    )
    evening = Hours(
        weekday=0,
        opens=at("18:00").time(),
        closes=at("19:00").time(),
        modalities=frozenset({Modality.TELEHEALTH}),
    )
    doctor = attrs.evolve(DOCTOR, weekly=(MORNING, Weekly(zone=ZONE, hours=(evening,))))
    calendar = office(doctor, Room("room-1", tags="exam-room"), visits=(visit,))
    in_person = ask(calendar, visit)
    online = ask(calendar, visit, modality=Modality.TELEHEALTH)
    assert (len(in_person), clocks(in_person)[-1]) == (15, "11:30")
    assert (len(online), clocks(online)[-1]) == (18, "18:30")
    assert online[0].resources == (ResourceId("dr-a"),)
    assert not ask(calendar, CHECK_UP, modality=Modality.TELEHEALTH)


def test_somebody_new_takes_longer() -> None:
    """An hour for a new patient fits last at eleven."""
    visit = attrs.evolve(CHECK_UP, new_patient_minutes=60)
    found = ask(office(DOCTOR), visit, new_patient=True)
    assert (clocks(found)[-1], found[0].slot.length) == ("11:00", timedelta(hours=1))


def test_notice_and_horizon_bound_what_is_offered() -> None:
    """Two hours' notice at seven offers from nine; a horizon of four hours ends at eleven, both included."""
    found = ask(
        office(DOCTOR), CHECK_UP, now=at("07:00"), notice=timedelta(hours=2), horizon=timedelta(hours=4)
    )
    assert (clocks(found)[0], clocks(found)[-1]) == ("09:00", "11:00")


def test_a_patient_is_not_in_two_places() -> None:
    """Times that meet the patient's other visit are left out; those that touch it are not."""
    found = ask(office(DOCTOR), CHECK_UP, patient_busy=[TimeSlot(at("08:30"), at("11:30"))])
    assert clocks(found) == ["08:00", "11:30"]


def test_exceptions_take_away_and_add() -> None:
    """A closed day offers nothing; a special day its own hours; an absence leaves the grid where it was."""
    closed = office(DOCTOR, closures=(Closure(days=MONDAY, name="Moving day"),))
    assert not ask(closed, CHECK_UP)
    special = office(DOCTOR, special_days=(SpecialDay.of("14:00-15:00", resource="dr-a", day=MONDAY),))
    assert clocks(ask(special, CHECK_UP)) == ["14:00", "14:15", "14:30"]
    away = office(DOCTOR, absences=(Absence("dr-a", TimeSlot(at("08:00"), at("11:10")), "leave"),))
    assert clocks(ask(away, CHECK_UP)) == ["11:15", "11:30"]


def test_an_exception_of_one_is_not_one_of_those_who_keep_the_same_hours() -> None:
    """Of two clinicians with the same week, only the one who is named has the day off, or the course."""
    for exception in (
        {"special_days": (SpecialDay(resource="dr-b", day=MONDAY),)},
        {"closures": (Closure(days=MONDAY, name="Course", resources={"dr-b"}),)},
    ):
        assert {each.lead.value for each in ask(office(*BOTH, **exception), CHECK_UP)} == {"dr-a"}


@pytest.mark.parametrize(
    ("sunday", "starts"),
    [
        (date(2026, 3, 8), ["01:30", "03:00", "03:30"]),
        (date(2026, 11, 1), ["01:30", "01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_on_the_night_of_a_change_an_hour_is_an_hour_that_passes(sunday: date, starts: list[str]) -> None:
    """From 01:30 to 04:00 there is one hour and a half in spring, and three and a half in autumn."""
    doctor = attrs.evolve(DOCTOR, weekly=Weekly.of("Sun 01:30-04:00", zone=ZONE))
    found = ask(office(doctor), CHECK_UP, day=sunday, step=timedelta(minutes=30))
    assert clocks(found) == starts


def test_a_question_that_makes_no_sense_is_refused_when_it_is_asked() -> None:
    """Half a minute of step, notice below nothing, a ``now`` without a zone: errors at once, not at the first look."""
    wrong: list[dict[str, Any]] = [
        {"step": timedelta(seconds=90)},
        {"step": timedelta(0)},
        {"notice": timedelta(minutes=-1)},
        {"horizon": timedelta(minutes=-1)},
        {"now": datetime(2026, 11, 30)},  # noqa: DTZ001 - that is the mistake
    ]
    for context in wrong:
        with pytest.raises(InvalidValue):
            ask(office(DOCTOR), CHECK_UP, **context)


def test_a_window_without_a_visits_length_offers_nothing() -> None:
    """The patient's time lies within the window, to the minute."""
    window = TimeSlot(at("08:00"), at("08:30"))
    assert clocks(ask(office(DOCTOR), CHECK_UP, window=window)) == ["08:00"]
    assert not ask(
        office(DOCTOR), CHECK_UP, window=window.widened(before=timedelta(0), after=timedelta(seconds=-1))
    )


def test_the_first_of_a_hundred_years_come_without_the_rest() -> None:
    """The search looks only as far as it is asked for."""
    window = TimeSlot(at("00:00"), datetime(2126, 1, 1, tzinfo=UTC))
    assert clocks(ask(office(DOCTOR), CHECK_UP, window=window)[:2]) == ["08:00", "08:15"]


def test_time_ends_with_the_year_9999() -> None:
    """The last days that a date can name are looked at without an error."""
    window = TimeSlot(datetime(9999, 12, 20, tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    found = ask(office(DOCTOR), CHECK_UP, window=window)
    assert found[-1].slot.start.year == 9999
