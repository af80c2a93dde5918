"""Which visit two identifiers mean, and when to stop answering somebody who guesses."""

from collections.abc import Iterable, Sequence
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
from medoffice.core.money import Money
from medoffice.core.people import Patient, match_key
from medoffice.core.phi import last_four
from medoffice.core.times import day_in
from medoffice.office.money.collecting import asked_at, owing_at
from medoffice.office.money.due import first_cover
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import NoSuchRecord, ReadTransaction, Transaction
from medoffice.privacy.audit import AuditEntry, AuditRow
from medoffice.scheduling.appointments import Appointment, Status

MISMATCHES_A_VISIT: Final = 6
"""Mismatches on one visit within its day, at all kiosks together, after which only the desk can help."""
MISMATCHES_A_KIOSK: Final = 30
"""Mismatches at one kiosk within ten minutes, of codes and names alike, after which it finds nobody for a while."""
GUESSING_WINDOW: Final = timedelta(minutes=10)
COMING: Final = frozenset({Status.BOOKED, Status.ARRIVED})
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
    if _is_guessed_at(tx, kiosk, now) or (visits and _is_guessed(tx, visits, now)):
        answer: VisitFound | NoVisit | AlreadyHere = NoVisit()
        outcome = "locked"
    else:
        answer, outcome = _judge(tx, visits, birth_date, settings=settings, now=now)
    tx.append_audit(AuditEntry(at=now, actor=kiosk, action="identify", subject=subject, outcome=outcome))
    return answer


def _judge(
    tx: ReadTransaction,
    visits: Sequence[Appointment],
    birth_date: date,
    *,
    settings: OfficeSettings,
    now: datetime,
) -> tuple[VisitFound | NoVisit | AlreadyHere, str]:
    if not visits:
        return NoVisit(), "mismatch"
    patient = tx.patient(visits[0].patient)
    if patient.birth_date != birth_date:
        return NoVisit(), "mismatch"
    coming = [visit for visit in visits if visit.status in COMING]
    if coming:
        nearest = min(coming, key=lambda visit: abs(visit.slot.start - now))
        return VisitFound(_summary(tx, nearest, patient, settings=settings, now=now)), "match"
    for visit in visits:
        here = already_here(tx, visit, settings, now)
        if here is not None:
            return here, "here"
    return NoVisit(), "not-expected"


def already_here(
    tx: ReadTransaction, visit: Appointment, settings: OfficeSettings, now: datetime
) -> AlreadyHere | None:
    """The number of a visit that is checked in and not over or given up since; ``None`` for any other."""
    if visit.status is not Status.CHECKED_IN:
        return None
    number = tx.check_in(visit.id).number
    owes = asked_at(tx, visit, settings, now).total > Money.zero
    return AlreadyHere(number, ticket_text(visit), owes=owes)


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


def _is_guessed(tx: ReadTransaction, visits: Sequence[Appointment], now: datetime) -> bool:
    """Whether one of the visits was missed too often within a day, at whatever kiosks."""
    since = now - timedelta(days=1)
    return any(
        _misses(tx.audit_rows(subject=visit.id.value, action="identify", since=since)) >= MISMATCHES_A_VISIT
        for visit in visits
    )


def _is_guessed_at(tx: ReadTransaction, kiosk: ActorId, now: datetime) -> bool:
    """Whether a kiosk has had too many mismatches within ten minutes, whoever they were about."""
    rows = tx.audit_rows(action="identify", since=now - GUESSING_WINDOW)
    return _misses(row for row in rows if row.entry.actor == kiosk) >= MISMATCHES_A_KIOSK


def _misses(rows: Iterable[AuditRow]) -> int:
    return sum(row.entry.outcome == "mismatch" for row in rows)


def _summary(
    tx: ReadTransaction, visit: Appointment, patient: Patient, *, settings: OfficeSettings, now: datetime
) -> VisitSummary:
    today = settings.day_at(now)
    cover = first_cover(tx, patient.id, today)
    owing = owing_at(tx, visit, settings, now)
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
        due=owing.estimate,
        asked=asked_at(tx, visit, settings, now, owing=owing).total,
    )
