"""What a price says is not decided here, by its code, in words that hold no health data."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ASSISTANT_BY_REPORT: Final = "assistant-needs-report"
BOTH_SIDES_UNCLEAR: Final = "may-be-both-sides"
BY_REPORT: Final = "by-report-after-fifth"
CO_SURGEONS_BY_REPORT: Final = "co-surgeons-need-report"
DAY_DECIDES: Final = "day-decides-reduction"
FLAT_ALONE: Final = "flat-rate-may-be-reduced"
NOT_REDUCED: Final = "multiple-procedures-not-reduced"

NOTES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ASSISTANT_BY_REPORT: "An assistant is paid for this only when papers show that one was needed.",
        BOTH_SIDES_UNCLEAR: "The code is there twice: if that is both sides, the payer pays 150 % and not 200 %.",
        BY_REPORT: "After the fifth procedure of a day the payer decides by report; here it counts 50 %.",
        CO_SURGEONS_BY_REPORT: "Two surgeons are paid for this only when papers show that both were needed.",
        DAY_DECIDES: "Whether modifier 51 halves it depends on the day's other lines; this is the price alone.",
        FLAT_ALONE: "Medicare pays less for this beside the day's other lines; whether the flat rate is cut too is not known.",
        NOT_REDUCED: "The payer reduces this beside others of its kind; what it takes off is not worked out here.",
    }
)
"""Each code with its words."""
