"""The wall times at which a recurrence takes place, earliest first.

They are found a period at a time (a day, a week, a month, a year): of all its days, those that every part of the rule
allows. That is the table in RFC 5545, section 3.3.10 read the other way round, and gives the same days.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, product
from typing import Final

from medoffice.wire.ics.recurrence import Recurrence
from medoffice.wire.json import WireError

_MONTHS: Final = 12
_FIRST_WEEK: Final = 4
"""A year's first week has four of its days or more (RFC 5545, BYWEEKNO)."""


class Effort:
    """How many steps may still be taken over one file; a file that needs more is refused."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def spend(self, steps: int) -> None:
        """Take steps.

        Raises:
            WireError: when there are not as many left.
        """
        self._left -= steps
        if self._left < 0:
            raise WireError("it recurs more often than a calendar of people does")


def occurrences(
    rule: Recurrence, start: datetime, *, earliest: datetime, latest: datetime, effort: Effort
) -> Iterator[datetime]:
    """The wall times of a rule that begins at ``start`` (the first of them, whether the rule names it or not).

    Those before ``earliest`` may be left out, those after ``latest`` are. How the rule ends by ``until`` is the
    caller's to say, who knows the zone.

    Raises:
        WireError: when ``effort`` is used up.
    """
    if start <= latest:
        yield start
    left = rule.count
    skipped = _skipped(rule, start.date(), earliest.date()) if left is None else 0
    for number in count(skipped):
        period = _period(rule, start.date(), number)
        effort.spend(1)
        if period is None or period[0] > latest.date():
            return
        days = [day for day in period[1] if _is_allowed(rule, start.date(), day)]
        for moment in _moments(rule, start, days, effort):
            if moment <= start:
                continue
            if left is not None:
                left -= 1
                if left < 1:
                    return
            if moment > latest:
                return
            yield moment


def _skipped(rule: Recurrence, start: date, earliest: date) -> int:
    """How many periods certainly end before the day ``earliest``."""
    days = max(0, (earliest - start).days)
    longest = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[rule.frequency]
    return max(0, days // longest // rule.interval - 1)


def _period(rule: Recurrence, start: date, number: int) -> tuple[date, list[date]] | None:
    """The first day of a period, counted from that of ``start``, and its days; none where the calendar ends."""
    steps = number * rule.interval
    try:
        match rule.frequency:
            case "DAILY":
                first = start + timedelta(days=steps)
                return first, [first]
            case "WEEKLY":
                first = (
                    start - timedelta(days=(start.weekday() - rule.week_start) % 7) + timedelta(weeks=steps)
                )
                return first, _days(first, 7)
            case "MONTHLY":
                year, month = divmod(start.year * _MONTHS + start.month - 1 + steps, _MONTHS)
                first = date(year, month + 1, 1)
                return first, _month(year, month + 1)
            case _:
                first = date(start.year + steps, 1, 1)
                return first - timedelta(days=_FIRST_WEEK), _year(first.year, rule)
    except (OverflowError, ValueError):
        return None


def _days(first: date, length: int) -> list[date]:
    return [date.fromordinal(first.toordinal() + day) for day in range(length)]


def _month(year: int, month: int) -> list[date]:
    return _days(date(year, month, 1), monthrange(year, month)[1])


def _year(year: int, rule: Recurrence) -> list[date]:
    """The days of a year that can matter; with numbers of weeks, those of its weeks, some in the years beside it."""
    if not rule.by_week:
        months = rule.by_month or range(1, _MONTHS + 1)
        return [day for month in months for day in _month(year, month)]
    begin, end = _first_week(year, rule.week_start), _first_week(year + 1, rule.week_start)
    weeks = (end - begin).days // 7
    numbers = sorted({week if week > 0 else weeks + 1 + week for week in rule.by_week})
    return [
        day
        for number in numbers
        if 1 <= number <= weeks
        for day in _days(begin + timedelta(weeks=number - 1), 7)
    ]


def _first_week(year: int, week_start: int) -> date:
    first = date(year, 1, 1)
    into = (first.weekday() - week_start) % 7
    begin = first - timedelta(days=into)
    return begin if 7 - into >= _FIRST_WEEK else begin + timedelta(weeks=1)


def _is_allowed(rule: Recurrence, start: date, day: date) -> bool:
    """Whether every part of the rule that is about days lets a day of its period stand."""
    if rule.by_month and day.month not in rule.by_month:
        return False
    by_month_day, by_day = rule.by_month_day, rule.by_day
    if not (rule.by_week or rule.by_year_day or by_month_day or by_day):
        match rule.frequency:
            case "WEEKLY":
                by_day = ((0, start.weekday()),)
            case "MONTHLY":
                by_month_day = (start.day,)
            case "DAILY":
                pass
            case _:
                by_month_day = (start.day,)
                if not rule.by_month and day.month != start.month:
                    return False
    if by_month_day:
        length = monthrange(day.year, day.month)[1]
        if day.day not in by_month_day and day.day - length - 1 not in by_month_day:
            return False
    if rule.by_year_day:
        number = day.timetuple().tm_yday
        length = date(day.year, 12, 31).timetuple().tm_yday
        if number not in rule.by_year_day and number - length - 1 not in rule.by_year_day:
            return False
    if rule.by_week and not by_day and day.weekday() != start.weekday():
        return False
    return not by_day or any(_is_weekday(rule, number, weekday, day) for number, weekday in by_day)


def _is_weekday(rule: Recurrence, number: int, weekday: int, day: date) -> bool:
    if day.weekday() != weekday:
        return False
    if number == 0:
        return True
    if rule.frequency == "MONTHLY" or rule.by_month:
        place, length = day.day, monthrange(day.year, day.month)[1]
    else:
        place, length = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
    return number == ((place - 1) // 7 + 1 if number > 0 else -((length - place) // 7 + 1))


def _moments(rule: Recurrence, start: datetime, days: list[date], effort: Effort) -> list[datetime]:
    """The wall times on the days of one period."""
    clocks = [
        time(*each)
        for each in product(
            rule.by_hour or (start.hour,),
            rule.by_minute or (start.minute,),
            rule.by_second or (start.second,),
        )
    ]
    effort.spend(len(days) * len(clocks))
    moments = [datetime.combine(day, clock) for day in days for clock in clocks]
    if not rule.by_position:
        return moments
    places = {place - 1 if place > 0 else len(moments) + place for place in rule.by_position}
    return [moment for place, moment in enumerate(moments) if place in places]
