"""Between HL7's codes of benefits and those of an X12 271, which are finer.

``benefit-type``, ``benefit-unit``, ``benefit-term``, ``benefit-network`` and ``ex-benefitcategory`` were seen in search excerpts of
HL7's pages of R4, R4B and their ballots (https://www.hl7.org/fhir/R4/codesystem-benefit-type.xml.html and its sisters). The codes of
``ex-benefitcategory`` are numbers of X12's service types. These (X12 1365) have two names in use: HL7's terminology says
``https://x12.org/codes/service-type-codes``, which is written here, and the Da Vinci guides (CRD 2.2.1, value set
X12ServiceType) say ``https://codesystem.x12.org/005010/1365``, which is read too.
"""

import re
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from medoffice.billing.eligibility import About, Level, Network, Period
from medoffice.wire.fhir.codings import Coding, read_concept, write_concept
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.findings import not_understood

E = TypeVar("E", bound=Enum)
SERVICE_TYPES: Final = "https://x12.org/codes/service-type-codes"
_HL7: Final = "http://terminology.hl7.org/CodeSystem/"
SERVICE_TYPES_READ: Final = frozenset(
    (SERVICE_TYPES, "https://codesystem.x12.org/005010/1365", f"{_HL7}ex-benefitcategory")
)
BENEFIT_TYPE: Final = f"{_HL7}benefit-type"
BENEFIT_UNIT: Final = f"{_HL7}benefit-unit"
BENEFIT_TERM: Final = f"{_HL7}benefit-term"
BENEFIT_NETWORK: Final = f"{_HL7}benefit-network"
VISIT: Final = "visit"
"""HL7's type of a benefit that is a number of visits."""
VISITS: Final = "VS"
"""X12's unit of visits (EB09)."""
LEFT: Final = frozenset((Period.REMAINING, Period.LIFETIME_REMAINING))
"""Periods whose amount is what is left."""
CPT: Final = "http://www.ama-assn.org/go/cpt"
HCPCS: Final = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
CDT: Final = "http://www.ada.org/cdt"
QUALIFIERS: Final[Mapping[str, str]] = MappingProxyType(
    {CPT: "HC", HCPCS: "HC", "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": "HC", CDT: "AD"}
)
"""Systems of procedures, and the qualifier (EB13) under which X12 has their codes."""
_PROCEDURE: Final = re.compile(r"(HC|AD):([0-9A-Z]{5})((?::[0-9A-Z]{2}){0,4})", re.ASCII)

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


def member_of(
    element: Element | None, hl7: str, codes: Mapping[Enum, str], ours: str, default: E
) -> tuple[E, str]:
    """What a concept means: X12's code before HL7's; the default where there is none.

    Where neither is known also the default, a finding, and the words in which it was said, which are then not empty.
    """
    if element is None:
        return default, ""
    codings, text = read_concept(element)
    for coding in codings:
        if coding.system == ours:
            for member in type(default):
                if member.value == coding.code:
                    return member, ""
    for coding in codings:
        if coding.system == hl7:
            for each, code in codes.items():
                if code == coding.code and isinstance(each, type(default)):
                    return each, ""
    element.findings.append(not_understood(element.path))
    codes_said = (f"{each.system}|{each.code}" for each in codings)
    return default, text or next(codes_said, "|")


def procedure_codes(procedure: str) -> tuple[tuple[Coding, ...], tuple[str, ...]]:
    """The code of a procedure (``HC:99213:25``) in its own system, and the modifiers; none of another form."""
    found = _PROCEDURE.fullmatch(procedure)
    if found is None:
        return (), ()
    qualifier, code, modifiers = found.groups()
    system = CDT if qualifier == "AD" else HCPCS if code[0].isalpha() else CPT
    return (Coding(system, code),), tuple(modifiers.split(":")[1:])
