"""What happened to the waitlist. Facts are appended, never changed, and replayed they give the same list.

A fact carries all that follows from it (how long an offer stands, when to look again), so a replay needs neither the
policy of that day nor a clock.
"""

from datetime import datetime

import attrs

from medoffice.core import EntryId, FreedSlotId, as_instant
from medoffice.scheduling.waitlist.entry import Entry
from medoffice.scheduling.waitlist.freed import FreedSlot
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.offers import Offer


@attrs.frozen(kw_only=True)
class EntryJoined:
    """A patient began to wait."""

    at: datetime = attrs.field(converter=as_instant)
    entry: Entry


@attrs.frozen(kw_only=True)
class EntryChanged:
    """The patient's wishes are others now; the place on the list is kept."""

    at: datetime = attrs.field(converter=as_instant)
    entry: Entry


@attrs.frozen(kw_only=True)
class EntryPaused:
    """The patient is not to be asked until an instant, or until it is resumed."""

    at: datetime = attrs.field(converter=as_instant)
    entry: EntryId
    until: datetime | None = attrs.field(converter=attrs.converters.optional(as_instant))


@attrs.frozen(kw_only=True)
class EntryResumed:
    """The patient may be asked again."""

    at: datetime = attrs.field(converter=as_instant)
    entry: EntryId


@attrs.frozen(kw_only=True)
class EntryLeft:
    """The patient waits no more, without having been given a time by the waitlist."""

    at: datetime = attrs.field(converter=as_instant)
    entry: EntryId


@attrs.frozen(kw_only=True)
class SlotOpened:
    """A freed slot is offered by the waitlist until ``until`` at most; it is looked at next when it is ``due``."""

    at: datetime = attrs.field(converter=as_instant)
    freed: FreedSlot
    until: datetime = attrs.field(converter=as_instant)
    due: datetime = attrs.field(converter=as_instant)


@attrs.frozen(kw_only=True)
class WaveSent:
    """These patients were asked at once; the next wave is ``due``."""

    at: datetime = attrs.field(converter=as_instant)
    slot: FreedSlotId
    offers: tuple[Offer, ...]
    due: datetime = attrs.field(converter=as_instant)


@attrs.frozen(kw_only=True)
class SlotWaits:
    """Nobody was asked, since nobody may be at this hour or nobody is left; it is looked at again when it is ``due``.

    ``because`` are the codes of the reasons, empty in quiet hours.
    """

    at: datetime = attrs.field(converter=as_instant)
    slot: FreedSlotId
    due: datetime = attrs.field(converter=as_instant)
    because: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class OfferTaken:
    """The patient said yes first, and has the time."""

    at: datetime = attrs.field(converter=as_instant)
    offer: OfferKey


@attrs.frozen(kw_only=True)
class OfferDeclined:
    """The patient said no, and is left in peace until ``rests_until``."""

    at: datetime = attrs.field(converter=as_instant)
    offer: OfferKey
    rests_until: datetime = attrs.field(converter=as_instant)


@attrs.frozen(kw_only=True)
class OfferRanOut:
    """There was no answer in time."""

    at: datetime = attrs.field(converter=as_instant)
    offer: OfferKey


@attrs.frozen(kw_only=True)
class OfferTakenBack:
    """The question no longer stands: ``because`` the slot was filled or closed, or the entry changed or left."""

    at: datetime = attrs.field(converter=as_instant)
    offer: OfferKey
    because: str


@attrs.frozen(kw_only=True)
class YesCameLate:
    """The patient would have taken the time, but too late; next time they come earlier in the order."""

    at: datetime = attrs.field(converter=as_instant)
    offer: OfferKey


@attrs.frozen(kw_only=True)
class SlotPlaced:
    """A person gave the slot to somebody on the list."""

    at: datetime = attrs.field(converter=as_instant)
    slot: FreedSlotId
    entry: EntryId


@attrs.frozen(kw_only=True)
class SlotHandedOver:
    """The waitlist does no more about the slot, and a person may; ``because`` are the codes of the reasons."""

    at: datetime = attrs.field(converter=as_instant)
    slot: FreedSlotId
    because: tuple[str, ...]


@attrs.frozen(kw_only=True)
class SlotClosed:
    """The slot is not to be filled from the list: it was booked otherwise, or is not to be used."""

    at: datetime = attrs.field(converter=as_instant)
    slot: FreedSlotId
    because: str


@attrs.frozen(kw_only=True)
class SlotLapsed:
    """The time began and nobody had it."""

    at: datetime = attrs.field(converter=as_instant)
    slot: FreedSlotId


Fact = (
    EntryJoined
    | EntryChanged
    | EntryPaused
    | EntryResumed
    | EntryLeft
    | SlotOpened
    | WaveSent
    | SlotWaits
    | OfferTaken
    | OfferDeclined
    | OfferRanOut
    | OfferTakenBack
    | YesCameLate
    | SlotPlaced
    | SlotHandedOver
    | SlotClosed
    | SlotLapsed
)
