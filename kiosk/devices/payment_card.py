"""Keeping payment cards out: the kiosk must never hold a card number, not even in passing.

Only a terminal reads payment cards. What comes in another way and looks like one is dropped. The test is the
one that card-data scanners use: a whole run of 13 to 19 digits (ISO/IEC 7812-1) whose Luhn digit fits, or the
start sentinel and format code of a bank card's first track, ``%B`` (ISO/IEC 7813). One in ten runs of that
length fits by chance, and is refused too: a member's number typed again is cheaper than a card number leaked.
"""

import re
from typing import Final

from medoffice.core.checkdigit import luhn_is_valid

_CARD_LENGTH_RUN: Final = re.compile(rb"(?<![0-9])[0-9]{13,19}(?![0-9])")
_FIRST_TRACK: Final = b"%B"


def looks_like_payment_card(data: bytes | bytearray | memoryview) -> bool:
    """Whether ``data`` holds what may be a card number, or begins as a card's first track does."""
    if bytes(data[: len(_FIRST_TRACK)]).upper() == _FIRST_TRACK:
        return True
    return any(luhn_is_valid(run.group().decode("ascii")) for run in _CARD_LENGTH_RUN.finditer(data))
