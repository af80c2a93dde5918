"""Handing a patient the code of a visit."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import attrs

from medoffice.checkin.code import CodeClaims, office_tag, write_code
from medoffice.checkin.records import VisitCode
from medoffice.core.errors import MedofficeError
from medoffice.core.ids import AppointmentId
from medoffice.core.times import day_in
from medoffice.office.once import Asked, Command, once
from medoffice.office.settings import OfficeSettings
from medoffice.ports.ids import IdSource
from medoffice.ports.signing import Signer
from medoffice.ports.store import Store, Transaction
from medoffice.scheduling.appointments import Appointment

_UNTIL: Final = timedelta(seconds=-1)


class NoCodeForVisit(MedofficeError):
    """A code is handed out for a visit that is still to come, and this one is not."""


@attrs.frozen
class IssuedCode:
    """A code that was just made: its text (for a QR code) and the visit. The text is a key to the visit."""

    text: str = attrs.field(repr=False)
    appointment: Appointment


def issue_code(
    store: Store,
    command: Command,
    *,
    appointment: AppointmentId,
    settings: OfficeSettings,
    ids: IdSource,
    signer: Signer,
    now: datetime,
) -> IssuedCode:
    """Make a code for a visit, good until the end of the visit's day in the office's zone.

    Each call under a new key makes another code; all of them stay good until one is used.

    Raises:
        NoSuchRecord: when the appointment is not known.
        NoCodeForVisit: when the visit's day is over, or the visit does not hold time any more.
        StoreError: when the store could not keep it; the code is void then.
    """
    handle = ids.random_bytes(16)

    def work(tx: Transaction) -> VisitCode:
        visit = tx.appointment(appointment)
        expires = settings.span_of(day_in(visit.slot.start, settings.zone)).end + _UNTIL
        if expires <= now or visit.is_terminal or not visit.is_occupying:
            raise NoCodeForVisit("a code is made for a visit that is booked and whose day is not over")
        code = VisitCode(handle=handle, appointment=appointment, expires=expires)
        tx.put_visit_code(code)
        return code

    asked = Asked(action="issue-code", subject=appointment.value, parts=(appointment.value,))
    code = once(store, command, asked, work, at=now, kinds=(VisitCode,))
    claims = CodeClaims(
        key_id=signer.key_id,
        office=office_tag(settings.id),
        expires=code.expires,
        jti=_one_time_id(code.handle),
        handle=code.handle,
    )
    visit = store.read(lambda tx: tx.appointment(appointment))
    return IssuedCode(write_code(claims, signer.sign), visit)


def _one_time_id(handle: bytes) -> bytes:
    """A code's one-time id (16 bytes): from its random handle, so that a repeated command makes the same code."""
    return sha256(b"medoffice one-time id" + handle).digest()[:16]
