"""All zones of the IANA data, and every change of their clocks from 2020 to 2035."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from medoffice.scheduling import hours
from medoffice.testing import zone_changes
from medoffice.testing.zone_changes import clock_changes, faults, survey, zone_names

YEARS = range(2020, 2036)


def test_every_change_in_every_zone_has_one_outcome_and_shifts_no_hours() -> None:
    """Each wall time that is left out or repeated has its one instant, and hours around the change stay on the clock."""
    found = survey(YEARS)
    assert found.faults == ()
    assert found.zones == len(zone_names())
    assert found.histories < found.zones
    assert min(found.gaps, found.overlaps) > 500
    assert found.odd_times > 60_000
    assert found.days == found.histories * 5_844


def test_the_changes_are_those_of_the_law() -> None:
    """New York changed and will change 32 times, on second Sundays in March and first ones in November, at two."""
    found = clock_changes("America/New_York", YEARS)
    walls = [(each.instant + each.before).replace(tzinfo=None) for each in found]
    expected = []
    for year in YEARS:
        for month, week in ((3, 2), (11, 1)):
            first = date(year, month, 1)
            sunday = first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (week - 1))
            expected.append(datetime.combine(sunday, time(2)))
    assert walls == expected
    assert {each.after - each.before for each in found} == {timedelta(hours=1), timedelta(hours=-1)}


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_a_wrong_reading_of_hours_would_be_noticed(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the second showing in place of the first, or an hour skipped too far, the check finds faults."""

    def second(day: date, clock: time, zone: ZoneInfo) -> datetime:
        return datetime.combine(day, clock.replace(fold=1), tzinfo=zone).astimezone(UTC)

    change = clock_changes(zone, [2026])[0]
    assert not list(faults(change))
    monkeypatch.setattr(hours, "first_showing", second)
    monkeypatch.setattr(zone_changes, "first_showing", second)
    assert list(faults(change))
