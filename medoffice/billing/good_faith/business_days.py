"""Business days: Monday to Friday, federal holidays left out.

Which days are federal holidays comes in as an argument: the domain has no calendar of its own.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


def is_business_day(day: date, holidays: Collection[date]) -> bool:
    """Whether offices of the government work on that day."""
    return day.weekday() < _SATURDAY and day not in holidays


def business_days_after(day: date, count: int, holidays: Collection[date]) -> date:
    """The day that lies ``count`` business days after ``day``, which itself is not counted.

    With a ``count`` of 0 it is the day itself, whatever day that is.
    """
    while count > 0:
        day += _DAY
        count -= is_business_day(day, holidays)
    return day


def business_days_before(day: date, count: int, holidays: Collection[date]) -> date:
    """The day that lies ``count`` business days before ``day``, which itself is not counted.

    With a ``count`` of 0 it is the day itself, whatever day that is.
    """
    while count > 0:
        day -= _DAY
        count -= is_business_day(day, holidays)
    return day


def business_days_ahead(start: date, end: date, holidays: Collection[date]) -> int:
    """How many business days ``start`` lies before ``end``; 0 when it does not lie before it.

    They are the business days from ``start`` up to the day before ``end``: Monday is three before Thursday, and
    Wednesday is three before Saturday. So a day that is at least three business days before another is one from
    which three business days pass.
    """
    days = (start + timedelta(days=ahead) for ahead in range(max(0, (end - start).days)))
    return sum(is_business_day(day, holidays) for day in days)
