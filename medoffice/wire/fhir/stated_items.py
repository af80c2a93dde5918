"""Statements of a payer as items of a CoverageEligibilityResponse, written: what R4 has an element for stands in it."""

import re
from decimal import Decimal
from typing import Any, Final

from medoffice.billing.eligibility import About, Level, Network, Period, Quantity, Statement
from medoffice.core import InvalidValue, Money, Percent
from medoffice.wire.fhir import names
from medoffice.wire.fhir.benefit_codes import (
    ABOUTS,
    BENEFIT_NETWORK,
    BENEFIT_TERM,
    BENEFIT_TYPE,
    BENEFIT_UNIT,
    LEFT,
    NETWORKS,
    SERVICE_TYPES,
    TERMS,
    UNITS,
    VISIT,
    VISITS,
    concept_of,
    procedure_codes,
)
from medoffice.wire.fhir.codings import Coding, write_coding
from medoffice.wire.fhir.extensions import extension
from medoffice.wire.fhir.file_findings import number_in
from medoffice.wire.fhir.money import write_money
from medoffice.wire.fhir.parties import write_party
from medoffice.wire.fhir.stated_days import write_stated_days
from medoffice.wire.fhir.verbatim import put, text_extension, write_code

EXCLUDED: Final = frozenset((About.EXCLUSIONS, About.NOT_COVERED))
PROVIDERS: Final = frozenset(("1P", "13", "73", "P3"))
"""Roles (NM101) of those who may treat the patient; such a one is the item's provider when it is named first."""
PERSONS: Final = frozenset(("IL", "03", "LR"))
"""Roles of persons of the family, who are written only when persons are."""
NUMBER: Final = re.compile(r"-?\d{1,40}(\.\d{1,40})?", re.ASCII)
_MOST: Final = 2_147_483_647


def write_items(made: Statement, *, persons: bool) -> list[dict[str, Any]]:
    """An item for each service type, since an item has one category; for a procedure one, with its service types beside it.

    Raises:
        InvalidValue: when days end before they start, or a number is larger than FHIR's.
    """
    own = _beside(made, persons=persons)
    rest = _rest(made)
    if made.procedure:
        own += [
            {"url": SERVICE_TYPES, "valueCoding": write_code(SERVICE_TYPES, each)}
            for each in made.service_types
        ]
        codes, modifiers = procedure_codes(made.procedure)
        product = [*map(write_coding, codes), write_code(names.PROCEDURE, made.procedure)]
        what: dict[str, Any] = {"productOrService": {"coding": product}}
        if modifiers:
            what["modifier"] = [{"coding": [{"code": each}]} for each in modifiers]
        return [_item(own, made, what, rest)]
    categories = [write_code(SERVICE_TYPES, each) for each in made.service_types]
    same = [extension(names.CONTINUES, "Boolean", value=True)]
    return [
        _item(own + (same if place else []), made, {"category": {"coding": [each]}}, rest)
        for place, each in enumerate(categories or [write_code(names.NO_SERVICE, "not-said")])
    ]


def _item(
    own: list[dict[str, Any]], made: Statement, what: dict[str, Any], rest: dict[str, Any]
) -> dict[str, Any]:
    item = {"extension": own} if own else {}
    if made.places:
        item["modifierExtension"] = [text_extension(names.PLACE_OF_SERVICE, each) for each in made.places]
    return item | what | rest


def _beside(made: Statement, *, persons: bool) -> list[dict[str, Any]]:
    """What R4 has no element for, in extensions."""
    first = bool(made.messages and made.messages[0])
    own = [text_extension(names.MESSAGE, each) for each in made.messages[first:]]
    if made.insurance_type:
        own.append(text_extension(names.INSURANCE_TYPE, made.insurance_type))
    own += [extension(names.DAYS, "Period", write_stated_days(each)) for each in made.days]
    if persons:
        for kind, number in made.references:
            identifier: dict[str, Any] = {"type": {"coding": [write_code(names.REFERENCE, kind)]}}
            put(identifier, "value", number)
            own.append(extension(names.STATED_REFERENCE, "Identifier", identifier))
    own += [
        extension(names.PARTY, "Reference", write_party(each))
        for each in made.parties[_has_provider(made) :]
        if persons or each.role not in PERSONS
    ]
    if made.segment:
        own.append(extension(names.SEGMENT, "UnsignedInt", number_in(made.segment)))
    return own


def _has_provider(made: Statement) -> bool:
    return bool(made.parties) and made.parties[0].role in PROVIDERS


def _rest(made: Statement) -> dict[str, Any]:
    rest: dict[str, Any] = {}
    if _has_provider(made):
        rest["provider"] = write_party(made.parties[0])
    if made.about in EXCLUDED:
        rest["excluded"] = True
    put(rest, "name", made.plan)
    if made.messages:
        put(rest, "description", made.messages[0])
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
    """The amount, the percentage, or one benefit that has neither; then the quantities, each a benefit of its own kind."""
    coarse = [write_coding(Coding(BENEFIT_TYPE, ABOUTS[made.about]))] if made.about in ABOUTS else []
    kind = {"type": {"coding": [*coarse, write_code(names.BENEFIT, made.code)]}}
    found: list[dict[str, Any]] = []
    if made.amount is not None:
        found.append(_amount(made.amount, made.period) | kind)
    if made.percent is not None:
        found.append(kind | _percent(made.percent))
    return [*(found or [kind]), *(_quantity(each) for each in made.quantities)]


def _amount(amount: Money, period: Period) -> dict[str, Any]:
    if period in LEFT:
        return {"extension": [extension(names.REMAINING, "Money", write_money(amount))]}
    return {"usedMoney" if period is Period.YEAR_TO_DATE else "allowedMoney": write_money(amount)}


def _percent(percent: Percent) -> dict[str, Any]:
    whole = percent.value.to_integral_value()
    if whole == percent.value:
        return {"allowedUnsignedInt": int(whole)}
    return {"allowedString": str(percent)}


def _quantity(made: Quantity) -> dict[str, Any]:
    """A number of something; what is left of it stands in an extension, since R4 knows what is allowed and used."""
    text = f"{made.number:f}" if made.number.is_finite() else ""
    if NUMBER.fullmatch(text) is None:
        raise InvalidValue("answer", "a number has 40 digits at most on either side of its point")
    own = []
    if made.period is not Period.NOT_SAID:
        own.append(extension(names.QUANTITY_PERIOD, "Code", made.period.value))
    if made.periods:
        own.append(text_extension(names.QUANTITY_PERIODS, made.periods))
    if made.period in LEFT:
        own.append(extension(names.REMAINING_NUMBER, "String", text))
    coarse = [write_coding(Coding(BENEFIT_TYPE, VISIT))] if made.unit == VISITS else []
    benefit: dict[str, Any] = {"extension": own} if own else {}
    benefit["type"] = {"coding": [*coarse, write_code(names.QUANTITY, made.unit)]}
    if made.period in LEFT:
        return benefit
    said = "used" if made.period is Period.YEAR_TO_DATE else "allowed"
    if made.number == int(made.number) and Decimal(0) <= made.number <= _MOST:
        return benefit | {f"{said}UnsignedInt": int(made.number)}
    return benefit | {f"{said}String": text}
