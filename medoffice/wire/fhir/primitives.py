"""FHIR's primitive types as text: instants, days, ids (https://hl7.org/fhir/R4/datatypes.html#primitive)."""

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from medoffice.core import InvalidValue, as_instant

_INSTANT: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}):(\d{2})(?:\.(\d+))?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)", re.ASCII
)
_ID: Final = re.compile(r"[A-Za-z0-9\-.]{1,64}", re.ASCII)
_CODE: Final = re.compile(r"\S+( \S+)*")
_LEAP: Final = "60"


def is_id(text: str) -> bool:
    """Whether a text can be the id of a resource; unlike ours, FHIR's have no underscore."""
    return _ID.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Whether a text can be a code: no blanks around it, no two in a row."""
    return _CODE.fullmatch(text) is not None


def write_instant(moment: datetime, zone: ZoneInfo | None = None) -> str:
    """An instant to the microsecond, ``2026-11-24T15:00:00Z``; with a zone, under its offset at that instant.

    A zone whose offset has seconds, as before 1900, gives way to UTC: FHIR has none.
    """
    local = as_instant(moment).astimezone(zone or UTC)
    offset = local.utcoffset()
    if offset is not None and offset.total_seconds() % 60:
        local = as_instant(moment)
    return local.isoformat().replace("+00:00", "Z")


def read_instant(text: str) -> datetime:
    """An instant (in UTC); of fractions of a second six places are kept.

    Raises:
        InvalidValue: when it is not one: an instant has seconds and an offset.
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise InvalidValue("instant", "it has a date, a time with seconds, and an offset")
    minute, second, fraction, offset = found.groups()
    # A leap second is read as the one before it: Python's clocks have no others.
    second = "59" if second == _LEAP else second
    try:
        return as_instant(datetime.fromisoformat(f"{minute}:{second}.{(fraction or '0')[:6]:0<6}{offset}"))
    except InvalidValue:
        raise
    except ValueError:
        raise InvalidValue("instant", "there is no such day or time") from None
