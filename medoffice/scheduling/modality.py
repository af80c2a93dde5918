"""Where patient and clinician meet: in one room, or over a line."""

from enum import Enum
from typing import Self

from medoffice.core import InvalidValue


class Modality(Enum):
    """How a visit takes place."""

    IN_PERSON = "in-person"
    TELEHEALTH = "telehealth"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"in-person"`` or ``"telehealth"``.

        Raises:
            InvalidValue: for any other word.
        """
        try:
            return cls(text.strip().lower())
        except ValueError:
            raise InvalidValue("modality", "it is in-person or telehealth") from None

    def __str__(self) -> str:
        return self.value
