"""The number that stands beside a payment: a check's, or what a terminal shows; never a card's."""

from typing import Final

from medoffice.core import InvalidValue, holds_card_number

LONGEST: Final = 40
"""Letters of a reference; a receipt has room for it on two lines."""


def as_reference(text: str) -> str:
    """A reference as somebody typed it, without outer and doubled blanks; may be empty.

    A card's number must not be kept, so what looks like one is refused (:func:`medoffice.core.holds_card_number`);
    its last digits will do.

    Raises:
        InvalidValue: when it looks like a card's number, is too long, or has characters that nobody can type.
    """
    plain = " ".join(text.split())
    if len(plain) > LONGEST or not plain.isprintable():
        raise InvalidValue("reference", f"it has at most {LONGEST} letters and digits")
    if holds_card_number(plain):
        raise InvalidValue("reference", "it looks like a card's number, which is never written down")
    return plain
