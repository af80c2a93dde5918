"""What is printed on an insurance card: it says what was true when it was printed, and verifies nothing."""

import re
from datetime import date
from typing import Final

import attrs

from medoffice.core import InvalidValue, Money, PhiClass, Phone, phi

_BIN: Final = r"(\d{6}|\d{8})?"
_PHARMACY: Final = r"([0-9A-Za-z][0-9A-Za-z ./_-]{0,23})?"


def one_line(text: str) -> bool:
    """Whether a text is one line without outer or doubled spaces, and of characters that can be shown."""
    return isinstance(text, str) and text == " ".join(text.split()) and (text.isprintable() or not text)


def _words(_: object, __: object, value: str) -> None:
    if not one_line(value) or not value:
        raise InvalidValue("card", "what is printed beside a number is one line and not empty")


def _not_negative(_: object, __: object, value: Money) -> None:
    if value < Money.zero:
        raise InvalidValue("card", "a co-pay is not below zero")


@attrs.frozen
class CardPhone:
    """A telephone number on a card, and what it is for as the card has it ("Member services")."""

    purpose: str = attrs.field(validator=_words)
    phone: Phone = attrs.field(**phi(PhiClass.PHONE))


@attrs.frozen
class PrintedCopay:
    """A co-pay as it is printed: the service in the card's own words, and dollars. Printed is not verified."""

    service: str = attrs.field(validator=_words)
    amount: Money = attrs.field(validator=_not_negative)


@attrs.frozen(kw_only=True)
class InsuranceCard:
    """What was read from a card; empty where the card has nothing, or nobody read it.

    ``rx_bin`` routes pharmacy claims: six digits, or eight since NCPDP made room for longer ones (an IIN of ISO/IEC
    7812; NCPDP's standard was not opened here). ``rx_pcn`` and ``rx_group`` are the pharmacy plan's own, up to 24
    characters.

    Raises:
        InvalidValue: when one of them has another shape, a service has two co-pays, or nothing was read at all.
    """

    rx_bin: str = ""
    rx_pcn: str = ""
    rx_group: str = attrs.field(default="", **phi(PhiClass.PLAN_NUMBER))
    phones: tuple[CardPhone, ...] = attrs.field(default=(), **phi(PhiClass.PHONE))
    copays: tuple[PrintedCopay, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    read_on: date | None = None

    def __attrs_post_init__(self) -> None:
        if not any(attrs.astuple(self, recurse=False)):
            raise InvalidValue("card", "something is read from it, or there is none")
        if re.fullmatch(_BIN, self.rx_bin, re.ASCII) is None:
            raise InvalidValue("card", "the BIN has six or eight digits")
        for name, value in (("PCN", self.rx_pcn), ("RxGroup", self.rx_group)):
            if re.fullmatch(_PHARMACY, value, re.ASCII) is None or not one_line(value):
                raise InvalidValue("card", f"the {name} has up to 24 letters, digits and . / _ -")
        if len({each.service for each in self.copays}) != len(self.copays):
            raise InvalidValue("card", "a service has one co-pay on a card")
