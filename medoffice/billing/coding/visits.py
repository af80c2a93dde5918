"""Which procedure codes are visits."""

from typing import Final

from medoffice.core import CPTCode, ProcedureCode

_VISITS: Final = (
    (92002, 92014),
    (99202, 99215),
    (99221, 99239),
    (99242, 99255),
    (99281, 99285),
    (99291, 99292),
    (99304, 99316),
    (99341, 99350),
    (99381, 99397),
)
"""Ranges of bare code numbers: visits in which a patient is seen and evaluated."""


def is_visit(code: ProcedureCode) -> bool:
    """Whether the code is for a visit: an evaluation and management service in which the patient is seen.

    Codes of evaluation and management that no visit goes with (care that is counted by the month, time on the
    telephone, prolonged service beside another code) are not visits here.
    """
    if not isinstance(code, CPTCode) or not code.value.isdigit():
        return False
    return any(first <= int(code.value) <= last for first, last in _VISITS)
