"""CoverageEligibilityRequest of FHIR R4 (https://hl7.org/fhir/R4/coverageeligibilityrequest.html), written.

The elements were checked against fhir.resources; the page itself was not opened here.
"""

from datetime import date
from typing import Any, Final

import attrs

from medoffice.billing.eligibility import EligibilityInquiry, InquiredPerson
from medoffice.core import CoverageId, DateRange, InvalidValue, PatientId, Sex
from medoffice.wire.fhir import names
from medoffice.wire.fhir.benefit_codes import SERVICE_TYPES
from medoffice.wire.fhir.codings import Coding, write_concept
from medoffice.wire.fhir.coverage import IDENTIFIER_TYPE, MEMBER_NUMBER, write_payer
from medoffice.wire.fhir.days import write_days
from medoffice.wire.fhir.extensions import extension
from medoffice.wire.fhir.primitives import is_id
from medoffice.wire.fhir.references import write_reference

SUBSCRIBER: Final = "subscriber"
DEPENDENT: Final = "dependent"
GENDERS: Final = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.UNKNOWN: "unknown"}


@attrs.frozen(kw_only=True)
class FhirInquiry:
    """A question to a payer with what FHIR has beside it: its id, the patient, the coverage, and when it was made.

    Raises:
        InvalidValue: when the id is no id of FHIR.
    """

    id: str
    patient: PatientId
    coverage: CoverageId
    created: date
    inquiry: EligibilityInquiry

    def __attrs_post_init__(self) -> None:
        if not is_id(self.id):
            raise InvalidValue("inquiry", "its id has letters, digits, hyphens and dots, 64 at most")


def write_eligibility_request(made: FhirInquiry) -> dict[str, Any]:
    """The resource as JSON's objects and lists; its purpose is ``benefits``.

    FHIR refers to persons and keeps them elsewhere; here subscriber and dependent are contained Patients, so that the
    payer gets what identifies them. They **are** PHI: the resource goes to the payer and to nobody else.
    """
    asked = made.inquiry
    resource: dict[str, Any] = {"resourceType": "CoverageEligibilityRequest", "id": made.id}
    resource["contained"] = [_person(SUBSCRIBER, asked.subscriber)]
    if asked.dependent is not None:
        resource["contained"].append(_person(DEPENDENT, asked.dependent))
    resource["extension"] = [
        extension(names.INQUIRED, "Reference", {"reference": f"#{each['id']}"})
        for each in resource["contained"]
    ]
    origin = extension(names.ORIGIN, "String", asked.origin)
    resource["identifier"] = [{"extension": [origin], "system": names.INQUIRY, "value": asked.trace}]
    resource["status"] = "active"
    resource["purpose"] = ["benefits"]
    resource["patient"] = write_reference("Patient", names.PATIENT, made.patient.value)
    if isinstance(asked.on, DateRange):
        resource["servicedPeriod"] = write_days(asked.on)
    else:
        resource["servicedDate"] = asked.on.isoformat()
    resource["created"] = made.created.isoformat()
    resource["provider"] = {
        "type": "Organization",
        "identifier": {"system": names.NPI, "value": asked.provider.value},
        "display": asked.provider_name,
    }
    resource["insurer"] = write_payer(asked.payer)
    resource["insurance"] = [{"coverage": write_reference("Coverage", names.COVERAGE, made.coverage.value)}]
    resource["item"] = [
        {"category": write_concept(Coding(SERVICE_TYPES, each))} for each in asked.service_types
    ]
    return resource


def _person(id_: str, person: InquiredPerson) -> dict[str, Any]:
    made: dict[str, Any] = {"resourceType": "Patient", "id": id_}
    if person.member_id is not None:
        kind = write_concept(Coding(IDENTIFIER_TYPE, MEMBER_NUMBER))
        made["identifier"] = [{"type": kind, "value": person.member_id.value}]
    if person.name is not None:
        given = [each for each in (person.name.given, person.name.middle) if each]
        name: dict[str, Any] = {"family": person.name.family}
        if person.name.middle and not person.name.given:
            raise InvalidValue("inquiry", "FHIR has no middle name without a given one")
        if given:
            name["given"] = given
        if person.name.suffix:
            name["suffix"] = [person.name.suffix]
        made["name"] = [name]
    if person.sex is not Sex.UNKNOWN:
        made["gender"] = GENDERS[person.sex]
    if person.birth_date is not None:
        made["birthDate"] = person.birth_date.isoformat()
    return made
