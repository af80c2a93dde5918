"""What a patient is to the one who holds the plan."""

from enum import Enum
from typing import Self

from medoffice.core import InvalidValue


class Relation(Enum):
    """What the patient is to the subscriber."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    OTHER = "other"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one of the words, in any case.

        Raises:
            InvalidValue: for any other word.
        """
        try:
            return cls(text.strip().lower())
        except ValueError:
            raise InvalidValue("relation", "it is self, spouse, child or other") from None

    def __str__(self) -> str:
        return self.value
