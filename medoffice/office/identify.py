"""Which visit two identifiers mean, and when to stop answering somebody who guesses."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from medoffice.checkin.messages import (
    AlreadyHere,
    ByCode,
    ByName,
    Credential,
    NoVisit,
    VisitFound,
    VisitSummary,
)
from medoffice.core.ids import ActorId
from medoffice.core.people import Patient, match_key
from medoffice.core.phi import last_four
from medoffice.core.times import day_in
from medoffice.office.due import due_for, first_cover
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import NoSuchRecord, ReadTransaction, Transaction
from medoffice.privacy.audit import AuditEntry
from medoffice.scheduling.appointments import Appointment, Status

MISMATCHES_A_VISIT: Final = 6
"""Mismatches on one visit within its day, at all kiosks together, after which only the desk can help."""
MISMATCHES_A_KIOSK: Final = 30
"""Look-ups at one kiosk within ten minutes that meant nobody, after which it finds nobody for a while."""
GUESSING_WINDOW: Final = timedelta(minutes=10)
COMING: Final = frozenset({Status.PENDING, Status.BOOKED, Status.ARRIVED})
"""States of a visit that a patient may check in for."""


def ticket_text(appointment: Appointment) -> str:
    """What the QR code of a queue ticket says: the appointment's opaque id, which tells nothing."""
    return f"MOT1-{appointment.id}"


def identify(
    tx: Transaction,
    credential: Credential,
    birth_date: date,
    *,
    settings: OfficeSettings,
    kiosk: ActorId,
    now: datetime,
) -> VisitFound | NoVisit | AlreadyHere:
    """Find today's visit, and write in the audit trail that somebody looked.

    The answer is ``NoVisit`` for every kind of mismatch: no such code, another day's visit, a birth date or a name
    that does not fit, two patients who fit alike, too many tries.
    """
    visits = _candidates(tx, credential, birth_date, settings, now)
    subject = visits[0].id.value if visits else f"kiosk:{kiosk}"
    answer, outcome = _judge(tx, visits, birth_date, subject, settings=settings, now=now)
    tx.append_audit(AuditEntry(at=now, actor=kiosk, action="identify", subject=subject, outcome=outcome))
    return answer


def _judge(
    tx: ReadTransaction,
    visits: Sequence[Appointment],
    birth_date: date,
    subject: str,
    *,
    settings: OfficeSettings,
    now: datetime,
) -> tuple[VisitFound | NoVisit | AlreadyHere, str]:
    if _is_guessing(tx, subject, is_visit=bool(visits), now=now):
        return NoVisit(), "locked"
    if not visits:
        return NoVisit(), "mismatch"
    patient = tx.patient(visits[0].patient)
    if patient.birth_date != birth_date:
        return NoVisit(), "mismatch"
    for visit in visits:
        if visit.status in COMING:
            return VisitFound(_summary(tx, visit, patient, settings=settings, now=now)), "match"
    for visit in visits:
        try:
            return AlreadyHere(tx.check_in(visit.id).number, ticket_text(visit)), "here"
        except NoSuchRecord:
            continue
    return NoVisit(), "not-expected"


def _candidates(
    tx: ReadTransaction, credential: Credential, birth_date: date, settings: OfficeSettings, now: datetime
) -> tuple[Appointment, ...]:
    """Visits of today that the identifiers may mean, earliest first, all of one patient."""
    today = settings.day_at(now)
    match credential:
        case ByCode(claims):
            try:
                visit = tx.appointment(tx.visit_code(claims.handle).appointment)
            except NoSuchRecord:
                return ()
            return (visit,) if day_in(visit.slot.start, settings.zone) == today else ()
        case ByName(family, given):
            patients = tx.patients_matching(match_key(family=family, given=given, birth_date=birth_date))
            if len(patients) != 1:
                return ()
            visits = tx.appointments(settings.span_of(today), patient=patients[0].id)
            return tuple(visit for visit in visits if day_in(visit.slot.start, settings.zone) == today)


def _is_guessing(tx: ReadTransaction, subject: str, *, is_visit: bool, now: datetime) -> bool:
    since = now - (timedelta(days=1) if is_visit else GUESSING_WINDOW)
    rows = tx.audit_rows(subject=subject, action="identify", since=since)
    missed = sum(row.entry.outcome == "mismatch" for row in rows)
    return missed >= (MISMATCHES_A_VISIT if is_visit else MISMATCHES_A_KIOSK)


def _summary(
    tx: ReadTransaction, visit: Appointment, patient: Patient, *, settings: OfficeSettings, now: datetime
) -> VisitSummary:
    today = settings.day_at(now)
    cover = first_cover(tx, patient.id, today)
    titles = {provider.id: provider.title for provider in tx.providers()}
    return VisitSummary(
        appointment=visit.id,
        name=patient.name.masked,
        phone=patient.phone.masked if patient.phone else "",
        email=patient.email.masked if patient.email else "",
        address=patient.address.masked if patient.address else "",
        payer=cover.coverage.payer.name if cover else "",
        member=last_four(cover.coverage.member_id.value) if cover else "",
        starts=visit.slot.start.astimezone(settings.zone),
        provider=next((titles[each] for each in visit.resources if each in titles), ""),
        due=due_for(tx, visit, today),
    )
