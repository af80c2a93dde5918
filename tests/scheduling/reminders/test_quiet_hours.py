"""When nobody is disturbed, in any zone and through every change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.reminders import QuietHours

CHICAGO = ZoneInfo("America/Chicago")
MINUTE = timedelta(minutes=1)
NAMES = (
    "America/Chicago America/St_Johns Australia/Lord_Howe Asia/Kathmandu Europe/Dublin UTC America/Sao_Paulo "
    "Africa/Cairo Pacific/Apia Asia/Gaza"
)
ZONES = st.sampled_from(NAMES.split()).map(ZoneInfo)
INSTANTS = st.integers(0, 25 * 366 * 24 * 60).map(
    lambda each: datetime(2010, 1, 1, tzinfo=UTC) + each * MINUTE
)
CLOCKS = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(minutes // 60, minutes % 60))


@given(INSTANTS, CLOCKS, CLOCKS, ZONES)
@example(datetime(2026, 11, 1, 6, 45, tzinfo=UTC), time(22), time(1, 30), CHICAGO)  # 1:45, then 1:00 again
@example(datetime(2026, 11, 1, 7, 10, tzinfo=UTC), time(22), time(1, 30), CHICAGO)  # 1:10 for the second time
@example(datetime(2026, 3, 8, 7, tzinfo=UTC), time(21), time(2, 30), CHICAGO)  # half past two is left out
@example(datetime(2026, 11, 1, 6, 0, tzinfo=UTC), time(1, 30), time(1, 15), CHICAGO)
def test_it_is_over_when_it_says(moment: datetime, begins: time, ends: time, zone: ZoneInfo) -> None:
    """The end is not before the question, is not quiet, and no minute on the way to it was not quiet."""
    quiet = QuietHours(begins, ends)
    over = quiet.over_at(moment, zone=zone)
    assert over >= moment
    assert not quiet.is_quiet(over, zone=zone)
    assert over - moment <= timedelta(hours=25)
    assert (over == moment) == (not quiet.is_quiet(moment, zone=zone))
    on_the_way = moment
    while on_the_way < over:
        assert quiet.is_quiet(on_the_way, zone=zone)
        on_the_way += 17 * MINUTE


@given(INSTANTS, CLOCKS, ZONES)
def test_equal_times_are_never_quiet(moment: datetime, clock: time, zone: ZoneInfo) -> None:
    """Who wants no quiet hours writes the same time twice."""
    assert not QuietHours(clock, clock).is_quiet(moment, zone=zone)


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [(time(20, 59), False), (time(21), True), (time(0), True), (time(7, 59), True), (time(8), False)],
)
def test_nine_to_eight(clock: time, quiet: bool) -> None:  # noqa: FBT001
    """The default runs from nine in the evening up to, but without, eight in the morning."""
    moment = datetime.combine(date(2026, 6, 1), clock, CHICAGO)
    assert QuietHours().is_quiet(moment, zone=CHICAGO) is quiet


def test_by_the_patients_clock() -> None:
    """Eight in New York is five in Los Angeles."""
    moment = datetime(2026, 6, 1, 12, tzinfo=UTC)
    assert not QuietHours().is_quiet(moment, zone=ZoneInfo("America/New_York"))
    assert QuietHours().over_at(moment, zone=ZoneInfo("America/Los_Angeles")) == datetime(
        2026, 6, 1, 15, tzinfo=UTC
    )


def test_a_clock_time_has_no_zone_of_its_own() -> None:
    """A time with a zone is the caller's mistake, and so is an instant without."""
    with pytest.raises(InvalidValue):
        QuietHours(time(21, tzinfo=UTC))
    with pytest.raises(InvalidValue):
        QuietHours().is_quiet(datetime(2026, 6, 1, 12), zone=CHICAGO)  # noqa: DTZ001
