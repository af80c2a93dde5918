"""A patient's notices (ABN) as the store keeps them, and which of them stands for a service at a visit."""

from datetime import date
from typing import Final

import attrs

from medoffice.billing.beneficiary_notice import (
    NOT_WANTED,
    CoveredService,
    Delivery,
    DenialReason,
    Fact,
    Notice,
    NoticeLine,
    Programme,
    is_valid,
    notice_findings,
    replay,
)
from medoffice.core.codes import ProcedureCode
from medoffice.core.errors import InvalidValue
from medoffice.core.findings import Finding, Severity
from medoffice.core.identifiers import MBI
from medoffice.core.ids import PatientId
from medoffice.core.money import Money
from medoffice.core.phi import PhiClass, phi
from medoffice.data import parameters
from medoffice.office.notices.beneficiary_refusals import (
    NONE_GIVEN,
)
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import NoSuchRecord, ReadTransaction
from medoffice.scheduling.appointments import Appointment

STREAM: Final = "beneficiary-notice"
"""The stream of facts about notices; their subject is the patient."""


@attrs.frozen(kw_only=True)
class StandingNotice:
    """The notice that is nearest to standing for a service at a visit, and all that is wrong with it.

    ``notice`` is ``None`` when the patient has none for the service. It is valid when no finding is an error.
    """

    notice: Notice | None
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        """Whether it stands for the service."""
        return self.notice is not None and is_valid(self.findings)

    @property
    def is_declined(self) -> bool:
        """Whether the patient answered it by not wanting the service, and nothing else is wrong with it."""
        errors = {each.code for each in self.findings if each.severity is Severity.ERROR}
        return self.notice is not None and errors == {NOT_WANTED}


@attrs.frozen(kw_only=True)
class HandedNotice:
    """How a notice is given: on a form with ``form_expires`` printed on it, for one visit or a course that repeats."""

    lines: tuple[NoticeLine, ...] = attrs.field(**phi(PhiClass.HEALTH))
    form_expires: date
    delivery: Delivery = Delivery.IN_PERSON
    repeats: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """All of it as texts, for the record of what was asked."""
        return (
            *(
                f"{each.service} {each.words} {each.reason.value} {each.estimate.at_least} {each.estimate.at_most}"
                for each in self.lines
            ),
            self.form_expires.isoformat(),
            self.delivery.value,
            "repeats" if self.repeats else "",
        )


def programme_of(tx: ReadTransaction, visit: Appointment, settings: OfficeSettings) -> Programme | None:
    """What the coverage on file tells of who pays first; ``None`` when somebody has to be asked."""
    day = settings.day_at(visit.slot.start)
    active = [each.coverage for each in tx.coverages(visit.patient) if each.coverage.is_active(day)]
    # The first payer's: who has another plan first, or Medicare through one, has to be asked.
    if active and _is_mbi(active[0].member_id.value):
        return Programme.ORIGINAL_MEDICARE
    return None


def standing_notice(
    tx: ReadTransaction,
    visit: Appointment,
    service: ProcedureCode,
    reason: DenialReason,
    *,
    settings: OfficeSettings,
    charge: Money | None = None,
) -> StandingNotice:
    """The patient's notice that stands for a service at a visit, else the one with the fewest faults."""
    asked = CoveredService(
        service=service,
        reason=reason,
        appointment=visit.id,
        on=settings.day_at(visit.slot.start),
        starts=visit.slot.start,
        charge=charge,
    )
    judged = [
        StandingNotice(notice=each, findings=notice_findings(each, asked, parameters=parameters()))
        for each in reversed(notices_of(tx, visit.patient))
        if each.line(service) is not None and not each.is_withdrawn
    ]
    nothing = StandingNotice(notice=None, findings=(NONE_GIVEN,))
    return min(judged, key=lambda each: (not each.is_valid, len(each.findings)), default=nothing)


def notices_of(tx: ReadTransaction, patient: PatientId) -> tuple[Notice, ...]:
    """A patient's notices, in order of their numbers."""
    facts = (kept.fact for kept in tx.facts(STREAM, subject=patient.value))
    return replay(fact for fact in facts if isinstance(fact, Fact))


def notice_of(tx: ReadTransaction, patient: PatientId, number: int) -> Notice:
    """One notice.

    Raises:
        NoSuchRecord: when the patient is not there, or has no notice of that number.
    """
    for each in notices_of(tx, tx.patient(patient).id):
        if each.number == number:
            return each
    raise NoSuchRecord("the patient has no notice of that number")


def _is_mbi(number: str) -> bool:
    try:
        MBI.parse(number)
    except InvalidValue:
        return False
    return True
