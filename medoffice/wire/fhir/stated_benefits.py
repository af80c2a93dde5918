"""The items of a CoverageEligibilityResponse, read: each benefit as one statement of the payer."""

from typing import Final

import attrs

from medoffice.billing.eligibility import About, Level, Network, Period, Statement
from medoffice.core import InvalidValue, Money, Percent
from medoffice.wire.fhir import names
from medoffice.wire.fhir.benefit_codes import (
    ABOUTS,
    BENEFIT_NETWORK,
    BENEFIT_TERM,
    BENEFIT_TYPE,
    BENEFIT_UNIT,
    NETWORKS,
    SERVICE_TYPES,
    SERVICE_TYPES_READ,
    TERMS,
    UNITS,
    member_of,
)
from medoffice.wire.fhir.codings import read_concept
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.eligibility_answer import EXCLUDED, LEFT
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.fhir.money import read_money
from medoffice.wire.json import WireError

_ABOUT: Final = {each.value: each for each in About if each is not About.OTHER}
_ITEM: Final = ("modifier", "provider", "authorizationSupporting", "authorizationUrl")


@attrs.frozen(kw_only=True)
class _Benefit:
    code: str
    amount: Money | None = None
    percent: Percent | None = None
    period: Period | None = None


def read_items(insurance: Element) -> tuple[Statement, ...]:
    """The statements of all items; an item that continues the one before adds its service type to it.

    Raises:
        WireError: when an item has neither or both of category and product (ces-1), or a benefit has no type
            that is known.
    """
    found: list[Statement] = []
    for each in insurance.elements("item"):
        statements, continues = _item(each)
        if continues:
            if len(statements) != 1 or not found or not _is_same(found[-1], statements[0]):
                raise WireError("it does not say the same as the one before", each.path)
            types = found[-1].service_types + statements[0].service_types
            found[-1] = attrs.evolve(found[-1], service_types=types)
        else:
            found += statements
    return tuple(found)


def _is_same(one: Statement, other: Statement) -> bool:
    return (
        bool(one.service_types)
        and bool(other.service_types)
        and not one.procedure
        and attrs.evolve(one, service_types=()) == attrs.evolve(other, service_types=())
    )


def _item(item: Element) -> tuple[list[Statement], bool]:
    extensions = Extensions(item)
    continues = extensions.one(names.CONTINUES)
    more = [each.text("valueString") for each in extensions.all(names.MESSAGE)]
    category, product = item.element("category"), item.element("productOrService")
    if (category is None) is (product is None):
        raise WireError("it has a category or a product, not both (ces-1)", item.path)
    types = _service_types(category) if category else _beside(extensions)
    procedure = _procedure(product) if product else ""
    first = item.text("description")
    messages = (*([first] if first else []), *more)
    if more and not (first and all(more)):
        raise WireError("more messages stand beside a first one", item.below("description"))
    term = member_of(item.element("term"), BENEFIT_TERM, TERMS, names.PERIOD, Period.NOT_SAID)
    excluded = item.flag("excluded", default=False)
    authorization = item.flag("authorizationRequired", default=False)
    whole = Statement(
        about=About.OTHER,
        code="",
        service_types=types,
        procedure=procedure,
        plan=item.text("name"),
        messages=messages,
        network=member_of(
            item.element("network"), BENEFIT_NETWORK, NETWORKS, names.NETWORK, Network.NOT_SAID
        ),
        level=member_of(item.element("unit"), BENEFIT_UNIT, UNITS, names.LEVEL, Level.NOT_SAID),
        period=term,
        needs_authorization=authorization if item.has("authorizationRequired") else None,
    )
    benefits = [made for each in item.elements("benefit") for made in _benefit(each, term)]
    made = [
        attrs.evolve(
            whole,
            about=_ABOUT.get(each.code, About.OTHER),
            code=each.code,
            amount=each.amount,
            percent=each.percent,
            period=each.period or term,
        )
        for each in _joined(benefits)
    ]
    if excluded and not any(each.about in EXCLUDED for each in made):
        made.append(attrs.evolve(whole, about=About.NOT_COVERED, code=About.NOT_COVERED.value))
    elif not made and whole.needs_authorization is not None:
        made.append(attrs.evolve(whole, about=About.DESCRIPTION, code=About.DESCRIPTION.value))
    is_more = continues is not None and continues.flag("valueBoolean", default=False)
    extensions.close()
    item.close(*_ITEM)
    return made, is_more


def _service_types(category: Element) -> tuple[str, ...]:
    codings, _ = read_concept(category)
    found = [each.code for each in codings if each.system in SERVICE_TYPES_READ]
    if not found and not any(each.system == names.NO_SERVICE for each in codings):
        raise WireError("it has no service type of X12", category.path)
    return tuple(found[:1])


def _beside(extensions: Extensions) -> tuple[str, ...]:
    found = []
    for each in extensions.all(SERVICE_TYPES):
        coding = each.element("valueCoding")
        if coding is None or not coding.code("code"):
            raise WireError("it has a code", each.path)
        found.append(coding.code("code"))
    return tuple(found)


def _procedure(product: Element) -> str:
    codings, text = read_concept(product)
    found = text or next((each.code for each in codings), "")
    if not found:
        raise WireError("it has a code or a text", product.path)
    return found


def _joined(benefits: list[_Benefit]) -> list[_Benefit]:
    """An amount and the percentage that follows it under the same code are one statement, as they are written."""
    found: list[_Benefit] = []
    for each in benefits:
        last = found[-1] if found else None
        if (
            last is not None
            and last.code == each.code
            and last.amount is not None
            and last.percent is None
            and each.amount is None
            and each.percent is not None
        ):
            found[-1] = attrs.evolve(last, percent=each.percent)
        else:
            found.append(each)
    return found


def _benefit(element: Element, term: Period) -> list[_Benefit]:
    code = _code(element)
    extensions = Extensions(element)
    left = extensions.one(names.REMAINING)
    extensions.close()
    found: list[_Benefit] = []
    if left is not None:
        value = left.element("valueMoney")
        if value is None:
            raise WireError("it is missing", left.below("valueMoney"))
        period = term if term in LEFT else Period.REMAINING
        found.append(_Benefit(code=code, amount=read_money(value), period=period))
    if (allowed := element.element("allowedMoney")) is not None:
        if term in LEFT or term is Period.YEAR_TO_DATE:
            raise WireError("what is allowed is not for such a term", allowed.path)
        found.append(_Benefit(code=code, amount=read_money(allowed)))
    if (used := element.element("usedMoney")) is not None:
        found.append(_Benefit(code=code, amount=read_money(used), period=Period.YEAR_TO_DATE))
    if (percent := _percent(element)) is not None:
        found.append(_Benefit(code=code, percent=percent))
    element.close("allowedUnsignedInt", "allowedString", "usedUnsignedInt", "usedString")
    return found or [_Benefit(code=code)]


def _code(element: Element) -> str:
    """EB01 as it came, or what HL7's type means."""
    kind = element.element("type")
    if kind is None:
        raise WireError("it is missing", element.below("type"))
    codings, _ = read_concept(kind)
    for each in codings:
        if each.system == names.BENEFIT:
            return each.code
    for each in codings:
        for about, code in ABOUTS.items():
            if each.system == BENEFIT_TYPE and each.code == code:
                return str(about.value)
    raise WireError("none of its codes is known here", kind.path)


def _percent(element: Element) -> Percent | None:
    """A whole percentage as a number, another as text; a number of visits or other things is not kept."""
    whole, text = element.whole("allowedUnsignedInt", 0), element.text("allowedString")
    if whole is None and not text:
        return None
    kind = element.element("type")
    codings = () if kind is None else read_concept(kind)[0]
    is_percent = not any(each.system == BENEFIT_TYPE for each in codings) or any(
        (each.system, each.code) == (BENEFIT_TYPE, "copay-percent") for each in codings
    )
    try:
        if is_percent or any(each.system == names.BENEFIT for each in codings):
            return Percent.parse(text or f"{whole}%")
    except InvalidValue:
        pass
    element.findings.append(not_kept(element.path))
    return None
