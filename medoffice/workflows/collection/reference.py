"""The number that stands beside a payment: a check's, or what a terminal shows; never a card's."""

import re
from typing import Final

from medoffice.core import InvalidValue
from medoffice.core.checkdigit import luhn_is_valid

LONGEST: Final = 40
"""Letters of a reference; a receipt has room for it on two lines."""
_CARD: Final = range(13, 20)
"""How many digits a card's number may have (ISO/IEC 7812-1 allows 19 at most; 13 are the fewest in use)."""


def as_reference(text: str) -> str:
    """A reference as somebody typed it, without outer and doubled blanks; may be empty.

    A card's number must not be kept, so what looks like one is refused: 13 to 19 digits, blanks and hyphens aside, with the
    check digit of cards. One in ten other numbers of that length looks so too; their last digits will do.

    Raises:
        InvalidValue: when it looks like a card's number, is too long, or has characters that nobody can type.
    """
    plain = " ".join(text.split())
    if len(plain) > LONGEST or not plain.isprintable():
        raise InvalidValue("reference", f"it has at most {LONGEST} letters and digits")
    for run in re.findall(r"\d(?:[ -]?\d)*", plain, re.ASCII):
        digits = re.sub(r"[ -]", "", run)
        if len(digits) in _CARD and luhn_is_valid(digits):
            raise InvalidValue("reference", "it looks like a card's number, which is never written down")
    return plain
