"""What is due: the next waves go out, and what the waitlist cannot fill goes to a person."""

from datetime import datetime

from medoffice.core import EntryId, Finding, PatientId
from medoffice.scheduling.waitlist.facts import (
    OfferRanOut,
    SlotHandedOver,
    SlotLapsed,
    SlotWaits,
    WaveSent,
)
from medoffice.scheduling.waitlist.fit import Busy, modality_for
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.journal import Journal
from medoffice.scheduling.waitlist.judgement import Askable, Judgement
from medoffice.scheduling.waitlist.offers import Offer
from medoffice.scheduling.waitlist.office import WaitlistOffice
from medoffice.scheduling.waitlist.outcomes import Advanced, DeskSuggestion
from medoffice.scheduling.waitlist.plan import Wave, next_wave
from medoffice.scheduling.waitlist.ranking import rank
from medoffice.scheduling.waitlist.reasons import (
    ENOUGH_ASKED,
    NEXT_WAVE,
    NOBODY_LEFT,
    NOT_AUTOMATIC,
    OTHERS_FIRST,
    SHORT_NOTICE,
    held_back,
)
from medoffice.scheduling.waitlist.standing import SlotStanding


class Sending:
    """Carries out what is due; keeps in mind up to which fact it has reported."""

    def __init__(self, journal: Journal, office: WaitlistOffice, judgement: Judgement) -> None:
        self._journal = journal
        self._policy = office.policy
        self._office = office
        self._judgement = judgement
        self._reported = len(journal.facts)

    def advance(self, now: datetime, busy: Busy) -> Advanced:
        """Everything that is due at ``now``, the longest due first, and what has run out since the last time."""
        ledger, told = self._journal.ledger, []
        while (look := ledger.next_look()) is not None and look[0] <= now:
            slot = ledger.slots[look[1]]
            is_news = self._move_on(slot, now, busy)
            after = ledger.slots[look[1]]
            if is_news or not after.is_open:
                told.append(self.suggestion(after, now, busy))
        news = self._journal.facts[self._reported :]
        self._reported = len(self._journal.facts)
        waves = [fact for fact in news if isinstance(fact, WaveSent)]
        ran_out = [fact.offer for fact in news if isinstance(fact, OfferRanOut)]
        lapsed = [fact.slot for fact in news if isinstance(fact, SlotLapsed)]
        return Advanced(
            asked=tuple(offer for wave in waves for offer in wave.offers),
            ran_out=tuple(ledger.offers[key].offer for key in ran_out),
            desk=tuple(told),
            lapsed=tuple(ledger.slots[key].freed for key in lapsed),
            next_due=self.next_due(),
        )

    def next_due(self) -> datetime | None:
        """When something happens by itself next: a wave, an offer that runs out, a slot that begins."""
        ledger = self._journal.ledger
        due = [ledger.next_look(), ledger.next_answer(), ledger.next_start()]
        return min((each[0] for each in due if each is not None), default=None)

    def suggestion(self, slot: SlotStanding, now: datetime, busy: Busy) -> DeskSuggestion:
        """What a person is told of a slot: why it is not filled, and who could have it."""
        return DeskSuggestion(
            freed=slot.freed,
            findings=tuple(held_back(code) for code in self._why(slot, now)),
            candidates=self._judgement.candidates(slot, now, busy),
        )

    def turn(self, slot: SlotStanding, entry: EntryId, now: datetime, busy: Busy) -> Finding:
        """When somebody is asked whom nothing keeps from it."""
        if self._is_spent(slot):
            return held_back(ENOUGH_ASKED)
        askable, _ = self._judgement.askable(slot, now, busy)
        place = 1 + [each.standing.entry.id for each in askable].index(entry)
        wave = next_wave(
            self._policy.waves, self._policy.asking, asked=len(slot.asked), now=now, until=slot.until
        )
        code = NEXT_WAVE if place <= wave.size else OTHERS_FIRST
        return held_back(code, detail=f"place {place} of {len(askable)}")

    def _move_on(self, slot: SlotStanding, now: datetime, busy: Busy) -> bool:
        """One step for one slot; true when the desk is to hear that nobody is left, for the first time."""
        add, key = self._journal.add, slot.freed.id
        if now >= slot.until or (self._is_spent(slot) and not slot.live):
            add(SlotHandedOver(at=now, slot=key, because=self._why(slot, now)))
            return False
        if self._is_spent(slot):
            add(SlotWaits(at=now, slot=key, due=slot.until))
            return False
        quiet_until = self._policy.asking.next_moment(now)
        if quiet_until > now:
            add(SlotWaits(at=now, slot=key, due=min(quiet_until, slot.until)))
            return False
        askable, chance = self._judgement.askable(slot, now, busy)
        if not askable:
            again = self._policy.asking.after(now, self._policy.waves.longest_gap)
            due = min(slot.until, again, again if chance is None else chance)
            add(SlotWaits(at=now, slot=key, due=due, because=(NOBODY_LEFT,)))
            return not slot.is_with_desk
        self._send(slot, askable, now)
        return False

    def _send(self, slot: SlotStanding, askable: list[Askable], now: datetime) -> None:
        asked = len(slot.asked)
        wave = next_wave(self._policy.waves, self._policy.asking, asked=asked, now=now, until=slot.until)
        offers: list[Offer] = []
        patients: set[PatientId] = set()
        for place, each in enumerate(askable, start=1):
            if len(offers) == wave.size:
                break
            if each.standing.entry.patient not in patients:
                patients.add(each.standing.entry.patient)
                offers.append(self._offer(slot, each, wave, now, place=place, among=len(askable)))
        is_last = asked + len(offers) >= self._policy.waves.most_asked
        due = max(offer.answer_by for offer in offers) if is_last else wave.next_due
        self._journal.add(WaveSent(at=now, slot=slot.freed.id, offers=tuple(offers), due=due))

    def _offer(
        self, slot: SlotStanding, each: Askable, wave: Wave, now: datetime, *, place: int, among: int
    ) -> Offer:
        entry, freed = each.standing.entry, slot.freed
        return Offer(
            key=OfferKey(freed.id, entry.id),
            patient=entry.patient,
            visit=entry.visit,
            time=each.kind.time,
            modality=modality_for(entry, each.kind),
            location=freed.location,
            wave=slot.waves + 1,
            made=now,
            answer_by=min(wave.answer_by, each.kind.until),
            ranking=rank(each.standing, freed, each.kind, points=self._policy.points, now=now),
            place=place,
            among=among,
        )

    def _is_spent(self, slot: SlotStanding) -> bool:
        return len(slot.asked) >= self._policy.waves.most_asked

    def _why(self, slot: SlotStanding, now: datetime) -> tuple[str, ...]:
        """Why the waitlist does not fill a slot by itself, as codes."""
        if self._is_spent(slot):
            return (ENOUGH_ASKED,)
        if now < slot.until:
            return (NOBODY_LEFT,)
        kinds = [
            self._judgement.kind(slot.freed, visit, new_patient=new_patient)
            for visit in sorted(self._office.visits)
            for new_patient in (False, True)
        ]
        suited = [kind for kind in kinds if not kind.problems]
        if suited and not any(kind.is_automatic for kind in suited):
            return (NOT_AUTOMATIC,)
        return (SHORT_NOTICE,) if suited else (NOBODY_LEFT,)
