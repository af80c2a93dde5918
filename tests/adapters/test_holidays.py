"""Public holidays as closures, against what statutes say and what the package itself answers."""

import subprocess
import sys
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.adapters.holidays import public_holidays
from medoffice.core import InvalidValue
from medoffice.scheduling import Provider, Weekly
from medoffice.scheduling.calendar import Calendar

STATES = st.sampled_from(["", "NY", "CA", "TX", "MA", "HI", "PR"])
YEARS = st.integers(1975, 2040)  # since 1971 Monday holidays are on Mondays; before 1975 some states differed
FEDERAL = {  # 5 U.S.C. 6103(a), for 2026; 4 July is a Saturday
    date(2026, 1, 1): "New Year's Day",
    date(2026, 1, 19): "Martin Luther King Jr. Day",
    date(2026, 2, 16): "Washington's Birthday",
    date(2026, 5, 25): "Memorial Day",
    date(2026, 6, 19): "Juneteenth National Independence Day",
    date(2026, 7, 3): "Independence Day (observed)",
    date(2026, 7, 4): "Independence Day",
    date(2026, 9, 7): "Labor Day",
    date(2026, 10, 12): "Columbus Day",
    date(2026, 11, 11): "Veterans Day",
    date(2026, 11, 26): "Thanksgiving Day",
    date(2026, 12, 25): "Christmas Day",
}


def test_the_federal_holidays_of_2026_are_those_of_the_statute() -> None:
    """Each day and name of 5 U.S.C. 6103(a), the observed Friday before 4 July among them, and no other."""
    assert {each.days.start: each.name for each in public_holidays("US", years=[2026])} == FEDERAL


@given(STATES, YEARS)
def test_every_closure_is_one_day_that_the_package_calls_a_holiday(state: str, year: int) -> None:
    """They rise by day, lie in the year, and carry all names that the package has for the day."""
    found = public_holidays("US", state, [year])
    days = [each.days.start for each in found]
    assert days == sorted(days)
    assert all(each.days.start == each.days.end and each.days.start.year == year for each in found)
    known = holidays.country_holidays("US", subdiv=state or None, years=[year], language="en_US")
    assert {(each.days.start, each.name) for each in found} == {
        (day, name) for day in known for name in known.get_list(day)
    }


@given(STATES, st.sets(YEARS, max_size=4))
def test_several_years_are_the_years_put_together(state: str, years: set[int]) -> None:
    """The order in which years are named, and asking twice, change nothing; no year is no holiday."""
    together = public_holidays("US", state, [*years, *years])
    assert together == tuple(each for year in sorted(years) for each in public_holidays("US", state, [year]))


@given(YEARS)
def test_thanksgiving_is_the_fourth_thursday_of_november(year: int) -> None:
    """A rule of the statute, worked out by counting."""
    first = date(year, 11, 1)
    fourth = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    assert fourth in {
        each.days.start for each in public_holidays("us", years=[year]) if "Thanks" in each.name
    }


def test_the_calendar_is_closed_on_them_and_open_beside_them() -> None:
    """A clinician's hours of Thanksgiving are gone, those of the day before stand."""
    doctor = Provider("dr-okafor", weekly=Weekly.of("Mon-Fri 08:00-12:00", zone=ZoneInfo("America/New_York")))
    calendar = Calendar(resources=(doctor,), closures=public_holidays("US", "NY", [2026]))
    assert calendar.openings("dr-okafor", date(2026, 11, 26)) == ()
    assert len(calendar.openings("dr-okafor", date(2026, 11, 25))) == 1


def test_a_holiday_may_close_one_site_only() -> None:
    """An office with sites in two states closes each on its own days."""
    assert {each.location for each in public_holidays("US", "MA", [2026], location="boston")} == {"boston"}


@pytest.mark.parametrize("where", [("XX", ""), ("US", "QQ")])
def test_a_place_that_nobody_knows_is_refused(where: tuple[str, str]) -> None:
    """An unknown country or state is the caller's mistake, never a year without holidays."""
    with pytest.raises(InvalidValue):
        public_holidays(*where, [2026])


def test_without_holidays_the_error_names_the_extra() -> None:
    """Where the package is missing, importing the adapter says what to install."""
    program = (
        "import sys\n"
        "sys.modules['holidays'] = None\n"
        "try:\n"
        "    import medoffice.adapters.holidays\n"
        "except ImportError as missing:\n"
        "    from medoffice import MedofficeError\n"
        "    assert isinstance(missing, MedofficeError)\n"
        "    print(missing)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "medoffice[calendar]" in run.stdout
