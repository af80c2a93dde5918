"""An official file as it was loaded: its edition and its rows. A look-up says when it is not for the day."""

from collections.abc import Mapping
from datetime import date
from typing import Generic, TypeVar

import attrs

from medoffice.billing.fees.edition import Edition
from medoffice.rules import NotListed

K = TypeVar("K")
V_co = TypeVar("V_co", covariant=True)


@attrs.frozen
class NotForDay:
    """The day is outside the edition."""

    edition: Edition
    day: date


@attrs.frozen(kw_only=True)
class OfficialTable(Generic[K, V_co]):
    """Rows by key, and the edition of which they are: price indices, anaesthesia factors, ZIP codes.

    ``what`` names a row in words, as :class:`~medoffice.rules.NotListed` repeats it.
    """

    what: str
    edition: Edition
    rows: Mapping[K, V_co] = attrs.field(repr=False)

    def look_up(self, key: K, *, on: date) -> V_co | NotListed | NotForDay:
        """The row of a key on a day; a missing row and a day outside the edition are told apart."""
        if on not in self.edition.days:
            return NotForDay(self.edition, on)
        row = self.rows.get(key)
        return NotListed(self.what) if row is None else row
