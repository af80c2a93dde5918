"""What commands to the waitlist end in, beside :class:`medoffice.core.Refused`."""

from datetime import datetime

import attrs

from medoffice.core import AppointmentId, Finding, TimeSlot
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.waitlist.entry import Entry
from medoffice.scheduling.waitlist.freed import FreedSlot
from medoffice.scheduling.waitlist.offers import Offer, Ranking
from medoffice.scheduling.waitlist.standing import EntryStanding, SlotStanding


@attrs.frozen
class Listed:
    """The entry stands on the list, or did till now; ``taken_back`` are offers to tell its patient of."""

    standing: EntryStanding
    taken_back: tuple[Offer, ...] = ()


@attrs.frozen
class Opened:
    """The slot is offered by the waitlist; the next ``advance`` asks the first patients."""

    standing: SlotStanding


@attrs.frozen(kw_only=True)
class Filled:
    """One patient has the slot, and nobody else will: book ``visit`` at ``time``, and then free ``frees``.

    ``frees`` is the appointment that the patient gives up, none when they had none. Everybody in ``taken_back``
    is to be told that the time is gone.
    """

    entry: Entry
    freed: FreedSlot
    visit: str
    time: TimeSlot
    modality: Modality
    frees: tuple[AppointmentId, ...]
    taken_back: tuple[Offer, ...]


@attrs.frozen
class TurnedDown:
    """The patient said no and keeps the place on the list."""

    offer: Offer


@attrs.frozen
class Closed:
    """The slot is not filled from the list; everybody in ``taken_back`` is to be told."""

    freed: FreedSlot
    taken_back: tuple[Offer, ...]


@attrs.frozen
class Candidate:
    """Somebody whom the time suits, and what kept the waitlist from asking; a person may decide otherwise."""

    entry: Entry
    ranking: Ranking
    findings: tuple[Finding, ...]


@attrs.frozen(kw_only=True)
class DeskSuggestion:
    """A slot for a person to fill: why the waitlist does not, and who could have it, first in order first."""

    freed: FreedSlot
    findings: tuple[Finding, ...]
    candidates: tuple[Candidate, ...]


@attrs.frozen(kw_only=True)
class Advanced:
    """What an ``advance`` did: whom to ask now, whose offers ran out, what goes to the desk, which slots lapsed.

    ``next_due`` is when to advance again if nothing happens before; ``None`` when nothing is due ever.
    """

    asked: tuple[Offer, ...] = ()
    ran_out: tuple[Offer, ...] = ()
    desk: tuple[DeskSuggestion, ...] = ()
    lapsed: tuple[FreedSlot, ...] = ()
    next_due: datetime | None = None
