"""The last day on which a payer takes a claim."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = 12
_SATURDAY: Final = 5


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; a day that month does not have becomes its last.

    So 12 months after 29 February is 28 February, as Medicare reads it (CMS Pub. 100-04, chapter 1, section
    70.1: "must be filed by February 28 of the following year").
    """
    years, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_weekday(day: date) -> date:
    """The day itself, or the Monday after it when it is a Saturday or a Sunday.

    Medicare's contractors take a claim as timely on the next workday then (Palmetto GBA, "Medicare's Claim Timeliness
    Requirements"); for federal holidays too, which are not known here.
    """
    ahead = 7 - day.weekday() if day.weekday() >= _SATURDAY else 0
    return day + timedelta(days=ahead)
