"""Whether a notice is valid for one service at one visit: every fault as a finding, so that the desk can mend it in time."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

import attrs

from medoffice.billing.beneficiary_notice.editions import EDITIONS, editions_on
from medoffice.billing.beneficiary_notice.facts import NoticeLine
from medoffice.billing.beneficiary_notice.life import Notice, is_for
from medoffice.billing.beneficiary_notice.need import DenialReason
from medoffice.billing.beneficiary_notice.sources import (
    DELIVERY,
    EDITION,
    INSTRUCTIONS,
    SECTION,
    WRITTEN,
)
from medoffice.core import (
    AppointmentId,
    Cite,
    Finding,
    Money,
    PhiClass,
    ProcedureCode,
    Severity,
    as_instant,
    phi,
    worst,
)
from medoffice.rules import Parameters

NOT_WANTED: Final = "ABN008"
"""The code of the finding that the patient, told what it may cost, does not want the service."""


@attrs.frozen(kw_only=True)
class CoveredService:
    """What a notice is asked about: a service at a visit, on the office's day ``on``, that begins at ``starts``.

    ``charge`` is what it costs the patient, where that is known.
    """

    service: ProcedureCode = attrs.field(**phi(PhiClass.HEALTH))
    reason: DenialReason = attrs.field(**phi(PhiClass.HEALTH))
    appointment: AppointmentId
    on: date
    starts: datetime = attrs.field(converter=as_instant)
    charge: Money | None = None


def notice_findings(notice: Notice, asked: CoveredService, *, parameters: Parameters) -> tuple[Finding, ...]:
    """All that is wrong with a notice for a service, worst things named as errors; with no error it is valid.

    ``ABN001`` not answered, ``ABN002`` too late, ``ABN003`` not the current form, ``ABN004`` answered on the day and noted
    after the visit began, ``ABN005`` past its year, ``ABN006`` another service or reason, ``ABN007`` withdrawn, ``ABN008`` the
    service is not wanted, ``ABN009`` the estimate is far from the charge, ``ABN010`` for another visit, ``ABN011`` the
    form's own day is past; and stale parameters.

    Raises:
        UnknownName: when the parameters lack one of ``beneficiary_notice.*``.
        CannotCheck: when the notice is from before their first values.
        InvalidValue: when one is of another kind.
    """
    line = notice.line(asked.service)
    found = [*_answer(notice), *_time(notice, asked), *_form(notice), *_matter(notice, asked, line)]
    stands = notice.stands(parameters)
    if asked.on not in stands:
        found.append(
            _fault("ABN005", "the day of the service is not within the year of the notice", _ANEW, SECTION)
        )
    if line is not None:
        found += _cost(line, asked, notice.paper.on, parameters)
        if (plain := notice.for_billing(asked.service)) is not None:
            found += plain.findings(parameters)
    return tuple(found)


def is_valid(findings: tuple[Finding, ...]) -> bool:
    """Whether none of them is an error."""
    return not findings or worst(findings) < Severity.ERROR


def _answer(notice: Notice) -> Iterator[Finding]:
    if notice.is_withdrawn:
        yield _fault("ABN007", "the notice was withdrawn", _ANEW, SECTION)
    if notice.answer is None and notice.is_answer_needed:
        yield _fault(
            "ABN001",
            "the patient has neither signed nor, before witnesses, refused to",
            "Have it signed and dated before the service.",
            INSTRUCTIONS,
            DELIVERY,
        )
    elif not notice.is_service_wanted:
        yield _fault(NOT_WANTED, "the patient does not want the service", "Do not give it.", INSTRUCTIONS)


def _time(notice: Notice, asked: CoveredService) -> Iterator[Finding]:
    answered = notice.answered_on
    if notice.paper.at >= asked.starts or (answered is not None and answered > asked.on):
        yield _fault(
            "ABN002",
            "the notice was given or answered after the service had begun",
            "The patient cannot be billed; give it earlier next time.",
            INSTRUCTIONS,
            WRITTEN,
        )
    elif notice.answer is not None and answered == asked.on and notice.answer.at >= asked.starts:
        yield _doubt(
            "ABN004",
            "it was answered on the day of the service, and noted only after that had begun",
            "Make sure that the paper was signed before the service.",
            INSTRUCTIONS,
        )


def _form(notice: Notice) -> Iterator[Finding]:
    usable = editions_on(notice.paper.on)
    if usable and notice.paper.form_expires not in {each.expires for each in usable}:
        yield _fault("ABN003", "it is not on the current edition of the form", _ANEW, EDITION)
    elif notice.paper.on > EDITIONS[-1].expires:
        yield _doubt(
            "ABN011",
            "the newest edition that is known here has expired",
            "Ask CMS for a newer form; until there is one the old one holds.",
            EDITION,
        )


def _matter(notice: Notice, asked: CoveredService, line: NoticeLine | None) -> Iterator[Finding]:
    if line is None or line.reason is not asked.reason:
        yield _fault("ABN006", "the notice is about another service, or gives another reason", _ANEW, SECTION)
    if not is_for(notice, asked.appointment):
        yield _fault("ABN010", "the notice is for another visit", _ANEW, SECTION)


def _cost(
    line: NoticeLine, asked: CoveredService, given_on: date, parameters: Parameters
) -> Iterator[Finding]:
    if asked.charge is not None and not line.estimate.is_near(
        asked.charge, on=given_on, parameters=parameters
    ):
        yield _doubt(
            "ABN009",
            "the estimate is farther from the charge than $100 and a quarter of it",
            "Give a new notice with a nearer estimate.",
            SECTION,
        )


_ANEW: Final = "Give a new notice before the service."


def _fault(code: str, message: str, fix: str, *cites: Cite) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, fix=fix, cites=cites)


def _doubt(code: str, message: str, fix: str, *cites: Cite) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, message=message, fix=fix, cites=cites)
