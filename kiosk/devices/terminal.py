"""What the kiosk asks of a payment terminal, and what it may answer.

The terminal shows its own screen and reads the card by itself. Across this seam go an amount and a key one
way, and a result the other way: at most the brand and the last four digits of a card, never its number.

The answer to a charge can be lost on its way. So each charge bears a key that the caller made and stored
before it asked; a charge is repeated only under the same key, and :meth:`PaymentTerminal.recover` is asked
first.
"""

import re
from enum import StrEnum
from typing import Final, Protocol

import attrs

from kiosk.devices.payment_card import looks_like_payment_card
from medoffice.core.cardnumber import without_card_numbers
from medoffice.core.errors import InvalidValue, MedofficeError
from medoffice.core.money import Money

_OPAQUE: Final = re.compile(r"[A-Za-z0-9._:-]{1,64}", re.ASCII)
_LAST_FOUR: Final = re.compile(r"[0-9]{4}", re.ASCII)
_BRAND: Final = re.compile(r"[A-Za-z][A-Za-z .-]{0,31}", re.ASCII)


def _opaque(_: object, __: object, value: str) -> None:
    require_opaque(value, "terminal's reference")


def _four_digits(_: object, __: object, value: str) -> None:
    if _LAST_FOUR.fullmatch(value) is None:
        raise InvalidValue("card ending", "it is four digits")


def _brand_name(_: object, __: object, value: str) -> None:
    if _BRAND.fullmatch(value) is None:
        raise InvalidValue("card brand", "it is a short name in letters")


def require_opaque(value: str, kind: str) -> None:
    """Refuse a key or reference that is not 1 to 64 plain characters, or that could be a card number.

    Raises:
        InvalidValue: in both cases, without the text.
    """
    if _OPAQUE.fullmatch(value) is None:
        raise InvalidValue(kind, "it is 1 to 64 letters, digits or any of . _ : -")
    if looks_like_payment_card(value.encode("ascii")):
        raise InvalidValue(kind, "it could be a payment card's number")


class DeclineReason(StrEnum):
    """Why nothing was paid."""

    CARD_DECLINED = "card-declined"
    NO_CARD_SHOWN = "no-card-shown"
    CANCELLED = "cancelled"
    BUSY = "busy"


@attrs.frozen(kw_only=True)
class Approved:
    """Paid. ``reference`` is the terminal's own, for receipt and desk; ``last4`` the card's last digits.

    A reference that looks like a card's number is kept by its last four digits: one in ten long numbers does, and an
    approval must not be lost for it.
    """

    reference: str = attrs.field(converter=without_card_numbers, validator=_opaque)
    brand: str = attrs.field(validator=_brand_name)
    last4: str = attrs.field(validator=_four_digits)


@attrs.frozen
class Declined:
    """Not paid, and certainly not."""

    reason: DeclineReason


@attrs.frozen
class Unknown:
    """No answer came: paid or not. Ask :meth:`PaymentTerminal.recover`; never charge under a new key."""


@attrs.frozen
class NotCharged:
    """The terminal took nothing under this key; charging under it is safe."""


@attrs.frozen
class Cancelled:
    """The charge was called off before anything was paid, and nothing will ever be taken under its key."""


ChargeOutcome = Approved | Declined | Unknown
RecoverOutcome = Approved | Declined | NotCharged | Unknown
CancelOutcome = Cancelled | Approved | Declined | Unknown


class KeyUsedForAnotherAmount(MedofficeError):
    """A key was used again with another amount; one key is one charge."""


class PaymentTerminal(Protocol):
    """A card terminal. Methods may block while a person looks for a card: call them off the screen."""

    def charge(self, amount: Money, key: str) -> ChargeOutcome:
        """Take ``amount`` once. Under a key settled already, the old answer comes back, nothing is taken.

        Raises:
            InvalidValue: when the amount is not above zero or the key is not opaque.
            KeyUsedForAnotherAmount: when the key belongs to a charge of another amount.
        """
        ...

    def recover(self, key: str) -> RecoverOutcome:
        """What truly became of the charge with this key.

        Raises:
            InvalidValue: when the key is not opaque.
        """
        ...

    def cancel(self, key: str) -> CancelOutcome:
        """Call the charge off; what is paid or declined already stays so and is answered as it is.

        Raises:
            InvalidValue: when the key is not opaque.
        """
        ...
