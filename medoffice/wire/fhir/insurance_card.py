"""What is printed on an insurance card: classes, costs and extensions of a Coverage of FHIR R4, both ways.

``rxbin``, ``rxpcn`` and ``rxgroup`` are codes of HL7's coverage-class; printed co-pays are ``costToBeneficiary`` whose
type is the card's own words.
"""

from collections.abc import Iterator
from typing import Any, Final

from medoffice.billing import CardPhone, InsuranceCard, PrintedCopay
from medoffice.core import InvalidValue, Money, Phone
from medoffice.wire.fhir import names
from medoffice.wire.fhir.codings import read_concept
from medoffice.wire.fhir.days import read_day
from medoffice.wire.fhir.element import Element, at
from medoffice.wire.fhir.extensions import Extensions, extension
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.fhir.money import read_money, write_money

RX_CLASSES: Final = ("rxbin", "rxpcn", "rxgroup")


def rx_of(card: InsuranceCard) -> tuple[tuple[str, str], ...]:
    """The classes of a card by HL7's codes, those that are there."""
    said = zip(RX_CLASSES, (card.rx_bin, card.rx_pcn, card.rx_group), strict=True)
    return tuple((code, value) for code, value in said if value)


def write_copays(card: InsuranceCard) -> list[dict[str, Any]]:
    """The co-pays as they are printed."""
    return [{"type": {"text": each.service}, "valueMoney": write_money(each.amount)} for each in card.copays]


def write_card_extensions(card: InsuranceCard) -> Iterator[dict[str, Any]]:
    """What R4 has no place for: the telephone numbers, and when the card was read."""
    for each in card.phones:
        purpose = extension(names.CARD_PHONE_PURPOSE, "String", each.purpose)
        point = {"extension": [purpose], "system": "phone", "value": each.phone.digits}
        yield extension(names.CARD_PHONE, "ContactPoint", point)
    if card.read_on is not None:
        yield extension(names.CARD_READ_ON, "Date", card.read_on.isoformat())


def read_card(element: Element, extensions: Extensions, rx: dict[str, str]) -> InsuranceCard | None:
    """The card of a coverage; none where nothing of one stands there. What cannot be is left out, with a finding.

    Raises:
        WireError: when one of our own extensions holds what it cannot.
    """
    phones = tuple(_phone(each) for each in extensions.all(names.CARD_PHONE))
    read = extensions.one(names.CARD_READ_ON)
    read_on = None if read is None else at(read.path, lambda: read_day(read.text("valueDate")))
    kept: dict[str, Any] = {}
    for field, code in zip(("rx_bin", "rx_pcn", "rx_group"), RX_CLASSES, strict=True):
        try:
            if rx.get(code):
                said: dict[str, Any] = {field: rx[code]}
                InsuranceCard(**said)
                kept |= said
        except InvalidValue:
            element.findings.append(not_kept(element.below("class")))
    copays = {each.service: each for each in _copays(element)}
    if not (phones or copays or kept or read_on):
        return None
    return InsuranceCard(phones=phones, copays=tuple(copays.values()), read_on=read_on, **kept)


def _copays(element: Element) -> Iterator[PrintedCopay]:
    seen = set()
    for each in element.elements("costToBeneficiary"):
        kind, value = each.element("type"), each.element("valueMoney")
        service = " ".join(read_concept(kind)[1].split()) if kind is not None else ""
        if not service or service in seen or value is None or each.has("exception"):
            element.findings.append(not_kept(each.path))
            continue
        amount = read_money(value)
        each.close()
        if amount < Money.zero:
            element.findings.append(not_kept(each.path))
            continue
        seen.add(service)
        yield at(each.path, lambda service=service, amount=amount: PrintedCopay(service, amount))  # type: ignore[misc]


def _phone(element: Element) -> CardPhone:
    point = element.element("valueContactPoint")
    if point is None:
        return at(element.path, lambda: CardPhone("", Phone("")))  # refused at its place
    inner = Extensions(point)
    purpose = inner.one(names.CARD_PHONE_PURPOSE)
    inner.close()
    digits = point.text("value")
    point.text("system")
    point.close("use", "rank", "period")
    return at(
        point.path,
        lambda: CardPhone(purpose.text("valueString") if purpose else "", Phone.parse(digits)),
    )
