"""Opaque ids of what only the book knows: holds, offers, series."""

from typing import Self

import attrs

from medoffice.core import CommandKey


def _opaque(_: object, __: object, value: str) -> None:
    CommandKey(value)  # one shape for every id of the office


@attrs.frozen(order=True)
class _BookId:
    value: str = attrs.field(validator=_opaque)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an id as it was written.

        Raises:
            InvalidValue: when it has a character that ids do not have, or is longer than 64.
        """
        return cls(text.strip())

    def __str__(self) -> str:
        return self.value


class HoldId(_BookId):
    """One hold, and the right to book what it holds: who knows it may."""

    __slots__ = ()


class OfferId(_BookId):
    """One offer of one time to one patient."""

    __slots__ = ()


class SeriesId(_BookId):
    """What the visits of one series share; :attr:`Appointment.series` holds its text."""

    __slots__ = ()
