"""How soon a clinician wants a patient seen: what the waitlist ranks by, and what a replanned day weighs."""

from enum import IntEnum
from typing import Self

from medoffice.core import InvalidValue


class Urgency(IntEnum):
    """How much a day's delay matters, as a clinician judges it; ordered."""

    ROUTINE = 0
    SOON = 1
    URGENT = 2

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"routine"``, ``"soon"`` or ``"urgent"`` in any case.

        Raises:
            InvalidValue: for any other word.
        """
        try:
            return cls[text.strip().upper()]
        except KeyError:
            raise InvalidValue("urgency", "it is routine, soon or urgent") from None

    def __str__(self) -> str:
        return self.name.lower()
