"""Opaque ids of what only the waitlist knows: entries and freed slots. An offer needs none of its own."""

from typing import Self

import attrs

from medoffice.core import CommandKey, InvalidValue


def _opaque(_: object, __: object, value: str) -> None:
    CommandKey(value)  # one shape for every id of the office


@attrs.frozen(order=True, cache_hash=True)
class _WaitlistId:
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


class EntryId(_WaitlistId):
    """One wish of one patient for a time."""

    __slots__ = ()


class FreedSlotId(_WaitlistId):
    """One time that became free."""

    __slots__ = ()


@attrs.frozen(order=True, cache_hash=True)
class OfferKey:
    """Which offer: nobody is asked twice for one slot, so slot and entry name it."""

    slot: FreedSlotId
    entry: EntryId

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``slot/entry``, as ``str`` writes it.

        Raises:
            InvalidValue: for any other form.
        """
        slot, slash, entry = text.strip().partition("/")
        if not slash:
            raise InvalidValue("offer", "write the slot's id, a slash and the entry's id")
        return cls(FreedSlotId(slot), EntryId(entry))

    def __str__(self) -> str:
        return f"{self.slot}/{self.entry}"
