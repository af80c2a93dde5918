"""A history for the model out of the book's own facts and those about reminders."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import attrs

from medoffice.core import AppointmentId
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book.events import (
    Event,
    NoShowNoted,
    StatusChanged,
    VisitBooked,
    VisitCancelled,
    VisitConfirmed,
    VisitMoved,
)
from medoffice.scheduling.noshow.visit_facts import BookedVisit, PastVisit
from medoffice.scheduling.reminders.facts import Fact, ReminderSent, ReplyReceived, ReplySettled
from medoffice.scheduling.reminders.replies import Confirm

_CAME: Final = frozenset({Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED})
Traits = tuple[tuple[str, str], ...]


@attrs.frozen
class Visits:
    """The visits of which it is known whether they were kept, and by appointment those of which it is not yet."""

    past: tuple[PastVisit, ...]
    open: Mapping[AppointmentId, BookedVisit]


@attrs.define
class _Known:
    """One visit while its facts are read: since when it has its time, who confirmed it when, and how it ended."""

    appointment: Appointment
    booked: datetime
    asked: list[datetime] = attrs.field(factory=list)
    confirmed: list[datetime] = attrs.field(factory=list)
    ends: list[bool] = attrs.field(factory=list)


def visits_of(
    events: Iterable[Event],
    *,
    reminders: Iterable[Fact] = (),
    traits: Mapping[AppointmentId, Traits] | None = None,
) -> Visits:
    """The visits that a book's facts tell of, in the order of the log.

    A visit counts as booked when it got the time that it has, and what was asked and confirmed of another time does
    not count. Walk-ins and whatever was cancelled or entered in error are left out: nobody could miss them.
    ``traits`` are the levels of factors that only the office knows.
    """
    known: dict[AppointmentId, _Known] = {}
    for event in events:
        _note(event, known)
    for fact in sorted(reminders, key=lambda each: each.at):
        _hear(fact, known)
    given = traits or {}
    visits = {name: _visit(each, given.get(name, ())) for name, each in known.items()}
    past = tuple(PastVisit(visits[name], missed=each.ends[-1]) for name, each in known.items() if each.ends)
    return Visits(past, {name: visits[name] for name, each in known.items() if not each.ends})


def _note(event: Event, known: dict[AppointmentId, _Known]) -> None:
    match event:
        case VisitBooked(appointment=appointment) | VisitMoved(appointment=appointment):
            if isinstance(event, VisitBooked) or appointment.id in known:
                known[appointment.id] = _Known(appointment, min(event.at, appointment.slot.start))
        case VisitCancelled(appointment=name):
            known.pop(name, None)
        case StatusChanged(appointment=name, to=Status.ENTERED_IN_ERROR):
            known.pop(name, None)
        case VisitConfirmed(appointment=name) if name in known:
            known[name].confirmed.append(event.at)
        case StatusChanged(appointment=name, to=Status.BOOKED) if name in known:
            known[name].ends.clear()  # it was noted by mistake that the patient is here
        case NoShowNoted(appointment=name) if name in known:
            known[name].ends.append(True)
        case StatusChanged(appointment=name, to=to) if name in known and to in _CAME:
            known[name].ends.append(False)
        case _:
            pass


def _hear(fact: Fact, known: dict[AppointmentId, _Known]) -> None:
    match fact:
        case ReminderSent(key=key, asks=True):
            if _is_of(known, key.appointment, key.starts):
                known[key.appointment].asked.append(fact.at)
        case ReplyReceived(reply=Confirm(), about=about) | ReplySettled(reply=Confirm(), about=about):
            if about is not None and _is_of(known, about.appointment, about.starts):
                known[about.appointment].confirmed.append(fact.at)
        case _:
            pass


def _is_of(known: Mapping[AppointmentId, _Known], name: AppointmentId, starts: datetime) -> bool:
    return name in known and known[name].appointment.slot.start == starts


def _visit(each: _Known, traits: Traits) -> BookedVisit:
    return BookedVisit(
        patient=each.appointment.patient,
        booked=each.booked,
        starts=each.appointment.slot.start,
        kind=each.appointment.visit_type,
        modality=each.appointment.modality,
        asked=min(each.asked, default=None),
        confirmed=min(each.confirmed, default=None),
        traits=traits,
    )
