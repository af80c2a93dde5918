"""The names under which medoffice's own things stand in FHIR: systems of ids and codes, and extensions.

They are URNs of a namespace "medoffice" that nobody has registered with IANA: names that are agreed upon among those who use
this library, and resolve to nothing. What FHIR R4 has an element for is never in an extension.
"""

from typing import Final

_ROOT: Final = "urn:medoffice"
APPOINTMENT: Final = f"{_ROOT}:appointment"
PATIENT: Final = f"{_ROOT}:patient"
RESOURCE: Final = f"{_ROOT}:resource"
LOCATION: Final = f"{_ROOT}:location"
VISIT_TYPE: Final = f"{_ROOT}:visit-type"
"""A system of codes; the four above are systems of identifiers."""

OCCUPIED: Final = f"{_ROOT}:fhir:occupied"
"""Period: the time that the resources are held for, where it is more than the patient's."""
REVISION: Final = f"{_ROOT}:fhir:revision"
"""unsignedInt: how often the appointment was changed. ``meta.versionId`` belongs to the server that keeps the resource."""
MODALITY: Final = f"{_ROOT}:fhir:modality"
"""code: ``telehealth``; FHIR has virtual services from R5 on."""
NEW_PATIENT: Final = f"{_ROOT}:fhir:new-patient"
"""boolean: whether it is the patient's first visit."""
SHARED: Final = f"{_ROOT}:fhir:shared"
"""string, repeated: the resources that it takes knowingly beside another visit."""
SEATS: Final = f"{_ROOT}:fhir:seats"
"""positiveInt: how many patients may share the visit."""
SERIES: Final = f"{_ROOT}:fhir:series"
"""string: what the visits of one series have in common."""
CAPACITY: Final = f"{_ROOT}:fhir:capacity"
"""positiveInt: how many visits a slot has room for."""

PAYER: Final = f"{_ROOT}:payer"
"""A system of identifiers: what a clearing-house calls a payer."""
COVERAGE: Final = f"{_ROOT}:coverage"
"""A system of identifiers: coverages of patients."""
