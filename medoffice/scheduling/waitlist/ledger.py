"""The one place where facts become a state."""

from collections.abc import Iterator
from datetime import datetime
from heapq import heappop, heappush
from typing import Final

import attrs

from medoffice.core import EntryId, FreedSlotId, PatientId, TimeSlot
from medoffice.scheduling.waitlist.entry import Entry
from medoffice.scheduling.waitlist.facts import (
    EntryChanged,
    EntryJoined,
    EntryLeft,
    EntryPaused,
    EntryResumed,
    Fact,
    OfferDeclined,
    OfferRanOut,
    OfferTaken,
    OfferTakenBack,
    SlotClosed,
    SlotHandedOver,
    SlotLapsed,
    SlotOpened,
    SlotPlaced,
    SlotWaits,
    WaveSent,
    YesCameLate,
)
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.offers import Offer, OfferStanding, OfferStatus
from medoffice.scheduling.waitlist.standing import (
    UNFILLED,
    EntryStanding,
    PatientStanding,
    SlotStanding,
    SlotStatus,
    WaitlistState,
)

_NOBODY: Final = PatientStanding()


class Ledger:
    """The state that facts add up to; it changes by :meth:`apply` alone."""

    def __init__(self) -> None:
        self.entries: dict[EntryId, EntryStanding] = {}
        self.gone: dict[EntryId, None] = {}
        self.slots: dict[FreedSlotId, SlotStanding] = {}
        self.offers: dict[OfferKey, OfferStanding] = {}
        self.patients: dict[PatientId, PatientStanding] = {}
        self.by_visit: dict[str, dict[EntryId, None]] = {}
        self.changes: list[EntryId] = []
        self._answers: list[tuple[datetime, OfferKey]] = []
        self._looks: list[tuple[datetime, datetime, FreedSlotId]] = []
        self._starts: list[tuple[datetime, FreedSlotId]] = []
        self._waiting: dict[FreedSlotId, None] = {}

    def apply(self, fact: Fact) -> None:
        """Take one fact in."""
        match fact:
            case EntryJoined() | EntryChanged() | EntryPaused() | EntryResumed() | EntryLeft():
                self._apply_to_entry(fact)
            case OfferTaken() | OfferDeclined() | OfferRanOut() | OfferTakenBack() | YesCameLate():
                self._apply_to_offer(fact)
            case (
                SlotOpened()
                | WaveSent()
                | SlotWaits()
                | SlotPlaced()
                | SlotHandedOver()
                | SlotClosed()
                | SlotLapsed()
            ):
                self._apply_to_slot(fact)

    @property
    def state(self) -> WaitlistState:
        """Everything as it stands."""
        return WaitlistState(
            entries=tuple(self.entries[key] for key in sorted(self.entries)),
            gone=tuple(sorted(self.gone)),
            slots=tuple(self.slots[key] for key in sorted(self.slots)),
            offers=tuple(self.offers[key] for key in sorted(self.offers)),
            patients=tuple((key, self.patients[key]) for key in sorted(self.patients)),
        )

    def patient(self, patient: PatientId) -> PatientStanding:
        """What a patient was asked and holds; nothing, for one who never was."""
        return self.patients.get(patient, _NOBODY)

    def next_answer(self) -> tuple[datetime, OfferKey] | None:
        """The live offer that runs out first."""
        while self._answers:
            _, key = self._answers[0]
            if self.offers[key].is_live:
                return self._answers[0]
            heappop(self._answers)
        return None

    def next_start(self) -> tuple[datetime, FreedSlotId] | None:
        """The first slot to begin of those that nobody has yet."""
        while self._starts:
            _, key = self._starts[0]
            if self.slots[key].status in UNFILLED:
                return self._starts[0]
            heappop(self._starts)
        return None

    def next_look(self) -> tuple[datetime, FreedSlotId] | None:
        """The open slot about which something is due first; of several the one that begins first."""
        while self._looks:
            due, _, key = self._looks[0]
            if self.slots[key].is_open and self.slots[key].due == due:
                return due, key
            heappop(self._looks)
        return None

    def live_offers(self, slot: FreedSlotId) -> Iterator[Offer]:
        """The offers of a slot that stand, by entry."""
        for entry in sorted(self.slots[slot].live):
            yield self.offers[OfferKey(slot, entry)].offer

    def _apply_to_entry(
        self, fact: EntryJoined | EntryChanged | EntryPaused | EntryResumed | EntryLeft
    ) -> None:
        match fact:
            case EntryJoined(entry=entry):
                self._keep(EntryStanding(entry=entry))
                self._look_again(fact.at)
            case EntryChanged(entry=entry):
                known = self.entries[entry.id]
                self._forget(known.entry)
                self._keep(attrs.evolve(known, entry=entry))
                self._look_again(fact.at)
            case EntryPaused(entry=key, until=until):
                self.entries[key] = attrs.evolve(self.entries[key], is_paused=True, paused_until=until)
            case EntryResumed(entry=key):
                self.entries[key] = attrs.evolve(self.entries[key], is_paused=False, paused_until=None)
                self._look_again(fact.at)
            case EntryLeft(entry=key):
                self._remove(key)

    def _apply_to_offer(
        self, fact: OfferTaken | OfferDeclined | OfferRanOut | OfferTakenBack | YesCameLate
    ) -> None:
        key = fact.offer
        match fact:
            case OfferTaken():
                self._end_offer(key, OfferStatus.TAKEN, fact.at)
                self._fill(key.slot, key.entry)
            case OfferDeclined(rests_until=rests_until):
                self._end_offer(key, OfferStatus.DECLINED, fact.at)
                standing = self.entries[key.entry]
                self.entries[key.entry] = attrs.evolve(
                    standing, declined=standing.declined + 1, rests_until=rests_until
                )
            case OfferRanOut():
                self._end_offer(key, OfferStatus.RAN_OUT, fact.at)
            case OfferTakenBack():
                self._end_offer(key, OfferStatus.TAKEN_BACK, fact.at)
            case YesCameLate():
                self.offers[key] = attrs.evolve(self.offers[key], yes_came_late=True)
                standing = self.entries[key.entry]
                self.entries[key.entry] = attrs.evolve(standing, missed=standing.missed + 1)

    def _apply_to_slot(
        self,
        fact: SlotOpened | WaveSent | SlotWaits | SlotPlaced | SlotHandedOver | SlotClosed | SlotLapsed,
    ) -> None:
        match fact:
            case SlotOpened(freed=freed, until=until, due=due):
                heappush(self._starts, (freed.start, freed.id))
                self._set(SlotStanding(freed=freed, until=until, due=due))
            case WaveSent(slot=key, offers=offers, due=due):
                for offer in offers:
                    self._send(offer)
                asked = frozenset(offer.key.entry for offer in offers)
                standing = self.slots[key]
                self._set(
                    attrs.evolve(
                        standing,
                        due=due,
                        waves=standing.waves + 1,
                        asked=standing.asked | asked,
                        live=standing.live | asked,
                        is_waiting=False,
                    )
                )
            case SlotWaits(slot=key, due=due, because=because):
                slot = self.slots[key]
                is_with_desk = slot.is_with_desk or bool(because)
                self._set(attrs.evolve(slot, due=due, is_waiting=bool(because), is_with_desk=is_with_desk))
            case SlotPlaced(slot=key, entry=entry):
                self._fill(key, entry)
            case SlotHandedOver(slot=key):
                self.slots[key] = attrs.evolve(
                    self.slots[key], status=SlotStatus.HANDED_OVER, is_waiting=False, is_with_desk=True
                )
            case SlotClosed(slot=key):
                self.slots[key] = attrs.evolve(self.slots[key], status=SlotStatus.CLOSED)
            case SlotLapsed(slot=key):
                self.slots[key] = attrs.evolve(self.slots[key], status=SlotStatus.LAPSED)

    def _keep(self, standing: EntryStanding) -> None:
        entry = standing.entry
        self.entries[entry.id] = standing
        self.by_visit.setdefault(entry.visit, {})[entry.id] = None
        self.changes.append(entry.id)

    def _forget(self, entry: Entry) -> None:
        del self.entries[entry.id]
        del self.by_visit[entry.visit][entry.id]

    def _remove(self, key: EntryId) -> None:
        self._forget(self.entries[key].entry)
        self.gone[key] = None

    def _fill(self, slot: FreedSlotId, entry: EntryId) -> None:
        self.slots[slot] = attrs.evolve(self.slots[slot], status=SlotStatus.FILLED, filled_by=entry)
        self._remove(entry)

    def _send(self, offer: Offer) -> None:
        self.offers[offer.key] = OfferStanding(offer)
        heappush(self._answers, (offer.answer_by, offer.key))
        patient = self.patient(offer.patient)
        self.patients[offer.patient] = attrs.evolve(
            patient, asked=(*patient.asked, offer.made), live=patient.live | {offer.key}
        )
        standing = self.entries[offer.key.entry]
        self.entries[offer.key.entry] = attrs.evolve(standing, asked=(*standing.asked, offer.made), missed=0)

    def _end_offer(self, key: OfferKey, status: OfferStatus, at: datetime) -> None:
        """The offer stands no more; a slot of which none stands any more is due at once."""
        offer = self.offers[key].offer
        self.offers[key] = OfferStanding(offer, status)
        patient = self.patients[offer.patient]
        self.patients[offer.patient] = attrs.evolve(patient, live=patient.live - {key})
        slot = self.slots[key.slot]
        slot = attrs.evolve(slot, live=slot.live - {key.entry})
        self._set(slot if slot.live or not slot.is_open else attrs.evolve(slot, due=at))
        self._look_again(at, beside=offer.time)

    def _set(self, slot: SlotStanding) -> None:
        self.slots[slot.freed.id] = slot
        if slot.is_open:
            heappush(self._looks, (slot.due, slot.freed.start, slot.freed.id))
            if slot.is_waiting:
                self._waiting[slot.freed.id] = None

    def _look_again(self, at: datetime, *, beside: TimeSlot | None = None) -> None:
        """What waits for somebody to ask is due at once when the list has changed, or an offer that stood in the
        way of another has ended.
        """
        for key in tuple(self._waiting):
            slot = self.slots[key]
            if not (slot.is_open and slot.is_waiting):
                del self._waiting[key]
            elif beside is None or slot.freed.occupied.overlaps(beside):
                del self._waiting[key]
                self._set(attrs.evolve(slot, due=at, is_waiting=False))
