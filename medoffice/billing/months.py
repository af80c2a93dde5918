"""Counting months: the same day of the month, or its last where a month has no such day."""

from calendar import monthrange
from datetime import date
from typing import Final

_MONTHS: Final = 12


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; a day that month does not have becomes its last.

    So 12 months after 29 February is 28 February, as Medicare reads it (CMS Pub. 100-04, chapter 1, section
    70.1: "must be filed by February 28 of the following year").
    """
    return anchored(day, months, day.day)


def anchored(day: date, months: int, anchor: int) -> date:
    """Day ``anchor`` (1 to 31) of the month that lies so many months after the month of ``day``.

    A month without that day gives its last, and the next month has the anchor again: 31, 28, 31, 30.
    """
    years, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(anchor, monthrange(year, month)[1]))
