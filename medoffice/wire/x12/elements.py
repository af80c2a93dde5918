"""Elements of X12 segments, read as values: amounts, percentages, numbers, days. Nothing is ever rounded."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from medoffice.core import DateRange, InvalidValue, Money, Percent

_AMOUNT: Final = re.compile(r"(-)?(\d{1,12})?(?:\.(\d{0,4}))?", re.ASCII)
_NUMBER: Final = re.compile(r"-?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})", re.ASCII)
_CENTS: Final = 2
_CODE: Final = re.compile(r"[A-Z0-9]{1,3}", re.ASCII)
_REMARK: Final = re.compile(r"(?=.*[0-9])[A-Z0-9]{1,6}", re.ASCII)
_CONTROL: Final = re.compile(r"(?=.*\d)[A-Z0-9]{1,9}", re.ASCII)


@lru_cache(maxsize=4096)
def amount_of(text: str) -> Money | None:
    """Dollars as X12 writes them (``10``, ``10.5``, ``.50``, ``-3.00``); ``None`` for anything else.

    Decimal places beyond the second must be zeros: part of a cent is not money.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    sign, dollars, places = found.groups()
    if not dollars and not places:
        return None
    places = places or ""
    if places[_CENTS:].strip("0"):
        return None
    cents = int(dollars or 0) * 100 + int(places[:_CENTS].ljust(_CENTS, "0"))
    return Money(-cents if sign else cents)


@lru_cache(maxsize=1024)
def number_of(text: str) -> Decimal | None:
    """A number of things; ``None`` for anything that is not one."""
    said = text.strip()
    return Decimal(said) if _NUMBER.fullmatch(said) else None


@lru_cache(maxsize=1024)
def percent_of(text: str) -> Percent | None:
    """A part of one (``.2``) as 20 %; above one it can only have been meant as per cent already (``20``).

    ``None`` when it is below zero, above a hundred, or no number.
    """
    number = number_of(text)
    if number is None:
        return None
    try:
        return Percent((number * 100 if number <= 1 else number) + 0)
    except InvalidValue:
        return None


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """A day as ``CCYYMMDD``; ``None`` when the calendar has no such day."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):  # noqa: PLR2004
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def days_of(form: str, text: str) -> DateRange | None:
    """A day (``D8``) as a range of one, or a range of days (``RD8``); ``None`` for anything else."""
    if form == "D8":
        day = day_of(text)
        return None if day is None else DateRange(day, day)
    if form != "RD8":
        return None
    first, _, last = text.partition("-")
    start, end = day_of(first), day_of(last)
    if start is None or end is None or end < start:
        return None
    return DateRange(start, end)


@lru_cache(maxsize=4096)
def is_code(text: str) -> bool:
    """Whether it has the form of a short code: 1 to 3 capitals and digits.

    What does not may be anything, a name that slid into its place too, and is not to be shown as a code.
    """
    return _CODE.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def is_remark(text: str) -> bool:
    """Whether it has the form of a remark code (``MA01``, ``N130``), or of a short code: see :func:`is_code`."""
    return is_code(text) or _REMARK.fullmatch(text) is not None


def is_control(text: str) -> bool:
    """Whether it has the form of a control number: up to 9 capitals and digits, one digit at least (ST02, GS06)."""
    return _CONTROL.fullmatch(text) is not None
