"""What is worth knowing about a FHIR resource that was read: one stable code each, and where, never what stood there."""

from typing import Final

from medoffice.core import Finding, Severity

NOT_KEPT: Final = "FHR001"
UNKNOWN_ELEMENT: Final = "FHR002"
NOT_READ: Final = "FHR003"
DANGLING: Final = "FHR004"
LEFT_OUT: Final = "FHR005"
NOT_UNDERSTOOD: Final = "FHR006"
TWO_OF_ONE: Final = "FHR007"
PAYER_BY_SERVER: Final = "FHR008"
TAKEN_FOR: Final = "FHR009"


def not_kept(where: str) -> Finding:
    """``FHR001``: an element of FHIR R4 that medoffice has no place for."""
    return Finding(code=NOT_KEPT, severity=Severity.INFO, message="what stands here is not kept", where=where)


def unknown_element(where: str) -> Finding:
    """``FHR002``: an element that FHIR R4 does not have here; a slip of the pen, or another release."""
    return Finding(
        code=UNKNOWN_ELEMENT,
        severity=Severity.WARNING,
        message="an element that FHIR R4 does not have here is left out",
        where=where,
        fix="Ask the sender whether this is FHIR R4 (4.0.1).",
    )


def not_read(where: str) -> Finding:
    """``FHR003``: a resource of a kind that is not read here."""
    return Finding(
        code=NOT_READ, severity=Severity.INFO, message="a resource of this kind is not read here", where=where
    )


def dangling(where: str) -> Finding:
    """``FHR004``: a reference to something that is not in the same publication."""
    return Finding(
        code=DANGLING,
        severity=Severity.WARNING,
        message="what is referred to here was not published",
        where=where,
    )


def left_out(where: str, reason: str) -> Finding:
    """``FHR005``: what stands there is wrong and was left out, so that the rest could be read."""
    return Finding(
        code=LEFT_OUT,
        severity=Severity.ERROR,
        message=f"this was left out: {reason}",
        where=where,
        fix="Ask the sender for what was meant.",
    )


def not_understood(where: str) -> Finding:
    """``FHR006``: a code that is not known here; where there is a place it is kept as it came, with its system."""
    return Finding(
        code=NOT_UNDERSTOOD,
        severity=Severity.WARNING,
        message="none of the codes that stand here is known, so nothing is concluded from them",
        where=where,
        fix="Ask the payer what it means.",
    )


def two_of_one(where: str, what: str) -> Finding:
    """``FHR007``: there is another value where there can be one; the first is kept."""
    return Finding(
        code=TWO_OF_ONE,
        severity=Severity.WARNING,
        message=f"there are two values for {what} that differ; this one is not kept",
        where=where,
        fix="Ask the sender which of them holds.",
    )


def payer_by_server(where: str) -> Finding:
    """``FHR008``: the id of a payer's resource on somebody's server was taken for its payer id."""
    return Finding(
        code=PAYER_BY_SERVER,
        severity=Severity.WARNING,
        message="the payer's id on that server is taken for what the clearing-house calls it",
        where=where,
        fix="Look whether it is; a caller's our_id can say which payer a reference means.",
    )


def taken_for(where: str, what: str) -> Finding:
    """``FHR009``: something that matters is not said, or in codes that are not known, and was taken for something."""
    return Finding(
        code=TAKEN_FOR,
        severity=Severity.WARNING,
        message=f"this is not said in a way that is understood; it is taken for {what}",
        where=where,
        fix="Ask the patient or the payer.",
    )
