"""What a question about eligibility wants to know (https://hl7.org/fhir/R4/valueset-eligibilityrequest-purpose.html, not opened here)."""

from enum import Enum

from medoffice.core import InvalidValue
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.findings import not_understood
from medoffice.wire.json import WireError


class Purpose(Enum):
    """The four purposes of R4."""

    AUTHORIZATION = "auth-requirements"
    """Which authorizations the payer wants for the services."""
    BENEFITS = "benefits"
    """What the plan pays."""
    DISCOVERY = "discovery"
    """Which coverages the patient has."""
    VALIDATION = "validation"
    """Whether the coverage is in force."""


_KNOWN = {each.value: each for each in Purpose}


def some_purposes(_: object, __: object, value: tuple[Purpose, ...]) -> None:
    """Check that there is one at least and none twice.

    Raises:
        InvalidValue: when there is none, or one twice.
    """
    if not value or len(set(value)) < len(value):
        raise InvalidValue("purposes", "there is one at least, and none twice")


def read_purposes(element: Element) -> tuple[Purpose, ...]:
    """The purposes of a resource; one that R4 does not have is a finding.

    Raises:
        WireError: when there is none that is known.
    """
    element.need("purpose")
    said = element.texts("purpose")
    found = tuple(dict.fromkeys(_KNOWN[each] for each in said if each in _KNOWN))
    if not found:
        raise WireError("it has a purpose of R4", element.below("purpose"))
    if len(said) > len(found):
        element.findings.append(not_understood(element.below("purpose")))
    return found
