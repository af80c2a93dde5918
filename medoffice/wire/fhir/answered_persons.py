"""Subscriber and dependent as the payer knows them: contained Patients, so that they go where the answer goes."""

from datetime import date
from typing import Any, Final

from medoffice.billing.eligibility import AnsweredPerson
from medoffice.wire.fhir import names
from medoffice.wire.fhir.coverage import IDENTIFIER_TYPE, MEMBER_NUMBER
from medoffice.wire.fhir.days import read_day
from medoffice.wire.fhir.element import Element, at
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.fhir.verbatim import (
    code_of,
    is_text,
    put,
    read_codes,
    take,
    text_extension,
    text_of,
    texts_of,
    write_code,
)

SUBSCRIBER: Final = "subscriber"
DEPENDENT: Final = "dependent"
_GENDERS: Final = {"F": "female", "M": "male", "U": "unknown"}
_PARTS: Final = 5
"""Street, second line, city, state, ZIP code."""


def write_person(id_: str, person: AnsweredPerson) -> dict[str, Any]:
    """A contained Patient with everything that the payer said of a person."""
    made: dict[str, Any] = {"resourceType": "Patient", "id": id_}
    own: list[dict[str, Any]] = []
    identifiers = [_reference(kind, number) for kind, number in person.references]
    if person.member_id:
        member: dict[str, Any] = {"type": {"coding": [write_code(IDENTIFIER_TYPE, MEMBER_NUMBER)]}}
        put(member, "value", person.member_id)
        identifiers.insert(0, member)
    name, beside = _name(person)
    own += beside
    gender = _GENDERS.get(person.sex, "")
    if person.sex and not gender:
        own.append(text_extension(names.SEX, person.sex))
    if person.relation:
        own.append(text_extension(names.RELATION, person.relation))
    address = _address(person.address)
    if address is None:
        own += [text_extension(names.ADDRESS, each) for each in person.address]
    if own:
        made["extension"] = own
    if identifiers:
        made["identifier"] = identifiers
    if name:
        made["name"] = [name]
    if gender:
        made["gender"] = gender
    if person.birth_date is not None:
        made["birthDate"] = person.birth_date.isoformat()
    if address:
        made["address"] = [address]
    return made


def _reference(kind: str, number: str) -> dict[str, Any]:
    made: dict[str, Any] = {"type": {"coding": [write_code(names.REFERENCE, kind)]}}
    put(made, "value", number)
    return made


def _name(person: AnsweredPerson) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The name, and beside it what cannot stand in FHIR's lists: a middle name alone, a text that is no string."""
    name: dict[str, Any] = {}
    beside = []
    put(name, "family", person.family)
    given = [person.given] if is_text(person.given) else []
    if person.given and not given:
        beside.append(text_extension(names.GIVEN, person.given))
    if given and is_text(person.middle):
        given.append(person.middle)
    elif person.middle:
        beside.append(text_extension(names.MIDDLE, person.middle))
    if given:
        name["given"] = given
    if is_text(person.suffix):
        name["suffix"] = [person.suffix]
    elif person.suffix:
        beside.append(text_extension(names.SUFFIX, person.suffix))
    return name, beside


def _address(address: tuple[str, ...]) -> dict[str, Any] | None:
    """The address as FHIR has it; none when it is of another form."""
    if not address:
        return {}
    if len(address) != _PARTS or not any(address) or not all(is_text(each) for each in address if each):
        return None
    street, second, city, state, zip_code = address
    if second and not street:
        return None
    made: dict[str, Any] = {"line": [each for each in (street, second) if each]} if street else {}
    fields = {"city": city, "state": state, "postalCode": zip_code}
    return made | {key: text for key, text in fields.items() if text}


def read_person(element: Element) -> AnsweredPerson:
    """A contained Patient as a person of an answer.

    Raises:
        WireError: when a part of it is of another kind than FHIR has there.
    """
    extensions = Extensions(element)
    member_id, references = _identifiers(element)
    first, *more = element.elements("name") if element.has("name") else (None,)
    element.findings += [not_kept(each.path) for each in more if each is not None]
    family, given, middle, suffix = ("", "", "", "") if first is None else _read_name(first)
    code, born = element.code("gender"), element.text("birthDate")
    sex = next((each for each, gender in _GENDERS.items() if gender == code), "")
    if code and not sex:
        element.findings.append(not_kept(element.below("gender")))
    made = AnsweredPerson(
        family=family,
        given=text_of(extensions.one(names.GIVEN)) or given,
        middle=text_of(extensions.one(names.MIDDLE)) or middle,
        suffix=text_of(extensions.one(names.SUFFIX)) or suffix,
        member_id=member_id,
        birth_date=_born(element, born),
        sex=text_of(extensions.one(names.SEX)) or sex,
        address=texts_of(extensions.all(names.ADDRESS)) or _read_address(element),
        relation=text_of(extensions.one(names.RELATION)),
        references=references,
    )
    extensions.close()
    element.close(
        *("meta", "language", "text", "active", "telecom", "deceasedBoolean", "deceasedDateTime"),
        *("maritalStatus", "multipleBirthBoolean", "multipleBirthInteger", "photo", "contact"),
        *("communication", "generalPractitioner", "managingOrganization", "link"),
    )
    return made


def _born(element: Element, text: str) -> date | None:
    return at(element.below("birthDate"), lambda: read_day(text)) if text else None


def _identifiers(element: Element) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The member number, and the other numbers by their kinds."""
    member = ""
    references = []
    for each in element.elements("identifier"):
        kind = each.element("type")
        codes = () if kind is None else read_codes(kind)[0]
        value = take(each, "value")
        each.text("system")
        each.close("use", "period", "assigner")
        stated = code_of(codes, names.REFERENCE)
        if stated is not None:
            references.append((stated, value))
        elif not member and code_of(codes, IDENTIFIER_TYPE) == MEMBER_NUMBER:
            member = value
        else:
            element.findings.append(not_kept(each.path))
    return member, tuple(references)


def _read_name(name: Element) -> tuple[str, str, str, str]:
    family, given, suffix = take(name, "family"), name.texts("given"), name.texts("suffix")
    name.close("use", "text", "prefix", "period")
    first, *middle = given or ("",)
    return family, first, " ".join(middle), " ".join(suffix)


def _read_address(element: Element) -> tuple[str, ...]:
    first, *more = element.elements("address") if element.has("address") else (None,)
    element.findings += [not_kept(each.path) for each in more if each is not None]
    if first is None:
        return ()
    street, second, *further = (*first.texts("line"), "", "")
    address = (street, second, *(first.text(key) for key in ("city", "state", "postalCode")))
    if any(further):
        element.findings.append(not_kept(first.below("line")))
    first.close("use", "type", "text", "district", "country", "period")
    return address if any(address) else ()
