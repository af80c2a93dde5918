"""The days on which federal offices are closed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.adapters.holidays import public_holidays
from medoffice.billing.good_faith import federal_holidays, federal_holidays_around

YEARS = st.integers(2022, 2060)


@given(YEARS)
def test_the_days_are_those_that_the_package_holidays_keeps(year: int) -> None:
    """Its public holidays of the United States, the observed day in place of one on a weekend."""
    theirs = {
        closure.days.start
        for closure in public_holidays("US", years=(year, year + 1))
        if closure.days.start.weekday() < 5 and closure.days.start.year == year
    }
    assert federal_holidays(year) == theirs


@given(YEARS)
def test_holidays_are_weekdays_of_their_year(year: int) -> None:
    """Ten to twelve of them: New Year's Day may be kept in the year before."""
    days = federal_holidays(year)
    assert all(day.weekday() < 5 and day.year == year for day in days)
    assert 10 <= len(days) <= 12


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 19),
        date(2026, 2, 16),
        date(2026, 5, 25),
        date(2026, 6, 19),
        date(2026, 7, 3),
        date(2026, 9, 7),
        date(2026, 10, 12),
        date(2026, 11, 11),
        date(2026, 11, 26),
        date(2026, 12, 25),
        date(2021, 12, 31),
        date(2023, 1, 2),
    ],
    ids=str,
)
def test_a_holiday_by_example(day: date) -> None:
    """Those of 2026, and two New Year's Days on a weekend."""
    assert day in federal_holidays(day.year)


@given(st.dates(date(2022, 1, 1), date(2050, 1, 1)), st.integers(-30, 30))
def test_those_around_a_day_hold_every_term(day: date, away: int) -> None:
    """Thirty days before and after it, over the end of a year too."""
    other = day + timedelta(days=away)
    assert (other in federal_holidays_around(day)) is (other in federal_holidays(other.year))
