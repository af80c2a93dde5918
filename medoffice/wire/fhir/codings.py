"""Codes and the systems they are of."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from medoffice.core import InvalidValue
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.names import VISIT_TYPE
from medoffice.wire.fhir.primitives import is_code
from medoffice.wire.json import WireError

CANCELLATION_REASON: Final = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason"
"""The system that FHIR R4 gives as an example for ``Appointment.cancelationReason``."""
SERVICE_TYPE: Final = "http://terminology.hl7.org/CodeSystem/service-type"
"""The system of HL7's service types, which patients' search tools know."""


@attrs.frozen
class Coding:
    """One code of one system.

    Raises:
        InvalidValue: when the code is empty or has blanks around it.
    """

    system: str
    code: str
    display: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not is_code(self.code):
            raise InvalidValue("coding", "a code is not empty and has no blanks around it")


VisitTypes = Mapping[Coding, str]
"""Which code of somebody else means which kind of visit of ours; ``display`` does not count."""


def write_coding(coding: Coding) -> dict[str, Any]:
    """A Coding; a system that is empty is left out."""
    fields = {"system": coding.system, "code": coding.code, "display": coding.display}
    return {name: text for name, text in fields.items() if text}


def write_concept(*codings: Coding) -> dict[str, Any]:
    """A CodeableConcept of some codings."""
    return {"coding": [write_coding(coding) for coding in codings]}


def read_concept(element: Element) -> tuple[tuple[Coding, ...], str]:
    """The codings of a CodeableConcept that have a code, and its text."""
    found = []
    for each in element.elements("coding"):
        code, system, display = each.code("code"), each.text("system"), each.text("display")
        each.close("version", "userSelected")
        if code:
            found.append(Coding(system, code, display=display))
    text = element.text("text")
    element.close()
    return tuple(found), text


def read_visit_types(element: Element, key: str, known: VisitTypes) -> tuple[str, ...]:
    """The kinds of visit of a list of concepts: ours by our code, others by what they are known as.

    Raises:
        WireError: when one of the concepts has no code that is known.
    """
    by_code = {(coding.system, coding.code): name for coding, name in known.items()}
    found = []
    for concept in element.elements(key):
        codings, _ = read_concept(concept)
        ours = [
            coding.code if coding.system == VISIT_TYPE else by_code.get((coding.system, coding.code), "")
            for coding in codings
        ]
        name = next(filter(None, ours), "")
        if not name:
            raise WireError("none of its codes is a kind of visit that is known here", concept.path)
        found.append(name)
    return tuple(dict.fromkeys(found))
