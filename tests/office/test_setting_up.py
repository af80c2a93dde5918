"""The calendar changed from the desk: what is closed, who is away, and hours that give way to others."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.adapters.memory import MemoryStore
from medoffice.adapters.system import FixedClock
from medoffice.core import (
    AppointmentId,
    DateRange,
    InvalidValue,
    OfficeId,
    PatientId,
    ResourceId,
    TimeSlot,
    UnknownName,
)
from medoffice.office import Office, OfficeSettings
from medoffice.office.calendar.setting_up import CLOSED, taken_over
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling import Booked, Provider, Room, Weekly
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.stretches import less

ZONE = ZoneInfo("America/Chicago")
MORNING = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
DOCTOR = ResourceId("dr-okafor")
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SIGNS = ("Mon-Fri 08:00-12:00", "Tue,Thu 09:00-17:00", "Sat 10:00-14:00")

dates = st.integers(0, 60).map(lambda number: TODAY + number * DAY)
ranges = st.builds(lambda first, more: DateRange(first, first + more * DAY), dates, st.integers(0, 20))


def weekly(sign: str, days: DateRange) -> Weekly:
    """Hours in Chicago."""
    return attrs.evolve(Weekly.of(sign, zone=ZONE), effective=days)


def bare() -> Office:
    """An office in memory with one clinician, on a fixed morning."""
    settings = OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZONE)
    made = Office(settings=settings, store=MemoryStore(), clock=FixedClock(MORNING))
    made.schedule.add_resource(Provider(DOCTOR, weekly=Weekly.of("Mon-Sun 08:00-17:00", zone=ZONE)))
    return made


def slot(start: datetime, hours: float) -> TimeSlot:
    """So many hours from an instant on."""
    return TimeSlot.lasting(start, hours * HOUR)


# ── laws ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.tuples(st.sampled_from(SIGNS), ranges), max_size=4), st.sampled_from(SIGNS), dates)
def test_new_hours_hold_alone_until_the_next_begin(
    old: list[tuple[str, DateRange]], sign: str, first: date
) -> None:
    """Before their first day all is as it was; then they alone are in force, and from the next first day on what was noted."""
    known = {days.start: weekly(each, days) for each, days in old}
    new = weekly(sign, DateRange(first))
    made = taken_over(known.values(), new)
    assert len({each.effective.start for each in made}) == len(made), (
        "a store tells them apart by their first day"
    )
    begins_next = min((start for start in known if start > first), default=date.max)
    for number in range(-1, 90):
        day = TODAY + number * DAY
        in_force = [each.hours for each in made if day in each.effective]
        if first <= day < begins_next:
            assert in_force == [new.hours]
        else:
            is_early = day < first
            as_noted = [
                each.hours
                for start, each in known.items()
                if day in each.effective and (start < first if is_early else start > first)
            ]
            assert sorted(in_force, key=str) == sorted(as_noted, key=str)


@given(ranges, ranges)
def test_days_that_are_opened_are_open_and_no_others(closed: DateRange, opened: DateRange) -> None:
    """A longer closure keeps its ends; days that were not closed are refused and nothing changes."""
    office = bare()
    closure = Closure(days=closed, name="Winter break")
    office.schedule.setup.note([closure])
    if not closed.overlaps(opened):
        with pytest.raises(NoSuchRecord):
            office.schedule.setup.reopen(opened)
    else:
        assert office.schedule.setup.reopen(opened) == (closure,)
    calendar = office.schedule.calendar()
    for number in range(-1, 90):
        day = TODAY + number * DAY
        assert bool(calendar.openings(DOCTOR, day)) is (day not in closed or day in opened)


@given(st.integers(0, 48), st.integers(1, 48), st.integers(0, 48), st.integers(1, 48))
def test_whoever_is_back_is_away_for_the_rest_only(a: int, b: int, c: int, d: int) -> None:
    """Hour by hour: away as before, but not in the time of being back."""
    away, back = slot(MORNING + a * HOUR, b), slot(MORNING + c * HOUR, d)
    parts = less(away, [back])
    for number in range(100):
        at = MORNING + number * HOUR
        assert sum(at in part for part in parts) == (at in away and at not in back)


# ── over each store ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_noting_twice_notes_once(office: Office) -> None:
    """What was new is said; the second time that is nothing, and a typing error notes none of several."""
    setup = office.schedule.setup
    closure = Closure(days=date(2026, 12, 25), name="Christmas Day")
    assert setup.note([closure, closure]) == (closure,)
    assert setup.note([closure]) == ()
    absent = Absence("dr-okafr", slot(MORNING, 1))
    with pytest.raises(UnknownName, match="okafor"):
        setup.note([Closure(days=date(2026, 12, 31), name="Stocktaking"), absent])
    assert office.schedule.calendar().closures == (closure,)


def test_back_ends_what_was_noted(office: Office) -> None:
    """The absence is cut, special hours of the day go, and without either it is refused."""
    setup = office.schedule.setup
    day = office.settings.span_of(date(2026, 12, 1))
    leave = Absence(DOCTOR, TimeSlot(day.start - DAY, day.end + DAY), "leave")
    special = SpecialDay.of("09:00-12:00", resource=DOCTOR, day=date(2026, 12, 1))
    setup.note([leave])
    setup.special_day(special)
    found = setup.back(DOCTOR, day, day=date(2026, 12, 1))
    assert set(found) == {leave, special}
    calendar = office.schedule.calendar()
    assert [each.slot for each in calendar.absences] == [
        TimeSlot(day.start - DAY, day.start),
        TimeSlot(day.end, day.end + DAY),
    ]
    assert calendar.special_days == ()
    with pytest.raises(NoSuchRecord):
        setup.back(DOCTOR, day)
    with pytest.raises(UnknownName):
        setup.back(ResourceId("dr-nobody"), day)


def test_closures_are_told_apart(office: Office) -> None:
    """By site, by resources and by name: opening one leaves the others closed."""
    setup = office.schedule.setup
    day = date(2026, 12, 24)
    whole = Closure(days=day, name="Christmas Eve")
    paint = Closure(days=day, name="Paint", resources=(DOCTOR,))
    other = Closure(days=day, name="Stocktaking")
    setup.note([whole, paint, other])
    assert setup.reopen(DateRange(day, day), resources=[DOCTOR]) == (paint,)
    assert setup.reopen(DateRange(day, day), name="Stocktaking") == (other,)
    assert office.schedule.calendar().closures == (whole,)
    with pytest.raises(NoSuchRecord):
        setup.reopen(DateRange(day, day), location="west-side")


def test_what_was_noted_for_a_closure_ends_with_it(office: Office) -> None:
    """Absences of the code ``closed`` on the days that are opened, and on no other; other absences stay."""
    setup = office.schedule.setup
    day = office.settings.span_of(date(2026, 12, 24))
    both = TimeSlot(day.start, day.end + DAY)
    leave = Absence(DOCTOR, day, "leave")
    setup.note([Closure(days=date(2026, 12, 24), name="Snow"), Absence(DOCTOR, both, CLOSED), leave])
    setup.reopen(DateRange(date(2026, 12, 24), date(2026, 12, 24)))
    assert set(office.schedule.calendar().absences) == {
        leave,
        Absence(DOCTOR, TimeSlot(day.end, day.end + DAY), CLOSED),
    }


def test_changed_hours_tell_whom_they_leave_outside(office: Office, visit: AppointmentId) -> None:
    """Ana's visit at ten today is within hours from nine on, and outside of those of the afternoon."""
    resource = office.schedule.calendar().resource(DOCTOR)
    early = weekly("Mon-Fri 09:00-17:00", DateRange(TODAY))
    kept = office.schedule.setup.keep(resource, hours=early)
    assert kept.displaced == ()
    assert [each.effective.end for each in kept.resource.weekly] == [TODAY - DAY, None]
    late = weekly("Mon-Fri 13:00-17:00", DateRange(TODAY))
    found = office.schedule.setup.keep(resource, hours=late)
    assert [each.id for each in found.displaced] == [visit]
    assert len(found.resource.weekly) == 2, "hours of the same first day give way"
    again = office.schedule.setup.keep(resource, hours=late)
    assert again.displaced == (), "whoever was outside before is not displaced now"


def test_special_hours_of_a_day_replace_each_other(office: Office, visit: AppointmentId) -> None:
    """A day has one set of them; a morning off displaces who was booked there."""
    setup = office.schedule.setup
    off = SpecialDay.of("", resource=DOCTOR, day=TODAY)
    assert [each.id for each in setup.special_day(off).displaced] == [visit]
    short = SpecialDay.of("08:00-12:00", resource=DOCTOR, day=TODAY)
    assert setup.special_day(short).displaced == ()
    assert office.schedule.calendar().special_days == (short,)


def test_a_resource_is_added_and_changed_in_its_kind(office: Office) -> None:
    """A room comes with its tags; a clinician whom the office knows stays one, with the hours as they are."""
    setup = office.schedule.setup
    room = setup.keep(Room("exam-1", tags="exam-room")).resource
    assert room.is_always_there
    tagged = setup.keep(Provider(DOCTOR, tags="pediatrics")).resource
    assert tagged.tags == frozenset({"pediatrics"})
    assert len(tagged.weekly) == 1
    with pytest.raises(InvalidValue, match="provider"):
        setup.keep(Room(DOCTOR))


def test_time_that_is_closed_is_not_offered_and_opened_is(office: Office) -> None:
    """The same minute that the closure is noted, and no longer than it stands."""
    day = date(2026, 11, 27)
    assert office.find("follow-up", first_day=day)
    office.schedule.setup.note([Closure(days=day, name="Day after Thanksgiving")])
    assert not office.find("follow-up", first_day=day)
    office.schedule.setup.reopen(DateRange(day, day))
    (first, *_) = office.find("follow-up", first_day=day)
    assert isinstance(
        office.book(PatientId("pat-ana"), "follow-up", first.slot.start, first.resources), Booked
    )


def test_each_change_stands_in_the_audit_trail(office: Office) -> None:
    """Who did it and what, by the resource's id."""
    day = office.settings.span_of(date(2026, 12, 1))
    setup = office.schedule.setup
    setup.note([Absence(DOCTOR, day)])
    setup.back(DOCTOR, day)
    rows = office.store.read(lambda tx: tx.audit_rows())
    assert [(row.entry.action, row.entry.subject) for row in rows[-2:]] == [
        ("calendar.note", "calendar"),
        ("calendar.back", "dr-okafor"),
    ]
