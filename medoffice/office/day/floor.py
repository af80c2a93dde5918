"""What the flow asks of an office's store: the visits of a day, who is on duty, and what past days teach."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

import attrs

from medoffice.core.ids import AppointmentId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.office.book.book_keeping import STREAM as BOOK
from medoffice.office.book.calendar import calendar_of
from medoffice.office.book.following import flow_of
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book import events
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.flow import (
    Calibration,
    DayVisit,
    Floor,
    FlowPolicy,
    History,
    OnBoard,
    PastDay,
    Shift,
    Stage,
    Waiting,
    calibrated,
    floor_at,
    learn,
)
from medoffice.scheduling.flow.times import stretches

_DAY: Final = timedelta(days=1)
_HERE: Final = frozenset({Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED, Status.CANCELLED})
_ON_BOARD: Final = _HERE | {Status.BOOKED}
_TO_LEARN: Final = 3
"""Of so many past days one is kept for calibration, which takes days that nothing was learnt from."""


@attrs.frozen(kw_only=True)
class Experience:
    """What an office's own past days say of waits, and how well that held: read once, good for all of a day."""

    history: History
    calibration: Calibration


def floor_of(tx: ReadTransaction, settings: OfficeSettings, policy: FlowPolicy, now: datetime) -> Floor:
    """The floor now: who waits, each for the clinicians of the visit, and who is on duty."""
    day = settings.day_at(now)
    calendar = calendar_of(tx, settings.zone)
    clinicians = {each.id for each in calendar.providers}
    only: dict[AppointmentId, frozenset[ResourceId]] = {}
    visits: list[DayVisit] = []
    for visit in _visits(tx, settings, day):
        followed = _day_visit(tx, visit)
        visits.append(followed)
        only[visit.id] = frozenset(visit.resources) & clinicians
    floor = floor_at(
        visits, shifts=shifts_on(calendar, day), now=now, waits_for_check_in=policy.waits_for_check_in
    )

    def meant(waiting: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
        return tuple(attrs.evolve(each, only=only[each.visit]) for each in waiting)

    return attrs.evolve(floor, called=meant(floor.called), waiting=meant(floor.waiting))


def on_board(tx: ReadTransaction, settings: OfficeSettings, day: date) -> Iterator[OnBoard]:
    """A day's visits that are expected, here or over; those that were called off before anybody came are not."""
    for visit in _visits(tx, settings, day, _ON_BOARD):
        flow = flow_of(tx, visit.id)
        if visit.status is Status.BOOKED or flow.stage is not Stage.EXPECTED:
            scheduled = None if is_walk_in(tx, visit.id) else visit.slot.start
            yield OnBoard(flow=flow, scheduled=scheduled)


def shifts_on(calendar: Calendar, day: date) -> tuple[Shift, ...]:
    """When each clinician is on duty on a day, by the calendar."""
    return tuple(
        Shift(each.id, slot) for each in calendar.providers for slot in calendar.presence(each.id, day)
    )


def experience(
    tx: ReadTransaction, settings: OfficeSettings, policy: FlowPolicy, *, today: date, days: int
) -> Experience | Refused:
    """What the ``days`` days before today teach; refused while they are too few.

    Every third day is kept out of learning, and the forecasts are held against it.
    """
    past = tuple(_past_days(tx, settings, today, days))
    history = learn(day for number, day in enumerate(past) if (number + 1) % _TO_LEARN)
    if isinstance(history, Refused):
        return history
    kept_out = (day for number, day in enumerate(past) if not (number + 1) % _TO_LEARN)
    calibration = calibrated(kept_out, history=history, policy=policy.queue)
    if isinstance(calibration, Refused):
        return calibration
    return Experience(history=history, calibration=calibration)


def is_walk_in(tx: ReadTransaction, visit: AppointmentId) -> bool:
    """Whether a patient came without an appointment."""
    return any(isinstance(kept.fact, events.WalkInAdded) for kept in tx.facts(BOOK, subject=visit.value))


def _past_days(tx: ReadTransaction, settings: OfficeSettings, today: date, days: int) -> Iterator[PastDay]:
    """Days that are over, latest first, each with what was followed of it; those of which nothing was are left out."""
    calendar = calendar_of(tx, settings.zone)
    for back in range(1, days + 1):
        day = today - back * _DAY
        found = (_day_visit(tx, visit) for visit in _visits(tx, settings, day))
        visits = tuple(each for each in found if each.flow.places and not _is_only_noted(each))
        if visits:
            yield PastDay(visits=visits, shifts=shifts_on(calendar, day))


def _is_only_noted(visit: DayVisit) -> bool:
    """Whether somebody only said afterwards that the patient was seen: how long it took is not known."""
    return visit.seen_at is not None and not stretches(visit.flow, Stage.WITH_PROVIDER)


def _visits(
    tx: ReadTransaction, settings: OfficeSettings, day: date, among: frozenset[Status] = _HERE
) -> Iterator[Appointment]:
    span = settings.span_of(day)
    return (each for each in tx.appointments(span) if each.slot.start in span and each.status in among)


def _day_visit(tx: ReadTransaction, visit: Appointment) -> DayVisit:
    return DayVisit(
        flow=flow_of(tx, visit.id),
        visit_type=visit.visit_type,
        scheduled=None if is_walk_in(tx, visit.id) else visit.slot.start,
    )
