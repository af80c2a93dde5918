"""Weekly hours as a sign has them: read, every other week, and on the first and third Tuesday."""

from calendar import monthcalendar
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import DateRange, InvalidValue
from medoffice.scheduling import Hours, Weekly, openings

ZONE = ZoneInfo("America/New_York")
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def hours(weekday: int, opens: int, closes: int, *nth: int) -> Hours:
    """A stretch from one full hour to another; 24 is midnight."""
    return Hours(weekday=weekday, opens=time(opens), closes=time(closes % 24), nth=frozenset(nth))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon 08:00-12:00", (hours(0, 8, 12),)),
        ("mon,wed 08:00-12:00", (hours(0, 8, 12), hours(2, 8, 12))),
        ("Sat-Mon 22:00-24:00", (hours(5, 22, 24), hours(6, 22, 24), hours(0, 22, 24))),
        (
            "Tue 08:00-12:00, 13:00-17:00; Sun 09:00-10:00",
            (hours(1, 8, 12), hours(1, 13, 17), hours(6, 9, 10)),
        ),
        ("", ()),
    ],
)
def test_hours_are_read_from_a_sign(text: str, expected: tuple[Hours, ...]) -> None:
    """Days, then stretches; parts divided by semicolons."""
    assert Weekly.of(text, zone="America/New_York").hours == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mon",
        "08:00-12:00",
        "Mon 8",
        "Mon 08:00",
        "Mon 08:00-25:00",
        "Mon-Xyz 08:00-09:00",
        "Mon 09:00-08:00",
        "Mon 08:00-10:00 09:00-11:00",
        "Mon- 08:00-09:00",
        "Mon 24:00-08:00",
        "Mon,, 08:00-09:00",
    ],
)
def test_what_is_no_sign_is_refused(text: str) -> None:
    """With a sentence that shows the form, or says that stretches overlap."""
    with pytest.raises(InvalidValue, match=r"hours|weekly template"):
        Weekly.of(text, zone=ZONE)


def test_a_sign_may_say_where() -> None:
    """In all of its stretches, or nowhere."""
    there = Weekly.of("Mon 08:00-12:00 13:00-17:00; Tue 09:00-10:00", zone=ZONE, location="west")
    assert {stretch.location for stretch in there.hours} == {"west"}
    assert {stretch.location for stretch in Weekly.of("Mon 08:00-12:00", zone=ZONE).hours} == {""}


def test_a_zone_that_is_none_is_said_so() -> None:
    """By the standard library's own error."""
    with pytest.raises(ZoneInfoNotFoundError):
        Weekly.of("Mon 08:00-12:00", zone="America/Nowhere")


@given(days, days, st.integers(1, 6))
def test_every_other_week_is_counted_from_the_first_day(first: date, day: date, every: int) -> None:
    """Weeks run from Monday to Sunday, and the first is the one that holds the first day."""
    weekly = Weekly(zone=ZONE, hours=(), effective=DateRange(first), every=every)
    mondays = [each - timedelta(days=each.weekday()) for each in (first, day)]
    in_turn = ((mondays[1] - mondays[0]).days // 7) % every == 0
    assert weekly.is_in_force(day) == (day >= first and in_turn)


@given(days, st.sampled_from((1, 2, 3, 4, 5, -1)))
def test_the_nth_of_a_month_is_the_calendars(day: date, nth: int) -> None:
    """Told by laying out the month; a fifth that does not exist is no day, the last always is one."""
    column = [week[day.weekday()] for week in monthcalendar(day.year, day.month) if week[day.weekday()]]
    wanted = column[-1] if nth == -1 else (column[nth - 1 : nth] or [0])[0]
    assert hours(day.weekday(), 8, 12, nth).is_on(day) == (day.day == wanted)
    assert not hours((day.weekday() + 1) % 7, 8, 12, nth).is_on(day)


def test_stretches_that_never_meet_in_a_month_may_overlap_on_the_clock() -> None:
    """The first and the third Tuesday; but the last one may be the fourth."""
    Weekly(zone=ZONE, hours=(hours(1, 8, 12, 1), hours(1, 9, 13, 2, 3)))
    with pytest.raises(InvalidValue, match="overlap"):
        Weekly(zone=ZONE, hours=(hours(1, 8, 12, 4), hours(1, 9, 13, -1)))


@pytest.mark.parametrize("every", [0, 53, True])
def test_weeks_are_counted_in_whole_numbers(every: int) -> None:
    """From each week to once a year."""
    with pytest.raises(InvalidValue, match="every"):
        Weekly(zone=ZONE, hours=(), every=every)


def test_the_nth_is_one_that_a_month_can_have() -> None:
    """1 to 5, and -1 for the last."""
    with pytest.raises(InvalidValue, match="nth"):
        hours(0, 8, 12, 6)


def test_openings_tell_the_kind_the_way_and_the_place() -> None:
    """What the stretch says goes with each of its openings."""
    stretch = Hours(weekday=1, opens=time(8), closes=time(9), location="west", visit_types=frozenset({"a"}))
    (opening,) = openings(Weekly(zone=ZONE, hours=(stretch,)), date(2026, 11, 24))
    assert (opening.location, set(opening.visit_types), len(opening.modalities)) == ("west", {"a"}, 0)
