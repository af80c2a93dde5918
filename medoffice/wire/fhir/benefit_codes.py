"""Between HL7's codes of benefits and those of an X12 271, which are finer.

``benefit-type`` was seen in a search excerpt of https://www.hl7.org/fhir/R4/valueset-benefit-type.html; the sister systems benefit-unit,
benefit-term and benefit-network by their names alone, their pages were not opened here. The service types (X12 1365) have
two names in use: HL7's terminology says ``https://x12.org/codes/service-type-codes``, which is written here, and the
Da Vinci guides (CRD 2.2.1, value set X12ServiceType) say ``https://codesystem.x12.org/005010/1365``, which is read too.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from medoffice.billing.eligibility import About, Level, Network, Period
from medoffice.wire.fhir.codings import Coding, read_concept, write_concept
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.findings import not_kept

E = TypeVar("E", bound=Enum)
SERVICE_TYPES: Final = "https://x12.org/codes/service-type-codes"
SERVICE_TYPES_READ: Final = frozenset((SERVICE_TYPES, "https://codesystem.x12.org/005010/1365"))
_HL7: Final = "http://terminology.hl7.org/CodeSystem/"
BENEFIT_TYPE: Final = f"{_HL7}benefit-type"
BENEFIT_UNIT: Final = f"{_HL7}benefit-unit"
BENEFIT_TERM: Final = f"{_HL7}benefit-term"
BENEFIT_NETWORK: Final = f"{_HL7}benefit-network"

ABOUTS: Final[Mapping[Enum, str]] = MappingProxyType(
    {
        About.COPAYMENT: "copay",
        About.COINSURANCE: "copay-percent",
        About.DEDUCTIBLE: "deductible",
        About.LIMITATIONS: "benefit",
    }
)
UNITS: Final[Mapping[Enum, str]] = MappingProxyType({Level.INDIVIDUAL: "individual", Level.FAMILY: "family"})
TERMS: Final[Mapping[Enum, str]] = MappingProxyType(
    {
        Period.SERVICE_YEAR: "annual",
        Period.CALENDAR_YEAR: "annual",
        Period.CONTRACT: "annual",
        Period.DAY: "day",
        Period.LIFETIME: "lifetime",
    }
)
"""``annual`` alone is read as the first: it says that it is a year, not which."""
NETWORKS: Final[Mapping[Enum, str]] = MappingProxyType({Network.IN: "in", Network.OUT: "out"})


def concept_of(member: Enum, hl7: str, codes: Mapping[Enum, str], ours: str) -> dict[str, Any]:
    """A concept with HL7's code, where it has one, and with X12's."""
    coarse = [Coding(hl7, codes[member])] if member in codes else []
    return write_concept(*coarse, Coding(ours, member.value))


def member_of(element: Element | None, hl7: str, codes: Mapping[Enum, str], ours: str, default: E) -> E:
    """What a concept means: X12's code before HL7's; the default, and a finding, where neither is known."""
    if element is None:
        return default
    codings, _ = read_concept(element)
    for coding in codings:
        if coding.system == ours:
            for member in type(default):
                if member.value == coding.code:
                    return member
    for coding in codings:
        if coding.system == hl7:
            for each, code in codes.items():
                if code == coding.code and isinstance(each, type(default)):
                    return each
    element.findings.append(not_kept(element.path))
    return default
