"""The bytes of a CMS file as rows of cells, and a cell as a number; errors name the row, counted from 1."""

import csv
import hashlib
import re
from decimal import Decimal, InvalidOperation
from typing import Final

from medoffice.billing.fees import Edition
from medoffice.core import DateRange, InvalidValue

_LARGEST: Final = 9
"""Digits before the point: no value of these files comes near, and a damaged exponent makes no endless number."""


def lines_of(data: bytes) -> list[str]:
    """The lines of a file (Latin-1); they end as text files' do, and not at a control character within a name."""
    return re.split(r"\r\n|\r|\n", data.removeprefix(b"\xef\xbb\xbf").decode("latin-1"))


def rows_of(data: bytes) -> list[list[str]]:
    """Comma-separated rows (Latin-1), each cell without blanks at its ends.

    Raises:
        InvalidValue: when the text is not comma-separated, such as one with a quotation that does not end.
    """
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(lines_of(data))]
    except csv.Error:
        raise InvalidValue("CMS file", "it is not comma-separated text") from None


def number(text: str, kind: str, row: int, column: str) -> Decimal:
    """A finite number not below zero; an empty cell is zero.

    Raises:
        InvalidValue: for anything else, naming row and column.
    """
    try:
        value = Decimal(text.strip() or 0)
    except InvalidOperation:
        raise InvalidValue(kind, f"row {row}: {column} is not a number") from None
    # Decimal reads 1_0 as ten.
    if not value.is_finite() or value < 0 or value.adjusted() >= _LARGEST or "_" in text:
        raise InvalidValue(kind, f"row {row}: {column} is a finite number, not below zero")
    return value


def edition_of(data: bytes, name: str, rows: int, days: DateRange) -> Edition:
    """The edition of a file, with the digest of its bytes."""
    return Edition(name=name, sha256=hashlib.sha256(data).hexdigest(), rows=rows, days=days)
