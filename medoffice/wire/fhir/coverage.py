"""Coverage of FHIR R4 (https://hl7.org/fhir/R4/coverage.html), written.

The systems of codes are those that HL7's terminology (https://terminology.hl7.org) gives them; the element list was checked
against fhir.resources, the page itself was not opened here.
"""

from collections.abc import Iterator
from typing import Any, Final

from medoffice.billing import Coverage, Payer
from medoffice.core import InvalidValue
from medoffice.wire.fhir import names
from medoffice.wire.fhir.codings import Coding, write_concept
from medoffice.wire.fhir.days import write_days
from medoffice.wire.fhir.extensions import extension
from medoffice.wire.fhir.insurance_card import rx_of, write_card_extensions, write_copays
from medoffice.wire.fhir.primitives import is_id
from medoffice.wire.fhir.references import write_reference
from medoffice.wire.fhir.subscriber import CONTAINED, write_subscriber

RELATIONSHIP: Final = "http://terminology.hl7.org/CodeSystem/subscriber-relationship"
CLASS: Final = "http://terminology.hl7.org/CodeSystem/coverage-class"
IDENTIFIER_TYPE: Final = "http://terminology.hl7.org/CodeSystem/v2-0203"
MEMBER_NUMBER: Final = "MB"
_MOST: Final = 2_147_483_647


def write_payer(payer: Payer) -> dict[str, Any]:
    """A reference to a payer, with its name for people."""
    return write_reference("Organization", names.PAYER, payer.id.value) | {"display": payer.name}


def write_coverage(made: Coverage) -> dict[str, Any]:
    """The resource as JSON's objects and lists; what R4 has no place for is in extensions.

    A subscriber who is somebody else is a contained RelatedPerson, and **is** PHI, as the member id is. The
    member id, which is the subscriber's number, is an identifier of type ``MB`` and ``subscriberId``. The
    plan's name stands as the value of the class ``plan`` too, since FHIR wants a value and the office knows
    no other. ``status`` is always ``active``: it says that the record is in use; whether the cover runs is in
    ``period``.

    Raises:
        InvalidValue: when the order is larger than FHIR's numbers.
    """
    if made.order > _MOST:
        raise InvalidValue("coverage", "FHIR has no number as large as its order")
    resource: dict[str, Any] = {"resourceType": "Coverage"}
    if is_id(made.id.value):
        resource["id"] = made.id.value
    patient = write_reference("Patient", names.PATIENT, made.patient.value)
    if made.subscriber is not None:
        resource["contained"] = [write_subscriber(made.subscriber, patient)]
    if extensions := list(_extensions(made)):
        resource["extension"] = extensions
    resource["identifier"] = [
        {"system": names.COVERAGE, "value": made.id.value},
        {"type": write_concept(Coding(IDENTIFIER_TYPE, MEMBER_NUMBER)), "value": made.member_id.value},
    ]
    resource["status"] = "active"
    if made.kind is not None:
        resource["type"] = write_concept(Coding(names.COVERAGE_KIND, made.kind.value))
    if made.subscriber is not None:
        resource["subscriber"] = {"reference": f"#{CONTAINED}"}
    resource["subscriberId"] = made.member_id.value
    resource["beneficiary"] = patient
    if made.dependent_number:
        resource["dependent"] = made.dependent_number
    resource["relationship"] = write_concept(Coding(RELATIONSHIP, made.relation.value))
    resource["period"] = write_days(made.effective)
    resource["payor"] = [write_payer(made.payer)]
    if classes := list(_classes(made)):
        resource["class"] = classes
    resource["order"] = made.order
    if made.card is not None and made.card.copays:
        resource["costToBeneficiary"] = write_copays(made.card)
    return resource


def _classes(made: Coverage) -> Iterator[dict[str, Any]]:
    if made.group_number:
        group: dict[str, Any] = {"type": _class("group"), "value": made.group_number}
        yield group | ({"name": made.group_name} if made.group_name else {})
    if made.plan:
        yield {"type": _class("plan"), "value": made.plan, "name": made.plan}
    if made.card is not None:
        yield from ({"type": _class(code), "value": value} for code, value in rx_of(made.card))


def _class(code: str) -> dict[str, Any]:
    return write_concept(Coding(CLASS, code))


def _extensions(made: Coverage) -> Iterator[dict[str, Any]]:
    if made.group_name and not made.group_number:
        yield extension(names.GROUP_NAME, "String", made.group_name)
    if made.on_file_since is not None:
        yield extension(names.ON_FILE_SINCE, "Date", made.on_file_since.isoformat())
    if made.card is not None:
        yield from write_card_extensions(made.card)
