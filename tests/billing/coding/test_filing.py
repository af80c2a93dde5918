"""When a payer stops taking a claim."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.coding.rules.filing.deadline import next_weekday
from medoffice.billing.coding.rules.filing.fil001 import fil001
from medoffice.billing.months import months_after
from medoffice.testing import judge

DAYS = st.dates(date(2010, 1, 1), date(2100, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_so_many_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    """The month is counted on, and a day that it does not have becomes its last."""
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


@given(DAYS, DAYS, st.integers(0, 60))
def test_a_later_service_never_has_an_earlier_deadline(one: date, two: date, months: int) -> None:
    """Counting months keeps the order of days."""
    first, second = sorted((one, two))
    assert months_after(first, months) <= months_after(second, months)


def test_twelve_months_after_29_february_is_28_february() -> None:
    """Medicare's own reading of a leap day."""
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2024, 2, 29), 48) == date(2028, 2, 29)


@given(DAYS)
def test_a_deadline_is_never_on_a_weekend(day: date) -> None:
    """A Saturday or Sunday moves to the Monday after, any other day stays."""
    moved = next_weekday(day)
    assert moved.weekday() < 5
    assert moved - day in {timedelta(0), timedelta(1), timedelta(2)}
    assert (moved == day) is (day.weekday() < 5)


@given(DAYS, st.integers(0, 800))
def test_medicare_takes_a_claim_up_to_its_last_day_and_not_after(served: date, wait: int) -> None:
    """One calendar year, moved off a weekend: before and on the day nothing is said, after it each line is."""
    filed = served + timedelta(days=wait)
    late = (filed - next_weekday(months_after(served, 12))).days
    report = judge(fil001, f"VISIT + OTHER | on={served} filed={filed} payer=medicare")
    said = [finding.message for finding in report.findings if finding.code == "FIL001"]
    days = "1 day" if late == 1 else f"{late} days"
    assert said == ([f"the claim is filed {days} past the payer's limit"] * 2 if late > 0 else [])
    assert not report.not_checked


@pytest.mark.parametrize("set_", ["set=days:0", "set=days@60054:0"])
def test_a_limit_of_no_days_is_the_day_itself(set_: str) -> None:
    """A payer's limit of 0 days is a limit, not the lack of one."""
    assert judge(fil001, f"VISIT | {set_}").is_clean
    assert judge(fil001, f"VISIT | {set_} filed=+1").findings


def test_a_medicare_limit_is_not_set_by_a_payers_days() -> None:
    """The law's limit stays what it is when a policy sets days for everybody else."""
    report = judge(fil001, "VISIT | on=2025-03-04 filed=2026-03-04 payer=medicare set=days:10")
    assert report.is_clean
