"""medoffice: the work of a US medical office as a pure library.

The names here are the values that every part shares. The parts themselves are imported by name:
``medoffice.scheduling``, ``medoffice.billing``, ``medoffice.checkin``, and ``medoffice.office`` for all of them wired
together over a store.
"""

from medoffice.core import (
    DateRange,
    Explained,
    Finding,
    InvalidValue,
    MedofficeError,
    Money,
    Percent,
    Severity,
    TimeSlot,
)

__all__ = [
    "DateRange",
    "Explained",
    "Finding",
    "InvalidValue",
    "MedofficeError",
    "Money",
    "Percent",
    "Severity",
    "TimeSlot",
]
__version__ = "0.1.0"
