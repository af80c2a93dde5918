"""What every good-faith estimate says besides numbers, by stable codes with our own English.

45 CFR 149.610(c)(1)(viii) to (x) were read as printed at 86 FR 56137; that the estimate is no contract is (xi),
of which the standard form's words were read.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

MORE_MAY_BE_NEEDED: Final = "more-may-be-needed"
ONLY_AN_ESTIMATE: Final = "only-an-estimate"
MAY_BE_DISPUTED: Final = "may-be-disputed"
NO_CONTRACT: Final = "no-contract"

DISCLAIMERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        MORE_MAY_BE_NEEDED: (
            "We may recommend other care as part of your treatment. It is booked or asked for separately and is "
            "not in this estimate."
        ),
        ONLY_AN_ESTIMATE: (
            "This is an estimate of what we expect today. The care that you get, and what it costs, may differ."
        ),
        MAY_BE_DISPUTED: (
            "If a provider bills you more than is estimated here for that provider, by the amount that the law names "
            "or above it, you may dispute the bill. How to do that is told at www.cms.gov/nosurprises. Disputing a "
            "bill does not make your care any worse."
        ),
        NO_CONTRACT: "This estimate is not a contract. You do not have to get this care from us or anybody named here.",
    }
)
"""The English of every disclaimer, as it is said to the patient; all four stand in every estimate."""
