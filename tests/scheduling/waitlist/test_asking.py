from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, at_wall_time
from medoffice.scheduling.waitlist import AskingHours

NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)
SPRING = datetime(2026, 3, 7, 20, tzinfo=UTC)  # the clocks go forward in the night that follows
hours = st.builds(
    AskingHours,
    zone=st.sampled_from([NEW_YORK, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe")]),
    since=st.sampled_from([time(0), time(2, 30), time(8)]),
    until=st.sampled_from([time(9), time(20), time(23, 59)]),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
lengths = st.timedeltas(timedelta(0), timedelta(days=3))


def is_asking(asking: AskingHours, now: datetime) -> bool:
    """What a clock on the wall says, found without the library."""
    wall = now.astimezone(asking.zone)
    return wall.weekday() in asking.weekdays and asking.since <= wall.time() < asking.until


@given(hours, moments)
@example(AskingHours(zone=NEW_YORK), SPRING)
def test_the_next_moment_is_in_asking_hours(asking: AskingHours, now: datetime) -> None:
    """The clock on the wall agrees, and the next moment is now exactly when it already is one."""
    moment = asking.next_moment(now)
    assert moment >= now
    assert is_asking(asking, moment)
    assert asking.is_quiet(now) == (not is_asking(asking, now)) == (moment > now)


@given(hours, moments, lengths)
@example(AskingHours(zone=NEW_YORK), SPRING, 2 * HOUR)
def test_time_is_counted_as_it_is_spent(asking: AskingHours, now: datetime, length: timedelta) -> None:
    """The asking time until the instant by which so much has gone by is exactly so much."""
    end = asking.after(now, length)
    assert asking.between(now, end, enough=timedelta(days=10)) == length


@given(hours, moments, lengths, lengths)
def test_asking_time_adds_up(asking: AskingHours, now: datetime, one: timedelta, two: timedelta) -> None:
    """Asking time to an instant and from it on is the asking time in all, and no more than what went by."""
    middle, end, enough = now + one, now + one + two, timedelta(days=10)
    whole = asking.between(now, end, enough=enough)
    assert whole == asking.between(now, middle, enough=enough) + asking.between(middle, end, enough=enough)
    assert whole <= one + two
    assert asking.between(now, end, enough=HOUR) == min(HOUR, whole)


def test_an_offer_of_the_evening_stands_in_the_morning() -> None:
    """Two hours from seven in the evening, asked from eight to eight, are over at nine on the next day."""
    asking = AskingHours(zone=NEW_YORK)
    evening = at_wall_time(date(2026, 11, 25), time(19), NEW_YORK)
    assert asking.after(evening, 2 * HOUR) == at_wall_time(date(2026, 11, 26), time(9), NEW_YORK)


def test_a_whole_day_of_asking_ends_that_day() -> None:
    """Twelve hours from eight in the morning end at eight in the evening, not in the next morning."""
    asking = AskingHours(zone=NEW_YORK)
    morning = at_wall_time(date(2026, 11, 25), time(8), NEW_YORK)
    assert asking.after(morning, 12 * HOUR) == morning + 12 * HOUR


def test_weekends_may_be_quiet() -> None:
    """Who is not to be asked at weekends is asked on Monday."""
    asking = AskingHours(zone=NEW_YORK, weekdays=frozenset(range(5)))
    saturday = at_wall_time(date(2026, 11, 28), time(10), NEW_YORK)
    assert asking.next_moment(saturday) == at_wall_time(date(2026, 11, 30), time(8), NEW_YORK)


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": time(8, tzinfo=UTC)},
        {"since": time(20), "until": time(8)},
        {"weekdays": frozenset()},
        {"weekdays": frozenset({7})},
    ],
)
def test_impossible_hours_are_refused(wrong: dict[str, object]) -> None:
    """A zone of its own, an end before the beginning, no weekday or an eighth one."""
    with pytest.raises(InvalidValue):
        AskingHours(zone=NEW_YORK, **wrong)  # type: ignore[arg-type]
