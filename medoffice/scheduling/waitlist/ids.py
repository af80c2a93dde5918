"""How an offer of the waitlist is named: it needs no id of its own."""

from typing import Self

import attrs

from medoffice.core import EntryId, FreedSlotId, InvalidValue


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
