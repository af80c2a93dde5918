"""Coverage of FHIR R4, read: ours as they were, and those of others as far as medoffice has a place for them."""

import re
from datetime import date
from typing import Final

from medoffice.billing import Coverage, CoverageKind, Payer, Relation, Subscriber
from medoffice.core import CoverageId, DateRange, MemberId, PatientId
from medoffice.wire.fhir import names
from medoffice.wire.fhir.codings import read_concept
from medoffice.wire.fhir.coverage import CLASS, IDENTIFIER_TYPE, MEMBER_NUMBER, RELATIONSHIP
from medoffice.wire.fhir.days import read_day, read_days
from medoffice.wire.fhir.element import OF_RESOURCE, Element, Read, at, resource
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import not_kept, taken_for, two_of_one
from medoffice.wire.fhir.insurance_card import RX_CLASSES, read_card
from medoffice.wire.fhir.payer_reading import NONE_CONTAINED, organizations_in, read_payer
from medoffice.wire.fhir.references import OurId, Reference, read_reference, same_id
from medoffice.wire.fhir.subscriber import read_subscriber
from medoffice.wire.json import WireError

_OTHERS: Final = (
    *OF_RESOURCE,
    *("policyHolder", "subscriber", "network", "subrogation", "contract"),
)
"""What a Coverage of R4 may have beside what is kept here; of a patient who holds the plan also the subscriber."""
_KEPT: Final = frozenset({"group", "plan", *RX_CLASSES})
_LONGEST: Final = 50


def read_coverage(json: object, *, our_id: OurId = same_id, since: date | None = None) -> Read[Coverage]:
    """The coverage of a resource, as JSON's objects and lists.

    What carries medoffice's identifiers is read as it was written. Of others, ``our_id`` says which id a reference or the
    resource's own id becomes; of a payer see :func:`medoffice.wire.fhir.payer_reading.read_payer`. A missing
    relationship is taken for ``other``, a missing order for 1, and a missing first day for ``since``, the day on which the
    office learned of the coverage, where the caller gives one; all but the order are findings.

    Raises:
        WireError: with its place, when something that must be there is missing or impossible: the member id (an
            identifier of type ``MB``, or ``subscriberId``), the start of the period, a payer that ``our_id`` knows; or
            when the record is not in use (``status`` is not ``active``).
    """
    element = resource(json, "Coverage")
    element.need("status")
    if element.code("status") != "active":
        raise WireError("only one that is active is kept", element.below("status"))
    ours, member = _identifiers(element)
    text = element.text("id")
    if not ours:
        if not text:
            raise WireError("it is missing, and so is an identifier of medoffice", element.below("id"))
        ours = at(element.below("id"), lambda: our_id(Reference(kind="Coverage", id=text)))
    id_ = at(element.below("id"), lambda: CoverageId(ours))
    patient = read_patient(element, "beneficiary", our_id)
    payer = _payor(element, our_id)
    relation, kind = _relation(element), _kind(element)
    classes = _classes(element)
    extensions = Extensions(element)
    card = read_card(element, extensions, {code: value for code, (value, _) in classes.items()})
    group = _group(element, extensions, classes)
    on_file = extensions.one(names.ON_FILE_SINCE)
    extensions.close()
    subscriber, dependent = _others(element, relation)
    effective = _effective(element, since)
    order = element.whole("order", 1) or 1
    made = at(
        element.path,
        lambda: Coverage(
            id=id_,
            patient=patient,
            payer=payer,
            plan=_plan(classes),
            member_id=MemberId.parse(member),
            effective=effective,
            relation=relation,
            order=order,
            kind=kind,
            subscriber=subscriber,
            dependent_number=dependent,
            group_number=group[0],
            group_name=group[1],
            card=card,
            on_file_since=None if on_file is None else read_day(on_file.text("valueDate")),
        ),
    )
    element.close(*_OTHERS)
    return Read(made, tuple(dict.fromkeys(element.findings)))


def read_patient(element: Element, key: str, our_id: OurId) -> PatientId:
    """The patient of a reference that must be there: ours by our identifier, another's by ``our_id``.

    Raises:
        WireError: when it is missing, or refers to no patient.
    """
    found = element.element(key)
    if found is None:
        raise WireError("it is missing", element.below(key))
    reference = read_reference(found)
    if reference.kind not in {"", "Patient"}:
        raise WireError("it is a reference to a Patient", found.path)
    if reference.system == names.PATIENT:
        return at(found.path, lambda: PatientId(reference.value))
    return at(found.path, lambda: PatientId(our_id(reference)))


def _effective(element: Element, since: date | None) -> DateRange:
    """The days on which it runs; from ``since`` on where the resource has no first day."""
    period = element.element("period")
    if since is None or (period is not None and period.has("start")):
        return read_days(element, "period")
    end = "" if period is None else period.text("end")
    if period is not None:
        period.close()
    element.findings.append(taken_for(element.below("period"), "one that runs from that day on"))
    path = element.below("period")
    return at(path, lambda: DateRange(since, read_day(end, is_end=True) if end else None))


def _identifiers(element: Element) -> tuple[str, str]:
    """Our id of the coverage and the member id, each empty where it is missing."""
    ours = member = ""
    for each in element.elements("identifier"):
        system, value = each.text("system"), each.text("value")
        kind = each.element("type")
        codings = () if kind is None else read_concept(kind)[0]
        each.close("use", "period", "assigner")
        if system == names.COVERAGE:
            if ours and value != ours:
                element.findings.append(two_of_one(each.path, "medoffice's own id"))
            ours = ours or value
        elif any((coding.system, coding.code) == (IDENTIFIER_TYPE, MEMBER_NUMBER) for coding in codings):
            if member and value != member:
                element.findings.append(two_of_one(each.path, "the member number"))
            member = member or value
        else:
            element.findings.append(not_kept(each.path))
    subscriber = element.text("subscriberId")
    if member and subscriber and member != subscriber:
        element.findings.append(two_of_one(element.below("subscriberId"), "the member number"))
    if not (member or subscriber):
        raise WireError("it is missing, and so is a member number", element.below("subscriberId"))
    return ours, member or subscriber


def _payor(element: Element, our_id: OurId) -> Payer:
    element.need("payor")
    first, *more = element.elements("payor")
    element.findings += [not_kept(each.path) for each in more]
    contained = (
        organizations_in(element.elements("contained")) if element.has("contained") else NONE_CONTAINED
    )
    return read_payer(first, our_id, contained=contained)


def _relation(element: Element) -> Relation:
    found = element.element("relationship")
    codings = () if found is None else read_concept(found)[0]
    code = next((each.code for each in codings if each.system == RELATIONSHIP), "")
    known = {each.value: each for each in Relation}
    if code not in known:
        element.findings.append(taken_for(element.below("relationship"), "another person's coverage"))
    return known.get(code, Relation.OTHER)


def _kind(element: Element) -> CoverageKind | None:
    found = element.element("type")
    codings = () if found is None else read_concept(found)[0]
    code = next((each.code for each in codings if each.system == names.COVERAGE_KIND), "")
    known = {each.value: each for each in CoverageKind}
    if found is not None and code not in known:
        element.findings.append(not_kept(element.below("type")))
    return known.get(code)


def _others(element: Element, relation: Relation) -> tuple[Subscriber | None, str]:
    """Who holds the plan, and the dependent's number; a patient who holds it themselves has neither."""
    dependent = element.text("dependent")
    number = "".join(dependent.upper().split())
    if relation is Relation.SELF:
        if dependent:
            element.findings.append(not_kept(element.below("dependent")))
        return None, ""
    subscriber = read_subscriber(element)
    if re.fullmatch(r"([0-9A-Z]{1,80})?", number, re.ASCII) is None:
        element.findings.append(not_kept(element.below("dependent")))
        number = ""
    return subscriber, number


_Classes = dict[str, tuple[str, str]]
"""Value and name of each class of HL7's, by its code."""


def _classes(element: Element) -> _Classes:
    found: _Classes = {}
    for each in element.elements("class"):
        for key in ("type", "value"):
            each.need(key)
        kind = each.element("type")
        codings = () if kind is None else read_concept(kind)[0]
        said = (each.text("value"), each.text("name"))
        each.close()
        code = next((coding.code for coding in codings if coding.system == CLASS), "")
        if code in _KEPT and code not in found:
            found[code] = said
        else:
            element.findings.append(not_kept(each.path))
    return found


def _plan(classes: _Classes) -> str:
    value, name = classes.get("plan", ("", ""))
    return " ".join((name or value).split())


def _group(element: Element, extensions: Extensions, classes: _Classes) -> tuple[str, str]:
    """Number and name of the group; what is longer than a card has room for is left out, with a finding."""
    only_name = extensions.one(names.GROUP_NAME)
    number, name = classes.get("group", ("", ""))
    if only_name is not None and not name:
        name = only_name.text("valueString")
    found = [" ".join(each.split()) for each in (number, name)]
    for place, each in enumerate(found):
        if len(each) > _LONGEST or not (each.isprintable() or not each):
            element.findings.append(not_kept(element.below("class")))
            found[place] = ""
    return found[0], found[1]
