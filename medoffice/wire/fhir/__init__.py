"""FHIR R4 (4.0.1): schedules, slots and appointments, coverages, payers' answers as JSON both ways, and SMART Scheduling Links."""

from medoffice.wire.fhir.appointment import FhirAppointment, Says, kinds_of, write_appointment
from medoffice.wire.fhir.appointment_reading import read_appointment
from medoffice.wire.fhir.bundle import Bundle, read_bundle, write_bundle
from medoffice.wire.fhir.codings import CANCELLATION_REASON, SERVICE_TYPE, Coding
from medoffice.wire.fhir.coverage import write_coverage
from medoffice.wire.fhir.coverage_reading import read_coverage
from medoffice.wire.fhir.document import from_bytes, to_bytes
from medoffice.wire.fhir.element import Read
from medoffice.wire.fhir.eligibility_answer import FhirAnswer, write_eligibility_answer
from medoffice.wire.fhir.eligibility_answer_reading import read_eligibility_answer
from medoffice.wire.fhir.eligibility_request import FhirInquiry, write_eligibility_request
from medoffice.wire.fhir.eligibility_request_reading import read_eligibility_request
from medoffice.wire.fhir.links import (
    MANIFEST,
    Edition,
    OpenSchedule,
    OpenSlot,
    Service,
    Site,
    open_slots,
    publish,
)
from medoffice.wire.fhir.links_reading import (
    Manifest,
    Publication,
    PublishedSite,
    read_manifest,
    read_publication,
)
from medoffice.wire.fhir.purposes import Purpose
from medoffice.wire.fhir.references import Reference, same_id
from medoffice.wire.fhir.schedule import (
    FhirSchedule,
    FhirSlot,
    SlotStatus,
    read_schedule,
    read_slot,
    write_schedule,
    write_slot,
)

__all__ = [
    "CANCELLATION_REASON",
    "MANIFEST",
    "SERVICE_TYPE",
    "Bundle",
    "Coding",
    "Edition",
    "FhirAnswer",
    "FhirAppointment",
    "FhirInquiry",
    "FhirSchedule",
    "FhirSlot",
    "Manifest",
    "OpenSchedule",
    "OpenSlot",
    "Publication",
    "PublishedSite",
    "Purpose",
    "Read",
    "Reference",
    "Says",
    "Service",
    "Site",
    "SlotStatus",
    "from_bytes",
    "kinds_of",
    "open_slots",
    "publish",
    "read_appointment",
    "read_bundle",
    "read_coverage",
    "read_eligibility_answer",
    "read_eligibility_request",
    "read_manifest",
    "read_publication",
    "read_schedule",
    "read_slot",
    "same_id",
    "to_bytes",
    "write_appointment",
    "write_bundle",
    "write_coverage",
    "write_eligibility_answer",
    "write_eligibility_request",
    "write_schedule",
    "write_slot",
]
