"""CoverageEligibilityResponse of FHIR R4, read: ours as they were written, and those of others as far as there is a place."""

from typing import Final

import attrs

from medoffice.billing.eligibility import (
    HEALTH_PLAN,
    About,
    AnsweredDays,
    EligibilityAnswer,
    Rejection,
    Statement,
)
from medoffice.billing.eligibility.rejections import Level as RejectedLevel
from medoffice.core import CoverageId
from medoffice.wire.fhir import names
from medoffice.wire.fhir.codings import read_concept
from medoffice.wire.fhir.coverage_reading import read_patient, read_payer
from medoffice.wire.fhir.days import days_in, read_day
from medoffice.wire.fhir.element import OF_RESOURCE, Element, Read, at, resource
from medoffice.wire.fhir.eligibility_answer import PLAN_DAYS, FhirAnswer
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.fhir.references import OurId, read_reference, same_id
from medoffice.wire.fhir.stated_benefits import read_items
from medoffice.wire.json import WireError

_OTHERS: Final = (
    *OF_RESOURCE,
    *("servicedDate", "servicedPeriod", "requestor", "disposition", "preAuthRef", "form"),
)
_ANSWERED: Final = frozenset(("complete", "partial", "error"))
_SUBSCRIBER: Final = RejectedLevel.SUBSCRIBER


def read_eligibility_answer(json: object, *, our_id: OurId = same_id) -> Read[FhirAnswer]:
    """The answer of a resource, as JSON's objects and lists; what is carried is said at ``write_eligibility_answer``.

    Of others, ``our_id`` says which id a reference becomes. ``inforce`` that no item speaks of, or that contradicts the
    items, becomes a statement about the plan as a whole; a benefit period without a kind is the plan's (``291``); an error
    that does not say what was rejected is taken for the subscriber's. A ``partial`` outcome is an answer that was cut off. Of several coverages only the first is kept.

    Raises:
        WireError: with its place, when something that must be there is missing or impossible, the payer has not answered
            yet (``outcome`` is ``queued``), or the record is not in use.
    """
    element = resource(json, "CoverageEligibilityResponse")
    extensions = Extensions(element)
    for key, known in (("status", {"active"}), ("outcome", _ANSWERED)):
        element.need(key)
        if element.code(key) not in known:
            raise WireError("an answer that is active and given is kept", element.below(key))
    for key in ("id", "purpose", "created", "insurer", "insurance"):
        element.need(key)
    element.texts("purpose")
    id_, created = element.text("id"), element.text("created")
    answered_on = at(element.below("created"), lambda: read_day(created))
    patient = read_patient(element, "patient", our_id)
    insurer = element.element("insurer")
    payer = read_payer(insurer, our_id) if insurer else None
    traces = _traces(element, extensions)
    rejections = tuple(_rejection(each) for each in element.elements("error"))
    first, *more = element.elements("insurance")
    element.findings += [not_kept(each.path) for each in more]
    coverage, answer = _insurance(first, our_id)
    answer = attrs.evolve(
        answer,
        answered_on=answered_on,
        traces=traces,
        rejections=rejections,
        is_cut_off=element.code("outcome") == "partial",
    )
    if payer is None:
        raise WireError("it is missing", element.below("insurer"))
    made = at(
        element.path,
        lambda: FhirAnswer(id=id_, patient=patient, coverage=coverage, insurer=payer, answer=answer),
    )
    extensions.close()
    element.close(*_OTHERS)
    return Read(made, tuple(dict.fromkeys(element.findings)))


def _traces(element: Element, extensions: Extensions) -> tuple[str, ...]:
    request = element.element("request")
    if request is None:
        raise WireError("it is missing", element.below("request"))
    more = [each.text("valueString") for each in extensions.all(names.INQUIRY)]
    if not request.has("reference") and not request.has("identifier"):
        request.text("display")
        request.text("type")
        request.close()
        first = ""
    else:
        reference = read_reference(request)
        first = reference.value or reference.id
    if more and not (first and all(more)):
        raise WireError("more numbers stand beside a first one", request.path)
    return (*([first] if first else []), *more)


def _rejection(error: Element) -> Rejection:
    extensions = Extensions(error)
    level, follow_up = extensions.one(names.REJECTED_LEVEL), extensions.one(names.FOLLOW_UP)
    extensions.close()
    concept = error.element("code")
    if concept is None:
        raise WireError("it is missing", error.below("code"))
    codings, _ = read_concept(concept)
    ours = [each.code for each in codings if each.system == names.REJECTED]
    code = next(iter(ours), "")
    if codings and not ours:
        error.findings.append(not_kept(concept.path))
    error.close()
    known = {each.value: each for each in RejectedLevel}
    said = level.code("valueCode") if level else _SUBSCRIBER.value
    if said not in known:
        raise WireError("it is no part of an inquiry", error.path)
    return Rejection(level=known[said], code=code, follow_up=follow_up.code("valueCode") if follow_up else "")


def _insurance(insurance: Element, our_id: OurId) -> tuple[CoverageId, EligibilityAnswer]:
    extensions = Extensions(insurance)
    found = insurance.element("coverage")
    if found is None:
        raise WireError("it is missing", insurance.below("coverage"))
    reference = read_reference(found)
    if reference.kind not in {"", "Coverage"}:
        raise WireError("it is a reference to a Coverage", found.path)
    is_ours = reference.system == names.COVERAGE
    coverage = at(found.path, lambda: CoverageId(reference.value if is_ours else our_id(reference)))
    days = [_days(insurance, "benefitPeriod", "291")] if insurance.has("benefitPeriod") else []
    if days and days[0].kind not in PLAN_DAYS:
        raise WireError("its days are the plan's", insurance.below("benefitPeriod"))
    others = [_days(each, "valuePeriod", "") for each in extensions.all(names.DAYS)]
    if not days and others and others[0].kind in PLAN_DAYS:
        raise WireError("the plan's days are its benefit period", insurance.path)
    answer = EligibilityAnswer(days=(*days, *others), statements=read_items(insurance))
    in_force = insurance.flag("inforce", default=False)
    if insurance.has("inforce") and answer.is_active is not in_force:
        about = About.ACTIVE if in_force else About.INACTIVE
        said = Statement(about=about, code=about.value, service_types=(HEALTH_PLAN,))
        answer = attrs.evolve(answer, statements=(said, *answer.statements))
    extensions.close()
    insurance.close()
    return coverage, answer


def _days(element: Element, key: str, default: str) -> AnsweredDays:
    """Days with their kind, which stands on the Period."""
    period = element.element(key)
    if period is None:
        raise WireError("it is missing", element.below(key))
    extensions = Extensions(period)
    kind = extensions.one(names.DAYS_KIND)
    extensions.close()
    code = kind.code("valueCode") if kind else default
    if not code:
        raise WireError("it says what the days are", period.path)
    days = days_in(period)
    return AnsweredDays(kind=code, start=days.start, end=days.end)
