"""What happened to an office's questions to payers; no fact is ever changed."""

from datetime import date

import attrs

from medoffice.billing.eligibility.answer import EligibilityAnswer
from medoffice.billing.eligibility.inquiry import EligibilityInquiry
from medoffice.core import AppointmentId, CoverageId, Finding, PatientId, PhiClass, phi


@attrs.frozen(kw_only=True)
class InquiryPrepared:
    """A question with its trace, written down before it is sent: whatever crashes, it is sent under this trace.

    ``on`` is the office's day on which it was prepared, ``appointment`` the visit that it is asked for, if one is.
    """

    coverage: CoverageId
    patient: PatientId
    on: date
    inquiry: EligibilityInquiry = attrs.field(**phi(PhiClass.PLAN_NUMBER))
    appointment: AppointmentId | None = None


@attrs.frozen(kw_only=True)
class AnswerReceived:
    """What a payer answered about a coverage, and the office's day on which it came.

    ``trace`` is that of the question; of a file that somebody read by hand and that bears no trace of the office,
    it is empty.
    """

    coverage: CoverageId
    on: date
    trace: str = ""
    answer: EligibilityAnswer = attrs.field(**phi(PhiClass.HEALTH))


@attrs.frozen(kw_only=True)
class InquiryRefused:
    """A question that no way to payers took, and why; it was not sent."""

    coverage: CoverageId
    on: date
    trace: str
    findings: tuple[Finding, ...]


@attrs.frozen
class InquiryTraced:
    """Whose question a trace is. It stands beside the question, so that an answer finds its own by the trace."""

    coverage: CoverageId
    patient: PatientId


@attrs.frozen
class InquirySettled:
    """The question with a trace waits no more: it was answered or refused."""

    coverage: CoverageId
