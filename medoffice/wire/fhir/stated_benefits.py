"""The benefits of one item of a CoverageEligibilityResponse, read: an amount, a percentage or a number each, and what it is of."""

from decimal import Decimal
from typing import Final

import attrs

from medoffice.billing.eligibility import About, Period, Quantity
from medoffice.billing.eligibility.benefit_codes import YEARS
from medoffice.core import InvalidValue, Money, Percent, PhiClass, phi
from medoffice.wire.fhir import names
from medoffice.wire.fhir.benefit_codes import ABOUTS, BENEFIT_TYPE, LEFT, VISIT, VISITS
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import not_understood
from medoffice.wire.fhir.money import read_money
from medoffice.wire.fhir.stated_items import NUMBER
from medoffice.wire.fhir.verbatim import code_of, read_codes, text_of, token
from medoffice.wire.json import WireError

ABOUT: Final = {each.value: each for each in About if each is not About.OTHER}
_HL7: Final = {code: about for about, code in ABOUTS.items()}
_YEARLY: Final = YEARS | {Period.NOT_SAID}
"""Terms of which what was used and what is left can be said in X12: the year, and what names no time."""
_PERIODS: Final = {each.value: each for each in Period}
_USED_VISITS: Final = f"{BENEFIT_TYPE}|{VISIT}-used"
"""Visits that somebody else says were used: no limit, so it must not be taken for one."""


@attrs.frozen(kw_only=True)
class StatedBenefit:
    """What one benefit says; ``period`` is its own where it is not that of the item."""

    code: str
    amount: Money | None = None
    percent: Percent | None = None
    quantities: tuple[Quantity, ...] = ()
    period: Period | None = None
    words: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    is_more: bool = False
    """Whether it is a number that belongs to the benefit before it."""


def read_benefit(element: Element, term: Period) -> list[StatedBenefit]:
    """The benefits of an element: one, or as many as it has amounts.

    Raises:
        WireError: with its place, when it has no type, or a value that is impossible.
    """
    kind = element.element("type")
    if kind is None:
        raise WireError("it is missing", element.below("type"))
    codes, text = read_codes(kind)
    extensions = Extensions(element)
    unit = code_of(codes, names.QUANTITY)
    code = code_of(codes, *sorted(names.BENEFIT_READ))
    if unit is not None:
        found = [_number(element, extensions, unit)]
    elif code is not None:
        said = _amounts(element, extensions, code, term) + _rest(element, code, term, is_percent=True)
        found = said or [StatedBenefit(code=code)]
    else:
        found = _others(element, extensions, codes, text, term)
    extensions.close()
    element.close()
    return found


def joined(benefits: list[StatedBenefit]) -> list[StatedBenefit]:
    """Numbers join the benefit before them, and a percentage the amount under the same code, as they are written."""
    found: list[StatedBenefit] = []
    for each in benefits:
        last = found[-1] if found else None
        if each.is_more and last is not None:
            found[-1] = attrs.evolve(last, quantities=last.quantities + each.quantities)
        elif (
            last is not None
            and (last.code, last.percent, last.quantities) == (each.code, None, ())
            and last.amount is not None
            and each.percent is not None
            and not (each.words or last.words)
        ):
            found[-1] = attrs.evolve(last, percent=each.percent)
        else:
            found.append(attrs.evolve(each, is_more=False))
    return found


def _number(element: Element, extensions: Extensions, unit: str) -> StatedBenefit:
    """A number of something as medoffice writes it."""
    period, periods = extensions.one(names.QUANTITY_PERIOD), extensions.one(names.QUANTITY_PERIODS)
    left = extensions.one(names.REMAINING_NUMBER)
    code = period.code("valueCode") if period else ""
    if code not in _PERIODS:
        raise WireError("it is a time of X12 (EB06)", element.path)
    said = _PERIODS[code]
    if left is not None:
        text = left.text("valueString")
    else:
        key = "used" if said is Period.YEAR_TO_DATE else "allowed"
        whole = element.whole(f"{key}UnsignedInt", 0)
        text = element.text(f"{key}String") if whole is None else str(whole)
    if NUMBER.fullmatch(text) is None or (left is None) is (said in LEFT):
        raise WireError("it is a number", element.path)
    quantity = Quantity(unit=unit, number=Decimal(text), period=said, periods=text_of(periods))
    return StatedBenefit(code=About.LIMITATIONS.value, quantities=(quantity,), is_more=True)


def _amounts(element: Element, extensions: Extensions, code: str, term: Period) -> list[StatedBenefit]:
    found = []
    left = extensions.one(names.REMAINING)
    if left is not None:
        value = left.element("valueMoney")
        if value is None:
            raise WireError("it is missing", left.below("valueMoney"))
        period = term if term in LEFT else Period.REMAINING
        found.append(StatedBenefit(code=code, amount=read_money(value), period=period))
    if (allowed := element.element("allowedMoney")) is not None:
        if term in LEFT or term is Period.YEAR_TO_DATE:
            raise WireError("what is allowed is not for such a term", allowed.path)
        found.append(StatedBenefit(code=code, amount=read_money(allowed)))
    if (used := element.element("usedMoney")) is not None:
        found.append(StatedBenefit(code=code, amount=read_money(used), period=Period.YEAR_TO_DATE))
    return found


def _rest(element: Element, code: str, term: Period, *, is_percent: bool) -> list[StatedBenefit]:
    """Numbers and words: a percentage where one is meant, else a number of nobody knows what, else the words themselves."""
    found = []
    for said, period in (("allowed", term), ("used", Period.YEAR_TO_DATE)):
        whole, text = element.whole(f"{said}UnsignedInt", 0), element.text(f"{said}String")
        percent = _percent(f"{whole}%" if whole is not None else text) if said == "allowed" else None
        if is_percent and percent is not None:
            found.append(StatedBenefit(code=code, percent=percent))
            whole, text = (None, text) if whole is not None else (None, "")
        elif is_percent and (whole is not None or text):
            element.findings.append(not_understood(element.path))
        if whole is not None:
            number = Quantity(unit="", number=Decimal(whole), period=period)
            found.append(StatedBenefit(code=code, quantities=(number,), period=period))
        if text:
            amount = _dollars(text)
            words = () if amount is not None else (text,)
            found.append(StatedBenefit(code=code, amount=amount, words=words, period=period))
    return found


def _percent(text: str) -> Percent | None:
    try:
        return Percent.parse(text)
    except InvalidValue:
        return None


def _dollars(text: str) -> Money | None:
    """An amount that was written as text with its sign; a bare number may be anything."""
    try:
        return Money.parse(text) if "$" in text else None
    except InvalidValue:
        return None


def _others(
    element: Element, extensions: Extensions, codes: tuple[tuple[str, str], ...], text: str, term: Period
) -> list[StatedBenefit]:
    """A benefit by HL7's types; one of another type keeps its code with its system, and nothing is concluded from it."""
    hl7 = code_of(codes, BENEFIT_TYPE) or ""
    if hl7 == VISIT:
        found = _amounts(element, extensions, About.LIMITATIONS.value, term) + _visits(element, term)
        return found or [StatedBenefit(code=About.LIMITATIONS.value)]
    about = _HL7.get(hl7)
    if about is None:
        element.findings.append(not_understood(element.below("type")))
    code = token(codes) if about is None else str(about.value)
    is_percent = about is About.COINSURANCE
    found = _amounts(element, extensions, code, term) + _rest(element, code, term, is_percent=is_percent)
    found = [_used(each, term) for each in found] or [StatedBenefit(code=code)]
    if about is None and text:
        found[0] = attrs.evolve(found[0], words=(text, *found[0].words))
    return found


def _used(benefit: StatedBenefit, term: Period) -> StatedBenefit:
    """What somebody else says was used, where it is of the year; of another time, or of a share, it is of no limit here.

    Used up of a lifetime's limit, or paid in co-pays, is neither the year's deductible nor the co-pay of a visit.
    """
    shares = {About.COPAYMENT.value, About.COINSURANCE.value}
    if benefit.period is not Period.YEAR_TO_DATE or (term in _YEARLY and benefit.code not in shares):
        return benefit
    return attrs.evolve(benefit, code=f"|{benefit.code}|used-of-{term.value}")


def _visits(element: Element, term: Period) -> list[StatedBenefit]:
    """Visits that are allowed; where those used are said too, also what is left; those used alone are no limit."""
    code = About.LIMITATIONS.value
    allowed, used = element.whole("allowedUnsignedInt", 0), element.whole("usedUnsignedInt", 0)
    words = tuple(text for key in ("allowedString", "usedString") if (text := element.text(key)))

    def of(number: int, kind: str, period: Period) -> StatedBenefit:
        quantity = Quantity(unit=VISITS, number=Decimal(number), period=period)
        return StatedBenefit(code=kind, quantities=(quantity,), period=period)

    found = []
    if allowed is not None:
        found.append(of(allowed, code, term))
    if used is not None:
        found.append(of(used, _USED_VISITS, Period.YEAR_TO_DATE))
    if allowed is not None and used is not None and term in _YEARLY:
        found.append(of(max(0, allowed - used), code, Period.REMAINING))
    if words:
        found.append(StatedBenefit(code=code, words=words))
    return found
