"""Handing a patient the code of a visit."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.checkin.code import CodeClaims, office_tag, write_code
from medoffice.checkin.records import VisitCode
from medoffice.core.errors import MedofficeError
from medoffice.core.ids import ActorId, AppointmentId
from medoffice.core.times import day_in
from medoffice.office.settings import OfficeSettings
from medoffice.ports.ids import IdSource
from medoffice.ports.signing import Signer
from medoffice.ports.store import Store, Transaction
from medoffice.privacy.audit import AuditEntry
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
    *,
    by: ActorId,
    appointment: AppointmentId,
    settings: OfficeSettings,
    ids: IdSource,
    signer: Signer,
    now: datetime,
) -> IssuedCode:
    """Make a code for a visit, good until the end of the visit's day in the office's zone.

    Each call makes another code; all of them stay good until one is used.

    Raises:
        NoSuchRecord: when the appointment is not known.
        NoCodeForVisit: when the visit's day is over, or the visit does not hold time any more.
        StoreError: when the store could not keep it; the code is void then.
    """
    handle, jti = ids.random_bytes(16), ids.random_bytes(16)

    def work(tx: Transaction) -> tuple[Appointment, CodeClaims]:
        visit = tx.appointment(appointment)
        expires = settings.span_of(day_in(visit.slot.start, settings.zone)).end + _UNTIL
        if expires <= now or visit.is_terminal or not visit.is_occupying:
            raise NoCodeForVisit("a code is made for a visit that is booked and whose day is not over")
        claims = CodeClaims(
            key_id=signer.key_id, office=office_tag(settings.id), expires=expires, jti=jti, handle=handle
        )
        tx.put_visit_code(VisitCode(handle=handle, appointment=appointment, expires=expires))
        tx.append_audit(AuditEntry(at=now, actor=by, action="issue-code", subject=appointment.value))
        return visit, claims

    visit, claims = store.transact(work)
    return IssuedCode(write_code(claims, signer.sign), visit)
