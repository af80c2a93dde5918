"""What kind of plan a coverage is with, as far as an office tells them apart."""

from enum import Enum
from typing import Self

from medoffice.core import InvalidValue


class CoverageKind(Enum):
    """The kind of plan, in the words that stand on cards; a kind that nobody knows is no member but ``None``."""

    HMO = "hmo"
    PPO = "ppo"
    EPO = "epo"
    POS = "pos"
    INDEMNITY = "indemnity"
    MEDICARE = "medicare"
    MEDICARE_ADVANTAGE = "medicare-advantage"
    MEDICARE_SUPPLEMENT = "medicare-supplement"
    """Medigap: it pays what Medicare leaves, by its own terms."""
    MEDICAID = "medicaid"
    TRICARE = "tricare"
    VETERANS = "veterans"
    WORKERS_COMPENSATION = "workers-compensation"
    LIABILITY = "liability"
    """No-fault or other insurance for an accident."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one of the words, in any case.

        Raises:
            InvalidValue: for any other word; it names them all.
        """
        try:
            return cls(text.strip().lower())
        except ValueError:
            raise InvalidValue(
                "kind of plan", f"it is one of: {', '.join(each.value for each in cls)}"
            ) from None

    def __str__(self) -> str:
        return self.value
