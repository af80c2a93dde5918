"""The log under the book: facts are added at its end, and what is known follows from them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, Self, TypeVar

import attrs

from medoffice.core import AppointmentId, PatientId, as_instant
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.decision import Decision
from medoffice.scheduling.book.desk import Desk
from medoffice.scheduling.book.events import Event
from medoffice.scheduling.book.holding import expiries
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.book.policy import Policy
from medoffice.scheduling.book.state import BookState, Records
from medoffice.scheduling.calendar.calendar import Calendar

_PLAIN: Final = Policy()
_EMPTY: Final = BookState()
Outcome = TypeVar("Outcome")


class Log:
    """What every book has: a calendar, a policy, facts, and the state that they add up to."""

    def __init__(
        self,
        calendar: Calendar,
        policy: Policy = _PLAIN,
        *,
        appointments: Iterable[Appointment] = (),
        holds: Iterable[Hold] = (),
        since: BookState = _EMPTY,
        events: Iterable[Event] = (),
    ) -> None:
        start = attrs.evolve(
            since,
            appointments=(*since.appointments, *appointments),
            holds=(*since.holds, *holds),
        )
        records = Records(start)
        self._events = list(events)
        for event in self._events:
            records.add(event)
        self._desk = Desk(calendar, policy, records)

    @classmethod
    def replay(
        cls,
        calendar: Calendar,
        events: Iterable[Event],
        *,
        policy: Policy = _PLAIN,
        since: BookState = _EMPTY,
    ) -> Self:
        """The book that its facts make; ``since`` is the state before the first of them, when some were left out.

        The calendar and the policy may be others than those under which the facts came about: they bind what comes,
        not what was.

        Raises:
            InvalidValue: when a fact is missing, doubled or out of order.
        """
        return cls(calendar, policy, since=since, events=events)

    def under(self, *, calendar: Calendar | None = None, policy: Policy | None = None) -> Self:
        """A book that goes on from this one's state under another calendar or policy; visits stay where they are."""
        return type(self)(calendar or self.calendar, policy or self.policy, since=self.state)

    @property
    def calendar(self) -> Calendar:
        """What there is, and when, before anything is booked."""
        return self._desk.calendar

    @property
    def policy(self) -> Policy:
        """What the practice lets be done."""
        return self._desk.policy

    @property
    def events(self) -> tuple[Event, ...]:
        """The facts since this book was made or replayed, oldest first."""
        return tuple(self._events)

    def events_after(self, seq: int) -> tuple[Event, ...]:
        """The facts after a place in the log: what a store that has kept up to there still has to write."""
        before = self._desk.records.seq - len(self._events)
        return tuple(self._events[max(seq - before, 0) :])

    @property
    def seq(self) -> int:
        """The place of the last fact; 0 when there is none."""
        return self._desk.records.seq

    @property
    def state(self) -> BookState:
        """All that the book knows, as a value."""
        return self._desk.records.snapshot()

    @property
    def appointments(self) -> Mapping[AppointmentId, Appointment]:
        """Every visit by its id, in whatever state; it changes with the book."""
        return MappingProxyType(self._desk.records.appointments)

    @property
    def holds(self) -> Mapping[HoldId, Hold]:
        """Every hold by its id, running or over; it changes with the book."""
        return MappingProxyType(self._desk.records.holds)

    @property
    def offers(self) -> Mapping[OfferId, Offer]:
        """Every offer by its id, open or over; it changes with the book."""
        return MappingProxyType(self._desk.records.offers)

    def visits_of(self, patient: PatientId) -> tuple[Appointment, ...]:
        """The visits of a patient that hold time, earliest first."""
        visits = self._desk.claims.visits_of(patient)
        return tuple(sorted(visits, key=lambda visit: (visit.slot.start, visit.id)))

    def is_confirmed(self, appointment: AppointmentId) -> bool:
        """Whether somebody has said that the patient comes to the time that the visit now has."""
        return appointment in self._desk.records.confirmed

    def expire(self, now: datetime) -> tuple[Event, ...]:
        """Note every hold and offer that has run out by now, and give its time back.

        Every decision and every search does this first, so no clock has to call it.
        """
        before = self.seq
        self._now(now)
        return self.events_after(before)

    def _now(self, now: datetime) -> datetime:
        """The instant of a decision, once all that has run out by then is noted.

        Time in a book does not run backward: a clock that is behind the last fact counts as standing there.
        """
        at = self._desk.records.at
        moment = as_instant(now) if at is None else max(as_instant(now), at)
        for event in expiries(self._desk, now=moment):
            self._write(event)
        return moment

    def _enter(self, decision: Decision[Outcome]) -> Outcome:
        """Write what was decided."""
        for event in decision.events:
            self._write(event)
        return decision.outcome

    def _write(self, event: Event) -> None:
        written = attrs.evolve(event, seq=self.seq + 1)
        for before, after in self._desk.records.add(written):
            if before is not None:
                self._desk.vacate(before)
            if after is not None:
                self._desk.occupy(after)
        self._desk.deadlines.note(written)
        self._events.append(written)
