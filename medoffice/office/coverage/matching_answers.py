"""Whose answer it is that somebody reads by hand: by the trace, or by the person."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import attrs

from medoffice.billing.coverage import Coverage
from medoffice.billing.eligibility import EligibilityAnswer, InquiryPrepared
from medoffice.billing.eligibility.verification import member_numbers, plain_number
from medoffice.core.findings import Finding, Severity
from medoffice.core.ids import PatientId
from medoffice.core.outcomes import Refused
from medoffice.core.people import Patient, match_key
from medoffice.core.phi import PhiClass, phi
from medoffice.core.times import TimeSlot
from medoffice.office.book.decisions import Booking
from medoffice.office.coverage.inquiring import cover_of, owner_of, told_of
from medoffice.ports.store import ReadTransaction

_TRACE: Final = r"[0-9A-Za-z][0-9A-Za-z._-]{0,49}"
_BEFORE, _AFTER = timedelta(days=60), timedelta(days=120)
"""Whose coverages are looked through when a name is spelled otherwise: the patients with a visit around today."""


@attrs.frozen(kw_only=True)
class Matched:
    """The coverage that an answer is about. ``prepared`` is its question, ``None`` when it was found by the person."""

    coverage: Coverage = attrs.field(**phi(PhiClass.PLAN_NUMBER))
    patient: PatientId
    trace: str = ""
    prepared: InquiryPrepared | None = None


def ours(tx: ReadTransaction, answer: EligibilityAnswer) -> Iterator[tuple[str, InquiryPrepared]]:
    """The office's questions that an answer names, by their traces."""
    for trace in dict.fromkeys(answer.traces):
        owner = owner_of(tx, trace) if re.fullmatch(_TRACE, trace, re.ASCII) else None
        for each in () if owner is None else told_of(tx, owner.coverage).prepared:
            if each.inquiry.trace == trace:
                yield trace, each


def match(tx: ReadTransaction, to: Booking, answer: EligibilityAnswer) -> Matched | Refused:
    """The one coverage that an answer is about, by its trace, else by payer, member number and birth date."""
    for trace, prepared in ours(tx, answer):
        cover = cover_of(tx, prepared.patient, prepared.coverage)
        return Matched(coverage=cover.coverage, patient=prepared.patient, trace=trace, prepared=prepared)
    found = tuple(_by_person(tx, to, answer))
    if len(found) == 1:
        return Matched(coverage=found[0], patient=found[0].patient)
    if found:
        return _refused("ELG054", "the answer fits several coverages on file", "Look which one it is.")
    return _refused(
        "ELG050",
        "the answer belongs to no question of this office",
        "Compare the member number and the birth date with the record.",
    )


def _by_person(tx: ReadTransaction, to: Booking, answer: EligibilityAnswer) -> Iterator[Coverage]:
    person = answer.patient
    if person is None or person.birth_date is None:
        return
    said = {
        plain_number(each.member_id)
        for each in (answer.dependent, answer.subscriber)
        if each and each.member_id
    }
    for patient in _candidates(tx, to, answer):
        if patient.birth_date != person.birth_date:
            continue
        for cover in tx.coverages(patient.id):
            held = cover.coverage
            payer = plain_number(answer.payer.number)
            if payer in {"", held.payer.id.value} and said & member_numbers(held):
                yield held


def _candidates(tx: ReadTransaction, to: Booking, answer: EligibilityAnswer) -> tuple[Patient, ...]:
    """Patients of the name in the answer, and those who have a visit around today, each once."""
    person = answer.patient
    named: tuple[Patient, ...] = ()
    if person is not None and person.birth_date is not None and person.family:
        key = match_key(family=person.family, given=person.given, birth_date=person.birth_date)
        named = tx.patients_matching(key)
    around = TimeSlot(to.now - _BEFORE, to.now + _AFTER)
    ids = dict.fromkeys(each.patient for each in tx.appointments(around))
    return tuple(dict.fromkeys((*named, *map(tx.patient, ids))))


def _refused(code: str, message: str, fix: str) -> Refused:
    return Refused((Finding(code=code, severity=Severity.WARNING, message=message, where="answer", fix=fix),))
