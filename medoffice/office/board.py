"""Today's patients and where each one is."""

from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

import attrs

from medoffice.core.ids import AppointmentId
from medoffice.core.people import Patient
from medoffice.core.phi import PhiClass, phi
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.appointments import Appointment, Status

LATE_AFTER: Final = timedelta(minutes=10)
"""How long after the start of a visit a patient who has not come counts as late."""


SETTLED_WITHIN: Final = timedelta(minutes=3)
"""How long a payment may be under way before the board says that nobody knows how it ended."""


class Where(Enum):
    """Where a patient is, as the front desk says it."""

    EXPECTED = "expected"
    LATE = "late"
    WAITING = "waiting"
    SEEN = "seen"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"


_ENDED: Final = {
    Status.FULFILLED: Where.SEEN,
    Status.CANCELLED: Where.CANCELLED,
    Status.NOSHOW: Where.NO_SHOW,
}


@attrs.frozen(kw_only=True)
class BoardRow:
    """One visit of the day. ``name`` is the family name and an initial; ``number`` is 0 before the check-in.

    ``starts`` and ``since`` are aware, in the office's zone; ``since`` is the instant of the check-in.
    """

    appointment: AppointmentId
    starts: datetime = attrs.field(**phi(PhiClass.DATE))
    name: str = attrs.field(**phi(PhiClass.NAME))
    visit: str = attrs.field(**phi(PhiClass.HEALTH))
    provider: str
    where: Where
    number: int = 0
    since: datetime | None = attrs.field(default=None, **phi(PhiClass.DATE))
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
        check_in = here.get(appointment.id)
        rows.append(
            BoardRow(
                appointment=appointment.id,
                starts=appointment.slot.start.astimezone(settings.zone),
                name=_short(tx.patient(appointment.patient)),
                visit=visits.get(appointment.visit_type, appointment.visit_type),
                provider=next((titles[each] for each in appointment.resources if each in titles), ""),
                where=_where(appointment, is_here=check_in is not None, now=now),
                number=check_in.number if check_in else 0,
                since=check_in.at.astimezone(settings.zone) if check_in else None,
                wants=wants.get(appointment.id, ()),
            )
        )
    return tuple(rows)


def _short(patient: Patient) -> str:
    given = patient.name.given
    return f"{patient.name.family}, {given[0]}." if given else patient.name.family


def _where(appointment: Appointment, *, is_here: bool, now: datetime) -> Where:
    ended = _ENDED.get(appointment.status)
    if ended is not None:
        return ended
    if is_here or appointment.status in {Status.ARRIVED, Status.CHECKED_IN}:
        return Where.WAITING
    return Where.LATE if now > appointment.slot.start + LATE_AFTER else Where.EXPECTED
