from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.book import Recurrence

CHICAGO = ZoneInfo("America/Chicago")
ZONES = st.sampled_from(("America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"))


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    """Weekly ones on any days, monthly ones on any of a weekday."""
    nth = draw(st.none() | st.sampled_from((1, 2, 3, 4, 5, -1)))
    most = 7 if nth is None else 1
    return Recurrence(
        first=draw(st.dates(date(2020, 1, 1), date(2035, 12, 31))),
        clock=draw(st.times()).replace(second=0, microsecond=0),
        zone=ZoneInfo(draw(ZONES)),
        count=draw(st.integers(1, 30)),
        every=draw(st.integers(1, 6)),
        weekdays=draw(st.frozensets(st.integers(0, 6), max_size=most)),
        nth=nth,
    )


@given(recurrences())
def test_the_days_are_those_of_rfc_5545(rule: Recurrence) -> None:
    """The same text means the same days to dateutil."""
    theirs = rrulestr(f"RRULE:{rule}", dtstart=datetime.combine(rule.first, time(0)))
    assert rule.days() == tuple(each.date() for each in theirs)


@given(recurrences())
def test_the_wall_shows_the_same_time_every_time(rule: Recurrence) -> None:
    """On each day the clock shows the wanted time, or the first later one when the change leaves it out."""
    starts = rule.starts()
    assert len(starts) == rule.count
    assert list(starts) == sorted(set(starts))
    for day, start in zip(rule.days(), starts, strict=True):
        wall = start.astimezone(rule.zone).replace(tzinfo=None)
        wanted = datetime.combine(day, rule.clock)
        assert wall == wanted or (
            wall > wanted
            and (start - timedelta(minutes=1)).astimezone(rule.zone).replace(tzinfo=None) < wanted
        )


@given(recurrences())
def test_a_rule_is_read_as_it_was_written(rule: Recurrence) -> None:
    """The text says the rule, the day and time beside it the rest."""
    again = Recurrence.parse(str(rule), first=rule.first, clock=rule.clock, zone=rule.zone)
    assert again.starts() == rule.starts()
    assert str(again) == str(rule)


def test_ten_stays_ten_across_the_change() -> None:
    """In UTC the second start is an hour later, because the clocks went back between."""
    rule = Recurrence(first=date(2026, 10, 29), clock=time(10), zone=CHICAGO, count=2)
    assert rule.starts() == (
        datetime(2026, 10, 29, 15, tzinfo=UTC),
        datetime(2026, 11, 5, 16, tzinfo=UTC),
    )


def test_the_hour_that_is_not_and_the_hour_that_comes_twice() -> None:
    """Half past two on the day it is left out is the change itself; where it comes twice, its first showing."""
    spring = Recurrence(first=date(2027, 3, 14), clock=time(2, 30), zone=CHICAGO, count=1)
    autumn = Recurrence(first=date(2026, 11, 1), clock=time(1, 30), zone=CHICAGO, count=1)
    assert spring.starts() == (datetime(2027, 3, 14, 8, tzinfo=UTC),)
    assert autumn.starts() == (datetime(2026, 11, 1, 6, 30, tzinfo=UTC),)


def test_days_left_out_count() -> None:
    """Thanksgiving falls out of a series of three, and none comes in its place."""
    rule = Recurrence(
        first=date(2026, 11, 19), clock=time(10), zone=CHICAGO, count=3, without={date(2026, 11, 26)}
    )
    assert rule.days() == (date(2026, 11, 19), date(2026, 12, 3))


def test_a_fifth_monday_is_not_in_every_month() -> None:
    """Months without one are passed over."""
    rule = Recurrence(first=date(2026, 1, 1), clock=time(9), zone=CHICAGO, count=3, weekdays={0}, nth=5)
    assert rule.days() == (date(2026, 3, 30), date(2026, 6, 29), date(2026, 8, 31))


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;COUNT=3",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;COUNT=x",
        "FREQ=WEEKLY;COUNT=3;INTERVAL=",
        "FREQ=WEEKLY;COUNT=3;BYDAY=1MO",
        "FREQ=WEEKLY;COUNT=3;BYDAY=XX",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20270101",
        "FREQ=WEEKLY;COUNT=3;WKST=SU",
        "FREQ=MONTHLY;COUNT=3;BYDAY=MO",
        "FREQ=MONTHLY;COUNT=3;BYDAY=1MO,2TU",
        "",
    ],
)
def test_other_rules_are_not_guessed_at(text: str) -> None:
    """What is not one of the two kinds, or has no end, is refused."""
    with pytest.raises(InvalidValue):
        Recurrence.parse(text, first=date(2026, 1, 1), clock=time(9), zone=CHICAGO)


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": 0},
        {"count": 367},
        {"every": 0},
        {"weekdays": {7}},
        {"nth": 6},
        {"nth": 1, "weekdays": {0, 1}},
        {"clock": time(9, tzinfo=UTC)},
    ],
)
def test_impossible_rules_cannot_be_made(wrong: dict[str, Any]) -> None:
    """Each bound is held."""
    right: dict[str, Any] = {"first": date(2026, 1, 1), "clock": time(9), "zone": CHICAGO, "count": 3}
    with pytest.raises(InvalidValue):
        Recurrence(**(right | wrong))


def test_a_rule_ends_within_the_calendar() -> None:
    """The last week of 9999 has no next one."""
    rule = Recurrence(first=date(9999, 12, 20), clock=time(9), zone=CHICAGO, count=9)
    with pytest.raises(InvalidValue, match="9999"):
        rule.days()
