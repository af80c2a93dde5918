"""The federal holidays of a year, on the days on which they are kept.

The eleven days are those of 5 USC 6103(a), and of two that fall on a weekend the weekday beside them is kept ((b), and
Executive Order 11582 for Sundays). Neither was opened here; a test compares the days with the package ``holidays``.
Inauguration Day, which is kept round Washington alone, and days that a President gives off are not among them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

_DAY: Final = timedelta(days=1)
_MONDAY, _THURSDAY = 0, 3


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """The days of a calendar year on which the government's offices are closed for a holiday.

    New Year's Day of a year that begins on a Saturday is kept on 31 December of the year before, and stands there.
    """
    kept = (_kept(day) for each in (year, year + 1) for day in _holidays(each))
    return frozenset(day for day in kept if day.year == year)


def federal_holidays_around(day: date) -> frozenset[date]:
    """Those of the year before, the year and the year after: enough for any term of a good-faith estimate."""
    return federal_holidays(day.year - 1) | federal_holidays(day.year) | federal_holidays(day.year + 1)


def _holidays(year: int) -> Iterator[date]:
    for month, number in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25)):
        yield date(year, month, number)
    for month, weekday, which in (
        (1, _MONDAY, 3),
        (2, _MONDAY, 3),
        (9, _MONDAY, 1),
        (10, _MONDAY, 2),
        (11, _THURSDAY, 4),
    ):
        first = date(year, month, 1)
        yield first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = date(year, 5, 31)
    yield last - timedelta(days=(last.weekday() - _MONDAY) % 7)


def _kept(day: date) -> date:
    match day.weekday():
        case 5:
            return day - _DAY
        case 6:
            return day + _DAY
        case _:
            return day
