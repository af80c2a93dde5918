"""Coverage of FHIR R4 (https://hl7.org/fhir/R4/coverage.html), written.

The systems of codes are those that HL7's terminology (https://terminology.hl7.org) gives them; the element list was checked
against fhir.resources, the page itself was not opened here.
"""

from typing import Any, Final

from medoffice.billing import Coverage, Payer, Relation
from medoffice.core import InvalidValue
from medoffice.wire.fhir import names
from medoffice.wire.fhir.codings import Coding, write_concept
from medoffice.wire.fhir.days import write_days
from medoffice.wire.fhir.primitives import is_id
from medoffice.wire.fhir.references import write_reference

RELATIONSHIP: Final = "http://terminology.hl7.org/CodeSystem/subscriber-relationship"
CLASS: Final = "http://terminology.hl7.org/CodeSystem/coverage-class"
IDENTIFIER_TYPE: Final = "http://terminology.hl7.org/CodeSystem/v2-0203"
MEMBER_NUMBER: Final = "MB"
_MOST: Final = 2_147_483_647


def write_payer(payer: Payer) -> dict[str, Any]:
    """A reference to a payer, with its name for people."""
    return write_reference("Organization", names.PAYER, payer.id.value) | {"display": payer.name}


def write_coverage(made: Coverage) -> dict[str, Any]:
    """The resource as JSON's objects and lists; every field of a coverage has its element, none needs an extension.

    The member id is an identifier of type ``MB``, and of a patient who is the subscriber also ``subscriberId``. The
    plan's name stands as the value of the class ``plan`` too, since FHIR wants a value and the office knows no other.
    ``status`` is always ``active``: it says that the record is in use; whether the cover runs is in ``period``.

    Raises:
        InvalidValue: when the order is larger than FHIR's numbers.
    """
    if made.order > _MOST:
        raise InvalidValue("coverage", "FHIR has no number as large as its order")
    resource: dict[str, Any] = {"resourceType": "Coverage"}
    if is_id(made.id.value):
        resource["id"] = made.id.value
    resource["identifier"] = [
        {"system": names.COVERAGE, "value": made.id.value},
        {"type": write_concept(Coding(IDENTIFIER_TYPE, MEMBER_NUMBER)), "value": made.member_id.value},
    ]
    resource["status"] = "active"
    patient = write_reference("Patient", names.PATIENT, made.patient.value)
    if made.relation is Relation.SELF:
        resource["subscriberId"] = made.member_id.value
    resource["beneficiary"] = patient
    resource["relationship"] = write_concept(Coding(RELATIONSHIP, made.relation.value))
    resource["period"] = write_days(made.effective)
    resource["payor"] = [write_payer(made.payer)]
    if made.plan:
        plan = write_concept(Coding(CLASS, "plan"))
        resource["class"] = [{"type": plan, "value": made.plan, "name": made.plan}]
    resource["order"] = made.order
    return resource
