"""Who may be asked for a slot, in what order, and what stands in the way of each: the reading side."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import attrs

from medoffice.core import EntryId, Finding, FreedSlotId
from medoffice.scheduling.waitlist.fit import Busy, KindFit, is_busy, kind_fit, unsuitable, unwished
from medoffice.scheduling.waitlist.freed import FreedSlot
from medoffice.scheduling.waitlist.ledger import Ledger
from medoffice.scheduling.waitlist.limits import Hold, holds
from medoffice.scheduling.waitlist.office import WaitlistOffice
from medoffice.scheduling.waitlist.outcomes import Candidate
from medoffice.scheduling.waitlist.ranking import rank, rank_key
from medoffice.scheduling.waitlist.standing import UNFILLED, EntryStanding, SlotStanding

_FEW: Final = 128


@attrs.frozen
class Askable:
    """An entry that may be asked, with how its kind of visit suits the slot."""

    standing: EntryStanding
    kind: KindFit


@attrs.define
class _Suits:
    """How kinds of visit suit one slot, and which entries want it after so many changes of the list."""

    freed: FreedSlot
    kinds: dict[tuple[str, bool], KindFit] = attrs.field(factory=dict)
    wanted_by: dict[EntryId, KindFit] = attrs.field(factory=dict)
    read: int = 0


class Judgement:
    """Looks at a ledger and changes nothing; what rests on slot and entry alone is worked out once."""

    def __init__(self, office: WaitlistOffice, ledger: Ledger) -> None:
        self._office = office
        self._ledger = ledger
        self._suits: dict[FreedSlotId, _Suits] = {}
        self._enough = _FEW

    def kind(self, freed: FreedSlot, visit: str, *, new_patient: bool) -> KindFit:
        """How a kind of visit suits a slot."""
        return self._kind(self._of(freed), visit, new_patient=new_patient)

    def _kind(self, suits: _Suits, visit: str, *, new_patient: bool) -> KindFit:
        found = suits.kinds.get((visit, new_patient))
        if found is None:
            found = kind_fit(self._office, suits.freed, self._office.visit(visit), new_patient=new_patient)
            suits.kinds[visit, new_patient] = found
        return found

    def last_instant(self, freed: FreedSlot, now: datetime) -> datetime:
        """Until when the slot may be offered, for whichever kind of visit suits; ``now`` when for none."""
        kinds = (
            self.kind(freed, visit, new_patient=new_patient)
            for visit in sorted(self._office.visits)
            for new_patient in (False, True)
        )
        return max((kind.until for kind in kinds if kind.is_automatic and not kind.problems), default=now)

    def suited(self, slot: SlotStanding, busy: Busy) -> Iterator[Askable]:
        """Everybody whom the slot suits, whether or not they may be asked."""
        for key, kind in self._suiting(slot.freed).items():
            standing = self._ledger.entries.get(key)
            if standing is not None and not is_busy(standing.entry, kind.time, busy):
                yield Askable(standing, kind)

    def _suiting(self, freed: FreedSlot) -> dict[EntryId, KindFit]:
        """The entries that want such a slot; each is looked at once for a slot, and again when it changed."""
        ledger, suits = self._ledger, self._of(freed)
        fresh = ledger.changes[suits.read :] if suits.read else list(ledger.entries)
        for key in fresh:
            suits.wanted_by.pop(key, None)
            if key in ledger.entries:
                entry = ledger.entries[key].entry
                kind = self._kind(suits, entry.visit, new_patient=entry.is_new_patient)
                if not kind.problems and next(unwished(entry, freed, kind), None) is None:
                    suits.wanted_by[key] = kind
        suits.read = len(ledger.changes)
        return suits.wanted_by

    def _of(self, freed: FreedSlot) -> _Suits:
        found = self._suits.get(freed.id)
        if found is None:
            self._tidy()
            found = self._suits[freed.id] = _Suits(freed)
        return found

    def _tidy(self) -> None:
        """Drop what was worked out for slots that are over, now and then."""
        if len(self._suits) < self._enough:
            return
        slots = self._ledger.slots
        over = [key for key in self._suits if key not in slots or slots[key].status not in UNFILLED]
        for key in over:
            del self._suits[key]
        self._enough = 2 * len(self._suits) + _FEW

    def askable(self, slot: SlotStanding, now: datetime, busy: Busy) -> tuple[list[Askable], datetime | None]:
        """Those who may be asked, first in order first; and when somebody else may be, if waiting brings that."""
        found, chances = [], []
        for each in self.suited(slot, busy):
            until: datetime | None = now
            for hold in self._holds(each, slot, now):
                until = None if until is None or hold.until is None else max(until, hold.until)
                if until is None:
                    break
            if until is None:
                continue
            if until == now:
                found.append(each)
            elif until < each.kind.until:
                chances.append(until)
        found.sort(key=lambda each: self._key(each, slot.freed, now))
        return found, min(chances, default=None)

    def obstacles(
        self, standing: EntryStanding, slot: SlotStanding, now: datetime, busy: Busy
    ) -> tuple[Finding, ...]:
        """Every reason why an entry may not be asked for a slot; empty exactly when it may."""
        entry = standing.entry
        each = Askable(standing, self.kind(slot.freed, entry.visit, new_patient=entry.is_new_patient))
        unsuited = unsuitable(entry, slot.freed, each.kind, busy)
        return (*unsuited, *(hold.finding for hold in self._holds(each, slot, now)))

    def candidates(self, slot: SlotStanding, now: datetime, busy: Busy) -> tuple[Candidate, ...]:
        """Everybody whom the slot suits in the order of their points, with what keeps from asking each."""
        points = self._office.policy.points
        suited = sorted(self.suited(slot, busy), key=lambda each: self._key(each, slot.freed, now))
        return tuple(
            Candidate(
                each.standing.entry,
                rank(each.standing, slot.freed, each.kind, points=points, now=now),
                tuple(hold.finding for hold in self._holds(each, slot, now)),
            )
            for each in suited
        )

    def _key(self, each: Askable, freed: FreedSlot, now: datetime) -> tuple[object, ...]:
        return rank_key(each.standing, freed, each.kind, points=self._office.policy.points, now=now)

    def _holds(self, each: Askable, slot: SlotStanding, now: datetime) -> Iterator[Hold]:
        policy = self._office.policy
        return holds(each.standing, slot, each.kind, ledger=self._ledger, policy=policy, now=now)
