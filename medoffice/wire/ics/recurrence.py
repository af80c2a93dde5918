"""When something recurs: the rules of RFC 5545, section 3.3.10, as values.

Rules by the hour, the minute or the second are refused: nobody is busy that way, and a machine can be kept busy by
them. So are the calendars of RFC 7529 (RSCALE), and every part that is not known.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Self

import attrs

from medoffice.core import InvalidValue
from medoffice.wire.ics.times import read_moments

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WEEKDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}", re.ASCII)
_COUNT: Final = re.compile(r"\d{1,6}", re.ASCII)
_OF_A_YEAR: Final = 53
_LISTS: Final = MappingProxyType(
    {
        "BYMONTH": range(1, 13),
        "BYWEEKNO": range(-53, 54),
        "BYYEARDAY": range(-366, 367),
        "BYMONTHDAY": range(-31, 32),
        "BYSETPOS": range(-366, 367),
        "BYHOUR": range(24),
        "BYMINUTE": range(60),
        "BYSECOND": range(60),
    }
)
_FROM_ZERO: Final = frozenset(("BYHOUR", "BYMINUTE", "BYSECOND"))
_OTHERS: Final = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"))


@attrs.frozen(kw_only=True)
class Recurrence:
    """One rule; an empty tuple is a part that it does not have.

    ``until`` is kept as text, a day, a wall time or an instant: what it means depends on the event. ``by_day`` holds
    weekdays (Monday is 0), each after its number in the month or year, 0 for every one of them.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    week_start: int = 0
    by_day: tuple[tuple[int, int], ...] = ()
    by_month: tuple[int, ...] = ()
    by_week: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_position: tuple[int, ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_second: tuple[int, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the value of an RRULE, in any case.

        Raises:
            InvalidValue: when it is no rule, or one of those that are not counted out here.
        """
        parts = _parts(text)
        frequency = parts.get("FREQ", "")
        if frequency not in FREQUENCIES:
            raise _not("it comes by the day, week, month or year")
        numbers = {name: _numbers(parts[name], name) if name in parts else () for name in _LISTS}
        made = cls(
            frequency=frequency,
            interval=_whole(parts.get("INTERVAL", "1"), "the interval"),
            count=_whole(parts["COUNT"], "the count") if "COUNT" in parts else None,
            until=_end(parts["UNTIL"]) if "UNTIL" in parts else "",
            week_start=_weekday(parts.get("WKST", "MO")),
            by_day=_weekdays(parts["BYDAY"]) if "BYDAY" in parts else (),
            by_month=numbers["BYMONTH"],
            by_week=numbers["BYWEEKNO"],
            by_year_day=numbers["BYYEARDAY"],
            by_month_day=numbers["BYMONTHDAY"],
            by_position=numbers["BYSETPOS"],
            by_hour=numbers["BYHOUR"],
            by_minute=numbers["BYMINUTE"],
            by_second=numbers["BYSECOND"],
        )
        made._check()
        return made

    def _check(self) -> None:
        """Refuse what RFC 5545 says must not be."""
        if self.count is not None and self.until:
            raise _not("it ends after a count or on a day, not both")
        if self.by_week and self.frequency != "YEARLY":
            raise _not("numbers of weeks are for rules by the year")
        if self.by_year_day and self.frequency != "YEARLY":
            raise _not("days of the year are for rules by the year")
        if self.by_month_day and self.frequency == "WEEKLY":
            raise _not("days of the month are not for rules by the week")
        has_number = any(number for number, _ in self.by_day)
        if has_number and (self.frequency not in {"MONTHLY", "YEARLY"} or self.by_week):
            raise _not("numbered weekdays are for rules by the month or year")


def _not(reason: str) -> InvalidValue:
    return InvalidValue("recurrence", reason)


def _parts(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in text.strip().upper().rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in found or not (name in _LISTS or name in _OTHERS):
            raise _not("its parts are names and values, each once, of those that are read here")
        found[name] = value
    return found


def _end(text: str) -> str:
    try:
        (_,) = read_moments(text)
    except ValueError:
        raise _not("its end is a day or a time") from None
    return text


def _whole(text: str, what: str) -> int:
    if _COUNT.fullmatch(text) is None or int(text) == 0:
        raise _not(f"{what} is a whole number above zero")
    return int(text)


def _numbers(text: str, name: str) -> tuple[int, ...]:
    found = []
    for part in text.split(","):
        if _NUMBER.fullmatch(part) is None or int(part) not in _LISTS[name]:
            raise _not("a number is out of its bounds")
        if int(part) == 0 and name not in _FROM_ZERO:
            raise _not("days and weeks count from one")
        found.append(int(part))
    return tuple(sorted(set(found)))


def _weekday(text: str) -> int:
    if text not in DAYS:
        raise _not("a weekday is MO, TU, WE, TH, FR, SA or SU")
    return DAYS.index(text)


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for part in text.split(","):
        match = _WEEKDAY.fullmatch(part)
        number = int(match[1] or 0) if match else 0
        if match is None or abs(number) > _OF_A_YEAR or (match[1] and not number):
            raise _not("a weekday is MO, TU, WE, TH, FR, SA or SU, with a number before it or none")
        found.add((number, _weekday(match[2])))
    return tuple(sorted(found))
