"""The last day on which a payer takes a claim."""

from datetime import date, timedelta
from typing import Final

_SATURDAY: Final = 5


def next_weekday(day: date) -> date:
    """The day itself, or the Monday after it when it is a Saturday or a Sunday.

    Medicare's contractors take a claim as timely on the next workday then (Palmetto GBA, "Medicare's Claim Timeliness
    Requirements"); for federal holidays too, which are not known here.
    """
    ahead = 7 - day.weekday() if day.weekday() >= _SATURDAY else 0
    return day + timedelta(days=ahead)
