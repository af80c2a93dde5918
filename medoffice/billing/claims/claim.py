"""A professional claim: what the office asks one payer to pay for one patient."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Final

import attrs

from medoffice.billing.claims.line import MOST_DIAGNOSES, ClaimLine
from medoffice.core import (
    ICD10CM,
    NPI,
    InvalidValue,
    MemberId,
    Money,
    PatientId,
    PayerId,
    PhiClass,
    phi,
)

MOST_LINES: Final = 50
_LONGEST_NUMBER: Final = 20


class Filing(Enum):
    """The kind of payer a claim goes to: the 837P's claim filing indicator (SBR09), in words of our own."""

    MEDICARE_B = "MB"
    MEDICARE_A = "MA"
    MEDICARE_ADVANTAGE = "16"
    MEDICAID = "MC"
    BLUE_CROSS = "BL"
    COMMERCIAL = "CI"
    HMO = "HM"
    PPO = "12"
    POS = "13"
    EPO = "14"
    INDEMNITY = "15"
    DENTAL_PLAN = "17"
    NON_FEDERAL = "11"
    TRICARE = "CH"
    VETERANS = "VA"
    FEDERAL_EMPLOYEES = "FI"
    OTHER_FEDERAL = "OF"
    TITLE_V = "TV"
    WORKERS_COMPENSATION = "WC"
    AUTOMOBILE = "AM"
    LIABILITY = "LM"
    DISABILITY = "DS"
    OTHER = "ZZ"


class Frequency(Enum):
    """Whether a claim is the first of its kind, or replaces or voids one that was sent (CLM05-3)."""

    ORIGINAL = "1"
    REPLACEMENT = "7"
    VOID = "8"


@attrs.frozen(kw_only=True)
class Claim:
    """A claim with the shape of an 837P (005010X222A1): up to 12 diagnoses and 1 to 50 lines.

    ``number`` is the office's own for this claim (CLM01, at most 20 characters). Diagnoses may be none: that
    is a fault of the data, which rules find, and not an impossible value.

    Raises:
        InvalidValue: when the number's shape does not fit, there are too many diagnoses or lines, or no line.
    """

    number: str = attrs.field(**phi(PhiClass.ACCOUNT_NUMBER))
    patient: PatientId
    member_id: MemberId = attrs.field(**phi(PhiClass.PLAN_NUMBER))
    payer: PayerId
    filing: Filing
    billing: NPI
    diagnoses: tuple[ICD10CM, ...] = attrs.field(**phi(PhiClass.HEALTH))
    lines: tuple[ClaimLine, ...]
    frequency: Frequency = Frequency.ORIGINAL

    def __attrs_post_init__(self) -> None:
        for holds, reason in (
            (
                0 < len(self.number) <= _LONGEST_NUMBER and self.number.isascii() and self.number.isalnum(),
                "its number has 1 to 20 letters and digits",
            ),
            (len(self.diagnoses) <= MOST_DIAGNOSES, "it has at most 12 diagnoses"),
            (1 <= len(self.lines) <= MOST_LINES, "it has 1 to 50 lines"),
        ):
            if not holds:
                raise InvalidValue("claim", reason)

    @property
    def total(self) -> Money:
        """The sum of all charges (CLM02)."""
        return Money.total(line.charge for line in self.lines)

    @property
    def first_day(self) -> date:
        """The earliest day of service."""
        return min(line.day for line in self.lines)

    def numbered(self) -> Iterator[tuple[str, ClaimLine]]:
        """Each line with the place that findings name it by: ``("line 1", line)``."""
        for number, line in enumerate(self.lines, start=1):
            yield f"line {number}", line
