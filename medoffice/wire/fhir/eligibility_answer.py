"""CoverageEligibilityResponse of FHIR R4 (https://hl7.org/fhir/R4/coverageeligibilityresponse.html), written.

The elements were checked against fhir.resources; the page itself was not opened here.
"""

from typing import Any, Final

import attrs

from medoffice.billing import Payer
from medoffice.billing.eligibility import (
    About,
    AnsweredDays,
    EligibilityAnswer,
    Level,
    Network,
    Period,
    Rejection,
    Statement,
)
from medoffice.core import CoverageId, DateRange, InvalidValue, Money, PatientId
from medoffice.wire.fhir import names
from medoffice.wire.fhir.benefit_codes import (
    ABOUTS,
    BENEFIT_NETWORK,
    BENEFIT_TERM,
    BENEFIT_TYPE,
    BENEFIT_UNIT,
    NETWORKS,
    SERVICE_TYPES,
    TERMS,
    UNITS,
    concept_of,
)
from medoffice.wire.fhir.codings import Coding, write_concept
from medoffice.wire.fhir.coverage import write_payer
from medoffice.wire.fhir.days import write_days
from medoffice.wire.fhir.extensions import extension
from medoffice.wire.fhir.money import write_money
from medoffice.wire.fhir.primitives import is_id
from medoffice.wire.fhir.references import write_reference

LEFT: Final = frozenset((Period.REMAINING, Period.LIFETIME_REMAINING))
"""Periods whose amount is what is left."""
PLAN_DAYS: Final = frozenset(("291", "307", "346", "356"))
"""Kinds of days (DTP01) that a benefit period can state."""
EXCLUDED: Final = frozenset((About.EXCLUSIONS, About.NOT_COVERED))


@attrs.frozen(kw_only=True)
class FhirAnswer:
    """A payer's answer with what FHIR has beside it: its id, whom and which coverage it is about, and who answered.

    Raises:
        InvalidValue: when the id is no id of FHIR.
    """

    id: str
    patient: PatientId
    coverage: CoverageId
    insurer: Payer
    answer: EligibilityAnswer

    def __attrs_post_init__(self) -> None:
        if not is_id(self.id):
            raise InvalidValue("answer", "its id has letters, digits, hyphens and dots, 64 at most")


def write_eligibility_answer(made: FhirAnswer) -> dict[str, Any]:
    """The resource as JSON's objects and lists.

    Of the answer are written: ``answered_on``, ``traces``, ``days``, ``rejections``, and of each statement its code, level,
    service types, plan, period, amount, percent, authorization, network, procedure and messages. **Not** written, and so
    not read back: the persons as the payer knows them, parties, ``subscriber_days``, findings, and of a statement its
    quantities, days, places, references, insurance type and segment. One that was cut off has the outcome ``partial``. A statement for several service types is an item
    for each, since an item has one category.

    Raises:
        InvalidValue: when nobody knows when the payer answered, which FHIR wants; or a text is blank or days end
            before they start.
    """
    answer = made.answer
    if answer.answered_on is None:
        raise InvalidValue("answer", "FHIR wants the day on which it was given")
    resource: dict[str, Any] = {"resourceType": "CoverageEligibilityResponse", "id": made.id}
    more = [extension(names.INQUIRY, "String", _filled(each)) for each in answer.traces[1:]]
    if more:
        resource["extension"] = more
    resource["status"] = "active"
    resource["purpose"] = ["benefits"]
    resource["patient"] = write_reference("Patient", names.PATIENT, made.patient.value)
    resource["created"] = answer.answered_on.isoformat()
    if answer.traces:
        resource["request"] = write_reference("", names.INQUIRY, _filled(answer.traces[0]))
    else:
        resource["request"] = {"display": "not said"}
    resource["outcome"] = "partial" if answer.is_cut_off else "error" if answer.rejections else "complete"
    resource["insurer"] = write_payer(made.insurer)
    resource["insurance"] = [_insurance(made)]
    if answer.rejections:
        resource["error"] = [_error(each) for each in answer.rejections]
    return resource


def _filled(text: str) -> str:
    if not text.strip():
        raise InvalidValue("answer", "FHIR has no blank text")
    return text


def _insurance(made: FhirAnswer) -> dict[str, Any]:
    answer = made.answer
    days = answer.days
    insurance: dict[str, Any] = {}
    is_first = bool(days) and days[0].kind in PLAN_DAYS
    if days[is_first:]:
        insurance["extension"] = [extension(names.DAYS, "Period", _days(each)) for each in days[is_first:]]
    insurance["coverage"] = write_reference("Coverage", names.COVERAGE, made.coverage.value)
    if answer.is_active is not None:
        insurance["inforce"] = answer.is_active
    if is_first:
        insurance["benefitPeriod"] = _days(days[0])
    items = [item for each in answer.statements for item in _items(each)]
    if items:
        insurance["item"] = items
    return insurance


def _days(days: AnsweredDays) -> dict[str, Any]:
    kind = extension(names.DAYS_KIND, "Code", _filled(days.kind))
    return {"extension": [kind]} | write_days(DateRange(days.start, days.end))


def _error(rejection: Rejection) -> dict[str, Any]:
    extensions = [extension(names.REJECTED_LEVEL, "Code", rejection.level.value)]
    if rejection.follow_up:
        extensions.append(extension(names.FOLLOW_UP, "Code", rejection.follow_up))
    code = write_concept(Coding(names.REJECTED, rejection.code)) if rejection.code else {}
    return {"extension": extensions, "code": code | {"text": rejection.reason}}


def _items(made: Statement) -> list[dict[str, Any]]:
    """An item for each service type; one where there is a procedure, with its service types beside it."""
    rest = _rest(made)
    messages = [extension(names.MESSAGE, "String", _filled(each)) for each in made.messages[1:]]
    types = [Coding(SERVICE_TYPES, each) for each in made.service_types]
    if made.procedure:
        beside = [
            extension(SERVICE_TYPES, "Coding", {"system": each.system, "code": each.code}) for each in types
        ]
        own = {"extension": messages + beside} if messages or beside else {}
        return [own | {"productOrService": {"text": _filled(made.procedure)}} | rest]
    found = []
    for place, each in enumerate(types or [Coding(names.NO_SERVICE, "not-said")]):
        same = [extension(names.CONTINUES, "Boolean", value=True)] if place else []
        own = {"extension": messages + same} if messages or same else {}
        found.append(own | {"category": write_concept(each)} | rest)
    return found


def _rest(made: Statement) -> dict[str, Any]:
    rest: dict[str, Any] = {}
    if made.about in EXCLUDED:
        rest["excluded"] = True
    if made.plan:
        rest["name"] = _filled(made.plan)
    if made.messages:
        rest["description"] = _filled(made.messages[0])
    if made.network is not Network.NOT_SAID:
        rest["network"] = concept_of(made.network, BENEFIT_NETWORK, NETWORKS, names.NETWORK)
    if made.level is not Level.NOT_SAID:
        rest["unit"] = concept_of(made.level, BENEFIT_UNIT, UNITS, names.LEVEL)
    if made.period is not Period.NOT_SAID:
        rest["term"] = concept_of(made.period, BENEFIT_TERM, TERMS, names.PERIOD)
    rest["benefit"] = _benefits(made)
    if made.needs_authorization is not None:
        rest["authorizationRequired"] = made.needs_authorization
    return rest


def _benefits(made: Statement) -> list[dict[str, Any]]:
    """The amount and the percentage, each a benefit, or one that has neither."""
    coarse = [Coding(BENEFIT_TYPE, ABOUTS[made.about])] if made.about in ABOUTS else []
    kind = {"type": write_concept(*coarse, Coding(names.BENEFIT, made.code))}
    found: list[dict[str, Any]] = []
    if made.amount is not None:
        found.append(_amount(made.amount, made.period) | kind)
    if made.percent is not None:
        whole = made.percent.value.to_integral_value()
        said = (
            {"allowedUnsignedInt": int(whole)}
            if whole == made.percent.value
            else {"allowedString": str(made.percent)}
        )
        found.append(kind | said)
    return found or [kind]


def _amount(amount: Money, period: Period) -> dict[str, Any]:
    if period in LEFT:
        return {"extension": [extension(names.REMAINING, "Money", write_money(amount))]}
    return {"usedMoney" if period is Period.YEAR_TO_DATE else "allowedMoney": write_money(amount)}
