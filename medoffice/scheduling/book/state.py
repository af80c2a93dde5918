"""What the facts add up to: the one place where a fact becomes a change of state.

A store that keeps the facts replays them with :func:`fold`; the book does the same one fact at a time. Nothing here
decides: a fact that was written is true.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import singledispatchmethod
from typing import Any

import attrs

from medoffice.core import AppointmentId, InvalidValue, as_instant
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book import events as facts
from medoffice.scheduling.book.holds import Hold, HoldStatus, Offer, OfferStatus
from medoffice.scheduling.book.ids import HoldId, OfferId


def _in_order(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(values, key=lambda value: value.id.value))


def _ids(values: Iterable[AppointmentId]) -> frozenset[AppointmentId]:
    return frozenset(values)


@attrs.frozen(kw_only=True)
class BookState:
    """All that a book knows at one place of its log; two books are the same when their states are equal.

    Everything is in order of id, whatever order it was given in. ``confirmed`` are the visits for which somebody has
    said that the patient comes to the time they now have. ``seq`` is the place of the last fact, ``at`` its
    instant.

    Raises:
        InvalidValue: when an id is there twice.
    """

    appointments: tuple[Appointment, ...] = attrs.field(default=(), converter=_in_order)
    holds: tuple[Hold, ...] = attrs.field(default=(), converter=_in_order)
    offers: tuple[Offer, ...] = attrs.field(default=(), converter=_in_order)
    confirmed: frozenset[AppointmentId] = attrs.field(default=frozenset(), converter=_ids)
    seq: int = 0
    at: datetime | None = attrs.field(default=None, converter=attrs.converters.optional(as_instant))

    def __attrs_post_init__(self) -> None:
        for values in (self.appointments, self.holds, self.offers):
            if len({value.id for value in values}) != len(values):
                raise InvalidValue("book", "each appointment, hold and offer is there once")


Change = tuple[Appointment | Hold | None, Appointment | Hold | None]
"""What may have held time before a fact, and what may hold it after."""


class Records:
    """The state while facts are added to it: mutable, and owned by one book."""

    def __init__(self, state: BookState) -> None:
        self.appointments = {each.id: each for each in state.appointments}
        self.holds = {each.id: each for each in state.holds}
        self.offers = {each.id: each for each in state.offers}
        self.offers_of: dict[HoldId, list[OfferId]] = {}
        for offer in state.offers:
            self.offers_of.setdefault(offer.hold, []).append(offer.id)
        self.series: dict[str, list[AppointmentId]] = {}
        for appointment in state.appointments:
            self._list(appointment)
        self.confirmed = set(state.confirmed)
        self.seq, self.at = state.seq, state.at

    def snapshot(self) -> BookState:
        """The state by now, as a value."""
        return BookState(
            appointments=self.appointments.values(),
            holds=self.holds.values(),
            offers=self.offers.values(),
            confirmed=self.confirmed,
            seq=self.seq,
            at=self.at,
        )

    def open_offers(self, hold: HoldId) -> Iterator[Offer]:
        """The offers under a hold that nobody has answered."""
        offers = (self.offers[id_] for id_ in self.offers_of.get(hold, ()))
        return (offer for offer in offers if offer.is_open)

    def add(self, event: facts.Event) -> tuple[Change, ...]:
        """Take in the next fact, and say whose hold on time it may have changed.

        Raises:
            InvalidValue: when it is not the next one of this log.
        """
        if event.seq != self.seq + 1:
            raise InvalidValue("log", "its facts are numbered one by one, and this is not the next")
        changes = self._apply(event)
        self.seq, self.at = event.seq, event.at
        return changes

    @singledispatchmethod
    def _apply(self, event: facts.Event) -> tuple[Change, ...]:
        raise InvalidValue("log", f"{type(event).__name__} is no fact that this book knows")

    @_apply.register
    def _(self, event: facts.TimeHeld) -> tuple[Change, ...]:
        self.holds[event.hold.id] = event.hold
        return ((None, event.hold),)

    @_apply.register
    def _(self, event: facts.HoldReleased) -> tuple[Change, ...]:
        return self._end_hold(event.hold, HoldStatus.RELEASED)

    @_apply.register
    def _(self, event: facts.HoldExpired) -> tuple[Change, ...]:
        return self._end_hold(event.hold, HoldStatus.EXPIRED)

    @_apply.register
    def _(self, event: facts.OfferMade) -> tuple[Change, ...]:
        offer = event.offer
        self.offers[offer.id] = offer
        self.offers_of.setdefault(offer.hold, []).append(offer.id)
        hold = self.holds[offer.hold]
        self.holds[offer.hold] = attrs.evolve(hold, until=max(hold.until, offer.until))
        return ()

    @_apply.register
    def _(self, event: facts.OfferAccepted) -> tuple[Change, ...]:
        offer = self.offers[event.offer]
        self.offers[offer.id] = attrs.evolve(
            offer, status=OfferStatus.ACCEPTED, appointment=event.appointment
        )
        return ()

    @_apply.register
    def _(self, event: facts.OfferDeclined) -> tuple[Change, ...]:
        return self._end_offer(event.offer, OfferStatus.DECLINED)

    @_apply.register
    def _(self, event: facts.OfferExpired) -> tuple[Change, ...]:
        return self._end_offer(event.offer, OfferStatus.EXPIRED)

    @_apply.register
    def _(self, event: facts.OfferWithdrawn) -> tuple[Change, ...]:
        return self._end_offer(event.offer, OfferStatus.WITHDRAWN)

    @_apply.register
    def _(self, event: facts.VisitBooked) -> tuple[Change, ...]:
        return (*self._use(event.hold), self._keep(event.appointment))

    @_apply.register
    def _(self, event: facts.WalkInAdded) -> tuple[Change, ...]:
        return (self._keep(event.appointment),)

    @_apply.register
    def _(self, event: facts.VisitConfirmed) -> tuple[Change, ...]:
        self.confirmed.add(event.appointment)
        if self.appointments[event.appointment].status is Status.BOOKED:
            return ()
        return self._become(event.appointment, Status.BOOKED)

    @_apply.register
    def _(self, event: facts.VisitMoved) -> tuple[Change, ...]:
        self.confirmed.discard(event.appointment.id)
        return (*self._use(event.hold), self._keep(event.appointment))

    @_apply.register
    def _(self, event: facts.VisitCancelled) -> tuple[Change, ...]:
        return self._become(event.appointment, Status.CANCELLED)

    @_apply.register
    def _(self, event: facts.NoShowNoted) -> tuple[Change, ...]:
        return self._become(event.appointment, Status.NOSHOW)

    @_apply.register
    def _(self, event: facts.StatusChanged) -> tuple[Change, ...]:
        return self._become(event.appointment, event.to)

    @_apply.register
    def _(self, _: facts.SeriesBooked) -> tuple[Change, ...]:
        return ()

    def _keep(self, appointment: Appointment) -> Change:
        before = self.appointments.get(appointment.id)
        if before is None:
            self._list(appointment)
        self.appointments[appointment.id] = appointment
        return before, appointment

    def _list(self, appointment: Appointment) -> None:
        if appointment.series:
            self.series.setdefault(appointment.series, []).append(appointment.id)

    def _become(self, id_: AppointmentId, status: Status) -> tuple[Change, ...]:
        before = self.appointments[id_]
        return (self._keep(attrs.evolve(before, status=status, revision=before.revision + 1)),)

    def _use(self, hold: HoldId | None) -> tuple[Change, ...]:
        return () if hold is None else self._end_hold(hold, HoldStatus.USED)

    def _end_hold(self, id_: HoldId, status: HoldStatus) -> tuple[Change, ...]:
        before = self.holds[id_]
        self.holds[id_] = after = attrs.evolve(before, status=status)
        return ((before, after),)

    def _end_offer(self, id_: OfferId, status: OfferStatus) -> tuple[Change, ...]:
        self.offers[id_] = attrs.evolve(self.offers[id_], status=status)
        return ()


def fold(
    events: Iterable[facts.Event],
    *,
    since: BookState | None = None,
) -> BookState:
    """The state after facts, in the order of the log, counted from ``since`` (an empty book when not given).

    Raises:
        InvalidValue: when a fact is missing, doubled or out of order.
    """
    records = Records(since or BookState())
    for event in events:
        records.add(event)
    return records.snapshot()
