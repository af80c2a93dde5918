"""What the codes of one stated benefit mean (segment EB of X12 005010X279A1)."""

from enum import Enum
from typing import Final


class About(Enum):
    """What a benefit states (EB01). ``A`` is co-insurance and ``B`` is co-payment; many programs swap them."""

    ACTIVE = "1"
    ACTIVE_FULL_RISK = "2"
    ACTIVE_CAPITATED = "3"
    ACTIVE_CAPITATED_PRIMARY_CARE = "4"
    ACTIVE_PENDING = "5"
    INACTIVE = "6"
    INACTIVE_PENDING_UPDATE = "7"
    INACTIVE_PENDING_INVESTIGATION = "8"
    COINSURANCE = "A"
    COPAYMENT = "B"
    DEDUCTIBLE = "C"
    COVERAGE_BASIS = "CB"
    DESCRIPTION = "D"
    EXCLUSIONS = "E"
    LIMITATIONS = "F"
    OUT_OF_POCKET = "G"
    UNLIMITED = "H"
    NOT_COVERED = "I"
    COST_CONTAINMENT = "J"
    RESERVE = "K"
    PRIMARY_CARE_PROVIDER = "L"
    PREEXISTING_CONDITION = "M"
    MANAGED_CARE_COORDINATOR = "MC"
    RESTRICTED_TO_PROVIDER = "N"
    NOT_NECESSARY = "O"
    DISCLAIMER = "P"
    SECOND_OPINION_REQUIRED = "Q"
    OTHER_PAYER = "R"
    PRIOR_YEAR_HISTORY = "S"
    CARD_LOST_OR_STOLEN = "T"
    CONTACT = "U"
    CANNOT_PROCESS = "V"
    OTHER_SOURCE = "W"
    FACILITY = "X"
    SPEND_DOWN = "Y"
    OTHER = ""
    """A code that the guide does not have; the statement keeps it."""


ACTIVE: Final = frozenset(
    {
        About.ACTIVE,
        About.ACTIVE_FULL_RISK,
        About.ACTIVE_CAPITATED,
        About.ACTIVE_CAPITATED_PRIMARY_CARE,
        About.ACTIVE_PENDING,
    }
)
INACTIVE: Final = frozenset(
    {About.INACTIVE, About.INACTIVE_PENDING_UPDATE, About.INACTIVE_PENDING_INVESTIGATION}
)


class Level(Enum):
    """Whom a benefit is for (EB02)."""

    CHILDREN = "CHD"
    DEPENDENTS = "DEP"
    EMPLOYEE_AND_CHILDREN = "ECH"
    EMPLOYEE = "EMP"
    EMPLOYEE_AND_SPOUSE = "ESP"
    FAMILY = "FAM"
    INDIVIDUAL = "IND"
    SPOUSE_AND_CHILDREN = "SPC"
    SPOUSE = "SPO"
    NOT_SAID = ""


class Period(Enum):
    """What time an amount is for (EB06)."""

    HOUR = "6"
    DAY = "7"
    TWENTY_FOUR_HOURS = "13"
    YEARS = "21"
    SERVICE_YEAR = "22"
    CALENDAR_YEAR = "23"
    YEAR_TO_DATE = "24"
    CONTRACT = "25"
    EPISODE = "26"
    VISIT = "27"
    OUTLIER = "28"
    REMAINING = "29"
    EXCEEDED = "30"
    NOT_EXCEEDED = "31"
    LIFETIME = "32"
    LIFETIME_REMAINING = "33"
    MONTH = "34"
    WEEK = "35"
    ADMISSION = "36"
    NOT_SAID = ""


YEARS: Final = frozenset({Period.SERVICE_YEAR, Period.CALENDAR_YEAR, Period.CONTRACT})
"""The periods that state the whole amount of a plan's year."""


class Network(Enum):
    """Which providers a benefit is for (EB12)."""

    IN = "Y"
    OUT = "N"
    BOTH = "W"
    """The plan makes no difference."""
    NOT_SAID = "U"
