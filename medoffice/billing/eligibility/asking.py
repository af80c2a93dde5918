"""From a coverage on file to the question that its payer is asked."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from medoffice.billing.coverage import Coverage, Relation
from medoffice.billing.eligibility.inquiry import EligibilityInquiry, InquiredPerson
from medoffice.billing.eligibility.service_types import HEALTH_PLAN
from medoffice.core import EIN, NPI, DateRange, Finding, InvalidValue, Patient, Refused, Severity

_BY_EIN: Final = "9"


def origin_of(ein: EIN) -> str:
    """Who gave a trace its number (TRN03): ten characters, ``9`` and the practice's EIN."""
    return f"{_BY_EIN}{ein.value}"


def inquiry_for(
    coverage: Coverage,
    patient: Patient,
    *,
    practice: str,
    npi: NPI | None,
    ein: EIN | None,
    on: date | DateRange,
    service_types: tuple[str, ...] = (HEALTH_PLAN,),
    trace: str,
) -> EligibilityInquiry | Refused:
    """The question about a patient's coverage, or all that is missing for it at once.

    A patient who holds the plan is asked about as the subscriber; anybody else as a dependent below the subscriber,
    by name and birth date: the member number is the subscriber's (X12 005010X279A1, loops 2100C and 2100D; the guide
    itself was not opened here). A dependent whose subscriber the office does not know is on file honestly and cannot
    be asked about.

    Raises:
        InvalidValue: when the coverage is another patient's, or the trace or a service type has another shape.
    """
    if coverage.patient != patient.id:
        raise InvalidValue("eligibility inquiry", "the coverage is another patient's")
    missing = missing_for_inquiry(coverage, npi=npi, ein=ein)
    if npi is None or ein is None or missing:
        return Refused(missing)
    patient_asked = InquiredPerson(name=patient.name, birth_date=patient.birth_date, sex=patient.sex)
    is_own = coverage.relation is Relation.SELF
    return EligibilityInquiry(
        payer=coverage.payer,
        provider_name=practice,
        provider=npi,
        subscriber=_subscriber(coverage, patient),
        dependent=None if is_own else patient_asked,
        on=on,
        service_types=service_types,
        trace=trace,
        origin=origin_of(ein),
    )


def _subscriber(coverage: Coverage, patient: Patient) -> InquiredPerson:
    holder = coverage.subscriber
    if holder is None:
        return InquiredPerson(
            name=patient.name, member_id=coverage.member_id, birth_date=patient.birth_date, sex=patient.sex
        )
    return InquiredPerson(
        name=holder.name, member_id=coverage.member_id, birth_date=holder.birth_date, sex=holder.sex
    )


def missing_for_inquiry(coverage: Coverage, *, npi: NPI | None, ein: EIN | None) -> tuple[Finding, ...]:
    """All that is not on file and without which the payer of a coverage cannot be asked."""
    return tuple(_missing(coverage, npi, ein))


def _missing(coverage: Coverage, npi: NPI | None, ein: EIN | None) -> Iterator[Finding]:
    if npi is None:
        yield _lacks("ELG040", "the practice's NPI is not set", "office", "Write npi into office.toml.")
    if ein is None:
        yield _lacks(
            "ELG041", "the practice's tax number is not set", "office", "Write ein into office.toml."
        )
    if coverage.relation is not Relation.SELF and coverage.subscriber is None:
        yield _lacks(
            "ELG042",
            "the patient is a dependent, and who holds the plan is not on file",
            "coverage",
            "Ask for the subscriber's name and birth date, and put them on file.",
        )


def _lacks(code: str, message: str, where: str, fix: str) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, where=where, fix=fix)
