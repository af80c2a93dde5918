"""Referrals and authorizations over a store: noted, withdrawn, and counted by the visits that they were used for."""

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

import attrs

from medoffice.billing.coverage import Coverage
from medoffice.billing.eligibility import (
    EligibilityPolicy,
    Permit,
    PermitFact,
    PermitKind,
    PermitNoted,
    PermitOnFile,
    PermitWithdrawn,
    permits_after,
)
from medoffice.core.ids import AppointmentId, CommandKey, CoverageId, PatientId
from medoffice.core.times import TimeSlot
from medoffice.office.book.decisions import Booking
from medoffice.office.coverage.inquiring import cover_of
from medoffice.office.once import Asked, once
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import NoSuchRecord, ReadTransaction, Transaction
from medoffice.scheduling.appointments import Status

STREAM: Final = "permits"
"""The stream of a coverage's referrals and authorizations; its subject is the coverage."""
_NOT_USED: Final = frozenset({Status.CANCELLED, Status.NOSHOW, Status.ENTERED_IN_ERROR})

F = TypeVar("F", PermitNoted, PermitWithdrawn)


@attrs.frozen(kw_only=True)
class Permitting:
    """The permits of an office's patients. All may raise ``NoSuchRecord`` and ``StoreError``."""

    to: Callable[[CommandKey | None], Booking]

    def on_file(self, coverage: CoverageId) -> tuple[Permit, ...]:
        """What is on file for a coverage."""
        return self.to(None).store.read(lambda tx: permits_of(tx, coverage))

    def note(self, patient: PatientId, permit: Permit, *, key: CommandKey | None = None) -> PermitNoted:
        """Put a permit on file, or correct the one of its kind and number."""
        to = self.to(key)
        fact = PermitNoted(on=to.settings.day_at(to.now), permit=permit)
        days = permit.days
        parts = (permit.kind.value, permit.number, str(days), str(permit.visits or ""), permit.service_type)
        return _keep(to, "permit.note", patient, permit.coverage, fact, parts)

    def withdraw(
        self,
        patient: PatientId,
        coverage: CoverageId,
        kind: PermitKind,
        number: str,
        *,
        key: CommandKey | None = None,
    ) -> PermitWithdrawn:
        """Take a permit off the file.

        Raises:
            NoSuchRecord: when there is no such permit.
        """
        to = self.to(key)
        fact = PermitWithdrawn(on=to.settings.day_at(to.now), coverage=coverage, kind=kind, number=number)
        return _keep(to, "permit.withdraw", patient, coverage, fact, (kind.value, number))


def _keep(
    to: Booking, action: str, patient: PatientId, coverage: CoverageId, fact: F, parts: tuple[str, ...]
) -> F:
    def work(tx: Transaction) -> F:
        cover_of(tx, patient, coverage)
        if isinstance(fact, PermitWithdrawn):
            known = {(each.kind, each.number) for each in permits_of(tx, coverage)}
            if (fact.kind, fact.number) not in known:
                raise NoSuchRecord("no such permit is on file")
        tx.append_fact(STREAM, coverage.value, to.now, fact)
        return fact

    asked = Asked(action=action, subject=coverage.value, parts=(patient.value, *parts))
    locks = (f"permits:{coverage}",)
    return once(to.store, to.command, asked, work, at=to.now, kinds=(type(fact),), locks=locks)


def permits_of(tx: ReadTransaction, coverage: CoverageId) -> tuple[Permit, ...]:
    """What is on file for a coverage."""
    facts = (kept.fact for kept in tx.facts(STREAM, subject=coverage.value))
    return permits_after(tuple(each for each in facts if isinstance(each, PermitFact)))


def permits_for(
    tx: ReadTransaction,
    coverage: Coverage,
    *,
    policy: EligibilityPolicy,
    settings: OfficeSettings,
    on: date,
    visit: AppointmentId | None,
) -> tuple[PermitOnFile, ...]:
    """What is on file for a coverage, each with the other visits by a day that it was used for.

    A visit uses it when it is on one of its days, took or takes place, and, where the permit is for one service, a line of
    that service is planned for it.
    """
    return tuple(
        PermitOnFile(
            permit=each,
            used=0
            if each.visits is None
            else _used(tx, coverage.patient, each, policy=policy, settings=settings, on=on, visit=visit),
        )
        for each in permits_of(tx, coverage.id)
    )


def _used(
    tx: ReadTransaction,
    patient: PatientId,
    permit: Permit,
    *,
    policy: EligibilityPolicy,
    settings: OfficeSettings,
    on: date,
    visit: AppointmentId | None,
) -> int:
    if on < permit.days.start:
        return 0
    window = TimeSlot(settings.span_of(permit.days.start).start, settings.span_of(on).end)
    before = None if visit is None else tx.appointment(visit).slot.start
    return sum(
        each.id != visit
        and each.status not in _NOT_USED
        and (before is None or (each.slot.start, each.id.value) < (before, visit.value if visit else ""))
        and settings.day_at(each.slot.start) in permit.days
        and _is_for(tx, each.id, permit, policy)
        for each in tx.appointments(window, patient=patient)
    )


def _is_for(tx: ReadTransaction, visit: AppointmentId, permit: Permit, policy: EligibilityPolicy) -> bool:
    if not permit.service_type:
        return True
    return any(policy.service_type(each.service) == permit.service_type for each in tx.planned_lines(visit))
