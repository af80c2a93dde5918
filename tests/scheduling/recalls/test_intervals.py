"""Months of the calendar and days."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.recalls import Interval

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
intervals = (
    st.tuples(st.integers(0, 240), st.integers(0, 500))
    .filter(any)
    .map(lambda pair: Interval(months=pair[0], days=pair[1]))
)


@given(days, intervals)
def test_it_is_what_the_calendar_package_says(day: date, interval: Interval) -> None:
    """Months first, cut to the month's last day, then days: as dateutil's relativedelta counts."""
    assert interval.after(day) == day + relativedelta(months=interval.months, days=interval.days)


@given(days, days, intervals)
def test_order_is_kept(one: date, other: date, interval: Interval) -> None:
    """A later day never leads to an earlier one, and every day leads to a later one."""
    first, second = sorted((one, other))
    assert interval.after(first) <= interval.after(second)
    assert interval.after(first) > first


@pytest.mark.parametrize(
    ("text", "day", "due"),
    [
        ("3 months", date(2026, 11, 30), date(2027, 2, 28)),
        ("3 months", date(2027, 11, 30), date(2028, 2, 29)),
        ("1 month", date(2026, 1, 31), date(2026, 2, 28)),
        ("2 months", date(2026, 1, 31), date(2026, 3, 31)),
        ("10 years", date(2024, 2, 29), date(2034, 2, 28)),
        ("1 year", date(2026, 12, 31), date(2027, 12, 31)),
        ("14 days", date(2026, 2, 20), date(2026, 3, 6)),
        ("6 weeks", date(2026, 1, 1), date(2026, 2, 12)),
    ],
)
def test_examples(text: str, day: date, due: date) -> None:
    """The end of a short month, leap years, days and weeks."""
    assert Interval.parse(text).after(day) == due


@given(intervals)
def test_its_text_reads_back(interval: Interval) -> None:
    """One unit's text reads back; two stand side by side."""
    if not (interval.months and interval.days):
        assert Interval.parse(str(interval)) == interval
    else:
        assert str(interval).split()[1].startswith("month")


@pytest.mark.parametrize(
    "text", ["", "3", "months", "3 moons", "-3 months", "0 days", "three months", "1.5 years"]
)
def test_another_text_is_no_interval(text: str) -> None:
    """Nothing, no unit, no number, a negative one: refused."""
    with pytest.raises(InvalidValue):
        Interval.parse(text)


def test_the_calendar_ends() -> None:
    """Beyond the year 9999 there is no day, and at its end there is one."""
    assert Interval(months=1).after(date(9999, 11, 30)) == date(9999, 12, 30)
    for interval in (Interval(months=2), Interval(days=40)):
        with pytest.raises(InvalidValue):
            interval.after(date(9999, 11, 30))
    with pytest.raises(InvalidValue):
        Interval(months=-1)
    with pytest.raises(InvalidValue):
        Interval(months=1.5)  # type: ignore[arg-type]


def test_counting_from_the_first_day_never_drifts() -> None:
    """Each quarter after 30 November is at its end, and the year is whole again."""
    start = date(2026, 11, 30)
    assert [Interval(months=3 * n).after(start) for n in (1, 2, 4)] == [
        date(2027, 2, 28),
        date(2027, 5, 30),
        date(2027, 11, 30),
    ]
    assert Interval(months=12).after(start) - start == timedelta(days=365)
