"""CoverageEligibilityResponse of FHIR R4 (https://hl7.org/fhir/R4/coverageeligibilityresponse.html), written.

The elements were checked against fhir.resources; the page itself was not opened here.
"""

from typing import Any, Final

import attrs

from medoffice.billing import Payer
from medoffice.billing.eligibility import AnsweredDays, EligibilityAnswer, Party, Rejection
from medoffice.core import CoverageId, InvalidValue, PatientId
from medoffice.wire.fhir import names
from medoffice.wire.fhir.answered_persons import DEPENDENT, SUBSCRIBER, write_person
from medoffice.wire.fhir.coverage import write_payer
from medoffice.wire.fhir.extensions import extension
from medoffice.wire.fhir.file_findings import write_finding
from medoffice.wire.fhir.parties import write_party
from medoffice.wire.fhir.primitives import is_id
from medoffice.wire.fhir.purposes import Purpose, some_purposes
from medoffice.wire.fhir.references import write_reference
from medoffice.wire.fhir.stated_days import SERVED, write_plan_days, write_stated_days
from medoffice.wire.fhir.stated_items import write_items
from medoffice.wire.fhir.verbatim import is_text, put, text_extension, write_code

NOT_SAID: Final = "not said"


@attrs.frozen(kw_only=True)
class FhirAnswer:
    """A payer's answer with what FHIR has beside it: its id, whom and which coverage it is about, and who answered.

    ``patient``, ``coverage`` and ``insurer`` are the office's own; each is ``None`` where the office has not said which of
    its records is meant, as of an answer that comes out of a file. ``id`` is empty where the resource has none.

    Raises:
        InvalidValue: when the id is no id of FHIR, or there is no purpose or one twice.
    """

    id: str = ""
    patient: PatientId | None = None
    coverage: CoverageId | None = None
    insurer: Payer | None = None
    purposes: tuple[Purpose, ...] = attrs.field(default=(Purpose.BENEFITS,), validator=some_purposes)
    answer: EligibilityAnswer

    def __attrs_post_init__(self) -> None:
        if self.id and not is_id(self.id):
            raise InvalidValue("answer", "its id has letters, digits, hyphens and dots, 64 at most")


def write_eligibility_answer(made: FhirAnswer, *, persons: bool = False) -> dict[str, Any]:
    """The resource as JSON's objects and lists.

    With ``persons`` everything is written and read back as it was; the one thing that is not carried is an ``about`` that
    contradicts its ``code``, since it *is* what the code means. Without, which is the default, the persons stay in the office: subscriber, dependent, the
    numbers (REF) of a statement, and parties that are an insured, a dependent or their representative.

    What R4 has no element for is in extensions of ``urn:medoffice``, and a text that FHIR has no string for stands beside
    its element. A statement for several service types is an item for each, since an item has one category. One that
    holds at some places of service alone says so by a modifierExtension: a reader that does not know it must leave the
    item rather than take it for all places.

    Raises:
        InvalidValue: when days end before they start, a number is larger than FHIR's, or a finding is of an unknown kind.
    """
    answer = made.answer
    resource: dict[str, Any] = {"resourceType": "CoverageEligibilityResponse"}
    if made.id:
        resource["id"] = made.id
    contained = [
        write_person(id_, person)
        for id_, person in ((SUBSCRIBER, answer.subscriber), (DEPENDENT, answer.dependent))
        if persons and person is not None
    ]
    if contained:
        resource["contained"] = contained
    resource["extension"] = _beside(made, [each["id"] for each in contained])
    resource["status"] = "active"
    resource["purpose"] = [each.value for each in made.purposes]
    resource["patient"] = _patient(made, contained)
    if answer.days and answer.days[-1].kind == SERVED:
        resource |= _served(answer.days[-1])
    if answer.answered_on is None:
        resource["_created"] = {"extension": [extension(names.ABSENT, "Code", "unknown")]}
    else:
        resource["created"] = answer.answered_on.isoformat()
    if answer.provider != Party():
        resource["requestor"] = write_party(answer.provider)
    resource["request"] = _request(answer.traces)
    resource["outcome"] = "partial" if answer.is_cut_off else "error" if answer.rejections else "complete"
    if made.insurer is not None:
        resource["insurer"] = write_payer(made.insurer)
    else:
        name = answer.payer.name
        resource["insurer"] = {"display": name if is_text(name) else NOT_SAID}
    resource["insurance"] = [_insurance(made, persons=persons)]
    if answer.rejections:
        resource["error"] = [_error(each) for each in answer.rejections]
    return resource


def _beside(made: FhirAnswer, contained: list[str]) -> list[dict[str, Any]]:
    answer = made.answer
    first = bool(answer.traces and answer.traces[0])
    beside = [text_extension(names.INQUIRY, each) for each in answer.traces[first:]]
    beside += [extension(names.PERSON, "Reference", {"reference": f"#{id_}"}) for id_ in contained]
    beside.append(extension(names.ANSWERING_PAYER, "Reference", write_party(answer.payer)))
    return beside + [write_finding(each) for each in answer.findings]


def _patient(made: FhirAnswer, contained: list[dict[str, Any]]) -> dict[str, Any]:
    """The office's patient; else the person whom the answer is about, the last of those who are contained."""
    if made.patient is not None:
        return write_reference("Patient", names.PATIENT, made.patient.value)
    return {"reference": f"#{contained[-1]['id']}"} if contained else {"display": NOT_SAID}


def _served(days: AnsweredDays) -> dict[str, Any]:
    if days.start == days.end:
        return {"servicedDate": days.start.isoformat()}
    period = write_stated_days(days)
    return {"servicedPeriod": {key: period[key] for key in ("start", "end") if key in period}}


def _request(traces: tuple[str, ...]) -> dict[str, Any]:
    """The inquiry by its first number; where that is empty, all the numbers stand beside it."""
    if not (traces and traces[0]):
        return {"display": NOT_SAID}
    identifier: dict[str, Any] = {"system": names.INQUIRY}
    put(identifier, "value", traces[0])
    return {"identifier": identifier}


def _insurance(made: FhirAnswer, *, persons: bool) -> dict[str, Any]:
    answer = made.answer
    plan, said = write_plan_days(answer.days)
    last = bool(answer.days) and answer.days[-1].kind == SERVED
    middle = answer.days[said : len(answer.days) - last]
    own = [extension(names.DAYS, "Period", write_stated_days(each)) for each in middle]
    own += [
        extension(names.SUBSCRIBER_DAYS, "Period", write_stated_days(each)) for each in answer.subscriber_days
    ]
    insurance: dict[str, Any] = {"extension": own} if own else {}
    if made.coverage is not None:
        insurance["coverage"] = write_reference("Coverage", names.COVERAGE, made.coverage.value)
    else:
        insurance["coverage"] = {"display": NOT_SAID}
    if answer.is_active is not None:
        insurance["inforce"] = answer.is_active
    if plan:
        insurance["benefitPeriod"] = plan
    items = [item for each in answer.statements for item in write_items(each, persons=persons)]
    if items:
        insurance["item"] = items
    return insurance


def _error(rejection: Rejection) -> dict[str, Any]:
    extensions = [extension(names.REJECTED_LEVEL, "Code", rejection.level.value)]
    if rejection.follow_up:
        extensions.append(text_extension(names.FOLLOW_UP, rejection.follow_up))
    code: dict[str, Any] = {"coding": [write_code(names.REJECTED, rejection.code)]} if rejection.code else {}
    put(code, "text", rejection.reason)
    return {"extension": extensions, "code": code}
