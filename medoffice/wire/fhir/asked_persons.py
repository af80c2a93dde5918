"""Whom a CoverageEligibilityRequest asks about, read: subscriber, dependent, and which coverages of whose."""

from typing import Final

import attrs

from medoffice.billing.eligibility import InquiredPerson
from medoffice.core import CoverageId, MemberId, PatientId, PersonName, Sex
from medoffice.core.phi import PhiClass, phi
from medoffice.wire.fhir import names
from medoffice.wire.fhir.codings import read_concept
from medoffice.wire.fhir.coverage_reading import read_patient
from medoffice.wire.fhir.days import read_day
from medoffice.wire.fhir.element import Element, at
from medoffice.wire.fhir.eligibility_request import DEPENDENT, GENDERS, SUBSCRIBER
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.fhir.references import OurId, read_reference
from medoffice.wire.json import WireError

_OF_PATIENT: Final = (
    *("meta", "language", "text", "active", "telecom", "address", "deceasedBoolean"),
    *("deceasedDateTime", "maritalStatus", "contact", "communication", "generalPractitioner"),
)
_OF_COVERAGE: Final = (
    *("meta", "language", "text", "type", "policyHolder", "dependent", "period"),
    *("class", "order", "network", "costToBeneficiary", "subrogation", "contract"),
)


@attrs.frozen(kw_only=True)
class Asked:
    """Whom the question is about, and of which coverage."""

    patient: PatientId | None
    coverage: CoverageId | None
    others: tuple[CoverageId, ...]
    subscriber: InquiredPerson = attrs.field(**phi(PhiClass.NAME))
    dependent: InquiredPerson | None = attrs.field(**phi(PhiClass.NAME))


@attrs.frozen(kw_only=True)
class _Cover:
    """What a contained Coverage says of the persons: their ids in the resource, the member number, our id of it."""

    holder: str = ""
    beneficiary: str = ""
    member: str = attrs.field(default="", **phi(PhiClass.PLAN_NUMBER))
    ours: str = ""


def read_asked(element: Element, our_id: OurId) -> Asked:
    """The persons and coverages of a request.

    Raises:
        WireError: with its place, when a subscriber is not contained, or a part is impossible.
    """
    patients: dict[str, Element] = {}
    covers: dict[str, _Cover] = {}
    for each in element.elements("contained"):
        id_, kind = each.text("id"), each.text("resourceType")
        if id_ in patients or id_ in covers:
            raise WireError("it stands there twice", each.path)
        if kind == "Patient":
            patients[id_] = each
        elif kind == "Coverage":
            covers[id_] = _cover(each)
        else:
            element.findings.append(not_kept(each.path))
    pointed, patient = _patient(element, our_id)
    cover, coverage, others = _coverages(element, our_id, covers)
    subscriber, dependent = _roles(patients, cover, pointed)
    if subscriber not in patients:
        raise WireError("a subscriber is missing", element.below("contained"))
    element.findings += [
        not_kept(each.path) for id_, each in patients.items() if id_ not in {subscriber, dependent}
    ]
    return Asked(
        patient=patient,
        coverage=coverage,
        others=others,
        subscriber=_person(patients[subscriber], cover.member),
        dependent=_person(patients[dependent], "") if dependent in patients else None,
    )


def _roles(patients: dict[str, Element], cover: _Cover, pointed: str) -> tuple[str, str]:
    """Who of those contained is the subscriber, and who the dependent."""
    patient = cover.beneficiary or pointed
    subscriber = cover.holder or patient
    if not subscriber and SUBSCRIBER in patients:
        return SUBSCRIBER, DEPENDENT
    return subscriber, "" if patient == subscriber else patient


def _contained(reference: Element | None) -> str:
    """The id of what is contained that a reference points to; empty when it points elsewhere."""
    text = reference.values.get("reference") if reference else None
    return text[1:] if isinstance(text, str) and text.startswith("#") else ""


def _patient(element: Element, our_id: OurId) -> tuple[str, PatientId | None]:
    found = element.element("patient")
    pointed = _contained(found)
    if found is None or not pointed:
        return "", read_patient(element, "patient", our_id)
    _pass_over(found)
    return pointed, None


def _pass_over(reference: Element) -> None:
    for key in ("reference", "type", "display"):
        reference.text(key)
    reference.close()


def _coverages(
    element: Element, our_id: OurId, covers: dict[str, _Cover]
) -> tuple[_Cover, CoverageId | None, tuple[CoverageId, ...]]:
    """The coverage asked about: the focal one, or else the first; and the others."""
    found = []
    for each in element.elements("insurance"):
        is_focal = each.flag("focal", default=False)
        reference = each.element("coverage")
        if reference is None:
            raise WireError("it is missing", each.below("coverage"))
        each.close("businessArrangement")
        found.append((is_focal, *_coverage(reference, our_id, covers)))
    found.sort(key=lambda each: not each[0])
    if not found:
        return _Cover(), None, ()
    others = tuple(id_ for _, _, id_ in found[1:] if id_ is not None)
    if len(others) < len(found) - 1 or sum(is_focal for is_focal, _, _ in found) > 1:
        element.findings.append(not_kept(element.below("insurance")))
    return found[0][1], found[0][2], others


def _coverage(
    reference: Element, our_id: OurId, covers: dict[str, _Cover]
) -> tuple[_Cover, CoverageId | None]:
    pointed = _contained(reference)
    if pointed:
        cover = covers.get(pointed)
        if cover is None:
            raise WireError("it is not contained", reference.path)
        reference.text("reference")
        reference.text("type")
        identifier = reference.element("identifier") if reference.has("identifier") else None
        ours = cover.ours
        if identifier is not None:
            system, value = identifier.text("system"), identifier.text("value")
            identifier.close("use", "type", "period", "assigner")
            ours = value if system == names.COVERAGE else ours
        reference.text("display")
        reference.close()
        return cover, at(reference.path, lambda: CoverageId(ours)) if ours else None
    said = read_reference(reference)
    if said.kind not in {"", "Coverage"}:
        raise WireError("it is a reference to a Coverage", reference.path)
    is_ours = said.system == names.COVERAGE
    return _Cover(), at(reference.path, lambda: CoverageId(said.value if is_ours else our_id(said)))


def _cover(element: Element) -> _Cover:
    ours = ""
    for each in element.elements("identifier"):
        system, value = each.text("system"), each.text("value")
        each.close("use", "type", "period", "assigner")
        if system == names.COVERAGE:
            ours = value
        else:
            element.findings.append(not_kept(each.path))
    relation = element.element("relationship")
    if relation is not None:
        read_concept(relation)  # the persons say it
    found = []
    for key in ("subscriber", "beneficiary"):
        reference = element.element(key)
        found.append(_contained(reference))
        if reference is not None:
            _pass_over(reference) if found[-1] else element.findings.append(not_kept(reference.path))
    made = _Cover(holder=found[0], beneficiary=found[1], member=element.text("subscriberId"), ours=ours)
    element.text("status")
    list(element.elements("payor"))  # says again who the insurer is
    element.close(*_OF_COVERAGE)
    return made


def _person(element: Element, member: str) -> InquiredPerson:
    """A person with the member number that stands there, or else that of the coverage."""
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
    members = members or ([member] if member else [])
    if len(members) > 1 or (gender and GENDERS[sex] != gender):
        element.findings.append(not_kept(element.path))
    element.close(*_OF_PATIENT)
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
