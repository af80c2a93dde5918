"""What each measure means: its formula in words, its unit, which way is better, and who defines it so."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.core import Cite


class Measure(Enum):
    """What can be measured; the values are codes for tables and file names."""

    THIRD_NEXT = "third-next-available"
    FILL = "fill"
    LEAD_TIME = "lead-time"
    NO_SHOW = "no-show"
    CANCELLATION = "cancellation"
    LATE_CANCELLATION = "late-cancellation"
    BUMP = "bump"
    WAIT = "wait"
    UTILISATION = "utilisation"
    IDLE = "idle"
    OVERTIME = "overtime"
    DAYS_GAINED = "days-gained"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class Definition:
    """A measure's formula in words. ``is_better_low`` is False where more is better."""

    formula: str
    unit: str
    is_better_low: bool = True
    cites: tuple[Cite, ...] = ()


_IHI: Final = Cite(
    "Institute for Healthcare Improvement",
    "Measure the Backlog",
    url="http://www.ihi.org/IHI/Topics/OfficePractices/Access/Changes/IndividualChanges/MeasuretheBacklog.htm",
)
_AIM: Final = Cite(
    "AIM Alberta",
    "Measurement: Delay",
    url="http://aimalberta.ca/index.php/self-serve-resources/measurement/",
)
_ASGE: Final = Cite(
    "American Society for Gastrointestinal Endoscopy",
    "Reduce the Impact of No-Shows and Cancellations",
    url="https://www.asge.org/home/resources/publications/practical-solutions/"
    "practical-solutions-october-reduce-impact-no-shows-cancellations",
)
_QUEUEDR: Final = Cite(
    "QueueDr", "Cancellations guide book", url="https://queuedr.com/resources/cancellations-guide-book/"
)

DEFINITIONS: Final[Mapping[Measure, Definition]] = MappingProxyType(
    {
        Measure.THIRD_NEXT: Definition(
            formula="calendar days, weekends and holidays included, from the day of asking to the day of the third "
            "appointment that can be had; times that are held or that overlap an earlier one of the same clinician "
            "are not counted",
            unit="days",
            cites=(_IHI, _AIM),
        ),
        Measure.FILL: Definition(
            formula="minutes of opening hours that visits hold, buffers included and each minute counted once, over "
            "minutes of opening hours",
            unit="minutes",
            is_better_low=False,
        ),
        Measure.LEAD_TIME: Definition(
            formula="calendar days from the booking to the visit; the median, the mean and the 90th percentile",
            unit="days",
        ),
        Measure.NO_SHOW: Definition(
            formula="visits whose patient did not come and gave no notice, over visits that were due: those and the "
            "kept ones, not the cancelled",
            unit="visits",
            cites=(_ASGE,),
        ),
        Measure.CANCELLATION: Definition(
            formula="visits that were called off by the patient, over visits that had been booked",
            unit="visits",
            cites=(_QUEUEDR,),
        ),
        Measure.LATE_CANCELLATION: Definition(
            formula="visits that the patient called off with less than the practice's notice, over visits that had "
            "been booked",
            unit="visits",
            cites=(_ASGE,),
        ),
        Measure.BUMP: Definition(
            formula="visits that the practice called off or moved, over visits that had been booked",
            unit="visits",
            cites=(_QUEUEDR,),
        ),
        Measure.WAIT: Definition(
            formula="minutes from the appointed time, or from the arrival where that was later, until the clinician "
            "came; never below nothing",
            unit="minutes",
        ),
        Measure.UTILISATION: Definition(
            formula="minutes of a session with a patient, over the minutes of the session",
            unit="minutes",
            is_better_low=False,
        ),
        Measure.IDLE: Definition(
            formula="minutes of a session before its end without a patient, over the minutes of the session",
            unit="minutes",
        ),
        Measure.OVERTIME: Definition(
            formula="minutes with a patient after the end of a session, over the minutes of the session",
            unit="minutes",
        ),
        Measure.DAYS_GAINED: Definition(
            formula="calendar days by which a visit came sooner through the waitlist",
            unit="days",
            is_better_low=False,
        ),
    }
)
"""All of them. Where nobody is cited the formula is ours, and says so by being written out."""
