"""Writing X12: segments into transactions, transactions into one interchange with its control numbers and counts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum
from typing import Final

import attrs

from medoffice.core import InvalidValue
from medoffice.wire.x12.delimiters import Delimiters

_ID_WIDTH: Final = 15
_HIGHEST: Final = 999_999_999
_MOST_TRANSACTIONS: Final = 999_999


class Usage(Enum):
    """Whether the receiver is to act on an interchange (ISA15)."""

    PRODUCTION = "P"
    TEST = "T"


def _trading_id(_: object, __: object, value: str) -> None:
    is_fit = (
        isinstance(value, str) and 0 < len(value) <= _ID_WIDTH and value.isascii() and value.isprintable()
    )
    if not is_fit or value != value.strip():
        raise InvalidValue("X12 trading partner", "its id has 1 to 15 printable characters")


def _qualifier(_: object, __: object, value: str) -> None:
    if not isinstance(value, str) or len(value) != 2 or not value.isalnum():  # noqa: PLR2004
        raise InvalidValue("X12 trading partner", "its qualifier has two letters or digits, for example ZZ")


@attrs.frozen
class Partner:
    """Who sends or receives: the id that both have agreed on, and what kind of id it is (``ZZ``: agreed on)."""

    id: str = attrs.field(validator=_trading_id)
    qualifier: str = attrs.field(default="ZZ", validator=_qualifier)


@attrs.frozen(kw_only=True)
class Envelope:
    """What stands around transactions: sender, receiver, and the interchange's control number.

    ``control`` is the office's to count, from 1 to 999,999,999, and never the same twice for one receiver:
    acknowledgements name it. The group takes the same number. ``at`` is local wall time, as the guide has it.

    Raises:
        InvalidValue: when the number is outside of that.
    """

    sender: Partner
    receiver: Partner
    control: int
    at: datetime
    usage: Usage = Usage.PRODUCTION
    delimiters: Delimiters = attrs.field(factory=Delimiters)

    def __attrs_post_init__(self) -> None:
        if type(self.control) is not int or not 1 <= self.control <= _HIGHEST:
            raise InvalidValue("X12 control number", "it is a whole number from 1 to 999,999,999")


Composite = tuple[str, ...]
Element = str | Composite | list[str]
"""Text, the parts of a composite (a tuple), or repetitions (a list)."""


@attrs.frozen(kw_only=True)
class Body:
    """One transaction to write: its kind (``"270"``), guide, and its segments without ST and SE."""

    kind: str
    guide: str
    segments: tuple[tuple[Element, ...], ...] = attrs.field(repr=lambda them: f"<{len(them)} segments>")


def write(bodies: Sequence[Body], *, functional: str, envelope: Envelope) -> str:
    """One interchange with one group (``functional`` is GS01, ``HS`` for a 270) of transactions 0001, 0002, ...

    Each segment ends with its terminator alone, without a line break.

    Raises:
        InvalidValue: when there is no transaction, they are of several guides, or a text holds a delimiter.
    """
    guides = {body.guide for body in bodies}
    if len(guides) != 1 or len(bodies) > _MOST_TRANSACTIONS:
        raise InvalidValue("X12 interchange", "it has 1 to 999,999 transactions of one guide")
    marks = envelope.delimiters
    day, clock = f"{envelope.at:%Y%m%d}", f"{envelope.at:%H%M}"
    control = f"{envelope.control:09d}"
    isa = marks.element.join(
        (
            "ISA",
            "00",
            " " * 10,
            "00",
            " " * 10,
            envelope.sender.qualifier,
            envelope.sender.id.ljust(_ID_WIDTH),
            envelope.receiver.qualifier,
            envelope.receiver.id.ljust(_ID_WIDTH),
            day[2:],
            clock,
            marks.repetition,
            "00501",
            control,
            "0",
            envelope.usage.value,
            marks.component,
        )
    )
    number = str(envelope.control)
    group = ("GS", functional, envelope.sender.id, envelope.receiver.id, day, clock, number, "X", *guides)
    written = [isa, _segment(group, marks)]
    for place, body in enumerate(bodies, 1):
        own = f"{place:04d}"
        written.append(_segment(("ST", body.kind, own, body.guide), marks))
        written.extend(_segment(segment, marks) for segment in body.segments)
        written.append(_segment(("SE", str(len(body.segments) + 2), own), marks))
    written.append(_segment(("GE", str(len(bodies)), number), marks))
    written.append(_segment(("IEA", "1", control), marks))
    return "".join(segment + marks.terminator for segment in written)


def _segment(elements: Iterable[Element], marks: Delimiters) -> str:
    written = [_element(each, marks) for each in elements]
    while not written[-1]:
        written.pop()
    return marks.element.join(written)


def _element(element: Element, marks: Delimiters) -> str:
    if isinstance(element, str):
        return _plain(element, marks)
    separator = marks.component if isinstance(element, tuple) else marks.repetition
    return separator.join(_plain(part, marks) for part in element).rstrip(separator)


def _plain(text: str, marks: Delimiters) -> str:
    if any(mark in text for mark in (marks.element, marks.component, marks.repetition, marks.terminator)):
        raise InvalidValue(
            "X12 element", "its text holds a delimiter; choose other delimiters, or write it without"
        )
    if not text.isprintable():
        raise InvalidValue("X12 element", "its text has control characters")
    return text
