"""The bytes of a CMS file as rows of cells, and a cell as a number; errors name the row, counted from 1."""

import csv
import hashlib
from decimal import Decimal, InvalidOperation

from medoffice.billing.fees import Edition
from medoffice.core import DateRange, InvalidValue


def rows_of(data: bytes) -> list[list[str]]:
    """Comma-separated rows (Latin-1), each cell without blanks at its ends.

    Raises:
        InvalidValue: when the text is not comma-separated, such as one with a quotation that does not end.
    """
    text = data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(text.splitlines())]
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
    if not value.is_finite() or value < 0:
        raise InvalidValue(kind, f"row {row}: {column} is a finite number, not below zero")
    return value


def edition_of(data: bytes, name: str, rows: int, days: DateRange) -> Edition:
    """The edition of a file, with the digest of its bytes."""
    return Edition(name=name, sha256=hashlib.sha256(data).hexdigest(), rows=rows, days=days)
