"""Decisions about visits, each told in one line. Loads the store."""

from collections.abc import Sequence

import attrs
import typer

from medoffice.cli.failures import CannotDo
from medoffice.cli.finding import no_such_visit
from medoffice.cli.moments import moment, shown
from medoffice.cli.opening import opened
from medoffice.cli.subjects import appointment_of, patient_of, resources_of, said_no
from medoffice.core.errors import InvalidValue
from medoffice.core.outcomes import Refused
from medoffice.office.office import Office
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book import Party
from medoffice.scheduling.modality import Modality


@attrs.frozen(kw_only=True)
class Visit:
    """A visit as it was asked for."""

    code: str
    at: str
    patient: str = attrs.field(repr=False)
    resources: tuple[str, ...]
    location: str
    is_new_patient: bool
    is_telehealth: bool
    overbook: bool


def book_visit(context: typer.Context, wanted: Visit) -> str:
    """Book it; the line says when, with whom, and the appointment's id.

    Raises:
        CannotDo: when it is refused, or names what is not there.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        patient, start = patient_of(office, wanted.patient), moment(wanted.at, office.settings.zone)
        try:
            outcome = office.schedule.book(
                patient,
                wanted.code,
                start,
                resources=resources_of(wanted.resources),
                modality=Modality.TELEHEALTH if wanted.is_telehealth else None,
                location=wanted.location,
                new_patient=wanted.is_new_patient,
                overbook=wanted.overbook,
            )
        except NoSuchRecord:
            raise no_such_visit(office) from None
        if isinstance(outcome, Refused):
            raise said_no(outcome)
        over = ", knowingly on time that another visit has" if outcome.appointment.is_overbooked else ""
        return f"Booked {_where(office, outcome.appointment)}{over}: {outcome.appointment.id}"


def move_visit(context: typer.Context, appointment: str, *, at: str, resources: Sequence[str] | None) -> str:
    """Move it; the line says to when and with whom.

    Raises:
        CannotDo: when it is refused, or names what is not there.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        id, start = appointment_of(office, appointment), moment(at, office.settings.zone)
        named = None if resources is None else resources_of(resources)
        outcome = office.move(id, start, named)
        if isinstance(outcome, Refused):
            raise said_no(outcome)
        return f"Moved to {_where(office, outcome.appointment)}"


def cancel_visit(context: typer.Context, appointment: str, *, reason: str, by_office: bool) -> str:
    """Cancel it; the line says with how much notice.

    Raises:
        CannotDo: when it is refused, or there is no such appointment.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        id = appointment_of(office, appointment)
        party = Party.OFFICE if by_office else Party.PATIENT
        try:
            outcome = office.schedule.cancel(id, reason=reason, party=party)
        except InvalidValue as trouble:
            raise CannotDo(trouble.reason) from None
        if isinstance(outcome, Refused):
            raise said_no(outcome)
        late = ", late by the office's policy" if outcome.is_late else ""
        return f"Cancelled, {_notice(outcome.notice)}{late}"


def _where(office: Office, appointment: Appointment) -> str:
    names = ", ".join(each.value for each in appointment.resources)
    site = f" at {appointment.location}" if appointment.location else ""
    return f"{shown(appointment.slot.start, office.settings.zone)} with {names}{site}"


def _notice(minutes: int) -> str:
    if minutes < 0:
        return "after it should have begun"
    days, rest = divmod(minutes, 24 * 60)
    parts = [f"{days} d" if days else "", f"{rest // 60} h" if rest >= 60 else "", f"{rest % 60} min"]  # noqa: PLR2004
    return f"{' '.join(part for part in parts if part)} before it"
