"""The practice's guard rails for one patient and one slot, and when those that pass by themselves do so."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import Finding, TimeSlot, day_in, whole_day
from medoffice.scheduling.waitlist.fit import KindFit
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.ledger import Ledger
from medoffice.scheduling.waitlist.offers import Offer
from medoffice.scheduling.waitlist.policy import WaitlistPolicy
from medoffice.scheduling.waitlist.reasons import (
    ASKED_ALREADY,
    ASKED_ELSEWHERE,
    ENOUGH_THIS_WEEK,
    ENOUGH_TODAY,
    NO_CHANNEL,
    NOT_AUTOMATIC,
    PAUSED,
    RESTING,
    SHORT_NOTICE,
    held_back,
)
from medoffice.scheduling.waitlist.standing import EntryStanding, SlotStanding

WEEK: Final = timedelta(days=7)


@attrs.frozen
class Hold:
    """A reason not to ask now; it passes at ``until``, or only when somebody changes something (``None``)."""

    finding: Finding
    until: datetime | None = None


def holds(
    standing: EntryStanding,
    slot: SlotStanding,
    kind: KindFit,
    *,
    ledger: Ledger,
    policy: WaitlistPolicy,
    now: datetime,
) -> Iterator[Hold]:
    """Every guard rail that keeps from asking an entry for a slot at an instant."""
    entry = standing.entry
    if entry.id in slot.asked:
        yield Hold(held_back(ASKED_ALREADY))
    if now >= kind.until:
        yield Hold(held_back(SHORT_NOTICE))
    if not kind.is_automatic:
        yield Hold(held_back(NOT_AUTOMATIC))
    if standing.is_paused_at(now):
        yield Hold(held_back(PAUSED), standing.paused_until)
    if not entry.channels:
        yield Hold(held_back(NO_CHANNEL))
    if standing.rests_until is not None and now < standing.rests_until:
        yield Hold(held_back(RESTING), standing.rests_until)
    patient = ledger.patient(entry.patient)
    if patient.live:
        others = patient.live - {OfferKey(slot.freed.id, entry.id)}
        elsewhere = [offer.answer_by for offer in overlapping(ledger, others, kind.time)]
        if elsewhere:
            yield Hold(held_back(ASKED_ELSEWHERE), max(elsewhere))
    if patient.asked:
        yield from _too_often(patient.asked, policy, now)


def overlapping(ledger: Ledger, keys: frozenset[OfferKey], time: TimeSlot) -> list[Offer]:
    """The offers among these whose time overlaps."""
    offers = (ledger.offers[key].offer for key in keys)
    return [offer for offer in offers if offer.time.overlaps(time)]


def _too_often(asked: tuple[datetime, ...], policy: WaitlistPolicy, now: datetime) -> Iterator[Hold]:
    limits = policy.limits
    recent = [each for each in asked[-max(limits.a_day, limits.a_week) :] if now - each < WEEK]
    if not recent:
        return
    today = _day(day_in(now, policy.zone), policy.zone)
    if sum(today.start <= each for each in recent) >= limits.a_day:
        yield Hold(held_back(ENOUGH_TODAY), today.end)
    if len(recent) >= limits.a_week:
        yield Hold(held_back(ENOUGH_THIS_WEEK), recent[-limits.a_week] + WEEK)


@lru_cache(maxsize=64)
def _day(day: date, zone: ZoneInfo) -> TimeSlot:
    return whole_day(day, zone)
