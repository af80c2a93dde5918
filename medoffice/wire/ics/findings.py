"""What may be wrong with somebody else's calendar: one stable code each, and where in the file, never what it says."""

from typing import Final

from medoffice.core import Finding, Severity

UNREADABLE: Final = "ICS001"
UNKNOWN_ZONE: Final = "ICS002"
GUESSED_ZONE: Final = "ICS003"
UNKNOWN_RECURRENCE: Final = "ICS004"
CHANGE_OF_THE_REST: Final = "ICS005"


def unreadable(where: str, what: str) -> Finding:
    """``ICS001``: an event could not be read, so its time is not held."""
    return Finding(
        code=UNREADABLE,
        severity=Severity.ERROR,
        message=f"this event is not read: {what}",
        where=where,
        fix="Block its time by hand, and export the calendar again.",
    )


def unknown_zone(where: str) -> Finding:
    """``ICS002``: an event names a zone that nobody knows and the file does not describe; its time is not held."""
    return Finding(
        code=UNKNOWN_ZONE,
        severity=Severity.ERROR,
        message="this event is not read: its time zone is not known and the file does not describe it",
        where=where,
        fix="Block its time by hand; set the event's time zone to one with an IANA name and export again.",
    )


def guessed_zone(where: str, zone: str) -> Finding:
    """``ICS003``: the zone's name is not of the IANA database, and was understood all the same."""
    return Finding(
        code=GUESSED_ZONE,
        severity=Severity.INFO,
        message=f"the name of its time zone is not of the IANA database; it is read as {zone}",
        where=where,
    )


def unknown_recurrence(where: str, reason: str) -> Finding:
    """``ICS004``: an event recurs by a rule that is not counted out; only its first time is held."""
    return Finding(
        code=UNKNOWN_RECURRENCE,
        severity=Severity.ERROR,
        message=f"only the first time of this event is read: {reason}",
        where=where,
        fix="Block its other times by hand.",
    )


def change_of_the_rest(where: str) -> Finding:
    """``ICS005``: a change of one occurrence and all that follow is read as a change of that one."""
    return Finding(
        code=CHANGE_OF_THE_REST,
        severity=Severity.WARNING,
        message="a change of this and all later occurrences is read as a change of this one",
        where=where,
        fix="Look at the later occurrences by hand.",
    )
