"""How money came to the office, or went back."""

from enum import Enum


class Means(Enum):
    """What the patient paid with."""

    CARD = "card"
    """At a terminal; the money is the office's when the terminal has approved it."""
    CASH = "cash"
    CHECK = "check"
    OTHER = "other"
    """A bank transfer, a money order: whatever has a reference of its own."""

    @property
    def has_number(self) -> bool:
        """Whether it is written down with a number: a check's, or the one that the terminal shows."""
        return self in {Means.CARD, Means.CHECK}
