"""The four characters that an X12 interchange chooses for itself, read from its ISA segment."""

from typing import Final

import attrs

from medoffice.core import InvalidValue

ISA_LENGTH: Final = 106
_ISA_ELEMENTS: Final = 16
_LONGEST_ISA: Final = 400


class NotX12(InvalidValue):
    """What was read is not X12 at all, or is larger than the reader was allowed to take.

    It is the only exception that the readers of this package raise: every fault within an interchange is a
    finding. The message never holds what was read.
    """

    def __init__(self, reason: str) -> None:
        super().__init__("X12 interchange", reason)
        self.args = (reason,)


@attrs.frozen(kw_only=True)
class Delimiters:
    """Between elements, parts of an element, repetitions of an element, and at the end of a segment.

    The defaults are those that most US payers use.

    Raises:
        InvalidValue: when one is not a single character, two are the same, or one is a letter, digit or space.
    """

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    terminator: str = "~"

    def __attrs_post_init__(self) -> None:
        chosen = (self.element, self.component, self.repetition, self.terminator)
        if len(set(chosen)) != len(chosen) or any(len(each) != 1 for each in chosen):
            raise InvalidValue("X12 delimiters", "they are four different characters")
        if any(each.isalnum() or each == " " for each in chosen):
            raise InvalidValue("X12 delimiters", "none is a letter, a digit or a space")


def delimiters_of(text: str) -> Delimiters:
    """The delimiters that an interchange declares; ``text`` begins with its ISA segment.

    They stand at fixed places of the 106 characters of ISA (X12.5). An ISA whose elements were trimmed or
    padded is read as well: the sixteenth element is one character, and the next ends the segment. Before
    version 00402 the repetition separator's place held another code; then there is none, and a character that
    no text holds stands for it.

    Raises:
        NotX12: when there is no ISA, or what it declares cannot be delimiters.
    """
    if not text.startswith("ISA") or len(text) < 4:  # noqa: PLR2004
        raise NotX12("it does not begin with an ISA segment")
    element = text[3]
    head = text[:_LONGEST_ISA].split(element, _ISA_ELEMENTS)
    if len(head) <= _ISA_ELEMENTS or len(head[_ISA_ELEMENTS]) < 2:  # noqa: PLR2004
        raise NotX12("its ISA segment has fewer than sixteen elements")
    component, terminator = head[_ISA_ELEMENTS][0], head[_ISA_ELEMENTS][1]
    declared = head[11]
    is_separator = len(declared) == 1 and not declared.isalnum() and declared != " "
    try:
        return Delimiters(
            element=element,
            component=component,
            repetition=declared if is_separator else "\x1f",
            terminator=terminator,
        )
    except InvalidValue as cause:
        raise NotX12(cause.reason) from None
