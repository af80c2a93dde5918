"""The facts so far and the state that they add up to; whatever runs out by itself is written down first."""

from collections.abc import Iterable
from datetime import datetime

from medoffice.core import EntryId, FreedSlotId, InvalidValue, UnknownName, as_instant
from medoffice.scheduling.waitlist.facts import Fact, OfferRanOut, OfferTakenBack, SlotLapsed
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.ledger import Ledger
from medoffice.scheduling.waitlist.offers import Offer, OfferStanding
from medoffice.scheduling.waitlist.standing import EntryStanding, SlotStanding


class Journal:
    """An append-only list of facts, in order of time, and its ledger."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self.ledger = Ledger()
        self.facts: list[Fact] = []
        for fact in facts:
            self.add(fact)

    def add(self, fact: Fact) -> None:
        """Append what happened.

        Raises:
            InvalidValue: when it happened before the last fact.
        """
        if self.facts and fact.at < self.facts[-1].at:
            raise InvalidValue("instant", "what happens to a waitlist happens in order of time")
        self.facts.append(fact)
        self.ledger.apply(fact)

    def at(self, now: datetime) -> datetime:
        """Begin a command: offers that have run out and slots that have begun are written down, each at its own
        instant; ``now`` in UTC.

        Raises:
            InvalidValue: when ``now`` has no time zone, or is before the last fact.
        """
        instant = as_instant(now)
        if self.facts and instant < self.facts[-1].at:
            raise InvalidValue("instant", "what happens to a waitlist happens in order of time")
        while True:
            answer, start = self.ledger.next_answer(), self.ledger.next_start()
            if answer is not None and answer[0] <= instant and (start is None or answer[0] <= start[0]):
                self.add(OfferRanOut(at=answer[0], offer=answer[1]))
            elif start is not None and start[0] <= instant:
                self.add(SlotLapsed(at=start[0], slot=start[1]))
            else:
                return instant

    def take_back(self, keys: Iterable[OfferKey], *, because: str, now: datetime) -> tuple[Offer, ...]:
        """Let live offers stand no more, and give those whose patients are to be told."""
        taken_back = tuple(self.ledger.offers[key].offer for key in sorted(keys))
        for offer in taken_back:
            self.add(OfferTakenBack(at=now, offer=offer.key, because=because))
        return taken_back

    def live_of(self, entry: EntryId) -> list[OfferKey]:
        """The live offers of an entry."""
        patient = self.entry(entry).entry.patient
        return [key for key in self.ledger.patient(patient).live if key.entry == entry]

    def entry(self, key: EntryId) -> EntryStanding:
        """How an entry stands.

        Raises:
            UnknownName: when it is not on the list, or not any more.
        """
        if key not in self.ledger.entries:
            raise UnknownName("entry of the waitlist", str(key))
        return self.ledger.entries[key]

    def slot(self, key: FreedSlotId) -> SlotStanding:
        """How a freed slot stands.

        Raises:
            UnknownName: when it never was opened here.
        """
        if key not in self.ledger.slots:
            raise UnknownName("freed slot", str(key))
        return self.ledger.slots[key]

    def offer(self, key: OfferKey) -> OfferStanding:
        """How an offer stands.

        Raises:
            UnknownName: when it never was made.
        """
        if key not in self.ledger.offers:
            raise UnknownName("offer", str(key))
        return self.ledger.offers[key]
