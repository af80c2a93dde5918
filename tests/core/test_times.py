"""Instants, slots, and wall time where the clocks are changed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.core import Gap, InvalidValue, TimeSlot, Twice, as_instant, at_wall_time, day_in, whole_day
from medoffice.testing.strategies import instants, slots, zones

CHICAGO = ZoneInfo("America/Chicago")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
EVERY_ZONE = tuple(sorted(available_timezones() - {"localtime", "Factory"}))
BASE = datetime(2026, 11, 1, 6, tzinfo=UTC)
ODD_CHANGES = (
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Kathmandu", date(1986, 1, 1)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Africa/Casablanca", date(2026, 3, 22)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Pacific/Kwajalein", date(1993, 8, 21)),
    ("America/Chicago", date(2026, 3, 8)),
    ("America/Chicago", date(2026, 11, 1)),
    ("America/Havana", date(2026, 3, 8)),
    ("America/Havana", date(2026, 11, 1)),
    ("America/St_Johns", date(2006, 4, 2)),
    ("America/St_Johns", date(2006, 10, 29)),
    ("Antarctica/Troll", date(2026, 3, 29)),
    ("Asia/Pyongyang", date(2018, 5, 4)),
    ("Europe/Dublin", date(2026, 10, 25)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("America/Caracas", date(2016, 5, 1)),
    ("Asia/Manila", date(1844, 12, 31)),
    ("America/Juneau", date(1867, 10, 18)),
)


def changes(zone: ZoneInfo, first: int, last: int) -> Iterator[tuple[datetime, datetime]]:
    """Six-hour stretches of those years in which the offset changes."""
    start = datetime(first, 1, 1, tzinfo=UTC)
    marks = (start + timedelta(hours=6 * count) for count in range((last - first + 1) * 1461))
    for before, after in pairwise(marks):
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield before, after


def showing(day: date, clock: time, zone: ZoneInfo) -> list[datetime]:
    """The model: every instant of two days around at which the zone's clocks show that time, found by looking."""
    wanted = datetime.combine(day, clock)
    start = wanted.replace(tzinfo=UTC)
    offsets = {(start + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-50, 51)}
    found = {start - offset for offset in offsets if offset is not None}
    return sorted(each for each in found if each.astimezone(zone).replace(tzinfo=None) == wanted)


def check_against_model(day: date, clock: time, zone: ZoneInfo) -> int:
    """Compare all policies with the model; how often the clocks show the time."""
    shown = showing(day, clock, zone)
    match shown:
        case []:
            with pytest.raises(InvalidValue):
                at_wall_time(day, clock, zone, gap=Gap.REFUSE)
            later = at_wall_time(day, clock, zone)
            before = (later - DAY).astimezone(zone).utcoffset()
            assert before is not None
            assert later + before == datetime.combine(day, clock, UTC)
            assert later.astimezone(zone).replace(tzinfo=None) > datetime.combine(day, clock)
        case [once]:
            for twice in Twice:
                assert at_wall_time(day, clock, zone, gap=Gap.REFUSE, twice=twice) == once
        case [first, second]:
            with pytest.raises(InvalidValue):
                at_wall_time(day, clock, zone, twice=Twice.REFUSE)
            assert at_wall_time(day, clock, zone) == first
            assert at_wall_time(day, clock, zone, twice=Twice.SECOND) == second
        case _:
            pytest.fail("a clock shows a time three times")
    return len(shown)


@given(st.sampled_from(EVERY_ZONE), st.dates(date(1900, 1, 3), date(2099, 12, 29)), st.times())
def test_wall_time_as_the_model_has_it(zone: str, day: date, clock: time) -> None:
    """In every zone, on any day, a wall time is the instant at which one finds the clocks showing it."""
    check_against_model(day, clock, ZoneInfo(zone))


@pytest.mark.parametrize(("zone", "day"), ODD_CHANGES)
def test_wall_time_on_the_oddest_days(zone: str, day: date) -> None:
    """Every minute of a day on which clocks were changed is as the model has it, and the change is seen."""
    times_shown = {
        check_against_model(day, time(minute // 60, minute % 60), ZoneInfo(zone)) for minute in range(24 * 60)
    }
    assert times_shown - {1}


@given(zones(), st.integers(1990, 2035), st.data())
def test_wall_time_around_every_change(zone: ZoneInfo, year: int, data: st.DataObject) -> None:
    """Near a change of a year, gaps and repeated times are as the model has them."""
    around = list(changes(zone, year, year)) or [(datetime(year, 7, 1, tzinfo=UTC),) * 2]
    before, _ = data.draw(st.sampled_from(around))
    wall = (before + data.draw(st.integers(-180, 540)) * MINUTE).astimezone(zone).replace(tzinfo=None)
    wall += data.draw(st.integers(-90, 90)) * MINUTE
    check_against_model(wall.date(), wall.time(), zone)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        ("America/Chicago", date(2026, 3, 8), time(2, 30), "2026-03-08T08:30:00+00:00"),
        ("America/Chicago", date(2026, 11, 1), time(1, 30), "2026-11-01T06:30:00+00:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:45:00+00:00"),
        ("Asia/Kathmandu", date(2026, 11, 24), time(9), "2026-11-24T03:15:00+00:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(10), "2011-12-30T20:00:00+00:00"),
    ],
)
def test_known_instants(zone: str, day: date, clock: time, expected: str) -> None:
    """Instants that were worked out by hand come out."""
    assert at_wall_time(day, clock, ZoneInfo(zone)).isoformat() == expected


def test_a_clock_time_brings_no_zone() -> None:
    """A clock time with a zone of its own is refused."""
    with pytest.raises(InvalidValue):
        at_wall_time(date(2026, 1, 1), time(9, tzinfo=UTC), CHICAGO)


@pytest.mark.parametrize(("day", "hours"), [(date.min, 14), (date.max, -12)])
def test_wall_time_beyond_the_calendar_is_refused(day: date, hours: int) -> None:
    """Where UTC has no such year, the error is ours and not an overflow."""
    clock = time.min if hours > 0 else time.max
    with pytest.raises(InvalidValue):
        at_wall_time(day, clock, timezone(timedelta(hours=hours)))


@given(instants(), zones(), zones())
def test_an_instant_is_the_same_in_every_zone(moment: datetime, here: ZoneInfo, there: ZoneInfo) -> None:
    """An instant keeps its place in time whatever zone it came in, and ends in UTC."""
    assert as_instant(moment.astimezone(here)) == as_instant(moment.astimezone(there)) == moment
    assert as_instant(moment.astimezone(here)).utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 1),  # noqa: DTZ001 -- the very thing
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
    ],
)
def test_what_is_not_an_instant(moment: datetime) -> None:
    """A datetime without a zone, or outside of UTC's years, is refused everywhere."""
    for use in (as_instant, lambda each: TimeSlot(each, each), lambda each: day_in(each, CHICAGO)):
        with pytest.raises(InvalidValue):
            use(moment)


@pytest.mark.parametrize(
    "ends", [("2026", "2027"), (1, 2), (None, None), (date(2026, 1, 1), date(2026, 1, 2))]
)
def test_ends_of_a_slot_are_datetimes(ends: tuple[Any, Any]) -> None:
    """Days, numbers and texts are no ends of a slot."""
    with pytest.raises(InvalidValue):
        TimeSlot(*ends)


@given(slots())
def test_slot_round_trip(slot: TimeSlot) -> None:
    """A slot reads back from its text, which is in UTC."""
    text = str(slot)
    assert TimeSlot.parse(text) == slot
    assert text.count("Z") == 2


@given(slots(), zones(), zones())
def test_a_slot_is_the_same_from_every_zone(slot: TimeSlot, here: ZoneInfo, there: ZoneInfo) -> None:
    """A slot made of wall times of any zones is held in UTC and equals the slot of the instants."""
    again = TimeSlot(slot.start.astimezone(here), slot.end.astimezone(there))
    assert (again, hash(again)) == (slot, hash(slot))
    assert again.start.tzinfo is UTC is again.end.tzinfo
    assert again.length == slot.length


@given(st.lists(st.integers(0, 24), min_size=4, max_size=4), st.lists(zones(), min_size=4, max_size=4))
@example([0, 6, 6, 12], [CHICAGO] * 4)
@example([0, 13, 12, 24], [CHICAGO] * 4)
def test_overlap_as_sets_of_instants(marks: list[int], seen_in: list[ZoneInfo]) -> None:
    """Slots share, cover and contain as sets of ten-minute ticks do, through the hour that comes twice."""
    ticks = [BASE + 10 * MINUTE * mark for mark in marks]
    if marks[0] == marks[1] or marks[2] == marks[3]:
        return
    shown = [tick.astimezone(zone) for tick, zone in zip(ticks, seen_in, strict=True)]
    a = TimeSlot(*sorted(shown[:2], key=as_instant))
    b = TimeSlot(*sorted(shown[2:], key=as_instant))

    def model(of: list[int]) -> set[int]:
        return set(range(min(of), max(of)))

    in_a, in_b = model(marks[:2]), model(marks[2:])
    assert a.overlaps(b) is b.overlaps(a) is bool(in_a & in_b)
    assert a.covers(b) is (in_b <= in_a)
    for mark in range(25):
        moment = (BASE + 10 * MINUTE * mark).astimezone(seen_in[0])
        assert (moment in a) is (mark in in_a)


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    """01:30 and the second 01:30 of one night lie an hour apart, though their clock times are equal."""
    night = date(2026, 11, 1)
    first = at_wall_time(night, time(1, 30), CHICAGO)
    second = at_wall_time(night, time(1, 30), CHICAGO, twice=Twice.SECOND)
    slot = TimeSlot(first.astimezone(CHICAGO), second.astimezone(CHICAGO))
    assert slot.length == timedelta(hours=1)


@given(slots(), st.timedeltas(timedelta(0), DAY), st.timedeltas(timedelta(0), DAY))
def test_widening_adds_elapsed_time(slot: TimeSlot, before: timedelta, after: timedelta) -> None:
    """A widened slot covers the slot, and is longer by what was added."""
    wide = slot.widened(before=before, after=after)
    assert wide.covers(slot)
    assert wide.length == slot.length + before + after
    assert TimeSlot.lasting(slot.start, slot.length) == slot


@given(instants(), st.timedeltas(-DAY, timedelta(0)))
def test_a_slot_has_a_length(start: datetime, length: timedelta) -> None:
    """A slot that would end with its start or before it is refused."""
    with pytest.raises(InvalidValue):
        TimeSlot.lasting(start, length)


@given(st.sampled_from(EVERY_ZONE), st.dates(date(2000, 1, 1), date(2037, 12, 31)))
@example("America/Chicago", date(2026, 3, 8))
@example("America/Chicago", date(2026, 11, 1))
@example("America/Havana", date(2026, 3, 8))
@example("Pacific/Apia", date(2011, 12, 30))
def test_a_whole_day_holds_the_instants_of_its_date(zone: str, day: date) -> None:
    """A day's slot begins and ends exactly where the calendar turns over; a day that was skipped has none."""
    where = ZoneInfo(zone)
    moment = timedelta(microseconds=1)
    if (zone, day) in {("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Fakaofo", date(2011, 12, 30))}:
        with pytest.raises(InvalidValue):
            whole_day(day, where)
        return
    slot = whole_day(day, where)
    assert day_in(slot.start, where) == day == day_in(slot.end - moment, where)
    assert day_in(slot.start - moment, where) < day < day_in(slot.end, where)


def test_days_of_a_change_are_longer_or_shorter() -> None:
    """In Chicago the spring day has 23 hours, the autumn day 25."""
    hours = [
        whole_day(day, CHICAGO).length / timedelta(hours=1) for day in (date(2026, 3, 8), date(2026, 11, 1))
    ]
    assert hours == [23, 25]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "2026-11-24T14:00:00Z",
        "2026-11-24T14:00:00Z/",
        "2026-11-24T14:00:00/2026-11-24T14:30:00",
        "2026-11-24T14:00:00Z/2026-11-24T14:30:00",
        "2026-11-24T14:30:00Z/2026-11-24T14:00:00Z",
        "2026-11-24T14:30:00Z/2026-11-24T14:30:00Z",
        "2026-11-24/2026-11-25",
        "2026-02-30T14:00:00Z/2026-11-24T14:30:00Z",
        "0001-01-01T00:00:00+14:00/2026-11-24T14:30:00Z",
        "2026-11-24T14:00:00Z/9999-12-31T23:59:59-12:00",
        "2026-11-24T14:00:00Z/PT30M",
    ],
)
def test_what_is_not_a_slot(text: str) -> None:
    """A slot is written as two instants with their offsets, the later one last."""
    with pytest.raises(InvalidValue):
        TimeSlot.parse(text)


@given(st.text() | st.text("0123456789-:TZ/+. W", max_size=50))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the text, it is a slot, or it is refused as one."""
    try:
        slot = TimeSlot.parse(text)
    except InvalidValue:
        return
    assert TimeSlot.parse(str(slot)) == slot
