"""Whether a batch of claims was read at all: the 999, which speaks of form and never of payment."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.core import Finding, PhiClass, phi


class Accepted(Enum):
    """What became of a transaction or of a group (AK901, IK501)."""

    ACCEPTED = "A"
    WITH_ERRORS = "E"
    """Accepted, and errors were noted."""
    PARTLY = "P"
    """Of a group: some of its transactions were rejected."""
    REJECTED = "R"
    AUTHENTICATION_FAILED = "M"
    SECURITY_FAILED = "W"
    NOT_DECODED = "X"

    @property
    def is_in(self) -> bool:
        """Whether what was sent went on to the payer, wholly."""
        return self in {Accepted.ACCEPTED, Accepted.WITH_ERRORS}


SEGMENT_ERRORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1": "this segment is not known",
        "2": "this segment is not expected here",
        "3": "a segment that is required is missing",
        "4": "the loop stands there too often",
        "5": "the segment stands there too often",
        "6": "this segment does not belong to such a transaction",
        "7": "the segment is not in its order",
        "8": "an element of the segment is wrong",
        "I4": "the guide does not use this segment",
        "I6": "a segment that another one asks for is missing",
        "I7": "the loop does not stand there often enough",
        "I8": "the segment does not stand there often enough",
        "I9": "this segment may not stand there because of another one",
    }
)
"""What is wrong with a segment (IK304), in our own words.

The codes are those of 005010X231A1 as pyx12 has them (a test compares them); what each means is from memory."""
ELEMENT_ERRORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1": "an element that is required is missing",
        "2": "an element that another one asks for is missing",
        "3": "there are too many elements",
        "4": "the element is too short",
        "5": "the element is too long",
        "6": "the element has a character that it may not have",
        "7": "the code is not one that the element may have",
        "8": "the date is none",
        "9": "the time is none",
        "10": "the element may not stand beside another one",
        "12": "the element is repeated too often",
        "13": "the element has too many parts",
        "I6": "the guide does not use this code",
        "I9": "an element that the guide asks for is missing",
        "I10": "the guide does not use this element",
        "I11": "the element is not repeated often enough",
        "I12": "the element does not have the form that the guide asks for",
        "I13": "the element may not stand there because of another one",
    }
)
"""What is wrong with an element (IK403); as :data:`SEGMENT_ERRORS`, without 11."""


@attrs.frozen(kw_only=True)
class ElementFault:
    """An element that was not accepted: its place in the segment and in a composite, why, and what stood there."""

    position: int | None
    component: int | None = None
    code: str
    value: str = attrs.field(default="", **phi(PhiClass.OTHER_UNIQUE))

    @property
    def words(self) -> str:
        """Why, in words; the code where it is not known."""
        return ELEMENT_ERRORS.get(self.code, f"error {self.code}")


@attrs.frozen(kw_only=True)
class SegmentFault:
    """A segment that was not accepted; ``position`` counts from the transaction's ST, which is 1."""

    segment: str
    position: int | None
    loop: str = ""
    code: str
    elements: tuple[ElementFault, ...] = ()

    @property
    def words(self) -> str:
        """Why, in words; the code where it is not known."""
        return SEGMENT_ERRORS.get(self.code, f"error {self.code}")


@attrs.frozen(kw_only=True)
class TransactionAcknowledged:
    """One transaction of the group, such as an 837 of some claims, by its control number (ST02)."""

    kind: str
    control: str
    status: Accepted | None
    status_code: str
    faults: tuple[SegmentFault, ...] = ()


@attrs.frozen(kw_only=True)
class GroupAcknowledged:
    """A group that was sent: ``functional`` (``HC`` are claims) and its control number (GS06).

    ``included``, ``received`` and ``accepted`` count transactions, as the receiver does. ``status`` is ``None`` for a code of
    which nothing is concluded.
    """

    functional: str
    control: str
    status: Accepted | None
    status_code: str
    included: int | None = None
    received: int | None = None
    accepted: int | None = None
    transactions: tuple[TransactionAcknowledged, ...] = ()
    findings: tuple[Finding, ...] = ()
