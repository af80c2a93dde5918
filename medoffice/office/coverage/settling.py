"""A question that is written down is sent and settled: its answer, or why there is none, is kept once."""

from collections.abc import Callable
from datetime import date

import attrs

from medoffice.billing.eligibility import (
    AnswerReceived,
    EligibilityAnswer,
    EligibilityPolicy,
    InquiryPrepared,
    InquiryRefused,
)
from medoffice.core.findings import Finding
from medoffice.core.ids import AppointmentId, CommandKey, CoverageId, PatientId
from medoffice.core.outcomes import Refused
from medoffice.office.book.decisions import Booking
from medoffice.office.coverage.inquiring import lock_of, told_of
from medoffice.office.coverage.keeping_answers import keep_answer, keep_refusal, to_keep
from medoffice.office.coverage.matching_answers import Matched
from medoffice.ports.payers import Answered, PayerGateway, Waiting
from medoffice.ports.store import Transaction

Inquired = AnswerReceived | InquiryPrepared | Refused
"""What became of a question: answered, on its way, or not sent and why."""


@attrs.frozen(kw_only=True)
class Settling:
    """Sending what was prepared, and keeping what comes; each step may be done again after a crash."""

    to: Callable[[CommandKey | None], Booking]
    policy: EligibilityPolicy

    def go_on(self, prepared: InquiryPrepared, gateway: PayerGateway) -> Inquired:
        """Send a question that is written down, unless it was settled; what comes of it is kept."""
        to, trace = self.to(None), prepared.inquiry.trace
        told = to.store.read(lambda tx: told_of(tx, prepared.coverage))
        kept = told.answer_to(trace)
        if kept is not None:
            return kept
        for each in told.refused:
            if each.trace == trace:
                return Refused(each.findings)
        outcome = gateway.ask(prepared.inquiry)
        match outcome:
            case Answered(answer=answer):
                received = self.keep(prepared, trace, answer)
                if isinstance(received, AnswerReceived):
                    return received
                again = to.store.read(lambda tx: told_of(tx, prepared.coverage)).answer_to(trace)
                return again or Refused((received,))
            case Waiting():
                return prepared
            case Refused(findings=why):
                refusal = InquiryRefused(
                    coverage=prepared.coverage, on=to.settings.day_at(to.now), trace=trace, findings=why
                )
                to.store.transact(
                    lambda tx: keep_refusal(tx, to, refusal), locks=(lock_of(prepared.coverage),)
                )
                return outcome

    def keep(
        self, prepared: InquiryPrepared, trace: str, answer: EligibilityAnswer
    ) -> AnswerReceived | Finding:
        """Keep the answer to a question; one that came before changes nothing and is a finding."""
        on = prepared.inquiry.on
        return self._store(
            prepared.coverage,
            prepared.patient,
            trace,
            answer,
            on=on if isinstance(on, date) else on.start,
            appointment=prepared.appointment,
        )

    def by_hand(self, matched: Matched, answer: EligibilityAnswer) -> AnswerReceived | Finding:
        """Keep an answer that somebody read from a file; one that came before is a finding."""
        if matched.prepared is not None:
            return self.keep(matched.prepared, matched.trace, answer)
        to = self.to(None)
        today = to.settings.day_at(to.now)
        return self._store(matched.coverage.id, matched.patient, "", answer, on=today, appointment=None)

    def _store(
        self,
        coverage: CoverageId,
        patient: PatientId,
        trace: str,
        answer: EligibilityAnswer,
        *,
        on: date,
        appointment: AppointmentId | None,
    ) -> AnswerReceived | Finding:
        to = self.to(None)
        today = to.settings.day_at(to.now)
        received = to_keep(AnswerReceived(coverage=coverage, on=today, trace=trace, answer=answer))
        if isinstance(received, Finding):
            return received

        def work(tx: Transaction) -> AnswerReceived | Finding:
            return keep_answer(tx, to, received, patient, policy=self.policy, on=on, appointment=appointment)

        return to.store.transact(work, locks=(lock_of(coverage),))
