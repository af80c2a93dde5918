"""Why the schedule says no: one stable code a reason, each with what can be done about it."""

from typing import Final

from medoffice.core import Finding, ResourceId, Severity

SLOT_TAKEN: Final = "SCH001"
OUTSIDE_HOURS: Final = "SCH002"
IN_THE_PAST: Final = "SCH003"
ILLEGAL_CHANGE: Final = "SCH004"
PATIENT_BUSY: Final = "SCH005"
TAKES_TIME: Final = "SCH006"
NOT_MOVABLE: Final = "SCH007"


def _refusal(code: str, message: str, *, fix: str, where: str = "") -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, where=where, fix=fix)


def slot_taken(resource: ResourceId) -> Finding:
    """``SCH001``: somebody else has that resource at some part of the time, buffers included."""
    return _refusal(
        SLOT_TAKEN,
        "the time is taken",
        where=f"resource {resource}",
        fix="Search again and offer another time.",
    )


def outside_hours(resource: ResourceId) -> Finding:
    """``SCH002``: the resource is not open for this kind of visit through all of it and its buffers."""
    return _refusal(
        OUTSIDE_HOURS,
        "the visit with its buffers is not within opening hours for its kind",
        where=f"resource {resource}",
        fix="Choose a time within the hours, or change the weekly template first.",
    )


def in_the_past() -> Finding:
    """``SCH003``: the visit would begin before now."""
    return _refusal(IN_THE_PAST, "the visit would begin in the past", fix="Choose a later time.")


def not_a_legal_change(old: str, new: str) -> Finding:
    """``SCH004``: the state of an appointment cannot follow the one it is in."""
    return _refusal(
        ILLEGAL_CHANGE,
        f"an appointment that is {old} cannot become {new}",
        fix="Look at the appointment again: somebody may have changed it. A new visit is a new appointment.",
    )


def patient_busy() -> Finding:
    """``SCH005``: the patient is already to be somewhere else in the office at that time."""
    return _refusal(
        PATIENT_BUSY,
        "the patient already has a visit at that time",
        fix="Choose another time, or move or cancel the other visit first.",
    )


def takes_time(new: str) -> Finding:
    """``SCH006``: the change would hold time that nobody has looked at."""
    return _refusal(
        TAKES_TIME,
        f"becoming {new} holds time, and it was not checked whether that time is free",
        fix="Confirm the appointment against the schedule instead of changing its status alone.",
    )


def not_movable(status: str) -> Finding:
    """``SCH007``: the appointment has begun, has ended, or never held a time."""
    return _refusal(
        NOT_MOVABLE,
        f"an appointment that is {status} cannot be moved",
        fix="Book a new appointment; confirm one that waits.",
    )
