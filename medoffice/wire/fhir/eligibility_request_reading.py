"""CoverageEligibilityRequest of FHIR R4, read: ours as they were written, others' where they are as complete."""

from datetime import date
from typing import Final

from medoffice.billing.eligibility import HEALTH_PLAN, EligibilityInquiry
from medoffice.core import NPI, DateRange
from medoffice.wire.fhir import names
from medoffice.wire.fhir.asked_persons import read_asked
from medoffice.wire.fhir.benefit_codes import SERVICE_TYPES_READ
from medoffice.wire.fhir.codings import read_concept
from medoffice.wire.fhir.days import read_day, read_days
from medoffice.wire.fhir.element import Element, Read, at, resource
from medoffice.wire.fhir.eligibility_request import FhirInquiry
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import not_kept, not_understood
from medoffice.wire.fhir.payer_reading import read_payer
from medoffice.wire.fhir.purposes import read_purposes
from medoffice.wire.fhir.references import OurId, read_reference, same_id
from medoffice.wire.json import WireError

_OTHERS: Final = ("meta", "language", "text", "priority", "enterer", "facility", "supportingInfo")


def read_eligibility_request(json: object, *, our_id: OurId = same_id, origin: str = "") -> Read[FhirInquiry]:
    """The inquiry of a resource, as JSON's objects and lists: ours as it was written.

    Of others: ``our_id`` says which id a reference becomes, and ``origin`` who gives inquiries their numbers, where the
    resource does not say it; its number is its identifier, or else its own id. The coverage asked about is the focal one,
    or else the first. Who is the subscriber is said by that Coverage, when it is contained: by ``subscriber``, or else the
    beneficiary is; otherwise the contained patient is. Without days of service the question is about the day it was made, and
    without items about the plan as a whole (``30``). Procedures, places, providers, quantities, prices and diagnoses of an
    item are not part of an inquiry; each is a finding with its place.

    Raises:
        WireError: with its place, when something that must be there is missing or impossible: the provider's NPI and name,
            the payer, a subscriber who is contained, an origin.
    """
    element = resource(json, "CoverageEligibilityRequest")
    element.need("status")
    if element.code("status") != "active":
        raise WireError("one that is active is kept", element.below("status"))
    for key in ("id", "created", "provider", "insurer", "patient"):
        element.need(key)
    purposes = read_purposes(element)
    id_, created = element.text("id"), element.text("created")
    made_on = at(element.below("created"), lambda: read_day(created))
    extensions = Extensions(element)
    extensions.all(names.INQUIRED)  # says again who is contained
    extensions.close()
    trace, said_origin = _trace(element, id_)
    npi, provider_name = _provider(element)
    insurer = element.element("insurer")
    if insurer is None:
        raise WireError("it is missing", element.below("insurer"))
    payer = read_payer(insurer, our_id)
    asked = read_asked(element, our_id)
    on = _on(element, made_on)
    types = _service_types(element)
    inquiry = at(
        element.path,
        lambda: EligibilityInquiry(
            payer=payer,
            provider_name=provider_name,
            provider=NPI.parse(npi),
            subscriber=asked.subscriber,
            dependent=asked.dependent,
            on=on,
            service_types=types,
            trace=trace,
            origin=said_origin or origin,
        ),
    )
    made = at(
        element.path,
        lambda: FhirInquiry(
            id=id_,
            patient=asked.patient,
            coverage=asked.coverage,
            others=asked.others,
            created=made_on,
            purposes=purposes,
            inquiry=inquiry,
        ),
    )
    element.close(*_OTHERS)
    return Read(made, tuple(dict.fromkeys(element.findings)))


def _on(element: Element, created: date) -> date | DateRange:
    if element.has("servicedDate") and element.has("servicedPeriod"):
        raise WireError("it asks about a day or days", element.path)
    if element.has("servicedPeriod"):
        return read_days(element, "servicedPeriod")
    text = element.text("servicedDate")
    return at(element.below("servicedDate"), lambda: read_day(text)) if text else created


def _trace(element: Element, id_: str) -> tuple[str, str]:
    """Our number of the inquiry and who gave it; of somebody else the first number, or the resource's id."""
    ours: tuple[str, str] | None = None
    theirs = ""
    for each in element.elements("identifier"):
        system, value = each.text("system"), each.text("value")
        extensions = Extensions(each)
        origin = extensions.one(names.ORIGIN)
        extensions.close()
        each.close("use", "type", "period", "assigner")
        if system == names.INQUIRY and ours is None:
            ours = value, origin.text("valueString") if origin else ""
        elif ours is None and not theirs:
            theirs = value
        else:
            element.findings.append(not_kept(each.path))
    return ours or (theirs or id_, "")


def _provider(element: Element) -> tuple[str, str]:
    found = element.element("provider")
    if found is None:
        raise WireError("it is missing", element.below("provider"))
    name = found.text("display")
    reference = read_reference(found)
    if reference.system != names.NPI:
        raise WireError("it has an NPI", found.path)
    return reference.value, name


def _service_types(element: Element) -> tuple[str, ...]:
    """The service types of the items; the plan as a whole where no item names one."""
    if not element.has("item"):
        return (HEALTH_PLAN,)
    found = []
    for item in element.elements("item"):
        category = item.element("category")
        codes = () if category is None else read_concept(category)[0]
        types = [each.code for each in codes if each.system in SERVICE_TYPES_READ]
        if category is not None and not types:
            item.findings.append(not_understood(category.path))
        found += types[:1]
        item.close(
            *("supportingInfoSequence", "productOrService", "modifier", "provider", "quantity"),
            *("unitPrice", "facility", "diagnosis", "detail"),
        )
    return tuple(found) or (HEALTH_PLAN,)
