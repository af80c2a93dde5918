"""What a kind of official table is: how a file of it is recognised, and how it is read whole."""

import re
from collections.abc import Callable
from typing import Final, Protocol

import attrs

from medoffice.billing.fees import Edition
from medoffice.core import DateRange, InvalidValue

_HEAD: Final = 4096
"""So many bytes at the beginning tell what a file is."""


class Loaded(Protocol):
    """A table that was read: whatever it holds, it knows its edition."""

    @property
    def edition(self) -> Edition:
        """The edition, with the digest and the rows of the file."""
        ...


class Read(Protocol):
    """Reads a file whole.

    Raises:
        InvalidValue: when the file is not of the kind, or is damaged; it names the row.
    """

    def __call__(self, data: bytes, *, name: str, days: DateRange, part: str) -> Loaded:
        """The table of a file's bytes."""
        ...


@attrs.frozen(kw_only=True)
class TableKind:
    """A kind: its code, its name in words, and its parts, of which one edition may have a file each.

    ``part_of`` says which part a file is, by its name; a kind without parts has the one part ``""``.
    """

    code: str
    name: str
    recognises: Callable[[str, bytes], bool]
    read: Read
    parts: tuple[str, ...] = ("",)
    part_of: Callable[[str], str] = lambda _: ""


def begins(*starts: str, says: str = "") -> Callable[[str, bytes], bool]:
    """Recognises a file by how its name starts, or by a pattern among its first lines."""
    pattern = re.compile(says.encode(), re.IGNORECASE | re.MULTILINE) if says else None

    def recognises(name: str, data: bytes) -> bool:
        if name.upper().startswith(starts):
            return True
        return pattern is not None and pattern.search(data[:_HEAD]) is not None

    return recognises


def of_year(kind: str, data: bytes, says: str, days: DateRange) -> None:
    """Hold the year that a file names in its first lines against the days that it is loaded for.

    Raises:
        InvalidValue: when they are of another year.
    """
    found = re.search(says.encode(), data[:_HEAD], re.IGNORECASE)
    if found is None:
        return
    year = int(found[1])
    if days.start.year != year or (days.end is not None and days.end.year != year):
        raise InvalidValue(kind, f"it says that it is for {year}; load it for days of that year")
