"""The items of a CoverageEligibilityResponse, read: each benefit as one statement of the payer."""

from typing import Final

import attrs

from medoffice.billing.eligibility import (
    About,
    Level,
    Network,
    Party,
    Period,
    Statement,
)
from medoffice.wire.fhir import names
from medoffice.wire.fhir.benefit_codes import (
    BENEFIT_NETWORK,
    BENEFIT_TERM,
    BENEFIT_UNIT,
    NETWORKS,
    QUALIFIERS,
    SERVICE_TYPES,
    SERVICE_TYPES_READ,
    TERMS,
    UNITS,
    member_of,
)
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import left_out, not_understood
from medoffice.wire.fhir.parties import read_party
from medoffice.wire.fhir.salvage import each_of, parts_of
from medoffice.wire.fhir.stated_benefits import ABOUT, StatedBenefit, joined, read_benefit
from medoffice.wire.fhir.stated_days import read_stated_days
from medoffice.wire.fhir.stated_items import EXCLUDED
from medoffice.wire.fhir.verbatim import code_of, read_codes, take, text_of, texts_of, token
from medoffice.wire.json import WireError

_MODIFIER: Final = "modifierExtension"


def read_items(insurance: Element) -> tuple[Statement, ...]:
    """The statements of all items; an item that continues the one before adds its service type to it.

    An item that is wrong is left out with a finding, and so is a benefit.
    """
    found: list[Statement] = []
    for path, value in parts_of(insurance, "item"):
        try:
            statements, continues = _item(*_opened(value, path, insurance))
        except WireError as trouble:
            insurance.findings.append(left_out(trouble.path or path, trouble.reason))
            continue
        last = found[-1] if found else None
        if continues and last is not None and len(statements) == 1 and _is_same(last, statements[0]):
            types = last.service_types + statements[0].service_types
            found[-1] = attrs.evolve(last, service_types=types)
        else:
            found += statements
    return tuple(found)


def _opened(value: object, path: str, insurance: Element) -> tuple[Element, tuple[str, ...]]:
    """An item without the one modifier that is understood here, and the places of service that this names."""
    if not isinstance(value, dict) or _MODIFIER not in value:
        return Element(value, path, insurance.findings), ()
    below = f"{path}.{_MODIFIER}"
    said = Element({"extension": value[_MODIFIER]}, below, insurance.findings)
    extensions = Extensions(said)
    places = texts_of(extensions.all(names.PLACE_OF_SERVICE))
    if extensions.is_left:
        raise WireError("it changes the meaning in a way that is not understood here", below)
    rest = {key: below for key, below in value.items() if key != _MODIFIER}
    return Element(rest, path, insurance.findings), places


def _is_same(one: Statement, other: Statement) -> bool:
    return (
        bool(one.service_types)
        and bool(other.service_types)
        and not one.procedure
        and attrs.evolve(one, service_types=()) == attrs.evolve(other, service_types=())
    )


def _item(item: Element, places: tuple[str, ...]) -> tuple[list[Statement], bool]:
    extensions = Extensions(item)
    continues = extensions.one(names.CONTINUES)
    term, one = member_of(item.element("term"), BENEFIT_TERM, TERMS, names.PERIOD, Period.NOT_SAID)
    level, two = member_of(item.element("unit"), BENEFIT_UNIT, UNITS, names.LEVEL, Level.NOT_SAID)
    network, three = member_of(
        item.element("network"), BENEFIT_NETWORK, NETWORKS, names.NETWORK, Network.NOT_SAID
    )
    unclear = tuple(filter(None, (one, two, three)))
    excluded = item.flag("excluded", default=False)
    authorization = item.flag("authorizationRequired", default=False)
    segment = extensions.one(names.SEGMENT)
    types, procedure, words = _what(item, extensions)
    first = (take(item, "description"),) if item.has("description") or item.has("_description") else ()
    whole = Statement(
        about=About.DESCRIPTION,
        code=About.DESCRIPTION.value,
        service_types=types,
        insurance_type=text_of(extensions.one(names.INSURANCE_TYPE)),
        procedure=procedure,
        plan=take(item, "name"),
        messages=(*words, *unclear, *first, *texts_of(extensions.all(names.MESSAGE)), *_authorization(item)),
        network=network,
        level=level,
        period=term,
        needs_authorization=authorization if item.has("authorizationRequired") else None,
        places=places,
        days=tuple(
            days for each in extensions.all(names.DAYS) for days in read_stated_days(each, "valuePeriod")
        ),
        references=tuple(_reference(each) for each in extensions.all(names.STATED_REFERENCE)),
        parties=_parties(item, extensions),
        segment=(segment.whole("valueUnsignedInt", 0) or 0) if segment else 0,
    )
    found = [
        made for some in each_of(item, "benefit", lambda each: read_benefit(each, term)) for made in some
    ]
    made = [_statement(whole, each) for each in joined(found)]
    if excluded and not any(each.about in EXCLUDED for each in made):
        made.append(attrs.evolve(whole, about=About.NOT_COVERED, code=About.NOT_COVERED.value))
    elif not made:
        made.append(whole)
    if unclear:
        made = [_of_nothing(each) for each in made]
    is_more = continues is not None and continues.flag("valueBoolean", default=False)
    extensions.close()
    item.close()
    return made, is_more


def _statement(whole: Statement, benefit: StatedBenefit) -> Statement:
    return attrs.evolve(
        whole,
        about=ABOUT.get(benefit.code, About.OTHER),
        code=benefit.code,
        amount=benefit.amount,
        percent=benefit.percent,
        quantities=benefit.quantities,
        period=benefit.period or whole.period,
        messages=whole.messages + benefit.words,
    )


def _of_nothing(made: Statement) -> Statement:
    """A statement for a unit, a term or a network that is not known: kept, and taken for no one's benefit."""
    if made.about in {About.OTHER, About.DESCRIPTION}:
        return made
    return attrs.evolve(made, about=About.OTHER, code=f"|{made.code}")


def _what(item: Element, extensions: Extensions) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Service types, a procedure, and what only people can read of them."""
    category, product = item.element("category"), item.element("productOrService")
    if (category is None) is (product is None):
        raise WireError("it has a category or a product, not both (ces-1)", item.path)
    modifiers = [_modifier(each) for each in item.elements("modifier")]
    if category is not None:
        types, words = _service_types(category)
        if modifiers:
            item.findings.append(not_understood(item.below("modifier")))
        return types, "", words
    codes, text = read_codes(product) if product else ((), "")
    beside = tuple(_beside(each) for each in extensions.all(SERVICE_TYPES))
    ours = code_of(codes, names.PROCEDURE)
    if ours is not None or not (codes or text):
        return beside, ours or "|", ()
    for system, code in codes:
        if system in QUALIFIERS:
            return beside, ":".join((QUALIFIERS[system], code, *filter(None, modifiers))), ()
    item.findings.append(not_understood(item.below("productOrService")))
    return beside, token(codes), (text,) if text else ()


def _modifier(concept: Element) -> str:
    codes, text = read_codes(concept)
    return next((code for _, code in codes), text)


def _service_types(category: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """X12's service types; of another system its code with the system, which no question of ours asks for."""
    codes, text = read_codes(category)
    found = tuple(dict.fromkeys(code for system, code in codes if system in SERVICE_TYPES_READ))
    if found or code_of(codes, names.NO_SERVICE) is not None:
        return found, ()
    category.findings.append(not_understood(category.path))
    return (token(codes),), (text,) if text else ()


def _beside(coding: Element) -> str:
    value = coding.element("valueCoding")
    if value is None:
        raise WireError("it has a code", coding.path)
    value.text("system")
    return take(value, "code")


def _authorization(item: Element) -> tuple[str, ...]:
    """What a payer wants to have for an authorization, and where to ask for it: words for people."""
    found = []
    for each in item.elements("authorizationSupporting"):
        codes, text = read_codes(each)
        found.append(text or token(codes))
    url = item.text("authorizationUrl")
    return (*found, url) if url else tuple(found)


def _parties(item: Element, extensions: Extensions) -> tuple[Party, ...]:
    provider = item.element("provider")
    first = (read_party(provider),) if provider is not None else ()
    return (*first, *(read_party_in(each) for each in extensions.all(names.PARTY)))


def read_party_in(found: Element) -> Party:
    """The party of an extension.

    Raises:
        WireError: when it has none.
    """
    value = found.element("valueReference")
    if value is None:
        raise WireError("it is missing", found.below("valueReference"))
    return read_party(value)


def _reference(found: Element) -> tuple[str, str]:
    identifier = found.element("valueIdentifier")
    if identifier is None:
        raise WireError("it is missing", found.below("valueIdentifier"))
    kind = identifier.element("type")
    said = code_of(read_codes(kind)[0], names.REFERENCE) if kind else None
    number = take(identifier, "value")
    identifier.close("use", "system", "period", "assigner")
    return said or "", number
