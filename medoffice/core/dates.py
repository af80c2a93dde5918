"""Days and ranges of days: when a coverage runs, when a rule is in force, how old somebody is."""

import re
from datetime import date
from types import NoneType
from typing import Final, Self

import attrs

from medoffice.core.errors import InvalidValue

_ISO: Final = r"\d{4}-\d{2}-\d{2}"
_US: Final = r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})"


def parse_day(text: str) -> date:
    """Read ``2026-11-24`` or the American ``11/24/2026`` (month first, four digits of year).

    Raises:
        InvalidValue: for any other form, and for days that the calendar does not have.
    """
    text = text.strip()
    try:
        if re.fullmatch(_ISO, text, re.ASCII):
            return date.fromisoformat(text)
        if found := re.fullmatch(_US, text, re.ASCII):
            month, day, year = map(int, found.groups())
            return date(year, month, day)
    except ValueError:
        raise InvalidValue("day", "the calendar has no such day") from None
    raise InvalidValue("day", "write month/day/year with four digits of year, or YYYY-MM-DD")


def age_on(birth: date, on: date) -> int:
    """Completed years of life on a day; a birth date of 29 February turns on 1 March in common years.

    Raises:
        InvalidValue: when ``on`` is before the birth.
    """
    if on < birth:
        raise InvalidValue("age", "the day asked for is before the birth")
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


@attrs.frozen
class DateRange:
    """Days from ``start`` to ``end``, both included; ``end=None`` runs on for ever.

    Both ends are included because that is what an insurance card and a fee schedule mean by "through".
    """

    start: date
    end: date | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.start) is not date or type(self.end) not in (date, NoneType):
            raise InvalidValue("range of days", "its ends are dates without a time")
        if self.end is not None and self.end < self.start:
            raise InvalidValue("range of days", "its end is before its start")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"2026-01-01/2026-12-31"``, or ``"2026-01-01/.."`` for a range without end (ISO 8601-2).

        Raises:
            InvalidValue: for any other form, or when the end is before the start.
        """
        start, slash, end = text.strip().partition("/")
        if not slash:
            raise InvalidValue("range of days", "write start/end, for example 2026-01-01/2026-12-31")
        return cls(parse_day(start), None if end == ".." else parse_day(end))

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{'..' if self.end is None else self.end.isoformat()}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "DateRange") -> bool:
        """Whether at least one day is in both."""
        return (self.end is None or other.start <= self.end) and (
            other.end is None or self.start <= other.end
        )

    def overlap(self, other: "DateRange") -> "tuple[DateRange] | tuple[()]":
        """The days that are in both: one range, or nothing."""
        if not self.overlaps(other):
            return ()
        ends = [end for end in (self.end, other.end) if end is not None]
        return (DateRange(max(self.start, other.start), min(ends, default=None)),)
