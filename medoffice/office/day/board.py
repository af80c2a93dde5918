"""Today's patients and where each one is."""

from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

import attrs

from medoffice.checkin.records import CheckIn
from medoffice.core.ids import AppointmentId
from medoffice.core.people import Patient
from medoffice.core.phi import PhiClass, phi
from medoffice.office.book.following import flow_of
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.flow import Stage, VisitFlow

LATE_AFTER: Final = timedelta(minutes=10)
"""How long after the start of a visit a patient who has not come counts as late."""


SETTLED_WITHIN: Final = timedelta(minutes=3)
"""How long a payment may be under way before the board says that nobody knows how it ended."""


class Where(Enum):
    """Where a patient is, as the front desk says it."""

    EXPECTED = "expected"
    LATE = "late"
    WAITING = "waiting"
    IN_ROOM = "in a room"
    WITH_PROVIDER = "with clinician"
    AT_TEST = "at a test"
    CHECK_OUT = "check-out"
    SEEN = "seen"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"


INSIDE: Final = {
    Stage.ROOMED: Where.IN_ROOM,
    Stage.SEEN: Where.IN_ROOM,
    Stage.WITH_PROVIDER: Where.WITH_PROVIDER,
    Stage.ANCILLARY: Where.AT_TEST,
    Stage.CHECKING_OUT: Where.CHECK_OUT,
}
"""Where a patient is after being called from the waiting room."""

_HERE: Final = frozenset({Status.ARRIVED, Status.CHECKED_IN})
_ENDED: Final = {
    Status.FULFILLED: Where.SEEN,
    Status.CANCELLED: Where.CANCELLED,
    Status.NOSHOW: Where.NO_SHOW,
}


@attrs.frozen(kw_only=True)
class BoardRow:
    """One visit of the day. ``name`` is the family name and an initial; ``number`` is 0 before the check-in.

    ``starts`` and ``since`` are aware, in the office's zone. ``since`` is when that began: for one who waits the
    check-in (or arrival, before it), for one who was called when they came to where they are now; afterwards the
    check-in. ``room`` is where they were brought.
    """

    appointment: AppointmentId
    starts: datetime = attrs.field(**phi(PhiClass.DATE))
    name: str = attrs.field(**phi(PhiClass.NAME))
    visit: str = attrs.field(**phi(PhiClass.HEALTH))
    provider: str
    where: Where
    number: int = 0
    since: datetime | None = attrs.field(default=None, **phi(PhiClass.DATE))
    room: str = ""
    wants: tuple[str, ...] = ()
    """Codes of the desk's open tasks about this visit."""


def board(tx: ReadTransaction, *, settings: OfficeSettings, day: date, now: datetime) -> tuple[BoardRow, ...]:
    """The day's visits, earliest first, then by appointment id."""
    here = {check_in.appointment: check_in for check_in in tx.check_ins(day)}
    titles = {provider.id: provider.title for provider in tx.providers()}
    visits = {visit.code: visit.name for visit in tx.visit_types()}
    wants: dict[AppointmentId, tuple[str, ...]] = {}
    for task in tx.desk_tasks():
        if task.appointment is not None:
            wants[task.appointment] = (*wants.get(task.appointment, ()), task.code)
    for payment in tx.unsettled_payments():
        if now > payment.at + SETTLED_WITHIN:
            wants[payment.appointment] = (*wants.get(payment.appointment, ()), "payment.not-settled")
    rows = []
    span = settings.span_of(day)
    for appointment in tx.appointments(span):
        if appointment.slot.start not in span or appointment.status is Status.ENTERED_IN_ERROR:
            continue
        is_expected = appointment.status is Status.BOOKED  # again, after a check-in that was an error
        check_in = None if is_expected else here.get(appointment.id)
        # Only of who is here does the flow say more than the book; a board is drawn every few seconds.
        flow = flow_of(tx, appointment.id) if appointment.status in _HERE else VisitFlow(appointment.id)
        since = _since(flow, check_in)
        rows.append(
            BoardRow(
                appointment=appointment.id,
                starts=appointment.slot.start.astimezone(settings.zone),
                name=_short(tx.patient(appointment.patient)),
                visit=visits.get(appointment.visit_type, appointment.visit_type),
                provider=next((titles[each] for each in appointment.resources if each in titles), ""),
                where=_where(appointment, flow, now=now),
                number=check_in.number if check_in else 0,
                since=since.astimezone(settings.zone) if since else None,
                room=str(flow.room or ""),
                wants=wants.get(appointment.id, ()),
            )
        )
    return tuple(rows)


def _short(patient: Patient) -> str:
    given = patient.name.given
    return f"{patient.name.family}, {given[0]}." if given else patient.name.family


def _where(appointment: Appointment, flow: VisitFlow, *, now: datetime) -> Where:
    ended = _ENDED.get(appointment.status)
    if ended is not None:
        return ended
    if appointment.status in _HERE:
        return INSIDE.get(flow.stage, Where.WAITING)
    return Where.LATE if now > appointment.slot.start + LATE_AFTER else Where.EXPECTED


def _since(flow: VisitFlow, check_in: CheckIn | None) -> datetime | None:
    if flow.stage in INSIDE:
        return flow.since
    if flow.stage is Stage.ARRIVED or check_in is None:
        return flow.since
    return check_in.at
