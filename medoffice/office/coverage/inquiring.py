"""Questions to payers as the store has them: what was prepared, what was answered, what still waits.

A question is written down with its trace before it is sent. Whoever then crashes, goes on under that trace; the
gateway sends one trace once.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import attrs

from medoffice.billing.benefits import VerifiedCoverage
from medoffice.billing.coverage import Coverage
from medoffice.billing.eligibility import (
    AnswerReceived,
    EligibilityPolicy,
    InquiryPrepared,
    InquiryRefused,
    InquirySettled,
    InquiryTraced,
    inquiry_for,
)
from medoffice.billing.eligibility.verification import member_numbers, plain_number
from medoffice.core.ids import AppointmentId, CoverageId, PatientId
from medoffice.core.outcomes import Refused
from medoffice.office.book.decisions import Booking
from medoffice.ports.store import NoSuchRecord, ReadTransaction, Transaction

STREAM: Final = "eligibility"
"""The stream of what was asked and answered; its subject is the coverage."""
TRACES: Final = "eligibility-traces"
"""The stream that tells whose question a trace is, and that it waits no more; its subject is the trace."""
_WORTH_ASKING: Final = timedelta(days=30)
"""How long after the day that it asks about a question is still sent, when a crash kept it from being sent."""


@attrs.frozen
class Wanted:
    """What is to be asked: the coverage of a patient, on a day, for a visit where there is one."""

    coverage: CoverageId
    patient: PatientId
    on: date
    appointment: AppointmentId | None = None


@attrs.frozen(kw_only=True)
class Told:
    """All that happened to the questions about one coverage, each kind in its order."""

    prepared: tuple[InquiryPrepared, ...] = ()
    received: tuple[AnswerReceived, ...] = ()
    refused: tuple[InquiryRefused, ...] = ()

    @property
    def latest(self) -> AnswerReceived | None:
        """The last answer by the day on which it was given; of one day that which came last."""
        return max(enumerate(self.received), key=_given, default=(0, None))[1]

    @property
    def waiting(self) -> InquiryPrepared | None:
        """The last question, when it has no answer yet."""
        last = self.prepared[-1] if self.prepared else None
        return last if last is not None and not self.is_settled(last.inquiry.trace) else None

    @property
    def last_refusal(self) -> InquiryRefused | None:
        """Why the last question could not be sent; none when it could."""
        last = self.prepared[-1].inquiry.trace if self.prepared else ""
        return next((each for each in self.refused if each.trace == last), None)

    def about(self, coverage: Coverage) -> "Told":
        """What is about the coverage as it is on file now: of the same payer and member number.

        What was asked and answered before a card was corrected says nothing of the new one.
        """
        asked = {each.inquiry.trace: _is_about(each, coverage) for each in self.prepared}
        return Told(
            prepared=tuple(each for each in self.prepared if asked[each.inquiry.trace]),
            received=tuple(
                each
                for each in self.received
                if (asked.get(each.trace, False) if each.trace else _names(each, coverage))
            ),
            refused=tuple(each for each in self.refused if asked.get(each.trace, False)),
        )

    def answer_to(self, trace: str) -> AnswerReceived | None:
        """The answer to the question with a trace."""
        return next((each for each in self.received if each.trace == trace), None)

    def is_settled(self, trace: str) -> bool:
        """Whether a question was answered, or could not be sent."""
        return self.answer_to(trace) is not None or any(each.trace == trace for each in self.refused)


def _given(numbered: tuple[int, AnswerReceived]) -> tuple[date, int]:
    place, received = numbered
    return received.answer.answered_on or received.on, place


def _is_about(prepared: InquiryPrepared, coverage: Coverage) -> bool:
    asked = prepared.inquiry
    return (asked.payer.id, asked.subscriber.member_id) == (coverage.payer.id, coverage.member_id)


def _names(received: AnswerReceived, coverage: Coverage) -> bool:
    """Whether an answer that somebody read by hand bears a number of the coverage."""
    people = (received.answer.dependent, received.answer.subscriber)
    return any(
        each is not None and plain_number(each.member_id) in member_numbers(coverage) for each in people
    )


def told_of(tx: ReadTransaction, coverage: CoverageId) -> Told:
    """What happened to the questions about a coverage."""
    facts = [kept.fact for kept in tx.facts(STREAM, subject=coverage.value)]
    return Told(
        prepared=tuple(each for each in facts if isinstance(each, InquiryPrepared)),
        received=tuple(each for each in facts if isinstance(each, AnswerReceived)),
        refused=tuple(each for each in facts if isinstance(each, InquiryRefused)),
    )


def lock_of(coverage: CoverageId) -> str:
    """What every change to the questions about a coverage locks."""
    return f"eligibility:{coverage}"


def cover_of(tx: ReadTransaction, patient: PatientId, coverage: CoverageId) -> VerifiedCoverage:
    """A patient's coverage as it is on file.

    Raises:
        NoSuchRecord: when the patient has no such coverage.
    """
    for each in tx.coverages(patient):
        if each.coverage.id == coverage:
            return each
    raise NoSuchRecord("the patient has no such coverage")


def covers_on(tx: ReadTransaction, patient: PatientId, on: date) -> tuple[Coverage, ...]:
    """The coverages that run on a day, first payer first; when none does, the first on file."""
    held = tuple(each.coverage for each in tx.coverages(patient))
    return tuple(each for each in held if each.is_active(on)) or held[:1]


def prepare(
    tx: Transaction,
    to: Booking,
    wanted: Wanted,
    *,
    policy: EligibilityPolicy,
    trace: str,
    is_again: bool,
) -> InquiryPrepared | Refused:
    """Write a question down under ``trace``, or give the one that stands for it already.

    That is one of the same content which waits for its answer, or which was prepared today and answered. With
    ``is_again`` one that was answered, or waits since an earlier day, does not stand for it. One that could not be
    sent never does.

    Raises:
        NoSuchRecord: when there is no such patient or coverage.
    """
    cover, today = cover_of(tx, wanted.patient, wanted.coverage), to.settings.day_at(to.now)
    inquiry = inquiry_for(
        cover.coverage,
        tx.patient(wanted.patient),
        practice=to.settings.name,
        npi=to.settings.npi,
        ein=to.settings.ein,
        on=wanted.on,
        service_types=policy.asked,
        trace=trace,
    )
    if isinstance(inquiry, Refused):
        return inquiry
    told = told_of(tx, wanted.coverage)
    refused = {each.trace for each in told.refused}
    for each in reversed(told.prepared):
        its = each.inquiry.trace
        if its in refused or attrs.evolve(each.inquiry, trace=trace) != inquiry:
            continue
        is_answered, is_of_today = told.answer_to(its) is not None, each.on == today
        if is_answered and is_of_today and not is_again:
            return each
        if not is_answered and (is_of_today or not is_again):
            return each
        break
    made = InquiryPrepared(
        coverage=wanted.coverage,
        patient=wanted.patient,
        on=today,
        inquiry=inquiry,
        appointment=wanted.appointment,
    )
    tx.append_fact(STREAM, wanted.coverage.value, to.now, made)
    tx.append_fact(TRACES, trace, to.now, InquiryTraced(wanted.coverage, wanted.patient))
    return made


def owner_of(tx: ReadTransaction, trace: str) -> InquiryTraced | None:
    """Whose question a trace is; none when it is not the office's."""
    facts = (kept.fact for kept in tx.facts(TRACES, subject=trace))
    return next((each for each in facts if isinstance(each, InquiryTraced)), None)


def waiting_in(tx: ReadTransaction, today: date) -> Iterator[InquiryPrepared]:
    """The questions without an answer, oldest first, but for those about a day that is long past."""
    open_ones: dict[str, CoverageId] = {}
    for kept in tx.facts(TRACES):
        if isinstance(kept.fact, InquiryTraced):
            open_ones[kept.subject] = kept.fact.coverage
        elif isinstance(kept.fact, InquirySettled):
            open_ones.pop(kept.subject, None)
    for trace, coverage in open_ones.items():
        for each in told_of(tx, coverage).prepared:
            on = each.inquiry.on
            last = on if isinstance(on, date) else on.end or on.start
            if each.inquiry.trace == trace and today - last <= _WORTH_ASKING:
                yield each
