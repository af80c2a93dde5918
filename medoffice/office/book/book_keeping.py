"""The book over a store: as much of it as a decision looks at, and its facts written down with what they change."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from medoffice.core.ids import AppointmentId, PatientId, ResourceId
from medoffice.core.times import TimeSlot
from medoffice.office.book.following import follow
from medoffice.ports.store import KeptFact, NoSuchRecord, ReadTransaction, Transaction
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book import Book, BookState, Policy, events
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.calendar import Calendar

STREAM: Final = "book"
"""The stream of facts that the book adds to."""

LOCK: Final = "book"
"""What every transaction that adds to the book locks: its facts stand in one order."""

ALWAYS: Final = TimeSlot(
    datetime(1, 1, 2, tzinfo=UTC),
    datetime(9999, 12, 30, tzinfo=UTC),
)
_WHOLE_DAYS: Final = timedelta(hours=36)
_NO_CALENDAR: Final = Calendar(resources=())
_PLAIN: Final = Policy()


def open_book(
    tx: ReadTransaction,
    *,
    calendar: Calendar,
    policy: Policy,
    around: TimeSlot,
    resources: Iterable[ResourceId] | None = None,
    patient: PatientId | None = None,
    appointments: Iterable[AppointmentId] = (),
) -> Book:
    """The book with all that may bear on a decision about ``around``: visits there, running holds and their offers.

    ``resources`` keeps the visits to theirs and the ``patient``'s; ``appointments`` are there whatever their time.

    Raises:
        NoSuchRecord: when one of ``appointments`` is not there.
    """
    if policy.day_limits:
        around = around.widened(before=_WHOLE_DAYS, after=_WHOLE_DAYS)
    wanted = None if resources is None else frozenset(resources)
    visits = {each.id: each for each in tx.appointments(around, resources=wanted)}
    if patient is not None and wanted is not None:
        visits |= {each.id: each for each in tx.appointments(around, patient=patient)}
    visits |= {id: tx.appointment(id) for id in appointments}
    holds = tx.holds(ALWAYS)
    return Book(
        calendar,
        policy,
        since=BookState(
            appointments=visits.values(),
            holds=holds,
            offers=[offer for hold in holds for offer in tx.offers(hold.id)],
            seq=tx.last_fact(STREAM),
        ),
    )


def page_of(tx: ReadTransaction, appointment: Appointment, policy: Policy = _PLAIN) -> Book:
    """The book open at one visit, for what concerns that visit alone: it arrives, it is over, it is called off."""
    state = BookState(appointments=(appointment,), seq=tx.last_fact(STREAM))
    return Book(_NO_CALENDAR, policy, since=state)


def keep(tx: Transaction, book: Book) -> None:
    """Write the book's new facts, and the visits, holds and offers that they changed.

    What gives time back is written before what takes it. The flow of a visit whose status changed is kept in step.

    Raises:
        OutOfStep: when a new status contradicts what is noted of the day of the visit.
        SlotTaken: when somebody else, who did not ask the book, has a resource at that time.
        StaleRecord: when a visit was changed by somebody else since it was read.
    """
    added = book.events
    touched = tuple(dict.fromkeys(id for event in added for id in _touched(event)))
    holds = [book.holds[id] for id in touched if isinstance(id, HoldId)]
    visits = [book.appointments[id] for id in touched if isinstance(id, AppointmentId)]
    for hold in holds:
        if not hold.is_occupying:
            tx.put_hold(hold)
    for visit in sorted(visits, key=lambda each: each.is_occupying):
        if _is_changed(tx, visit):
            tx.put_appointment(visit)
    for hold in holds:
        if hold.is_occupying:
            tx.put_hold(hold)
    for id in touched:
        if isinstance(id, OfferId):
            tx.put_offer(book.offers[id])
    for event in added:
        tx.append_fact(STREAM, subject_of(event), event.at, event)
        if isinstance(event, _TURNS):
            follow(tx, book.appointments[AppointmentId(subject_of(event))], at=event.at, by=event.by)


_TURNS: Final = (events.WalkInAdded, events.StatusChanged, events.VisitCancelled)
"""After these a patient is elsewhere than before."""


def history(tx: ReadTransaction, subject: AppointmentId | HoldId | OfferId) -> tuple[KeptFact, ...]:
    """What happened to one visit, hold or offer, in order."""
    return tx.facts(STREAM, subject=subject.value)


def subject_of(event: events.Event) -> str:
    """The id of what a fact is about: a visit where there is one, else the offer, the hold or the series."""
    match event:
        case (
            events.VisitBooked(appointment=appointment)
            | events.WalkInAdded(appointment=appointment)
            | events.VisitMoved(appointment=appointment)
        ):
            return appointment.id.value
        case (
            events.VisitConfirmed(appointment=id)
            | events.VisitCancelled(appointment=id)
            | events.NoShowNoted(appointment=id)
            | events.StatusChanged(appointment=id)
        ):
            return id.value
        case events.OfferMade(offer=offer):
            return offer.id.value
        case (
            events.OfferAccepted(offer=id)
            | events.OfferDeclined(offer=id)
            | events.OfferExpired(offer=id)
            | events.OfferWithdrawn(offer=id)
        ):
            return id.value
        case events.TimeHeld(hold=hold):
            return hold.id.value
        case events.HoldReleased(hold=id) | events.HoldExpired(hold=id):
            return id.value
        case events.SeriesBooked(series=id):
            return id.value
        case _:
            return ""


def _touched(event: events.Event) -> Iterable[AppointmentId | HoldId | OfferId]:
    """What a fact changed, and so is to be written anew."""
    match event:
        case (
            events.VisitBooked(appointment=appointment, hold=hold)
            | events.VisitMoved(appointment=appointment, hold=hold)
        ):
            return (appointment.id,) if hold is None else (hold, appointment.id)
        case events.WalkInAdded(appointment=appointment):
            return (appointment.id,)
        case (
            events.VisitConfirmed(appointment=id)
            | events.VisitCancelled(appointment=id)
            | events.NoShowNoted(appointment=id)
            | events.StatusChanged(appointment=id)
        ):
            return (id,)
        case events.OfferMade(offer=offer):
            return (offer.hold, offer.id)
        case (
            events.OfferAccepted(offer=id)
            | events.OfferDeclined(offer=id)
            | events.OfferExpired(offer=id)
            | events.OfferWithdrawn(offer=id)
        ):
            return (id,)
        case events.TimeHeld(hold=hold):
            return (hold.id,)
        case events.HoldReleased(hold=id) | events.HoldExpired(hold=id):
            return (id,)
        case _:
            return ()


def _is_changed(tx: ReadTransaction, appointment: Appointment) -> bool:
    """A visit that was confirmed once more is the same record; a new one is not there yet."""
    try:
        return tx.appointment(appointment.id) != appointment
    except NoSuchRecord:
        return True
