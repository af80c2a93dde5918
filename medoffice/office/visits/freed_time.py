"""What the waitlist and the book must know of each other: which time became free, for whom, and whether it still is."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

import attrs

from medoffice.core.ids import PatientId, ResourceId
from medoffice.core.times import TimeSlot, as_instant, day_in
from medoffice.office.book.book_keeping import open_book
from medoffice.office.book.decisions import Booking
from medoffice.ports.store import ReadTransaction, Transaction
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book import Hold
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.hours import Opening
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.waitlist import (
    Busy,
    CurrentVisit,
    Entry,
    EntryStanding,
    Filled,
    FreedSlot,
    FreedSlotId,
    Waitlist,
    facts,
)

STREAM: Final = "waitlist"
"""The stream of facts that the waitlist adds to."""

EARLIER_VISIT: Final = "earlier-visit"
"""The reason with which a visit is called off whose patient took an earlier one of another kind."""
_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=366)


def add(tx: Transaction, waitlist: Waitlist, before: int) -> int:
    """Keep what happened since; how many facts that were."""
    new = waitlist.facts[before:]
    for fact in new:
        tx.append_fact(STREAM, _subject(fact), fact.at, fact)
    return len(new)


def _subject(fact: facts.Fact) -> str:
    """The entry or slot that a fact is about."""
    match fact:
        case facts.EntryJoined(entry=entry) | facts.EntryChanged(entry=entry):
            return entry.id.value
        case (
            facts.EntryPaused(entry=id)
            | facts.EntryResumed(entry=id)
            | facts.EntryLeft(entry=id)
            | facts.SlotPlaced(entry=id)
        ):
            return id.value
        case facts.SlotOpened(freed=freed):
            return freed.id.value
        case (
            facts.WaveSent(slot=slot)
            | facts.SlotWaits(slot=slot)
            | facts.SlotHandedOver(slot=slot)
            | facts.SlotClosed(slot=slot)
            | facts.SlotLapsed(slot=slot)
        ):
            return slot.value
        case (
            facts.OfferTaken(offer=offer)
            | facts.OfferDeclined(offer=offer)
            | facts.OfferRanOut(offer=offer)
            | facts.OfferTakenBack(offer=offer)
            | facts.YesCameLate(offer=offer)
        ):
            return offer.entry.value


def freed_by(calendar: Calendar, given_up: Appointment, now: datetime) -> FreedSlot:
    """The time that a visit gave up, and what its clinician's hours keep it for."""
    kinds: frozenset[str] = frozenset()
    modalities: frozenset[Modality] = frozenset()
    for opening in _hours_of(calendar, given_up):
        kinds, modalities = opening.visit_types, opening.modalities
    return FreedSlot(
        id=FreedSlotId(f"{given_up.id.value[:56]}.{given_up.revision}"),
        slot=given_up.slot,
        occupied=given_up.occupied,
        resources=given_up.resources,
        freed=now,
        visit_types=kinds,
        modalities=modalities,
        location=given_up.location,
        new_patients=True if given_up.is_new_patient else None,
    )


def _hours_of(calendar: Calendar, given_up: Appointment) -> Iterator[Opening]:
    """The opening of a clinician in which a visit was to begin."""
    for provider in calendar.providers:
        if provider.id in given_up.resources:
            for day in _days_of(calendar, provider.id, given_up.slot):
                for opening in calendar.openings(provider.id, day):
                    if given_up.slot.start in opening.slot:
                        yield opening


def _days_of(calendar: Calendar, id: ResourceId, slot: TimeSlot) -> Iterator[date]:
    """The days, in a resource's own zone, on which hours may have begun that a time lies in, midnights included."""
    zone = calendar.zone_of(id, slot.start.date())
    day, last = day_in(slot.start, zone) - _DAY, day_in(slot.end, zone)
    while day <= last:
        yield day
        day += _DAY


def _is_there(calendar: Calendar, id: ResourceId, slot: TimeSlot) -> bool:
    """Whether a resource's hours, absences taken out, cover a time; hours that touch at midnight are one stretch."""
    reached = slot.start
    for day in _days_of(calendar, id, slot):
        for part in calendar.presence(id, day):
            if part.start <= reached < part.end:
                reached = part.end
    return reached >= slot.end


def named_for(calendar: Calendar, filled: Filled) -> tuple[ResourceId, ...]:
    """Of what became free, the things that the visit can use; the book finds the rest."""
    needs = calendar.visit(filled.visit).needs_for(filled.modality)
    known = [calendar.resource(id) for id in filled.freed.resources]
    if not needs:
        return tuple(each.id for each in known if isinstance(each, Provider))
    return tuple(each.id for each in known if any(need.is_met_by(each) for need in needs))


def is_free(tx: ReadTransaction, to: Booking, calendar: Calendar, freed: FreedSlot) -> bool:
    """Whether nobody has taken any of the time since, and it was not taken off the calendar."""
    book = open_book(
        tx, calendar=calendar, policy=to.policy, around=freed.occupied, resources=freed.resources
    )
    book.expire(to.now)
    others: list[Appointment | Hold] = [*book.appointments.values(), *book.holds.values()]
    if any(
        each.is_occupying
        and each.occupied.overlaps(freed.occupied)
        and not set(each.resources).isdisjoint(freed.resources)
        for each in others
    ):
        return False
    return all(
        _is_there(calendar, id, freed.slot)
        for id in freed.resources
        if isinstance(calendar.resource(id), Provider)
    )


def in_order(waitlist: Waitlist, now: datetime) -> datetime:
    """The instant of a decision: the list's last one where ``now`` is earlier.

    Whoever waited for the store, or whose clock is slow, comes after those who were quicker.
    """
    return max((as_instant(now), *(fact.at for fact in waitlist.facts[-1:])))


def catch_up(tx: ReadTransaction, waitlist: Waitlist, entry: Entry, now: datetime) -> None:
    """Tell the list where a visit is now that an earlier one would replace; it may have been moved otherwise."""
    if entry.current is None:
        return
    visit = tx.appointment(entry.current.id)
    if visit.is_occupying and visit.slot != entry.current.slot:
        waitlist.change(attrs.evolve(entry, current=CurrentVisit(visit.id, visit.slot)), now=now)


def busy_in(tx: ReadTransaction, now: datetime, but: EntryStanding | None = None) -> Busy:
    """A patient's visits of the coming year as they are now, without the one that would be given up."""
    ahead = TimeSlot(now - timedelta(days=1), now + _YEAR)
    given_up = None if but is None or but.entry.current is None else but.entry.current.id

    @cache
    def visits(patient: PatientId) -> tuple[Appointment, ...]:
        return tuple(each for each in tx.appointments(ahead, patient=patient) if each.id != given_up)

    return visits
