"""CoverageEligibilityRequest of FHIR R4, read: ours as they were written, others' where they are as complete."""

from datetime import date
from typing import Final

from medoffice.billing.eligibility import EligibilityInquiry, InquiredPerson
from medoffice.core import NPI, CoverageId, DateRange, MemberId, PersonName, Sex
from medoffice.wire.fhir import names
from medoffice.wire.fhir.benefit_codes import SERVICE_TYPES_READ
from medoffice.wire.fhir.codings import read_concept
from medoffice.wire.fhir.coverage_reading import read_patient, read_payer
from medoffice.wire.fhir.days import read_day, read_days
from medoffice.wire.fhir.element import Element, Read, at, resource
from medoffice.wire.fhir.eligibility_request import DEPENDENT, GENDERS, SUBSCRIBER, FhirInquiry
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.fhir.references import OurId, read_reference, same_id
from medoffice.wire.json import WireError

_OTHERS: Final = (
    "meta",
    "language",
    "text",
    "extension",
    "priority",
    "enterer",
    "facility",
    "supportingInfo",
)


def read_eligibility_request(json: object, *, our_id: OurId = same_id) -> Read[FhirInquiry]:
    """The inquiry of a resource, as JSON's objects and lists.

    It needs what an inquiry needs: the provider's NPI and name, our number of the inquiry with its origin, the subscriber
    as a contained Patient ``subscriber``, a day or days, and service types of X12. ``our_id`` says which id a reference of
    somebody else becomes.

    Raises:
        WireError: with its place, when something that must be there is missing or impossible.
    """
    element = resource(json, "CoverageEligibilityRequest")
    element.need("status")
    if element.code("status") != "active":
        raise WireError("one that is active is kept", element.below("status"))
    for key in ("id", "purpose", "created", "provider", "insurer", "insurance", "item"):
        element.need(key)
    if "benefits" not in element.texts("purpose"):
        raise WireError("it asks for benefits", element.below("purpose"))
    id_, created = element.text("id"), element.text("created")
    made_on = at(element.below("created"), lambda: read_day(created))
    patient = read_patient(element, "patient", our_id)
    extensions = Extensions(element)
    extensions.all(names.INQUIRED)  # says again who is contained
    extensions.close()
    persons = _persons(element)
    trace, origin = _trace(element)
    npi, provider_name = _provider(element)
    insurer = element.element("insurer")
    if insurer is None:
        raise WireError("it is missing", element.below("insurer"))
    payer = read_payer(insurer, our_id)
    coverage = _coverage(element, our_id)
    on = _on(element)
    types = tuple(_service_type(each) for each in element.elements("item"))
    if SUBSCRIBER not in persons:
        raise WireError("a subscriber is missing", element.below("contained"))
    inquiry = at(
        element.path,
        lambda: EligibilityInquiry(
            payer=payer,
            provider_name=provider_name,
            provider=NPI.parse(npi),
            subscriber=persons[SUBSCRIBER],
            dependent=persons.get(DEPENDENT),
            on=on,
            service_types=types,
            trace=trace,
            origin=origin,
        ),
    )
    made = at(
        element.path,
        lambda: FhirInquiry(id=id_, patient=patient, coverage=coverage, created=made_on, inquiry=inquiry),
    )
    element.close(*_OTHERS)
    return Read(made, tuple(dict.fromkeys(element.findings)))


def _on(element: Element) -> date | DateRange:
    if element.has("servicedDate") is element.has("servicedPeriod"):
        raise WireError("it asks about a day or days", element.path)
    if element.has("servicedPeriod"):
        return read_days(element, "servicedPeriod")
    text = element.text("servicedDate")
    return at(element.below("servicedDate"), lambda: read_day(text))


def _trace(element: Element) -> tuple[str, str]:
    found = ("", "")
    for each in element.elements("identifier"):
        system, value = each.text("system"), each.text("value")
        if system != names.INQUIRY:
            element.findings.append(not_kept(each.path))
            continue
        extensions = Extensions(each)
        origin = extensions.one(names.ORIGIN)
        extensions.close()
        each.close("use", "type", "period", "assigner")
        found = (value, origin.text("valueString") if origin else "")
    return found


def _provider(element: Element) -> tuple[str, str]:
    found = element.element("provider")
    if found is None:
        raise WireError("it is missing", element.below("provider"))
    name = found.text("display")
    reference = read_reference(found)
    if reference.system != names.NPI:
        raise WireError("it has an NPI", found.path)
    return reference.value, name


def _coverage(element: Element, our_id: OurId) -> CoverageId:
    first, *more = element.elements("insurance")
    element.findings += [not_kept(each.path) for each in more]
    found = first.element("coverage")
    if found is None:
        raise WireError("it is missing", first.below("coverage"))
    reference = read_reference(found)
    first.close("focal", "businessArrangement")
    if reference.kind not in {"", "Coverage"}:
        raise WireError("it is a reference to a Coverage", found.path)
    is_ours = reference.system == names.COVERAGE
    return at(found.path, lambda: CoverageId(reference.value if is_ours else our_id(reference)))


def _service_type(item: Element) -> str:
    category = item.element("category")
    codings = () if category is None else read_concept(category)[0]
    found = [each.code for each in codings if each.system in SERVICE_TYPES_READ]
    if not found:
        raise WireError("it has no service type of X12", item.below("category"))
    item.close(
        *("supportingInfoSequence", "productOrService", "modifier", "provider", "quantity"),
        *("unitPrice", "facility", "diagnosis", "detail"),
    )
    return found[0]


def _persons(element: Element) -> dict[str, InquiredPerson]:
    found: dict[str, InquiredPerson] = {}
    for each in element.elements("contained"):
        id_ = each.text("id")
        if each.text("resourceType") != "Patient" or id_ not in {SUBSCRIBER, DEPENDENT}:
            element.findings.append(not_kept(each.path))
            continue
        if id_ in found:
            raise WireError("it stands there twice", each.path)
        found[id_] = _person(each)
    return found


def _person(element: Element) -> InquiredPerson:
    members = []
    for each in element.elements("identifier"):
        members.append(each.text("value"))
        each.text("system")
        each.element("type")
        each.close("use", "period", "assigner")
    called = list(element.elements("name"))
    for extra in called[1:]:
        element.findings.append(not_kept(extra.path))
    name = _name(called[0]) if called else None
    gender, born = element.code("gender"), element.text("birthDate")
    sex = next((each for each, code in GENDERS.items() if code == gender), Sex.UNKNOWN)
    if len(members) > 1 or (gender and GENDERS[sex] != gender):
        element.findings.append(not_kept(element.path))
    element.close("meta", "language", "text", "active", "telecom", "address", "deceasedBoolean")
    return at(
        element.path,
        lambda: InquiredPerson(
            name=name,
            member_id=MemberId.parse(members[0]) if members else None,
            birth_date=read_day(born) if born else None,
            sex=sex,
        ),
    )


def _name(element: Element) -> PersonName:
    family, given, suffix = element.text("family"), element.texts("given"), element.texts("suffix")
    element.close("use", "text", "prefix", "period")
    first, *middle = given or ("",)
    return at(
        element.path,
        lambda: PersonName(family=family, given=first, middle=" ".join(middle), suffix=" ".join(suffix)),
    )
