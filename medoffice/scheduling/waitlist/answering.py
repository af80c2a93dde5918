"""What a patient's answer does: the first yes has the time, a no moves it on, a late yes is remembered."""

from datetime import datetime

from medoffice.core import Refused
from medoffice.scheduling.waitlist.facts import OfferDeclined, OfferTaken, YesCameLate
from medoffice.scheduling.waitlist.fit import Busy, is_busy
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.journal import Journal
from medoffice.scheduling.waitlist.offers import OfferStanding, OfferStatus
from medoffice.scheduling.waitlist.outcomes import Filled, TurnedDown
from medoffice.scheduling.waitlist.policy import WaitlistPolicy
from medoffice.scheduling.waitlist.reasons import (
    ANSWERED,
    PATIENT_BUSY,
    RAN_OUT,
    TAKEN,
    TAKEN_BACK,
    refused,
    unsuited,
)
from medoffice.scheduling.waitlist.standing import SlotStatus


def accept(journal: Journal, key: OfferKey, now: datetime, busy: Busy) -> Filled | Refused:
    """A yes: the time is theirs if the offer stands, and everybody else's offer is taken back."""
    standing = journal.offer(key)
    if not standing.is_live:
        if standing.status in {OfferStatus.RAN_OUT, OfferStatus.TAKEN_BACK}:
            _remember(journal, standing, now)
        return _too_late(journal, standing)
    offer, entry = standing.offer, journal.entry(key.entry).entry
    if is_busy(entry, offer.time, busy):
        return Refused((unsuited(PATIENT_BUSY),))
    slot = journal.slot(key.slot)
    others = [OfferKey(key.slot, other) for other in slot.live if other != key.entry]
    elsewhere = [other for other in journal.live_of(key.entry) if other != key]
    journal.add(OfferTaken(at=now, offer=key))
    taken_back = journal.take_back(others, because="filled", now=now)
    taken_back += journal.take_back(elsewhere, because="has-a-time", now=now)
    return Filled(
        entry=entry,
        freed=slot.freed,
        visit=offer.visit,
        time=offer.time,
        modality=offer.modality,
        frees=() if entry.current is None else (entry.current.id,),
        taken_back=taken_back,
    )


def decline(journal: Journal, policy: WaitlistPolicy, key: OfferKey, now: datetime) -> TurnedDown | Refused:
    """A no: the patient rests and keeps the place."""
    standing = journal.offer(key)
    if not standing.is_live:
        return _too_late(journal, standing)
    journal.add(OfferDeclined(at=now, offer=key, rests_until=now + policy.limits.rest_after_decline))
    return TurnedDown(standing.offer)


def _remember(journal: Journal, standing: OfferStanding, now: datetime) -> None:
    """A yes that came too late counts once an offer, for whoever still waits."""
    key = standing.offer.key
    if key.entry in journal.ledger.entries and not standing.yes_came_late:
        journal.add(YesCameLate(at=now, offer=key))


def _too_late(journal: Journal, standing: OfferStanding) -> Refused:
    slot = journal.slot(standing.offer.key.slot)
    match standing.status:
        case OfferStatus.TAKEN | OfferStatus.DECLINED | OfferStatus.LIVE:
            codes = [ANSWERED]
        case OfferStatus.RAN_OUT:
            codes = [RAN_OUT]
        case OfferStatus.TAKEN_BACK:
            codes = [] if slot.status is SlotStatus.FILLED else [TAKEN_BACK]
    if slot.status is SlotStatus.FILLED and standing.status is not OfferStatus.TAKEN:
        codes.append(TAKEN)
    return Refused(tuple(refused(code) for code in codes))
