"""FHIR's date, dateTime and Period where days are meant (https://hl7.org/fhir/R4/datatypes.html#dateTime)."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from medoffice.core import DateRange, InvalidValue
from medoffice.wire.fhir.element import Element, at
from medoffice.wire.json import WireError

_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(T.+)?)?)?", re.ASCII)
_DECEMBER: Final = 12


def read_day(text: str, *, is_end: bool = False) -> date:
    """The day of a date or dateTime as it was written, whatever its offset.

    A year or a month alone is its first day, or where it ends a period its last: FHIR's periods include their end.

    Raises:
        InvalidValue: when it is no day.
    """
    found = _DAY.fullmatch(text)
    if found is None:
        raise InvalidValue("day", "write YYYY-MM-DD")
    year = int(found[1])
    month = int(found[2]) if found[2] else _DECEMBER if is_end else 1
    try:
        day = int(found[3]) if found[3] else monthrange(year, month)[1] if is_end else 1
        return date(year, month, day)
    except (ValueError, IndexError):
        pass
    raise InvalidValue("day", "the calendar has no such day")


def write_days(days: DateRange) -> dict[str, str]:
    """A Period of whole days; without an end when it runs on."""
    made = {"start": days.start.isoformat()}
    return made if days.end is None else made | {"end": days.end.isoformat()}


def read_days(element: Element, key: str) -> DateRange:
    """The days of a Period that must be there and have a start.

    Raises:
        WireError: when it is missing, has no start, or ends before it starts.
    """
    found = element.element(key)
    if found is None:
        raise WireError("it is missing", element.below(key))
    return days_in(found)


def days_in(period: Element) -> DateRange:
    """The days of a Period that has a start.

    Raises:
        WireError: when it has no start, or ends before it starts.
    """
    period.need("start")
    start, end = period.text("start"), period.text("end")
    period.close()
    return at(
        period.path,
        lambda: DateRange(read_day(start), read_day(end, is_end=True) if end else None),
    )
