"""Payment cards' numbers in text: found wherever text may be kept, so that none is.

What counts is 13 to 19 digits (ISO/IEC 7812-1 allows 19 at most; 13 are the fewest in use) whose Luhn digit
fits, written in one or in groups, with up to three blanks or signs and no letter between them. One in ten
other numbers of that length looks so too.
"""

import re
from collections.abc import Iterator
from typing import Final

from medoffice.core.checkdigit import luhn_is_valid

_LENGTHS: Final = range(13, 20)
_RUN: Final = re.compile(r"[0-9]+(?:[\W_]{1,3}[0-9]+)*")
_GROUP: Final = re.compile(r"[0-9]+")
_KEPT: Final = 4
"""Last digits that may be kept: PCI DSS 4.0, requirement 3.4.1, lets a receipt show them (from memory, not opened here)."""


def holds_card_number(text: str) -> bool:
    """Whether something in the text looks like a payment card's number."""
    return next(_found(text), None) is not None


def without_card_numbers(text: str) -> str:
    """The text with each card's number as four dots and its last four digits; any other text is itself."""
    while found := list(_found(text)):
        start, end = max(found, key=lambda place: place[1] - place[0])
        last = re.sub(r"[^0-9]", "", text[start:end])[-_KEPT:]
        text = f"{text[:start]}....{last}{text[end:]}"
    return text


def _found(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers stand, whichever groups of a run they are: a card's may be followed by its last month."""
    for run in _RUN.finditer(text):
        groups = [
            (run.start() + each.start(), run.start() + each.end()) for each in _GROUP.finditer(run.group())
        ]
        for first, (start, _) in enumerate(groups):
            digits = ""
            for begin, end in groups[first:]:
                digits += text[begin:end]
                if len(digits) > _LENGTHS[-1]:
                    break
                if len(digits) in _LENGTHS and luhn_is_valid(digits):
                    yield start, end
