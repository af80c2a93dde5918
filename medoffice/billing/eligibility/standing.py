"""How a coverage stands before a visit: what verification finds, also where nobody has asked or answered yet."""

from datetime import date

import attrs

from medoffice.billing.coverage import Coverage
from medoffice.billing.eligibility.facts import AnswerReceived, InquiryPrepared, InquiryRefused
from medoffice.billing.eligibility.verification import Visit, verify
from medoffice.core import Finding, Patient, PhiClass, Severity, phi


@attrs.frozen(kw_only=True)
class CoverageStanding:
    """A coverage, the last answer about it, what was asked since, and what is found for a visit, worst first."""

    coverage: Coverage = attrs.field(**phi(PhiClass.PLAN_NUMBER))
    received: AnswerReceived | None = None
    waiting: InquiryPrepared | None = None
    refused: InquiryRefused | None = None
    findings: tuple[Finding, ...] = ()

    def days_old(self, on: date) -> int | None:
        """How old the answer is on a day; ``None`` without an answer. It counts from the day that the payer named,
        else from the day on which it came.
        """
        if self.received is None:
            return None
        return (on - (self.received.answer.answered_on or self.received.on)).days


def standing(
    coverage: Coverage,
    patient: Patient,
    *,
    received: AnswerReceived | None,
    waiting: InquiryPrepared | None,
    refused: InquiryRefused | None,
    missing: tuple[Finding, ...],
    visits: tuple[Visit, ...],
    today: date,
) -> CoverageStanding:
    """How a coverage stands for ``visits``: one day, each with another of the services that are planned.

    ``refused`` is a question that could not be sent and was not asked again since; ``missing`` what is not on file and
    without which the payer cannot be asked, of which is spoken only while there is no answer.
    """
    found: list[Finding] = []
    if waiting is not None:
        found.append(_waits(today > waiting.on))
    if refused is not None:
        found.extend(refused.findings)
    if received is None and waiting is None:
        found.extend((*missing, never_asked()))
    if received is not None:
        for visit in visits:
            found.extend(verify(coverage, patient, received.answer, visit=visit))
    unique = tuple(sorted(dict.fromkeys(found), key=lambda each: -each.severity))
    return CoverageStanding(
        coverage=coverage, received=received, waiting=waiting, refused=refused, findings=unique
    )


def never_asked() -> Finding:
    """``ELG004``: no answer is on file, and none is on its way."""
    return Finding(
        code="ELG004",
        severity=Severity.WARNING,
        message="the payer was never asked about this coverage",
        where="coverage",
        fix="Ask the payer before the visit.",
    )


def no_coverage() -> Finding:
    """``ELG006``: nobody but the patient is known to pay."""
    return Finding(
        code="ELG006",
        severity=Severity.WARNING,
        message="no coverage is on file for the patient",
        where="patient",
        fix="Ask for the card, or agree that the patient pays.",
    )


def _waits(is_late: bool) -> Finding:  # noqa: FBT001 - whether a day has passed
    return Finding(
        code="ELG005",
        severity=Severity.WARNING if is_late else Severity.INFO,
        message="the payer was asked, and no answer has come yet",
        where="coverage",
        fix="Collect the answers, or call the payer." if is_late else "",
    )
