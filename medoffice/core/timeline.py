"""Values that change on known days: the fee from January, the limit since 2013."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

import attrs

from medoffice.core.errors import InvalidValue, NotInForce

T_co = TypeVar("T_co", covariant=True)


@attrs.frozen
class Dated(Generic[T_co]):
    """A value and the first day on which it holds."""

    since: date
    value: T_co


@attrs.frozen
class Timeline(Generic[T_co]):
    """Dated values, first day first; each holds until the day before the next one's.

    Raises:
        InvalidValue: when there is none, or their days do not rise.
    """

    entries: tuple[Dated[T_co], ...]

    def __attrs_post_init__(self) -> None:
        days = [entry.since for entry in self.entries]
        if not days or any(later <= earlier for earlier, later in pairwise(days)):
            raise InvalidValue("timeline", "it has at least one value, and each begins after the one before")

    def at(self, on: date) -> Dated[T_co]:
        """The entry in force on a day.

        Raises:
            NotInForce: when the day is before the first entry.
        """
        place = bisect_right(self.entries, on, key=lambda entry: entry.since)
        if place == 0:
            raise NotInForce("timeline", f"its first value begins on {self.entries[0].since.isoformat()}")
        return self.entries[place - 1]

    def __iter__(self) -> Iterator[Dated[T_co]]:
        return iter(self.entries)
