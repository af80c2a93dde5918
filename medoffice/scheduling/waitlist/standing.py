"""How things stand after the facts so far: each entry, each slot, each patient's asks."""

from datetime import datetime
from enum import Enum
from typing import Final

import attrs

from medoffice.core import EntryId, PatientId
from medoffice.scheduling.waitlist.entry import Entry
from medoffice.scheduling.waitlist.freed import FreedSlot
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.offers import OfferStanding


@attrs.frozen(kw_only=True)
class EntryStanding:
    """An entry, how often it was asked and declined, and whether it may be asked.

    ``missed`` counts the times that its yes came too late since it was last asked.
    """

    entry: Entry
    asked: tuple[datetime, ...] = ()
    declined: int = 0
    missed: int = 0
    rests_until: datetime | None = None
    is_paused: bool = False
    paused_until: datetime | None = None

    def is_paused_at(self, now: datetime) -> bool:
        """Whether the patient is not to be asked at an instant."""
        return self.is_paused and (self.paused_until is None or now < self.paused_until)

    @property
    def unasked_since(self) -> datetime:
        """When it was asked last, or joined."""
        return self.asked[-1] if self.asked else self.entry.joined


@attrs.frozen(kw_only=True)
class PatientStanding:
    """All that one patient was asked, for whichever entry, and which offers they hold."""

    asked: tuple[datetime, ...] = ()
    live: frozenset[OfferKey] = frozenset()


class SlotStatus(Enum):
    """Where a freed slot is in its life."""

    OPEN = "open"
    FILLED = "filled"
    HANDED_OVER = "handed-over"
    """A person may still place somebody, or close it."""
    CLOSED = "closed"
    LAPSED = "lapsed"


UNFILLED: Final = frozenset({SlotStatus.OPEN, SlotStatus.HANDED_OVER})
"""States in which somebody may still have the slot."""


@attrs.frozen(kw_only=True)
class SlotStanding:
    """A freed slot, who was asked for it, and what is due next.

    ``until`` is when the waitlist stops offering it. ``is_waiting`` says that nobody was left to ask, so that any
    change of the list is worth another look; ``is_with_desk`` that a person was told so, which happens once.
    """

    freed: FreedSlot
    until: datetime
    due: datetime
    status: SlotStatus = SlotStatus.OPEN
    waves: int = 0
    asked: frozenset[EntryId] = frozenset()
    live: frozenset[EntryId] = frozenset()
    is_waiting: bool = False
    is_with_desk: bool = False
    filled_by: EntryId | None = None

    @property
    def is_open(self) -> bool:
        """Whether the waitlist offers it."""
        return self.status is SlotStatus.OPEN


@attrs.frozen(kw_only=True)
class WaitlistState:
    """Everything at one moment, in a fixed order: equal states come of equal facts."""

    entries: tuple[EntryStanding, ...]
    gone: tuple[EntryId, ...]
    slots: tuple[SlotStanding, ...]
    offers: tuple[OfferStanding, ...]
    patients: tuple[tuple[PatientId, PatientStanding], ...]
