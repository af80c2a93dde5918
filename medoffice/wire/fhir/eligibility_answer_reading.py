"""CoverageEligibilityResponse of FHIR R4, read: ours as they were written, and those of others as far as there is a place."""

from datetime import date
from typing import Final

import attrs

from medoffice.billing import Payer
from medoffice.billing.eligibility import (
    HEALTH_PLAN,
    About,
    AnsweredDays,
    AnsweredPerson,
    EligibilityAnswer,
    Party,
    Rejection,
    Statement,
)
from medoffice.billing.eligibility.rejections import Level as RejectedLevel
from medoffice.core import CoverageId, Finding, PatientId
from medoffice.wire.fhir import names
from medoffice.wire.fhir.answered_persons import DEPENDENT, SUBSCRIBER, read_person
from medoffice.wire.fhir.coverage_reading import read_patient
from medoffice.wire.fhir.days import read_day, read_days
from medoffice.wire.fhir.element import OF_RESOURCE, Element, Read, at, resource
from medoffice.wire.fhir.eligibility_answer import FhirAnswer
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.file_findings import read_finding
from medoffice.wire.fhir.findings import not_kept, not_understood
from medoffice.wire.fhir.parties import read_party
from medoffice.wire.fhir.payer_reading import read_payer
from medoffice.wire.fhir.purposes import read_purposes
from medoffice.wire.fhir.references import OurId, read_reference, same_id
from medoffice.wire.fhir.salvage import each_of, tried
from medoffice.wire.fhir.stated_days import SERVED, read_stated_days
from medoffice.wire.fhir.stated_items_reading import read_items, read_party_in
from medoffice.wire.fhir.verbatim import code_of, read_codes, take, text_of, texts_of, token
from medoffice.wire.json import WireError

_OTHERS: Final = (*(each for each in OF_RESOURCE if each != "contained"), "preAuthRef", "form")
_ANSWERED: Final = frozenset(("complete", "partial", "error"))
_LEVELS: Final = {each.value: each for each in RejectedLevel}
_NOBODY: Final = frozenset(("display", "extension", "id", "type"))


def read_eligibility_answer(json: object, *, our_id: OurId = same_id) -> Read[FhirAnswer]:
    """The answer of a resource, as JSON's objects and lists: ours as it was written, others' as far as there is a place.

    Of others:

    - ``our_id`` says which id a reference becomes; one to a contained resource, or to nothing but a name, becomes none.
    - Items are read by HL7's and X12's codes. A code that is not known is kept with its system (``system|code``) and a
      finding, and nothing is concluded from it. A benefit for a unit, term or network that is not known is kept as ``|`` and its
      code, with the words among its messages: it is not the person's, the year's or the network's that is asked about.
    - ``allowed`` and ``used`` are statements of their own; what was used of another term than a year, or of a co-payment or
      co-insurance, is kept and taken for no limit. What is left is stated for visits, when both are there; for money
      :func:`medoffice.billing.eligibility.summarise` works it out, when both are there.
    - ``inforce`` that no item speaks of, or that contradicts the items, becomes a statement about the plan as a whole.
    - A benefit period without a kind is the plan's (``291``), and the days of service are of the kind ``472``.
    - ``disposition``, and what an error or an authorization says in words, become messages.
    - An error that does not say what was rejected is taken for the subscriber's; a contained Patient for the subscriber.
    - A ``partial`` outcome is an answer that was cut off. Of several coverages the first is kept.

    What is wrong below the resource itself (an item, a benefit, an error, days, a person) is left out with a finding
    (``FHR005``) and the rest is read.

    Raises:
        WireError: with its place, when something that R4 requires of the resource is missing or impossible, the payer has
            not answered yet (``outcome`` is ``queued``), or the record is not in use.
    """
    element = resource(json, "CoverageEligibilityResponse")
    extensions = Extensions(element)
    for key, known in (("status", {"active"}), ("outcome", _ANSWERED)):
        element.need(key)
        if element.code(key) not in known:
            raise WireError("an answer that is active and given is kept", element.below(key))
    element.need("insurer")
    id_, purposes = element.text("id"), read_purposes(element)
    answered_on = _created(element)
    patient = _patient(element, our_id)
    insurer, named = _insurer(element, our_id)
    persons = _persons(element, extensions)
    coverage, answer = None, EligibilityAnswer()
    for number, each in enumerate(element.elements("insurance") if element.has("insurance") else ()):
        if number:
            element.findings.append(not_kept(each.path))
        else:
            coverage, answer = _insurance(each, our_id)
    answer = attrs.evolve(
        answer,
        payer=_payer(element, extensions, named),
        provider=_provider(element),
        subscriber=persons.get(SUBSCRIBER),
        dependent=persons.get(DEPENDENT),
        answered_on=answered_on,
        traces=_traces(element, extensions),
        days=(*answer.days, *_served(element)),
        statements=(*answer.statements, *_words(element)),
        findings=tuple(found for each in extensions.all(names.FINDING) for found in _finding(each)),
        is_cut_off=element.code("outcome") == "partial",
    )
    rejections, said = _errors(element)
    answer = attrs.evolve(answer, rejections=rejections, statements=(*answer.statements, *said))
    made = at(
        element.path,
        lambda: FhirAnswer(
            id=id_, patient=patient, coverage=coverage, insurer=insurer, purposes=purposes, answer=answer
        ),
    )
    extensions.close()
    element.close(*_OTHERS)
    return Read(made, tuple(dict.fromkeys(element.findings)))


def _finding(element: Element) -> tuple[Finding, ...]:
    nothing: tuple[Finding, ...] = ()
    return tried(element, lambda: (read_finding(element),), nothing)


def _created(element: Element) -> date | None:
    """The day of the answer; none when it was written that nobody knows it."""
    if not element.has("created") and element.has("_created"):
        take(element, "created")
        return None
    element.need("created")
    text = element.text("created")
    return at(element.below("created"), lambda: read_day(text))


def _is_nobody(reference: Element) -> bool:
    """Whether a reference points to nothing beside this resource: a name alone, or what is contained."""
    text = reference.values.get("reference")
    if isinstance(text, str) and text.startswith("#"):
        return "identifier" not in reference.values
    return bool(reference.values) and reference.values.keys() <= _NOBODY


def _patient(element: Element, our_id: OurId) -> PatientId | None:
    found = element.element("patient")
    if found is not None and _is_nobody(found):
        _pass_over(found)
        return None
    return read_patient(element, "patient", our_id)


def _pass_over(reference: Element) -> None:
    for key in ("reference", "display", "type"):
        reference.text(key)
    reference.close()


def _insurer(element: Element, our_id: OurId) -> tuple[Payer | None, Party]:
    """The office's payer, and the payer as it is named there."""
    found = element.element("insurer")
    if found is None:
        raise WireError("it is missing", element.below("insurer"))
    name = found.text("display")
    if _is_nobody(found):
        _pass_over(found)
        return None, Party(role="PR", name=name)
    return read_payer(found, our_id), Party(role="PR", name=name)


def _payer(element: Element, extensions: Extensions, named: Party) -> Party:
    found = extensions.one(names.ANSWERING_PAYER)
    return named if found is None else tried(element, lambda: read_party_in(found), named)


def _provider(element: Element) -> Party:
    found = element.element("requestor") if element.has("requestor") else None
    return Party() if found is None else tried(element, lambda: read_party(found), Party())


def _persons(element: Element, extensions: Extensions) -> dict[str, AnsweredPerson]:
    """Subscriber and dependent among what is contained; somebody else's contained patient stands for the subscriber."""
    for each in extensions.all(names.PERSON):
        each.element("valueReference")  # says again who is contained
    found: dict[str, AnsweredPerson] = {}
    patient = element.values.get("patient")
    pointed = patient.get("reference") if isinstance(patient, dict) else None

    def read(each: Element) -> None:
        id_ = each.text("id")
        role = id_ if id_ in {SUBSCRIBER, DEPENDENT} else SUBSCRIBER if pointed == f"#{id_}" else ""
        if each.text("resourceType") != "Patient" or not role or role in found:
            each.findings.append(not_kept(each.path))
            return
        found[role] = read_person(each)

    each_of(element, "contained", read)
    return found


def _traces(element: Element, extensions: Extensions) -> tuple[str, ...]:
    """The numbers of the inquiry: one where the request is, the others beside it."""
    more = texts_of(extensions.all(names.INQUIRY))
    request = element.element("request")
    if request is None:
        raise WireError("it is missing", element.below("request"))
    if _is_nobody(request):
        _pass_over(request)
        return more
    identifier = request.element("identifier") if request.has("identifier") else None
    if identifier is not None and identifier.values.get("system") == names.INQUIRY:
        first = take(identifier, "value")
        identifier.text("system")
        identifier.close("use", "type", "period", "assigner")
        _pass_over(request)
    else:
        reference = read_reference(request)
        first = reference.value or reference.id
    return (first, *more) if first else more


def _served(element: Element) -> tuple[AnsweredDays, ...]:
    if element.has("servicedPeriod"):
        days = tried(element, lambda: read_days(element, "servicedPeriod"), None)
        return () if days is None else (AnsweredDays(kind=SERVED, start=days.start, end=days.end),)
    text = tried(element, lambda: element.text("servicedDate"), "")
    if not text:
        return ()
    day = tried(element, lambda: at(element.below("servicedDate"), lambda: read_day(text)), None)
    return () if day is None else (AnsweredDays(kind=SERVED, start=day, end=day),)


def _words(element: Element) -> tuple[Statement, ...]:
    """What the payer says of the whole, as a statement that is words alone."""
    text = tried(element, lambda: element.text("disposition"), "")
    return (_message(text),) if text else ()


def _message(text: str) -> Statement:
    return Statement(about=About.DESCRIPTION, code=About.DESCRIPTION.value, messages=(text,))


def _errors(element: Element) -> tuple[tuple[Rejection, ...], tuple[Statement, ...]]:
    found = each_of(element, "error", _error)
    return tuple(each for each, _ in found), tuple(_message(text) for _, text in found if text)


def _error(error: Element) -> tuple[Rejection, str]:
    """The rejection, and its words when it has no code of X12."""
    extensions = Extensions(error)
    level, follow_up = extensions.one(names.REJECTED_LEVEL), extensions.one(names.FOLLOW_UP)
    extensions.close()
    concept = error.element("code")
    if concept is None:
        raise WireError("it is missing", error.below("code"))
    codes, text = read_codes(concept)
    error.close()
    said = level.code("valueCode") if level else RejectedLevel.SUBSCRIBER.value
    if said not in _LEVELS:
        raise WireError("it is no part of an inquiry", error.path)
    code = code_of(codes, *sorted(names.REJECTED_READ))
    is_ours = code is not None or (level is not None and not codes)
    if not is_ours:
        error.findings.append(not_understood(concept.path))
    if code is None:
        code = "" if is_ours or not any(each for _, each in codes) else token(codes)
    made = Rejection(level=_LEVELS[said], code=code, follow_up=text_of(follow_up))
    return made, "" if is_ours else text


def _insurance(insurance: Element, our_id: OurId) -> tuple[CoverageId | None, EligibilityAnswer]:
    extensions = Extensions(insurance)
    coverage = _coverage(insurance, our_id)
    plan = _days(insurance, "benefitPeriod") if insurance.has("benefitPeriod") else ()
    beside = (each for one in extensions.all(names.DAYS) for each in _days(one, "valuePeriod"))
    subscriber = (each for one in extensions.all(names.SUBSCRIBER_DAYS) for each in _days(one, "valuePeriod"))
    answer = EligibilityAnswer(
        days=(*plan, *beside),
        subscriber_days=tuple(subscriber),
        statements=read_items(insurance),
    )
    in_force = tried(insurance, lambda: insurance.flag("inforce", default=False), None)
    if insurance.has("inforce") and in_force is not None and answer.is_active is not in_force:
        about = About.ACTIVE if in_force else About.INACTIVE
        said = Statement(about=about, code=about.value, service_types=(HEALTH_PLAN,))
        answer = attrs.evolve(answer, statements=(said, *answer.statements))
    extensions.close()
    insurance.close()
    return coverage, answer


def _days(element: Element, key: str) -> tuple[AnsweredDays, ...]:
    nothing: tuple[AnsweredDays, ...] = ()
    return tried(element, lambda: read_stated_days(element, key), nothing)


def _coverage(insurance: Element, our_id: OurId) -> CoverageId | None:
    found = insurance.element("coverage")
    if found is None:
        raise WireError("it is missing", insurance.below("coverage"))
    if _is_nobody(found):
        _pass_over(found)
        return None
    reference = read_reference(found)
    if reference.kind not in {"", "Coverage"}:
        raise WireError("it is a reference to a Coverage", found.path)
    is_ours = reference.system == names.COVERAGE
    return at(found.path, lambda: CoverageId(reference.value if is_ours else our_id(reference)))
