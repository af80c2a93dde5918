"""From what is planned for a visit to the good-faith estimate for it, or to what the office still has to say."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from medoffice.billing.fees import PlannedLine, PlannedService
from medoffice.billing.good_faith import ExpectedItem, ExpectedProvider, GoodFaithEstimate, Recurrence
from medoffice.core.codes import ICD10CM, ProcedureCode, parse_procedure
from medoffice.core.findings import Cite, Finding, Severity
from medoffice.core.identifiers import NPI
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.core.phi import PhiClass, phi
from medoffice.office.notices.planned_visit import clinician_of, state_of, words_of
from medoffice.office.prices.visit_plans import services_of
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.appointments import Appointment

_CONTENT: Final = Cite("45 CFR 149.610", "(c)(1)")


@attrs.frozen(kw_only=True)
class EstimateDetails:
    """What the office says of an estimate that stands nowhere else.

    ``codes`` are the procedure codes of planned services, by the service's name: needed for what was not planned by
    code, and taken before the codes of the plan. ``diagnoses`` are those that are established. ``state`` is needed where
    the office's place does not end with one. ``primary`` describes the visit; by default it is the kind of visit.
    """

    codes: Mapping[str, ProcedureCode] = attrs.field(factory=dict, **phi(PhiClass.HEALTH))
    diagnoses: tuple[ICD10CM, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    state: str = ""
    primary: str = attrs.field(default="", **phi(PhiClass.HEALTH))
    separately: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    left_out: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    recurrence: Recurrence | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """All of it as texts, for the record of what was asked."""
        again = self.recurrence
        return (
            *(f"code {service} {self.codes[service]}" for service in sorted(self.codes)),
            *(f"diagnosis {each}" for each in self.diagnoses),
            f"state {self.state}",
            f"primary {self.primary}",
            *(f"separately {each}" for each in self.separately),
            *(f"left-out {each}" for each in self.left_out),
            "" if again is None else f"again {again.every} {again.times} {again.last_on}",
        )


def draft(
    tx: ReadTransaction,
    appointment: Appointment,
    details: EstimateDetails,
    settings: OfficeSettings,
    *,
    on: date,
) -> GoodFaithEstimate | Refused:
    """The estimate as it would be given on a day; refused with every part that is missing, not only the first."""
    clinician = clinician_of(tx, appointment)
    lines = tx.planned_lines(appointment.id)
    services = services_of(tx, appointment.id)
    codes = _codes(lines, services, details)
    npi = settings.npi if clinician is None else clinician.npi
    state = details.state or state_of(settings.place)
    missing = tuple(_missing(lines, codes, settings, npi=npi, state=state))
    if missing or npi is None or settings.ein is None:
        return Refused(missing)
    patient = tx.patient(appointment.patient)
    times = 1 if details.recurrence is None else details.recurrence.times
    units = [each.units for each in services] or [1] * len(lines)
    items = tuple(
        ExpectedItem(
            service=code,
            words=words_of(line),
            diagnoses=details.diagnoses,
            units=times * count,
            charge=Money.total([line.charge] * times),
        )
        for line, code, count in zip(lines, codes, units, strict=True)
        if code is not None
    )
    provider = ExpectedProvider(
        name=settings.name if clinician is None else f"{clinician.title} ({settings.name})",
        npi=npi,
        tax_id=settings.ein,
        state=state,
        place=settings.place,
        items=items,
    )
    kinds = {each.code: each.name for each in tx.visit_types()}
    return GoodFaithEstimate(
        patient=patient.name,
        birth_date=patient.birth_date,
        issued_on=on,
        service_on=settings.day_at(appointment.slot.start),
        primary=details.primary or kinds.get(appointment.visit_type, appointment.visit_type),
        providers=(provider,),
        separately=details.separately,
        left_out=details.left_out,
        recurrence=details.recurrence,
    )


def _codes(
    lines: Sequence[PlannedLine], services: Sequence[PlannedService], details: EstimateDetails
) -> list[ProcedureCode | None]:
    planned: list[ProcedureCode | None] = [parse_procedure(each.code) for each in services]
    return [
        details.codes.get(line.service, code)
        for line, code in zip(lines, planned or [None] * len(lines), strict=True)
    ]


def _missing(
    lines: Sequence[PlannedLine],
    codes: Sequence[ProcedureCode | None],
    settings: OfficeSettings,
    *,
    npi: NPI | None,
    state: str,
) -> Iterator[Finding]:
    if npi is None:
        yield _lacks("GFE011", "the practice's NPI is not known", "Write npi into the office's office.toml.")
    if settings.ein is None:
        yield _lacks("GFE012", "the practice's tax number is not known", "Write ein into office.toml.")
    if not state:
        yield _lacks(
            "GFE013",
            "the state in which the services are given is not known",
            "End place in office.toml with it, or name it for this estimate.",
        )
    if not lines:
        yield _lacks(
            "GFE014", "no service is planned for the visit", "Plan what is expected, with its charge."
        )
    for number, code in enumerate(codes, 1):
        if code is None:
            yield _lacks(
                "GFE015",
                "a planned service has no procedure code",
                "Plan the visit by code, or name the code for this estimate.",
                where=f"line {number}",
            )


def _lacks(code: str, message: str, fix: str, *, where: str = "") -> Finding:
    return Finding(
        code=code, severity=Severity.ERROR, message=message, where=where, fix=fix, cites=(_CONTENT,)
    )
