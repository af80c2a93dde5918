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
from medoffice.wire.fhir.purposes import Purpose, some_purposes
from medoffice.wire.fhir.references import write_reference

SUBSCRIBER: Final = "subscriber"
DEPENDENT: Final = "dependent"
CONTAINED_COVERAGE: Final = "coverage"
GENDERS: Final = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.UNKNOWN: "unknown"}


@attrs.frozen(kw_only=True)
class FhirInquiry:
    """A question to a payer with what FHIR has beside it: its id, the patient, the coverage, and when it was made.

    ``patient`` and ``coverage`` are the office's own; each is ``None`` where the office has not said which of its records
    is meant. ``others`` are coverages of the patient that are named without being asked about.

    Raises:
        InvalidValue: when the id is no id of FHIR, there is no purpose or one twice.
    """

    id: str
    patient: PatientId | None = None
    coverage: CoverageId | None = None
    others: tuple[CoverageId, ...] = ()
    created: date
    purposes: tuple[Purpose, ...] = attrs.field(default=(Purpose.BENEFITS,), validator=some_purposes)
    inquiry: EligibilityInquiry

    def __attrs_post_init__(self) -> None:
        if not is_id(self.id):
            raise InvalidValue("inquiry", "its id has letters, digits, hyphens and dots, 64 at most")


def write_eligibility_request(made: FhirInquiry) -> dict[str, Any]:
    """The resource as JSON's objects and lists; every field is read back as it was.

    FHIR refers to persons and coverages and keeps them elsewhere; here the persons are contained Patients, and a contained
    Coverage says who of them is the subscriber, so that the payer gets what identifies them. They **are** PHI: the resource
    goes to the payer and to nobody else.

    Raises:
        InvalidValue: when a person has a middle name without a given one, for which FHIR has no place.
    """
    asked = made.inquiry
    resource: dict[str, Any] = {"resourceType": "CoverageEligibilityRequest", "id": made.id}
    resource["contained"] = [_person(SUBSCRIBER, asked.subscriber)]
    if asked.dependent is not None:
        resource["contained"].append(_person(DEPENDENT, asked.dependent))
    resource["contained"].append(_coverage(made))
    origin = extension(names.ORIGIN, "String", asked.origin)
    resource["identifier"] = [{"extension": [origin], "system": names.INQUIRY, "value": asked.trace}]
    resource["status"] = "active"
    resource["purpose"] = [each.value for each in made.purposes]
    if made.patient is not None:
        resource["patient"] = write_reference("Patient", names.PATIENT, made.patient.value)
    else:
        resource["patient"] = {"reference": f"#{_patient(asked)}"}
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
    focal: dict[str, Any] = {"reference": f"#{CONTAINED_COVERAGE}", "type": "Coverage"}
    if made.coverage is not None:
        focal["identifier"] = {"system": names.COVERAGE, "value": made.coverage.value}
    resource["insurance"] = [
        {"focal": True, "coverage": focal},
        *(
            {"focal": False, "coverage": write_reference("Coverage", names.COVERAGE, each.value)}
            for each in made.others
        ),
    ]
    resource["item"] = [
        {"category": write_concept(Coding(SERVICE_TYPES, each))} for each in asked.service_types
    ]
    return resource


def _patient(asked: EligibilityInquiry) -> str:
    return SUBSCRIBER if asked.dependent is None else DEPENDENT


def _coverage(made: FhirInquiry) -> dict[str, Any]:
    """Who is the subscriber, who the patient, and whose coverage it is."""
    asked = made.inquiry
    coverage: dict[str, Any] = {"resourceType": "Coverage", "id": CONTAINED_COVERAGE}
    if made.coverage is not None:
        coverage["identifier"] = [{"system": names.COVERAGE, "value": made.coverage.value}]
    coverage["status"] = "active"
    coverage["subscriber"] = {"reference": f"#{SUBSCRIBER}"}
    if asked.subscriber.member_id is not None:
        coverage["subscriberId"] = asked.subscriber.member_id.value
    coverage["beneficiary"] = {"reference": f"#{_patient(asked)}"}
    coverage["payor"] = [write_payer(asked.payer)]
    return coverage


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
