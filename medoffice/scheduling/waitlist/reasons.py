"""Why a patient is not asked for a time, and why the waitlist says no: one stable code a reason.

Those below ``WTL020`` say that the time does not suit; those from ``WTL020`` to ``WTL039`` are the practice's guard
rails, over which a person may decide; those from ``WTL040`` answer a command.
"""

from typing import Final

from medoffice.core import Cite, Finding, Severity

OTHER_KIND: Final = "WTL001"
NEW_OR_KNOWN: Final = "WTL002"
TOO_LONG: Final = "WTL003"
TOO_SHORT: Final = "WTL004"
NEEDS_UNMET: Final = "WTL005"
OTHER_MODALITY: Final = "WTL006"
OTHER_DAY: Final = "WTL007"
OTHER_HOURS: Final = "WTL008"
OTHER_PROVIDER: Final = "WTL009"
OTHER_LOCATION: Final = "WTL010"
NOT_SOONER: Final = "WTL011"
PATIENT_BUSY: Final = "WTL012"

SHORT_NOTICE: Final = "WTL020"
NOT_AUTOMATIC: Final = "WTL021"
PAUSED: Final = "WTL022"
NO_CHANNEL: Final = "WTL023"
ASKED_ALREADY: Final = "WTL024"
ASKED_ELSEWHERE: Final = "WTL025"
ENOUGH_TODAY: Final = "WTL026"
ENOUGH_THIS_WEEK: Final = "WTL027"
RESTING: Final = "WTL028"
OTHERS_FIRST: Final = "WTL029"
ENOUGH_ASKED: Final = "WTL030"
NOBODY_LEFT: Final = "WTL031"
NEXT_WAVE: Final = "WTL032"

RAN_OUT: Final = "WTL040"
TAKEN: Final = "WTL041"
TAKEN_BACK: Final = "WTL042"
ANSWERED: Final = "WTL043"
SLOT_CLOSED: Final = "WTL044"
KNOWN_ID: Final = "WTL045"
ALREADY_BEGUN: Final = "WTL046"

_MGMA: Final = Cite(
    "MGMA, Designing backfill and overbooking by specialty",
    url="https://www.mgma.com/articles/designing-backfill-and-overbooking-by-specialty",
)

_SUITS: Final = {
    OTHER_KIND: "the template keeps this time for another kind of visit",
    NEW_OR_KNOWN: "the template keeps this time for new patients, or for known ones, and this is the other",
    TOO_LONG: "the visit with its buffers is longer than what became free",
    TOO_SHORT: "the visit would leave too much of the time unused",
    NEEDS_UNMET: "what became free is not all that the visit needs",
    OTHER_MODALITY: "the visit does not take place in this way here, or the patient would not take it so",
    OTHER_DAY: "the day is before the patient's earliest or after the latest",
    OTHER_HOURS: "it is not wholly within the weekdays and hours at which the patient can come",
    OTHER_PROVIDER: "none of the clinicians whom the patient would see",
    OTHER_LOCATION: "none of the locations to which the patient would come",
    NOT_SOONER: "not enough sooner than the visit that the patient has",
    PATIENT_BUSY: "the patient has another visit at that time",
}
_RAILS: Final = {
    SHORT_NOTICE: "too short before its start to be filled without a person, for this kind of visit",
    NOT_AUTOMATIC: "the practice fills this kind of visit by hand only",
    PAUSED: "the patient asked not to be asked for now",
    NO_CHANNEL: "the patient agreed to no way of being asked",
    ASKED_ALREADY: "the patient was asked for this time",
    ASKED_ELSEWHERE: "the patient has an offer that overlaps this time",
    ENOUGH_TODAY: "the patient was asked as often today as the practice allows",
    ENOUGH_THIS_WEEK: "the patient was asked as often in seven days as the practice allows",
    RESTING: "the patient declined an offer a short while ago and is left in peace",
    OTHERS_FIRST: "others came before in the order",
    ENOUGH_ASKED: "as many patients were asked for this time as the practice allows",
    NEXT_WAVE: "the patient is asked with the next wave, unless the time is taken before",
    NOBODY_LEFT: "nobody whom the time suits may be asked now",
}
_ANSWERS: Final = {
    RAN_OUT: (
        "the offer has run out",
        "The patient keeps the place on the list, and comes earlier next time.",
    ),
    TAKEN: (
        "somebody else said yes first",
        "The patient keeps the visit they have and the place on the list, and comes earlier next time.",
    ),
    TAKEN_BACK: (
        "the time is no longer offered",
        "The patient keeps the visit they have and the place on the list.",
    ),
    ANSWERED: ("this offer has been answered", "Look what was answered; change it at the desk."),
    SLOT_CLOSED: ("the time is not open any more", "Look at the schedule for what became of it."),
    KNOWN_ID: ("there is one of that id, or was", "Give it an id of its own."),
    ALREADY_BEGUN: ("the time has begun", "Offer a later one."),
}


def is_guard_rail(code: str) -> bool:
    """Whether a reason is the practice's choice, so that a person may decide otherwise."""
    return code in _RAILS


def unsuited(code: str, *, detail: str = "") -> Finding:
    """``WTL001`` to ``WTL012``: the time does not suit this visit or this patient."""
    message = _SUITS[code] + (f": {detail}" if detail else "")
    return Finding(code=code, severity=Severity.ERROR, message=message)


def held_back(code: str, *, detail: str = "") -> Finding:
    """``WTL020`` to ``WTL032``: the time may suit, but the practice's rules keep from asking."""
    message = _RAILS[code] + (f": {detail}" if detail else "")
    cites = (_MGMA,) if code == SHORT_NOTICE else ()
    return Finding(code=code, severity=Severity.WARNING, message=message, cites=cites)


def refused(code: str) -> Finding:
    """``WTL040`` to ``WTL046``: the waitlist does not do what was asked of it."""
    message, fix = _ANSWERS[code]
    return Finding.error(code, message, fix=fix)
