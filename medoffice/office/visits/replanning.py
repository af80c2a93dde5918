"""When somebody or something drops out: the least disruptive new places over the office's own book, and the moves."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Final

import attrs

from medoffice.core.ids import AppointmentId, CommandKey, PatientId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.core.times import TimeSlot
from medoffice.office.book.book_keeping import open_book
from medoffice.office.book.calendar import calendar_of
from medoffice.office.book.decisions import Booking
from medoffice.office.visits.booking import move
from medoffice.ports.store import CalendarException, ReadTransaction
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book import Book, BookState
from medoffice.scheduling.calendar import Absence, Calendar, Closure, SpecialDay
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.outcomes import Moved
from medoffice.scheduling.replan import (
    Continuity,
    Displaced,
    DisruptionWeights,
    Outage,
    Place,
    Replan,
    displaced_by,
    replan,
)
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.search import FreeSlot
from medoffice.scheduling.visits import VisitType

_DAY: Final = timedelta(days=1)
_MOST_PLACES: Final = 600
"""Of each kind of visit; the earliest are taken, and more of them only make the answer slower."""


@attrs.frozen(kw_only=True)
class Replanning:
    """Finds the new places of all visits that an absence or a closure displaces, and carries the moves out.

    Note the exception first (:meth:`medoffice.office.schedule.Schedule.add_exception`), so that nobody books there.
    """

    to: Callable[[CommandKey | None], Booking]
    weights: DisruptionWeights = attrs.field(factory=DisruptionWeights)

    def displaced(self, what: Absence | Closure) -> tuple[Appointment, ...]:
        """The visits that lose their place, earliest first."""
        to = self.to(None)
        return to.store.read(lambda tx: _hit(tx, to, what))

    def plan(
        self, what: Absence | Closure, *, days: int = 28, continuity: Continuity = Continuity.ANYBODY
    ) -> Replan:
        """The least disruptive plan, with its proof; nothing is moved.

        New places are looked for from now on, on up to ``days`` days from the beginning of what drops out; those of one
        clinician and room do not overlap for one kind of visit. ``continuity`` is whether patients mind seeing somebody else.

        Raises:
            NeedsOptimise: when places overlap and scipy is not installed.
        """
        to = self.to(None)
        return to.store.read(lambda tx: self._plan(tx, to, what, days, continuity))

    def carry_out(self, plan: Replan, *, key: CommandKey | None = None) -> tuple[Moved | Refused, ...]:
        """Move every visit that the plan gives a place, in its safe order; each move is a decision of its own.

        What was booked meanwhile is refused and stays; ask for a new plan then. Sent again with the same ``key``,
        nothing is moved twice.

        Raises:
            StoreError: when the store could not go on; the moves before stand.
        """
        first = self.to(key)
        outcomes = []
        whole = sha256(first.command.key.value.encode()).hexdigest()[:40]
        for number, relocation in enumerate(plan.moves):
            id = relocation.displaced.appointment.id
            each = attrs.evolve(first.command, key=CommandKey(f"replan-{whole}.{number}"))
            to = attrs.evolve(first, command=each)
            outcomes.append(move(to, id=id, start=relocation.new.start, resources=relocation.place.resources))
        return tuple(outcomes)

    def _plan(
        self, tx: ReadTransaction, to: Booking, what: Absence | Closure, days: int, continuity: Continuity
    ) -> Replan:
        calendar = with_exception(calendar_of(tx, to.settings.zone), what)
        hit = _hit(tx, to, what)
        start = max(to.now, _outage(to, what).slot.start)
        window = TimeSlot(start, start + days * _DAY)
        book = _without(
            open_book(
                tx,
                calendar=calendar,
                policy=to.policy,
                around=window.widened(before=_DAY, after=_DAY),
            ),
            hit,
        )
        return replan(
            [
                Displaced(
                    appointment=each,
                    visit=calendar.visit(each.visit_type),
                    continuity=continuity,
                    unavailable=tuple(_elsewhere(tx, each, window, hit)),
                )
                for each in hit
            ],
            places=[Place.of(free) for free in _free(book, hit, window, to.now)],
            resources=calendar.resources,
            zone=to.settings.zone,
            now=to.now,
            weights=self.weights,
        )


def with_exception(calendar: Calendar, what: CalendarException) -> Calendar:
    """The calendar with an exception that may not be noted yet.

    Raises:
        UnknownName: when it names a resource that is not there.
    """
    match what:
        case Absence() if what not in calendar.absences:
            return attrs.evolve(calendar, absences=(*calendar.absences, what))
        case Closure() if what not in calendar.closures:
            return attrs.evolve(calendar, closures=(*calendar.closures, what))
        case SpecialDay() if what not in calendar.special_days:
            return attrs.evolve(calendar, special_days=(*calendar.special_days, what))
        case _:
            return calendar


def _outage(to: Booking, what: Absence | Closure) -> Outage:
    return Outage.of(what, to.settings.zone)


def _hit(tx: ReadTransaction, to: Booking, what: Absence | Closure) -> tuple[Appointment, ...]:
    outage = _outage(to, what)
    found = displaced_by(outage, tx.appointments(outage.slot))
    return tuple(each for each in found if each.slot.start > to.now)


def _without(book: Book, displaced: tuple[Appointment, ...]) -> Book:
    """The same book when the displaced visits have let go of their time."""
    gone = {each.id for each in displaced}
    state = book.state
    kept = [each for each in state.appointments if each.id not in gone]
    since = BookState(appointments=kept, holds=state.holds, offers=state.offers, seq=state.seq)
    return Book(book.calendar, book.policy, since=since)


def _free(
    book: Book, displaced: tuple[Appointment, ...], window: TimeSlot, now: datetime
) -> Iterator[FreeSlot]:
    """Places for each kind of visit that is displaced, as far apart as it is long, in each room that it could take.

    A search names one room for each clinician and instant, so it is asked once for each room: otherwise two clinicians
    of one instant would be offered the same one, and only one of them could go there.
    """
    kinds = {(each.visit_type, each.modality, each.is_new_patient) for each in displaced}
    for code, modality, is_new in sorted(kinds, key=str):
        visit = book.calendar.visit(code)
        whole = visit.occupied_at(window.start, new_patient=is_new).length
        ask = partial(
            book.find, visit, window=window, now=now, modality=modality, new_patient=is_new, step=whole
        )
        rooms = _alternatives(book.calendar, visit, modality)
        found = {slot for room in rooms for slot in ask(resources=room)[: _MOST_PLACES // len(rooms)]}
        yield from sorted(found, key=lambda slot: (slot.slot.start, slot.resources))


def _alternatives(
    calendar: Calendar, visit: VisitType, modality: Modality
) -> tuple[tuple[ResourceId, ...], ...]:
    """Each room or device of the need that has most of them to choose from; nothing to name where there is no choice."""
    choices = [
        [each.id for each in candidates]
        for candidates in calendar.fillers(visit, modality)
        if not any(isinstance(each, Provider) for each in candidates)
    ]
    most = max(choices, key=len, default=[])
    return tuple((id,) for id in most) if len(most) > 1 else ((),)


def _elsewhere(
    tx: ReadTransaction, visit: Appointment, window: TimeSlot, displaced: tuple[Appointment, ...]
) -> Iterator[TimeSlot]:
    """When a patient has other visits that stay where they are."""
    gone: set[AppointmentId] = {each.id for each in displaced}
    patient: PatientId = visit.patient
    for other in tx.appointments(window, patient=patient):
        if other.is_occupying and other.id not in gone:
            yield other.slot
