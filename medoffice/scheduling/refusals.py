"""Why the schedule says no: one stable code a reason, each with what can be done about it."""

from typing import Final

from medoffice.core import Finding, ResourceId

SLOT_TAKEN: Final = "SCH001"
OUTSIDE_HOURS: Final = "SCH002"
IN_THE_PAST: Final = "SCH003"
ILLEGAL_CHANGE: Final = "SCH004"
PATIENT_BUSY: Final = "SCH005"
TAKES_TIME: Final = "SCH006"
NOT_MOVABLE: Final = "SCH007"
CLOSED: Final = "SCH008"
HOURS_FOR_OTHER_VISITS: Final = "SCH009"
HOURS_FOR_OTHER_MODALITY: Final = "SCH010"
MODALITY_NOT_OFFERED: Final = "SCH011"
ABSENT: Final = "SCH012"
NONE_FREE: Final = "SCH013"
DIFFERENT_LOCATIONS: Final = "SCH014"
OFF_GRID: Final = "SCH015"
SHORT_NOTICE: Final = "SCH016"
BEYOND_HORIZON: Final = "SCH017"
SESSION_FULL: Final = "SCH018"
NOT_FOR_VISIT: Final = "SCH019"
NEEDS_COLLIDE: Final = "SCH020"
ELSEWHERE: Final = "SCH021"
NOT_A_WHOLE_MINUTE: Final = "SCH022"


def slot_taken(resource: ResourceId, *, by_buffer: bool = False) -> Finding:
    """``SCH001``: somebody else has that resource at some part of the time, buffers included.

    ``by_buffer`` says that it is only the time before or after the other visit that is in the way.
    """
    return Finding.error(
        SLOT_TAKEN,
        "the time is taken by the buffer of another visit" if by_buffer else "the time is taken",
        where=f"resource {resource}",
        fix="Search again and offer another time.",
    )


def outside_hours(resource: ResourceId) -> Finding:
    """``SCH002``: the resource is not open for this kind of visit through all of it and its buffers."""
    return Finding.error(
        OUTSIDE_HOURS,
        "the visit with its buffers is not within opening hours for its kind",
        where=f"resource {resource}",
        fix="Choose a time within the hours, or change the weekly template first.",
    )


def in_the_past() -> Finding:
    """``SCH003``: the visit would begin before now."""
    return Finding.error(IN_THE_PAST, "the visit would begin in the past", fix="Choose a later time.")


def not_a_legal_change(old: str, new: str) -> Finding:
    """``SCH004``: the state of an appointment cannot follow the one it is in."""
    return Finding.error(
        ILLEGAL_CHANGE,
        f"an appointment that is {old} cannot become {new}",
        fix="Look at the appointment again: somebody may have changed it. A new visit is a new appointment.",
    )


def patient_busy() -> Finding:
    """``SCH005``: the patient is already to be somewhere else in the office at that time."""
    return Finding.error(
        PATIENT_BUSY,
        "the patient already has a visit at that time",
        fix="Choose another time, or move or cancel the other visit first.",
    )


def takes_time(new: str) -> Finding:
    """``SCH006``: the change would hold time that nobody has looked at."""
    return Finding.error(
        TAKES_TIME,
        f"becoming {new} holds time, and it was not checked whether that time is free",
        fix="Confirm the appointment against the schedule instead of changing its status alone.",
    )


def not_movable(status: str) -> Finding:
    """``SCH007``: the appointment has begun, has ended, or never held a time."""
    return Finding.error(
        NOT_MOVABLE,
        f"an appointment that is {status} cannot be moved",
        fix="Book a new appointment; confirm one that waits.",
    )


def closed(resource: ResourceId, name: str) -> Finding:
    """``SCH008``: the office, the site or the resource is closed on that day; ``name`` says for what."""
    return Finding.error(
        CLOSED,
        f"closed: {name}",
        where=f"resource {resource}",
        fix="Choose another day, or change the closures of the calendar first.",
    )


def hours_for_other_visits(resource: ResourceId) -> Finding:
    """``SCH009``: the resource is there, in hours that are kept for other kinds of visit."""
    return Finding.error(
        HOURS_FOR_OTHER_VISITS,
        "these hours are kept for other kinds of visit",
        where=f"resource {resource}",
        fix="Choose hours for this kind of visit, or open these to it first.",
    )


def hours_for_other_modality(resource: ResourceId, modality: str) -> Finding:
    """``SCH010``: the resource is there, in hours that are not for visits of that modality."""
    return Finding.error(
        HOURS_FOR_OTHER_MODALITY,
        f"these hours are not for {modality} visits",
        where=f"resource {resource}",
        fix="Choose other hours, or another modality.",
    )


def modality_not_offered(visit: str, modality: str) -> Finding:
    """``SCH011``: the kind of visit does not take place in that way at all."""
    return Finding.error(
        MODALITY_NOT_OFFERED,
        f"this kind of visit is not offered as {modality}",
        where=f"visit type {visit}",
        fix="Choose a modality that the kind of visit has.",
    )


def absent(resource: ResourceId, why: str) -> Finding:
    """``SCH012``: the resource is away in spite of its hours; ``why`` is the office's code."""
    return Finding.error(
        ABSENT,
        f"absent: {why}",
        where=f"resource {resource}",
        fix="Choose another time, or another resource.",
    )


def none_free(need: str) -> Finding:
    """``SCH013``: nothing that could fill a need is free; a finding for each candidate says why."""
    return Finding.error(
        NONE_FREE,
        f"no {need} is free",
        where=f"need {need}",
        fix="Choose another time; the findings of each candidate say what is in the way.",
    )


def different_locations() -> Finding:
    """``SCH014``: all that is needed is free, but not at one location."""
    return Finding.error(
        DIFFERENT_LOCATIONS,
        "what the visit needs is free at different locations only",
        fix="Choose another time, or other resources at one location.",
    )


def off_grid(resource: ResourceId) -> Finding:
    """``SCH015``: no start lies there on the grid of the resource that leads the visit."""
    return Finding.error(
        OFF_GRID,
        "the time is not one of the starts that are offered",
        where=f"resource {resource}",
        fix="Choose one of the offered starts, or have a person book it.",
    )


def short_notice() -> Finding:
    """``SCH016``: the visit would begin sooner than the office wants to know of it."""
    return Finding.error(
        SHORT_NOTICE,
        "the visit would begin at too short notice",
        fix="Choose a later time, or call the office.",
    )


def beyond_horizon() -> Finding:
    """``SCH017``: the visit would begin later than the office books ahead."""
    return Finding.error(
        BEYOND_HORIZON,
        "the visit would begin later than the office books ahead",
        fix="Choose an earlier time, or ask for a recall.",
    )


def session_full(visit: str) -> Finding:
    """``SCH018``: the visit of a group at that time has no seat left."""
    return Finding.error(
        SESSION_FULL,
        "every seat of the group is taken",
        where=f"visit type {visit}",
        fix="Choose another session, or put the patient on the waiting list.",
    )


def not_for_visit(resource: ResourceId) -> Finding:
    """``SCH019``: a resource that was asked for can fill no need of this kind of visit."""
    return Finding.error(
        NOT_FOR_VISIT,
        "this kind of visit has no use for the resource",
        where=f"resource {resource}",
        fix="Leave the resource out, or choose a kind of visit that it serves.",
    )


def needs_collide() -> Finding:
    """``SCH020``: each need alone could be filled, but two of them only by one and the same resource."""
    return Finding.error(
        NEEDS_COLLIDE,
        "two needs of the visit could be filled by the same resource only",
        fix="Choose another time, at which more of them are free.",
    )


def elsewhere(resource: ResourceId) -> Finding:
    """``SCH021``: the resource is at another location at that time."""
    return Finding.error(
        ELSEWHERE,
        "the resource is at another location",
        where=f"resource {resource}",
        fix="Choose another location, or another time.",
    )


def not_a_whole_minute() -> Finding:
    """``SCH022``: visits begin on whole minutes."""
    return Finding.error(
        NOT_A_WHOLE_MINUTE, "a visit begins on a whole minute", fix="Leave out seconds and their parts."
    )
