"""Opening hours: wall time on every day, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import DateRange, InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling import Hours, WeeklyTemplate, openings
from medoffice.scheduling.hours import first_showing

ALWAYS = DateRange(date(1990, 1, 1))
MINUTE = timedelta(minutes=1)
NEW_YORK = ZoneInfo("America/New_York")

# Days on which clocks change in awkward ways: by half an hour, by two hours, at midnight, by a whole day.
CHANGES = [
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Antarctica/Troll", date(2026, 3, 29)),
    ("Antarctica/Troll", date(2026, 10, 25)),
    ("America/Havana", date(2024, 3, 10)),
    ("America/Havana", date(2024, 11, 3)),
    ("Asia/Beirut", date(2024, 3, 31)),
    ("Asia/Beirut", date(2024, 10, 26)),
    ("America/St_Johns", date(2010, 11, 6)),
    ("America/St_Johns", date(2010, 11, 7)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Africa/Casablanca", date(2024, 3, 10)),
    ("America/Nuuk", date(2024, 10, 26)),
    ("Europe/Dublin", date(2025, 10, 26)),
]

zones = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
days = st.dates(date(2000, 1, 1), date(2037, 12, 31))
zoned_days = st.one_of(st.tuples(zones, days), st.sampled_from(CHANGES))
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def wall(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks of a zone show."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def template(*hours: Hours, zone: ZoneInfo = NEW_YORK, effective: DateRange = ALWAYS) -> WeeklyTemplate:
    """A template of one clinician."""
    return WeeklyTemplate(resource=ResourceId("okafor"), zone=zone, hours=hours, effective=effective)


def on(day: date, opens: time, closes: time, *visit_types: str) -> Hours:
    """Hours of a day's weekday."""
    return Hours(weekday=day.weekday(), opens=opens, closes=closes, visit_types=frozenset(visit_types))


@given(zoned_days, clocks)
def test_an_hour_mark_is_the_first_instant_that_shows_it_or_more(
    where: tuple[str, date], clock: time
) -> None:
    """The clock shows the time or, in a gap, more at the mark; before it, it shows less."""
    zone, day = ZoneInfo(where[0]), where[1]
    wanted = datetime.combine(day, clock)
    mark = first_showing(day, clock, zone)
    assert wall(mark, zone) >= wanted
    assert wall(mark - timedelta(microseconds=1), zone) < wanted
    assert all(wall(mark - minutes * MINUTE, zone) < wanted for minutes in range(1, 26 * 60, 13))


@given(zoned_days, clocks, clocks)
def test_hours_never_shift(where: tuple[str, date], one: time, other: time) -> None:
    """Wherever the clocks of a zone show both times on a day, the opening begins and ends at just these."""
    zone, day = ZoneInfo(where[0]), where[1]
    opens, closes = sorted((one, other))
    if opens == closes:
        return
    found = openings(template(on(day, opens, closes), zone=zone), day)
    for clock, end in ((opens, "start"), (closes, "end")):
        exists = any(
            wall(datetime.combine(day, clock.replace(fold=fold), tzinfo=zone).astimezone(UTC), zone)
            == datetime.combine(day, clock)
            for fold in (0, 1)
        )
        for opening in found:
            if exists:
                assert wall(getattr(opening.slot, end), zone) == datetime.combine(day, clock)


@given(zoned_days, st.sets(clocks, min_size=1, max_size=6))
def test_hours_that_fill_a_day_fill_it_without_gap_or_overlap(
    where: tuple[str, date], marks: set[time]
) -> None:
    """Touching hours from midnight to midnight touch in fact, and hold all of a day of 23 to 25 hours."""
    zone, day = ZoneInfo(where[0]), where[1]
    edges = [time.min, *sorted(marks - {time.min}), time.min]
    found = openings(template(*(on(day, *pair) for pair in pairwise(edges)), zone=zone), day)
    start, end = first_showing(day, time.min, zone), first_showing(day + timedelta(days=1), time.min, zone)
    if start == end:
        assert found == ()
        return
    assert found[0].slot.start == start
    assert found[-1].slot.end == end
    assert all(earlier.slot.end == later.slot.start for earlier, later in pairwise(found))


@pytest.mark.parametrize(
    ("day", "opens", "closes", "expected"),
    [
        ("2026-11-02", "08:00", "12:00", "2026-11-02T13:00:00Z/2026-11-02T17:00:00Z"),
        ("2026-03-09", "08:00", "12:00", "2026-03-09T12:00:00Z/2026-03-09T16:00:00Z"),
        ("2026-03-08", "01:00", "02:30", "2026-03-08T06:00:00Z/2026-03-08T07:00:00Z"),
        ("2026-03-08", "02:30", "04:00", "2026-03-08T07:00:00Z/2026-03-08T08:00:00Z"),
        ("2026-11-01", "01:00", "01:30", "2026-11-01T05:00:00Z/2026-11-01T05:30:00Z"),
        ("2026-11-01", "01:30", "02:00", "2026-11-01T05:30:00Z/2026-11-01T07:00:00Z"),
        ("2026-11-01", "00:00", "00:00", "2026-11-01T04:00:00Z/2026-11-02T05:00:00Z"),
    ],
)
def test_hours_in_new_york(day: str, opens: str, closes: str, expected: str) -> None:
    """Winter, summer, the hour that is left out, the hour that comes twice, and a day of 25 hours."""
    when = date.fromisoformat(day)
    hours = on(when, time.fromisoformat(opens), time.fromisoformat(closes))
    (opening,) = openings(template(hours), when)
    assert opening.slot == TimeSlot.parse(expected)


def test_hours_within_the_skipped_hour_do_not_take_place() -> None:
    """On the day of the spring change, a stretch from 02:10 to 02:50 has no length and is left out."""
    day = date(2026, 3, 8)
    assert openings(template(on(day, time(2, 10), time(2, 50))), day) == ()


def test_a_template_is_silent_outside_its_days_and_on_other_weekdays() -> None:
    """Both ends of the effective range count; the day after does not, nor does another weekday."""
    first, last = date(2026, 11, 2), date(2026, 11, 16)
    weekly = template(on(first, time(8), time(12)), effective=DateRange(first, last))
    opens_on = [
        day for day in (first + timedelta(days=shift) for shift in range(-7, 22)) if openings(weekly, day)
    ]
    assert opens_on == [first, date(2026, 11, 9), last]


def test_hours_come_earliest_first_with_their_kinds() -> None:
    """Openings rise in time, however the template was written; each keeps its visit types."""
    day = date(2026, 11, 2)
    weekly = template(on(day, time(13), time(17), "procedure"), on(day, time(8), time(12)))
    morning, afternoon = openings(weekly, day)
    assert morning.slot.end < afternoon.slot.start
    assert morning.allows("anything")
    assert afternoon.allows("procedure")
    assert not afternoon.allows("anything")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((time(8), time(12)), (time(11, 59), time(13))),
        ((time(8), time.min), (time(20), time(21))),
        ((time(8), time(12)), (time(8), time(12))),
        ((time.min, time(9)), (time(8), time.min)),
    ],
)
def test_overlapping_hours_are_refused(first: tuple[time, time], second: tuple[time, time]) -> None:
    """A weekday's hours may touch but never overlap, in whatever order they are written."""
    day = date(2026, 11, 2)
    for pair in ((first, second), (second, first)):
        with pytest.raises(InvalidValue):
            template(*(on(day, *each) for each in pair))


def test_touching_hours_and_other_weekdays_are_no_overlap() -> None:
    """08:00-12:00 beside 12:00-00:00, and the same hours on the next day, are a template."""
    day = date(2026, 11, 2)
    hours = (on(day, time(8), time(12)), on(day, time(12), time.min))
    assert len(template(*hours, on(day + timedelta(days=1), time(8), time(12))).hours) == len(hours) + 1


@pytest.mark.parametrize(
    ("weekday", "opens", "closes"),
    [
        (7, time(8), time(12)),
        (-1, time(8), time(12)),
        (True, time(8), time(12)),
        (0, time(12), time(8)),
        (0, time(8), time(8)),
        (0, time(8, tzinfo=UTC), time(12)),
    ],
)
def test_impossible_hours_cannot_be_built(weekday: int, opens: time, closes: time) -> None:
    """Weekdays are 0 to 6, hours end after they begin, and the zone is the template's."""
    with pytest.raises(InvalidValue):
        Hours(weekday=weekday, opens=opens, closes=closes)
