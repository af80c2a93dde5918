"""A payer's answer is kept: once, with the benefits that it states, and a task for the desk where something is wrong."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from medoffice.billing.answered import benefits_of
from medoffice.billing.benefits import VerifiedCoverage
from medoffice.billing.coverage import Coverage
from medoffice.billing.eligibility import (
    AnswerReceived,
    EligibilityAnswer,
    EligibilityPolicy,
    InquiryRefused,
    InquirySettled,
    Network,
    Visit,
    verify,
)
from medoffice.checkin.records import DeskTask, TaskKind
from medoffice.core.findings import Finding, Severity
from medoffice.core.ids import AppointmentId, PatientId, TaskId
from medoffice.core.people import Patient
from medoffice.office.book.decisions import Booking
from medoffice.office.coverage.inquiring import STREAM, TRACES, cover_of, told_of
from medoffice.office.coverage.permitting import permits_for
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import ReadTransaction, Transaction
from medoffice.privacy.audit import AuditEntry
from medoffice.wire.json import WireError, encode

_SOMEBODY_ELSE: Final = (frozenset({"ELG021"}), frozenset({"ELG020", "ELG022"}))
"""Findings which together say that the answer may be about another person: its benefits are not taken over then."""


def to_keep(received: AnswerReceived) -> AnswerReceived | Finding:
    """The answer as a store can keep it, its findings as any finding is; or why it cannot be kept."""
    plain = attrs.evolve(
        received, answer=attrs.evolve(received.answer, findings=_plain(received.answer.findings))
    )
    try:
        encode(plain)
    except WireError:
        return trouble("ELG053", "the answer is too large, or holds characters that cannot be kept")
    return plain


def keep_answer(
    tx: Transaction,
    to: Booking,
    received: AnswerReceived,
    patient: PatientId,
    *,
    policy: EligibilityPolicy,
    on: date,
    appointment: AppointmentId | None,
) -> AnswerReceived | Finding:
    """Keep an answer, and what follows from it; one that was kept before changes nothing and is a finding.

    The benefits that it states become those of the coverage, unless an answer that was given later is on file, the
    payer stated none, the card was corrected since it was asked about, or it seems to be about somebody else.

    Raises:
        NoSuchRecord: when the coverage or the patient is gone.
    """
    told = told_of(tx, received.coverage)
    if received.trace:
        kept = told.answer_to(received.trace)
    else:
        kept = next((each for each in told.received if each.answer == received.answer), None)
    if kept is not None:
        return _came_before(kept.answer == received.answer)
    tx.append_fact(STREAM, received.coverage.value, to.now, received)
    if received.trace:
        tx.append_fact(TRACES, received.trace, to.now, InquirySettled(received.coverage))
    cover, who = cover_of(tx, patient, received.coverage), tx.patient(patient)
    after = attrs.evolve(told, received=(*told.received, received)).about(cover.coverage)
    if after.latest is received:
        found = found_for(
            tx,
            cover.coverage,
            who,
            received.answer,
            policy=policy,
            settings=to.settings,
            on=on,
            visit=appointment,
        )
        if received.answer.statements and not _may_be_another(found):
            tx.put_coverage(verified(cover, received, policy))
        _tell_desk(tx, to, cover.coverage, found, appointment)
    tx.append_audit(
        AuditEntry(at=to.now, actor=to.by, action="eligibility.answer", subject=received.coverage.value)
    )
    return received


def keep_refusal(tx: Transaction, to: Booking, refusal: InquiryRefused) -> None:
    """Note that a question could not be sent, once."""
    if not told_of(tx, refusal.coverage).is_settled(refusal.trace):
        tx.append_fact(STREAM, refusal.coverage.value, to.now, refusal)
        tx.append_fact(TRACES, refusal.trace, to.now, InquirySettled(refusal.coverage))
        entry = AuditEntry(
            at=to.now, actor=to.by, action="eligibility.refused", subject=refusal.coverage.value
        )
        tx.append_audit(entry)


def verified(
    cover: VerifiedCoverage, received: AnswerReceived, policy: EligibilityPolicy
) -> VerifiedCoverage:
    """A coverage with what an answer states of its benefits.

    In which order the plan takes co-pay and deductible, how a family's limits count and what is preventive, no answer
    says; what the office knew of these stays. So does what is on file of services that the policy does not name.
    """
    before, services = cover.benefits, policy.by_service
    made = benefits_of(
        received.answer,
        services,
        network=Network.OUT if policy.network(cover.coverage.payer.id) is Network.OUT else Network.IN,
        place=policy.place,
        order=before.order,
        family=before.remaining.family_deductible,
        preventive=frozenset(each.service for each in before.benefits if each.is_preventive),
    )
    others = tuple(each for each in before.benefits if each.service not in services)
    return VerifiedCoverage(
        coverage=cover.coverage,
        benefits=attrs.evolve(made, benefits=(*made.benefits, *others)),
        verified_on=received.answer.answered_on or received.on,
    )


def visits_for(
    tx: ReadTransaction,
    coverage: Coverage,
    *,
    policy: EligibilityPolicy,
    settings: OfficeSettings,
    on: date,
    visit: AppointmentId | None,
) -> tuple[Visit, ...]:
    """What is verified for a visit: each service type that is planned, else the plan as a whole."""
    planned = () if visit is None else tx.planned_lines(visit)
    kinds = dict.fromkeys(policy.service_type(each.service) for each in planned)
    network, good = policy.network(coverage.payer.id), policy.good_for_days
    permits = permits_for(tx, coverage, policy=policy, settings=settings, on=on, visit=visit)
    common = Visit(on=on, network=network, good_for_days=good, place=policy.place, permits=permits)
    return tuple(attrs.evolve(common, service_type=kind) for kind in kinds) or (common,)


def found_for(
    tx: ReadTransaction,
    coverage: Coverage,
    patient: Patient,
    answer: EligibilityAnswer,
    *,
    policy: EligibilityPolicy,
    settings: OfficeSettings,
    on: date,
    visit: AppointmentId | None,
) -> tuple[Finding, ...]:
    """What verification finds in an answer, worst first."""
    visits = visits_for(tx, coverage, policy=policy, settings=settings, on=on, visit=visit)
    found = dict.fromkeys(each for visit in visits for each in verify(coverage, patient, answer, visit=visit))
    return tuple(sorted(found, key=lambda each: -each.severity))


def trouble(code: str, message: str, severity: Severity = Severity.ERROR) -> Finding:
    """A finding about an answer, without PHI."""
    return Finding(code=code, severity=severity, message=message, where="answer")


def task_id(coverage: Coverage) -> TaskId:
    """The one task that a coverage may have at the desk."""
    return TaskId(f"elg-{hashlib.sha256(coverage.id.value.encode()).hexdigest()[:40]}")


def _tell_desk(
    tx: Transaction,
    to: Booking,
    coverage: Coverage,
    found: tuple[Finding, ...],
    appointment: AppointmentId | None,
) -> None:
    """One task a coverage, about the worst that was found; when all is well, the one that is open is done."""
    id_ = task_id(coverage)
    before = next((each for each in tx.desk_tasks() if each.id == id_), None)
    grave = [each for each in found if each.severity >= Severity.WARNING]
    if not grave:
        if before is not None:
            tx.put_desk_task(attrs.evolve(before, is_open=False))
        return
    tx.put_desk_task(
        DeskTask(
            id=id_,
            kind=TaskKind.INSURANCE,
            code=f"eligibility.{grave[0].code}",
            at=to.now if before is None else before.at,
            by=to.by,
            appointment=appointment,
            note=coverage.patient.value,
        )
    )


def _may_be_another(found: Iterable[Finding]) -> bool:
    codes = {each.code for each in found}
    return any(some <= codes for some in _SOMEBODY_ELSE)


def _came_before(is_same: bool) -> Finding:  # noqa: FBT001 - whether it says the same again
    if is_same:
        return trouble("ELG051", "the answer came before; nothing was changed", Severity.INFO)
    return trouble("ELG052", "another answer to the same question came before; the first one stands")


def _plain(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code=each.code,
            severity=each.severity,
            message=each.message,
            where=each.where,
            fix=each.fix,
            cites=each.cites,
            edition=each.edition,
        )
        for each in findings
    )
