"""How long the payment for a procedure covers the visits around it."""

from enum import Enum


class GlobalDays(Enum):
    """The global surgery indicator of Medicare's fee schedule (column GLOB DAYS of its RVU file)."""

    SAME_DAY = "000"
    TEN_DAYS = "010"
    NINETY_DAYS = "090"
    MATERNITY = "MMM"
    NOT_APPLICABLE = "XXX"
    CARRIER_DECIDES = "YYY"
    PART_OF_ANOTHER = "ZZZ"

    @property
    def is_minor(self) -> bool:
        """Whether the procedure counts as minor, 000 or 010 (NCCI Policy Manual, chapter I, section D)."""
        return self in {GlobalDays.SAME_DAY, GlobalDays.TEN_DAYS}
