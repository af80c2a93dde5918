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
