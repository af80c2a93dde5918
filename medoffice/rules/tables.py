"""Dated tables that a practice loads, and what a rule gets when there is none.

The project ships no licensed table, so a rule must be able to say "I could not look". It never takes a
missing table, a missing row or an edition for other days as a sign that all is well.
"""

from collections.abc import Mapping
from datetime import date
from typing import Generic, NoReturn, TypeVar

import attrs

from medoffice.core import DateRange, MedofficeError

K = TypeVar("K")
V_co = TypeVar("V_co", covariant=True)


class CannotCheck(MedofficeError):
    """A rule lacks what it would need to judge; the engine reports the rule as not checked.

    ``reason`` is shown to the office, so it holds no PHI.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@attrs.frozen
class NotListed:
    """A table is loaded and covers the day, but has no row for what was asked."""

    table: str


@attrs.frozen(kw_only=True)
class Table(Generic[K, V_co]):
    """One edition of an official table: its name, which edition it is, the days it is for, and its rows.

    ``rows`` is any mapping, so a packed or memory-mapped table serves as well as a dictionary; whoever makes
    the table does not change the rows afterwards.
    """

    name: str
    edition: str
    days: DateRange
    rows: Mapping[K, V_co] = attrs.field(repr=False)

    def look_up(self, key: K, *, on: date) -> V_co | NotListed:
        """The row for ``key``, or :class:`NotListed`.

        Raises:
            CannotCheck: when this edition is not for that day.
        """
        if on not in self.days:
            raise CannotCheck(f"the {self.name} table ({self.edition}) is not for the day of service")
        row = self.rows.get(key)
        return NotListed(self.name) if row is None else row


@attrs.frozen
class NotLoaded:
    """In place of a table that the practice has not loaded: whoever asks it is not checked."""

    name: str

    @property
    def edition(self) -> NoReturn:
        """No edition.

        Raises:
            CannotCheck: always.
        """
        raise CannotCheck(f"no {self.name} table is loaded")

    def look_up(self, key: object, *, on: date) -> NoReturn:  # noqa: ARG002 - the same form as a table's
        """No answer.

        Raises:
            CannotCheck: always.
        """
        raise CannotCheck(f"no {self.name} table is loaded")
