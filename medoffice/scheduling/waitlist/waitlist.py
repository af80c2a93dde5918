"""The waitlist: who waits, which freed slots are offered to whom, and who has them.

One mutable aggregate over an append-only list of facts; not for several threads at once. Every command first lets run
out what has run out, then decides, then appends what happened. Nothing is sent and nothing is booked from here: the
outcomes say whom to ask, whom to tell, and what to book.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from medoffice.core import EntryId, Explained, Finding, FreedSlotId, Refused, Step, as_instant
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.visits import VisitType
from medoffice.scheduling.waitlist import answering, listing, placing
from medoffice.scheduling.waitlist.entry import Entry
from medoffice.scheduling.waitlist.facts import Fact
from medoffice.scheduling.waitlist.fit import Busy, nobody_is_busy
from medoffice.scheduling.waitlist.freed import FreedSlot
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.journal import Journal
from medoffice.scheduling.waitlist.judgement import Judgement
from medoffice.scheduling.waitlist.offers import OfferStanding
from medoffice.scheduling.waitlist.office import WaitlistOffice
from medoffice.scheduling.waitlist.outcomes import (
    Advanced,
    Closed,
    DeskSuggestion,
    Filled,
    Listed,
    Opened,
    TurnedDown,
)
from medoffice.scheduling.waitlist.policy import WaitlistPolicy
from medoffice.scheduling.waitlist.reasons import SLOT_CLOSED, refused
from medoffice.scheduling.waitlist.sending import Sending
from medoffice.scheduling.waitlist.standing import EntryStanding, SlotStanding, WaitlistState


class Waitlist:
    """A practice's waitlist.

    ``busy`` (where a command takes it) gives the appointments of a patient as the schedule has them; without it
    nobody counts as busy but by the list's own offers. ``resources`` tell which of them fill a visit's needs by
    tag. Every command takes ``now``, which never goes back.

    Commands raise:
        InvalidValue: when ``now`` has no time zone or is before the last fact.
        UnknownName: for an entry, a slot, an offer or a visit type that is not known here.
    """

    def __init__(
        self,
        *,
        policy: WaitlistPolicy,
        visits: Iterable[VisitType],
        resources: Iterable[Resource] = (),
        facts: Iterable[Fact] = (),
    ) -> None:
        self._office = WaitlistOffice.of(policy, visits, resources)
        self._journal = Journal(facts)
        self._judgement = Judgement(self._office, self._journal.ledger)
        self._sending = Sending(self._journal, self._office, self._judgement)

    @classmethod
    def replay(
        cls,
        facts: Iterable[Fact],
        *,
        policy: WaitlistPolicy,
        visits: Iterable[VisitType],
        resources: Iterable[Resource] = (),
    ) -> Self:
        """The waitlist that these facts made."""
        return cls(policy=policy, visits=visits, resources=resources, facts=facts)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All that happened, in order of time."""
        return tuple(self._journal.facts)

    @property
    def state(self) -> WaitlistState:
        """Everything as it stands; equal facts give an equal state."""
        return self._journal.ledger.state

    # ── who waits ─────────────────────────────────────────────────────────────────────────────────────────────────

    def join(self, entry: Entry, *, now: datetime) -> Listed | Refused:
        """Put an entry on the list; refused when its id was used before.

        Raises:
            InvalidValue: when it says that it joined later than ``now``.
        """
        return listing.join(self._journal, self._office, entry, self._journal.at(now))

    def change(self, entry: Entry, *, now: datetime) -> Listed:
        """Take new wishes of the same patient in; the place is kept, offers that suit no more are taken back.

        Raises:
            InvalidValue: when the patient or the instant of joining is another.
        """
        return listing.change(self._journal, self._office, self._judgement, entry, self._journal.at(now))

    def pause(self, entry: EntryId, *, now: datetime, until: datetime | None = None) -> Listed:
        """Ask the patient nothing until an instant, or until ``resume``; offers that stand are taken back."""
        end = None if until is None else as_instant(until)
        return listing.pause(self._journal, entry, end, self._journal.at(now))

    def resume(self, entry: EntryId, *, now: datetime) -> Listed:
        """Let the patient be asked again."""
        return listing.resume(self._journal, entry, self._journal.at(now))

    def leave(self, entry: EntryId, *, now: datetime) -> Listed:
        """Take an entry off the list."""
        return listing.leave(self._journal, entry, self._journal.at(now))

    # ── slots ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, freed: FreedSlot, *, now: datetime) -> Opened | Refused:
        """Offer a freed slot; the next ``advance`` asks the first patients. Refused when it has begun."""
        return placing.open_slot(self._journal, self._office, self._judgement, freed, self._journal.at(now))

    def advance(self, now: datetime, *, busy: Busy = nobody_is_busy) -> Advanced:
        """Do all that is due: send the next waves, move on from what was declined or ran out, tell the desk.

        A slot for which nobody is left is looked at again when the list changes, when somebody may be asked again,
        and after every longest gap of asking time, since the schedule may have changed meanwhile.
        """
        return self._sending.advance(self._journal.at(now), busy)

    def place(
        self, slot: FreedSlotId, entry: EntryId, *, now: datetime, busy: Busy = nobody_is_busy
    ) -> Filled | Refused:
        """A person gives a slot to somebody on the list, over any guard rail but not against what suits."""
        return placing.place(self._journal, self._judgement, slot, entry, self._journal.at(now), busy)

    def withdraw(self, slot: FreedSlotId, *, now: datetime) -> Closed | Refused:
        """The time was booked otherwise: nobody is asked for it any more."""
        return placing.close(self._journal, slot, "booked-otherwise", self._journal.at(now))

    def close(self, slot: FreedSlotId, *, now: datetime) -> Closed | Refused:
        """The time is not to be used: nobody is asked for it any more."""
        return placing.close(self._journal, slot, "closed", self._journal.at(now))

    # ── answers ───────────────────────────────────────────────────────────────────────────────────────────────────

    def accept(self, offer: OfferKey, *, now: datetime, busy: Busy = nobody_is_busy) -> Filled | Refused:
        """A patient's yes. The first has the time; one that comes too late is refused and remembered.

        Ask the schedule whether the visit can be booked in the same transaction, before this.
        """
        return answering.accept(self._journal, offer, self._journal.at(now), busy)

    def decline(self, offer: OfferKey, *, now: datetime) -> TurnedDown | Refused:
        """A patient's no. The slot moves on with the next ``advance``, the patient keeps the place."""
        return answering.decline(self._journal, self._office.policy, offer, self._journal.at(now))

    # ── questions ─────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def next_due(self) -> datetime | None:
        """When to ``advance`` next if nothing happens before; ``None`` when nothing is due ever."""
        return self._sending.next_due()

    def is_waiting(self, entry: EntryId) -> bool:
        """Whether an entry is on the list."""
        return entry in self._journal.ledger.entries

    def entry(self, entry: EntryId) -> EntryStanding:
        """How an entry stands."""
        return self._journal.entry(entry)

    def slot(self, slot: FreedSlotId) -> SlotStanding:
        """How a slot stands."""
        return self._journal.slot(slot)

    def offer(self, offer: OfferKey) -> OfferStanding:
        """How an offer stands."""
        return self._journal.offer(offer)

    def order(self, slot: FreedSlotId, *, now: datetime, busy: Busy = nobody_is_busy) -> tuple[EntryId, ...]:
        """Those who may be asked for a slot now, first in order first."""
        askable, _ = self._judgement.askable(self._journal.slot(slot), as_instant(now), busy)
        return tuple(each.standing.entry.id for each in askable)

    def suggestion(self, slot: FreedSlotId, *, now: datetime, busy: Busy = nobody_is_busy) -> DeskSuggestion:
        """Everybody on the list whom the slot suits, in order, with what keeps from asking each."""
        return self._sending.suggestion(self._journal.slot(slot), as_instant(now), busy)

    def why_asked(self, offer: OfferKey) -> Explained[int]:
        """The points by which a patient was asked, part by part, and the place in the order that they gave."""
        made = self._journal.offer(offer).offer
        place = Step("place", f"place {made.place} of {made.among}, asked in wave {made.wave}")
        return made.ranking.explained.map(lambda points: points, place)

    def why_not_asked(
        self, entry: EntryId, slot: FreedSlotId, *, now: datetime, busy: Busy = nobody_is_busy
    ) -> tuple[Finding, ...]:
        """Every reason why an entry is not asked for a slot now; never empty.

        When nothing stands in the way, it is that others come first, or that the next wave has not gone out yet.
        """
        standing, place = self._journal.entry(entry), self._journal.slot(slot)
        instant = as_instant(now)
        found = self._judgement.obstacles(standing, place, instant, busy)
        if not place.is_open:
            return (refused(SLOT_CLOSED), *found)
        return found or (self._sending.turn(place, entry, instant, busy),)
