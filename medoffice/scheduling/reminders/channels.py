"""The ways in which a message reaches a patient, and what it may say on each.

HIPAA lets an office remind patients of visits without an authorization, and asks it to limit what a message that
others may see or hear gives away: its name and number, and what is needed to confirm (HHS, HIPAA FAQ 198, "May
physicians' offices leave messages for patients at their homes"; 45 CFR 164.530(c)). So the kind of visit and the
clinician's name, which may tell what ails somebody, stand in a sealed letter at most.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, Self

from medoffice.core import InvalidValue


class Channel(Enum):
    """A way to reach a patient."""

    TEXT = "text"
    EMAIL = "email"
    VOICE = "voice"
    LETTER = "letter"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one of the four words.

        Raises:
            InvalidValue: for any other.
        """
        try:
            return cls(text.strip().lower())
        except ValueError:
            raise InvalidValue("channel", "it is text, email, voice or letter") from None

    def __str__(self) -> str:
        return self.value


class Part(Enum):
    """One thing that a message can say."""

    OFFICE = "office"
    """The office's name."""
    CALL_BACK = "call-back"
    """The number to call."""
    TIME = "time"
    """Day and hour of the visit."""
    HOW_TO_ANSWER = "how-to-answer"
    """The words or keys that confirm, cancel or move."""
    HOW_TO_STOP = "how-to-stop"
    """How to get no more messages."""
    PLACE = "place"
    CLINICIAN = "clinician"
    VISIT_KIND = "visit-kind"
    PREPARATION = "preparation"


_BARE: Final = frozenset({Part.OFFICE, Part.CALL_BACK, Part.TIME, Part.HOW_TO_ANSWER, Part.HOW_TO_STOP})

CAREFUL: Final[Mapping[Channel, frozenset[Part]]] = MappingProxyType(
    {
        Channel.TEXT: _BARE,
        Channel.VOICE: _BARE,
        Channel.EMAIL: _BARE | {Part.PLACE},
        Channel.LETTER: frozenset(Part) - {Part.VISIT_KIND, Part.HOW_TO_STOP},
    }
)
"""The most that is said on each channel unless an office decides otherwise; the letter is a sealed one."""
