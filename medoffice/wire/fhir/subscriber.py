"""Who holds a coverage, as a contained RelatedPerson of FHIR R4 (https://hl7.org/fhir/R4/relatedperson.html), both ways.

The elements were checked against fhir.resources; the page itself was not opened here.
"""

from typing import Any, Final

from medoffice.billing import Subscriber
from medoffice.core import Address, PersonName, Sex
from medoffice.wire.fhir import names
from medoffice.wire.fhir.days import read_day
from medoffice.wire.fhir.element import Element, at
from medoffice.wire.fhir.extensions import Extensions, extension
from medoffice.wire.fhir.findings import not_kept

CONTAINED: Final = "subscriber"
"""The id of the contained resource within its coverage."""
_GENDERS: Final = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.UNKNOWN: "unknown"}
_KINDS: Final = frozenset({"RelatedPerson", "Patient"})


def write_subscriber(person: Subscriber, patient: dict[str, Any]) -> dict[str, Any]:
    """The contained resource; it **is** PHI, as the coverage is in which it stands."""
    made: dict[str, Any] = {"resourceType": "RelatedPerson", "id": CONTAINED, "patient": patient}
    made["name"] = [_write_name(person.name)]
    if person.sex is not Sex.UNKNOWN:
        made["gender"] = _GENDERS[person.sex]
    if person.birth_date is not None:
        made["birthDate"] = person.birth_date.isoformat()
    if person.address is not None:
        made["address"] = [_write_address(person.address)]
    return made


def read_subscriber(element: Element) -> Subscriber | None:
    """The subscriber whom a coverage refers to within itself; none, with a finding, where it does not.

    Whoever else is contained is not kept, which is a finding too; the payer, who may be contained, was read before.

    Raises:
        WireError: when the person whom it refers to has no name, or an impossible one.
    """
    reference = element.element("subscriber")
    contained = list(element.elements("contained"))
    wanted = None
    if reference is not None and reference.text("reference").startswith("#"):
        id_ = reference.text("reference")[1:]
        found = [each for each in contained if each.text("id") == id_ and each.text("resourceType") in _KINDS]
        wanted = found[0] if found else None
        reference.text("display")  # says the same to people
        reference.text("type")
        reference.close("identifier")
    if reference is not None and wanted is None:
        element.findings.append(not_kept(reference.path))
    payer = next((each.text("reference") for each in element.elements("payor")), "")
    element.findings += [
        not_kept(each.path)
        for each in contained
        if each is not wanted
        and (each.text("resourceType") != "Organization" or f"#{each.text('id')}" != payer)
    ]
    return None if wanted is None else _read(wanted)


def _read(element: Element) -> Subscriber:
    element.need("name")
    first, *more = element.elements("name")
    name = _read_name(first)
    gender, born = element.code("gender"), element.text("birthDate")
    sex = next((each for each, code in _GENDERS.items() if code == gender), Sex.UNKNOWN)
    addresses = list(element.elements("address"))
    address = None
    if addresses:
        address = at(addresses[0].path, lambda: _read_address(addresses[0]))
    element.findings += [not_kept(each.path) for each in (*more, *addresses[1:])]
    if gender and _GENDERS[sex] != gender:
        element.findings.append(not_kept(element.below("gender")))
    element.element("patient")  # the beneficiary, who stands above
    element.close("meta", "language", "text", "identifier", "active", "telecom", "relationship")
    return at(
        element.path,
        lambda: Subscriber(name=name, birth_date=read_day(born) if born else None, sex=sex, address=address),
    )


def _write_name(name: PersonName) -> dict[str, Any]:
    made: dict[str, Any] = {"family": name.family}
    given = [each for each in (name.given, name.middle) if each]
    if given:
        made["given"] = given
    if name.middle and not name.given:
        made["extension"] = [extension(names.ONLY_MIDDLE_NAME, "Boolean", True)]  # noqa: FBT003
    if name.suffix:
        made["suffix"] = [name.suffix]
    return made


def _read_name(element: Element) -> PersonName:
    extensions = Extensions(element)
    mark = extensions.one(names.ONLY_MIDDLE_NAME)
    extensions.close()
    family, given, suffix = element.text("family"), element.texts("given"), element.texts("suffix")
    is_middle = mark is not None and mark.flag("valueBoolean", default=False)
    element.close("use", "text", "prefix", "period")
    first, *middle = ("", *given) if is_middle else (given or ("",))
    return at(
        element.path,
        lambda: PersonName(family=family, given=first, middle=" ".join(middle), suffix=" ".join(suffix)),
    )


def _write_address(address: Address) -> dict[str, Any]:
    return {
        "line": [each for each in (address.street, address.unit) if each],
        "city": address.city,
        "state": address.state,
        "postalCode": address.zip_code,
    }


def _read_address(element: Element) -> Address:
    street, *unit = element.texts("line") or ("",)
    made = Address(
        street=street,
        unit=" ".join(unit),
        city=element.text("city"),
        state=element.text("state"),
        zip_code=element.text("postalCode"),
    )
    element.close("use", "type", "text", "district", "country", "period")
    return made
