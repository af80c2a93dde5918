"""A freed slot's beginning and its other ends: opened, placed by a person, or closed."""

from datetime import datetime

from medoffice.core import EntryId, FreedSlotId, Refused
from medoffice.scheduling.waitlist.facts import SlotClosed, SlotOpened, SlotPlaced
from medoffice.scheduling.waitlist.fit import Busy, modality_for, unsuitable
from medoffice.scheduling.waitlist.freed import FreedSlot
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.journal import Journal
from medoffice.scheduling.waitlist.judgement import Judgement
from medoffice.scheduling.waitlist.office import WaitlistOffice
from medoffice.scheduling.waitlist.outcomes import Closed, Filled, Opened
from medoffice.scheduling.waitlist.reasons import ALREADY_BEGUN, KNOWN_ID, SLOT_CLOSED, refused
from medoffice.scheduling.waitlist.standing import UNFILLED, SlotStanding


def open_slot(
    journal: Journal, office: WaitlistOffice, judgement: Judgement, freed: FreedSlot, now: datetime
) -> Opened | Refused:
    """Offer a slot from now on; in quiet hours, from when they end."""
    if freed.id in journal.ledger.slots:
        return Refused((refused(KNOWN_ID),))
    if freed.start <= now:
        return Refused((refused(ALREADY_BEGUN),))
    until = max(now, judgement.last_instant(freed, now))
    due = min(until, office.policy.asking.next_moment(now))
    journal.add(SlotOpened(at=now, freed=freed, until=until, due=due))
    return Opened(journal.slot(freed.id))


def place(
    journal: Journal, judgement: Judgement, slot: FreedSlotId, key: EntryId, now: datetime, busy: Busy
) -> Filled | Refused:
    """A person gives the slot to an entry that it suits, over any guard rail."""
    standing, entry = journal.slot(slot), journal.entry(key).entry
    if standing.status not in UNFILLED:
        return Refused((refused(SLOT_CLOSED),))
    freed = standing.freed
    kind = judgement.kind(freed, entry.visit, new_patient=entry.is_new_patient)
    if findings := tuple(unsuitable(entry, freed, kind, busy)):
        return Refused(findings)
    of_slot, elsewhere = _live(standing), journal.live_of(key)
    taken_back = journal.take_back({*of_slot, *elsewhere}, because="filled", now=now)
    journal.add(SlotPlaced(at=now, slot=slot, entry=key))
    return Filled(
        entry=entry,
        freed=freed,
        visit=entry.visit,
        time=kind.time,
        modality=modality_for(entry, kind),
        frees=() if entry.current is None else (entry.current.id,),
        taken_back=taken_back,
    )


def close(journal: Journal, slot: FreedSlotId, because: str, now: datetime) -> Closed | Refused:
    """End a slot without filling it from the list."""
    standing = journal.slot(slot)
    if standing.status not in UNFILLED:
        return Refused((refused(SLOT_CLOSED),))
    journal.add(SlotClosed(at=now, slot=slot, because=because))
    return Closed(standing.freed, journal.take_back(_live(standing), because=because, now=now))


def _live(standing: SlotStanding) -> list[OfferKey]:
    return [OfferKey(standing.freed.id, entry) for entry in standing.live]
