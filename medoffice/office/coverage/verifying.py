"""Verifying coverages before visits, over a store and a way to payers."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

import attrs

from medoffice.billing.benefits import Accumulators, Benefits, VerifiedCoverage
from medoffice.billing.coverage import Coverage
from medoffice.billing.eligibility import (
    AnswerReceived,
    CoverageStanding,
    EligibilityAnswer,
    EligibilityPolicy,
    InquiryPrepared,
    missing_for_inquiry,
    no_coverage,
    standing,
)
from medoffice.core.findings import Finding, Severity
from medoffice.core.ids import AppointmentId, CommandKey, CoverageId, PatientId
from medoffice.core.outcomes import Refused
from medoffice.office.book.decisions import Booking
from medoffice.office.coverage.inquiring import (
    Wanted,
    covers_on,
    lock_of,
    prepare,
    told_of,
    waiting_in,
)
from medoffice.office.coverage.keeping_answers import trouble, visits_for
from medoffice.office.coverage.matching_answers import Matched, match, ours
from medoffice.office.coverage.settling import Inquired, Settling
from medoffice.office.once import Asked, once
from medoffice.ports.ids import IdSource
from medoffice.ports.payers import PayerGateway
from medoffice.ports.store import ReadTransaction, Transaction
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.wire.json import encode

_COMING: Final = frozenset({Status.PENDING, Status.BOOKED, Status.ARRIVED, Status.CHECKED_IN})


@attrs.frozen(kw_only=True)
class Collection:
    """What came: answers that are new, what was wrong with the rest, and how many questions still wait."""

    received: tuple[AnswerReceived, ...] = ()
    findings: tuple[Finding, ...] = ()
    waiting: int = 0


@attrs.frozen(kw_only=True)
class AskedFor:
    """What became of the question about one coverage for a visit; ``fresh`` is an answer that was good enough."""

    appointment: AppointmentId
    coverage: CoverageId
    outcome: Inquired
    is_fresh: bool = False


@attrs.frozen(kw_only=True)
class Eligibility:
    """Asking payers, keeping what they answer, and saying what is wrong before the patient comes.

    Nothing is asked twice: a question is written down with its trace first and sent under that trace, whatever
    crashes in between; what was asked today about the same day is not asked again. All may raise ``StoreError``,
    ``NoSuchRecord`` when a record is not there, and what the way to payers raises (``OSError`` of a disk): doing the
    same again is safe and goes on where it stopped.
    """

    to: Callable[[CommandKey | None], Booking]
    ids: IdSource
    policy: EligibilityPolicy
    gateway: Callable[[], PayerGateway] | None

    # ── asking ──

    def ask(
        self,
        patient: PatientId,
        coverage: CoverageId,
        on: date,
        *,
        appointment: AppointmentId | None = None,
        is_again: bool = False,
        key: CommandKey | None = None,
    ) -> Inquired:
        """Ask the payer about a coverage on a day, once; what is missing for the question is said all at once.

        ``is_again`` asks anew although the question was answered today, or waits since an earlier day.
        """
        if self.gateway is None:
            return Refused((_no_way(),))
        to = self.to(key)
        wanted = Wanted(coverage, patient, on, appointment)
        trace = f"ELG{self.ids.random_bytes(12).hex().upper()}"

        def work(tx: Transaction) -> InquiryPrepared | Refused:
            return prepare(tx, to, wanted, policy=self.policy, trace=trace, is_again=is_again)

        parts = (patient.value, coverage.value, on.isoformat(), "again" if is_again else "")
        asked = Asked(action="eligibility.ask", subject=coverage.value, parts=parts)
        prepared = once(
            to.store,
            to.command,
            asked,
            work,
            at=to.now,
            kinds=(InquiryPrepared, Refused),
            ended=lambda outcome: "refused" if isinstance(outcome, Refused) else "prepared",
            locks=(lock_of(coverage),),
        )
        return prepared if isinstance(prepared, Refused) else self._settling().go_on(prepared, self.gateway())

    def ask_for(self, appointment: AppointmentId, *, is_again: bool = False) -> tuple[AskedFor, ...]:
        """Ask about every coverage that the patient has on the day of a visit."""
        visit, on, covers = self._visit(appointment)
        return tuple(
            AskedFor(
                appointment=visit.id,
                coverage=each.id,
                outcome=self.ask(visit.patient, each.id, on, appointment=visit.id, is_again=is_again),
            )
            for each in covers
        )

    def verify_day(self, day: date) -> tuple[AskedFor, ...]:
        """Ask for each visit of a day whose coverage has no answer, or one that will be older than the office allows.

        Done again on the same day it asks nothing more, and goes on where it stopped.
        """
        to = self.to(None)

        def visits(tx: ReadTransaction) -> tuple[AppointmentId, ...]:
            found = tx.appointments(to.settings.span_of(day))
            return tuple(
                each.id
                for each in found
                if each.status in _COMING and to.settings.day_at(each.slot.start) == day
            )

        return tuple(done for visit in to.store.read(visits) for done in self._verify(visit))

    def _verify(self, appointment: AppointmentId) -> Iterator[AskedFor]:
        visit, on, covers = self._visit(appointment)
        for each in covers:
            fresh = self._fresh(each, on)
            outcome = fresh or self.ask(visit.patient, each.id, on, appointment=visit.id)
            yield AskedFor(
                appointment=visit.id, coverage=each.id, outcome=outcome, is_fresh=fresh is not None
            )

    def _fresh(self, coverage: Coverage, on: date) -> AnswerReceived | None:
        """The last answer, when it will be young enough on a day and is more than a refusal to answer."""
        told = self.to(None).store.read(lambda tx: told_of(tx, coverage.id)).about(coverage)
        latest = told.latest
        if latest is None or not latest.answer.statements:
            return None
        given = latest.answer.answered_on or latest.on
        return latest if (on - given).days <= self.policy.good_for_days else None

    # ── what came ──

    def collect(self) -> Collection:
        """Take what came, keep it, and go on with every question that has no answer.

        So an answer that was taken from the payers and lost in a crash comes again, and a question that was written
        down and not sent is sent.
        """
        if self.gateway is None:
            return Collection(findings=(_no_way(),))
        gateway, to = self.gateway(), self.to(None)
        came = gateway.collect()
        received: list[AnswerReceived] = []
        findings = list(came.findings)
        for answer in came.answers:
            for outcome in self._take(answer):
                if isinstance(outcome, Finding):
                    findings.append(outcome)
                else:
                    received.append(outcome)
        today = to.settings.day_at(to.now)
        waiting = 0
        for prepared in to.store.read(lambda tx: tuple(waiting_in(tx, today))):
            gone_on = self._settling().go_on(prepared, gateway)
            match gone_on:
                case AnswerReceived():
                    received.append(gone_on)
                case Refused(findings=why):
                    findings.extend(why)
                case InquiryPrepared():
                    waiting += 1
        return Collection(received=tuple(received), findings=tuple(findings), waiting=waiting)

    def match(self, answer: EligibilityAnswer) -> Matched | Refused:
        """The one coverage that an answer from elsewhere is about: by its trace, or by number and birth date."""
        to = self.to(None)
        return to.store.read(lambda tx: match(tx, to, answer))

    def keep(self, matched: Matched, answer: EligibilityAnswer) -> AnswerReceived | Finding:
        """Keep an answer that somebody read by hand; one that is cut off, or came before, changes nothing."""
        if answer.is_cut_off:
            return trouble("ELG002", "the answer was cut off; it is not kept")
        return self._settling().by_hand(matched, answer)

    def _take(self, answer: EligibilityAnswer) -> Iterator[AnswerReceived | Finding]:
        known = self.to(None).store.read(lambda tx: tuple(ours(tx, answer)))
        if not known:
            yield trouble(
                "ELG050", "an answer belongs to no question of this office; it is not kept", Severity.WARNING
            )
        for trace, prepared in known:
            yield self._settling().keep(prepared, trace, answer)

    # ── before a visit ──

    def standings(self, appointment: AppointmentId) -> tuple[CoverageStanding, ...]:
        """How each of a patient's coverages stands for a visit."""
        visit, on, covers = self._visit(appointment)
        to = self.to(None)

        def work(tx: ReadTransaction) -> tuple[CoverageStanding, ...]:
            return tuple(
                standing(
                    each,
                    tx.patient(visit.patient),
                    received=told.latest,
                    waiting=told.waiting,
                    refused=told.last_refusal,
                    missing=missing_for_inquiry(each, npi=to.settings.npi, ein=to.settings.ein),
                    visits=visits_for(
                        tx, each, policy=self.policy, settings=to.settings, on=on, visit=visit.id
                    ),
                    today=to.settings.day_at(to.now),
                )
                for each in covers
                for told in (told_of(tx, each.id).about(each),)
            )

        return to.store.read(work)

    def findings(self, appointment: AppointmentId) -> tuple[Finding, ...]:
        """All that is wrong, or worth knowing, about the coverages for a visit, worst first."""
        found = [each for one in self.standings(appointment) for each in one.findings]
        if not self._visit(appointment)[2]:
            found.append(no_coverage())
        return tuple(sorted(dict.fromkeys(found), key=lambda each: -each.severity))

    # ── on file ──

    def put_on_file(self, coverage: Coverage, *, key: CommandKey | None = None) -> VerifiedCoverage:
        """Put a coverage on file, or correct the one with its id.

        What a payer answered stays with it, unless payer or member number are other ones now.

        Raises:
            NoSuchRecord: when there is no such patient.
        """
        to = self.to(key)

        def work(tx: Transaction) -> VerifiedCoverage:
            patient = tx.patient(coverage.patient)
            known = [each for each in tx.coverages(patient.id) if each.coverage.id == coverage.id]
            nothing = Benefits(benefits=(), remaining=Accumulators())
            made = VerifiedCoverage(coverage=coverage, benefits=nothing, verified_on=None)
            is_same = bool(known) and _is_same(known[0].coverage, coverage)
            kept = attrs.evolve(known[0], coverage=coverage) if is_same else made
            tx.put_coverage(kept)
            return kept

        whole = VerifiedCoverage(
            coverage=coverage, benefits=Benefits(benefits=(), remaining=Accumulators()), verified_on=None
        )
        asked = Asked(action="coverage.put", subject=coverage.patient.value, parts=(encode(whole).decode(),))
        locks = (lock_of(coverage.id),)
        return once(to.store, to.command, asked, work, at=to.now, kinds=(VerifiedCoverage,), locks=locks)

    # ── within ──

    def _visit(self, appointment: AppointmentId) -> tuple[Appointment, date, tuple[Coverage, ...]]:
        to = self.to(None)

        def work(tx: ReadTransaction) -> tuple[Appointment, date, tuple[Coverage, ...]]:
            visit = tx.appointment(appointment)
            on = to.settings.day_at(visit.slot.start)
            return visit, on, covers_on(tx, visit.patient, on)

        return to.store.read(work)

    def _settling(self) -> Settling:
        return Settling(to=self.to, policy=self.policy)


def _is_same(before: Coverage, now: Coverage) -> bool:
    return (before.payer.id, before.member_id, before.patient) == (now.payer.id, now.member_id, now.patient)


def _no_way() -> Finding:
    return Finding.error(
        "ELG007",
        "the office has no way to payers",
        where="office",
        fix="Set one up in payers.toml, or read an answer from a file.",
    )
