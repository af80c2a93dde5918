"""Why the book says no where the search would not: one stable code a reason, each with what can be done about it.

What the search finds in the way of a time (``SCH001`` and on) is in :mod:`medoffice.scheduling.refusals`; these are
about holds, offers, policy and the life of a visit.
"""

from typing import Final

from medoffice.core import Finding, ResourceId

HOLD_OVER: Final = "SCH101"
HELD_FOR_ANOTHER: Final = "SCH102"
TOO_MANY_HOLDS: Final = "SCH103"
HOLD_TOO_LONG: Final = "SCH104"
OFFER_OVER: Final = "SCH105"
UNDER_OFFER: Final = "SCH106"
OFFERED_ALREADY: Final = "SCH107"
DAY_IS_FULL: Final = "SCH108"
OVERBOOKING_OFF: Final = "SCH109"
OVERBOOKED_ENOUGH: Final = "SCH110"
NOT_YET: Final = "SCH111"
ANOTHER_VISIT: Final = "SCH112"
NOT_THERE: Final = "SCH113"


def hold_over(how: str) -> Finding:
    """``SCH101``: the hold has ended, and the time may be somebody else's."""
    return Finding.error(
        HOLD_OVER, f"the hold has ended: it is {how}", fix="Search again and hold another time."
    )


def held_for_another() -> Finding:
    """``SCH102``: the hold is in another patient's name."""
    return Finding.error(
        HELD_FOR_ANOTHER, "the time is held for another patient", fix="Search for a time for this patient."
    )


def too_many_holds(most: int) -> Finding:
    """``SCH103``: so many holds run in the patient's name already."""
    return Finding.error(
        TOO_MANY_HOLDS,
        f"the patient has {most} running holds already",
        fix="Release one of them, or book what it holds.",
    )


def hold_too_long(minutes: int) -> Finding:
    """``SCH104``: the hold would keep its time longer than the practice lets a hold last."""
    return Finding.error(
        HOLD_TOO_LONG,
        f"a hold lasts at most {minutes} minutes from when it was made",
        fix="Choose an earlier end, or release the hold and make a new one.",
    )


def offer_over(how: str) -> Finding:
    """``SCH105``: the offer was answered, has expired or was withdrawn."""
    return Finding.error(
        OFFER_OVER,
        f"the offer has ended: it is {how}",
        fix="Search again, or keep the place on the waitlist.",
    )


def under_offer() -> Finding:
    """``SCH106``: patients were told that they may have the time, and it is not given past them."""
    return Finding.error(
        UNDER_OFFER,
        "the held time is under offer",
        fix="Accept one of its offers, or release the hold, which withdraws them.",
    )


def offered_already() -> Finding:
    """``SCH107``: the patient has an open offer for the very time."""
    return Finding.error(
        OFFERED_ALREADY,
        "the patient has an open offer for this time already",
        fix="Wait for the answer.",
    )


def day_is_full(resource: ResourceId, most: int) -> Finding:
    """``SCH108``: the provider has as many such visits on that day as the policy lets them have."""
    return Finding.error(
        DAY_IS_FULL,
        f"there are {most} visits of this kind on that day already, and the policy allows no more",
        where=f"resource {resource}",
        fix="Choose another day or another provider, or change the policy's day limit.",
    )


def overbooking_off() -> Finding:
    """``SCH109``: the policy lets nobody overbook."""
    return Finding.error(
        OVERBOOKING_OFF, "this practice does not overbook", fix="Choose a free time, or change the policy."
    )


def overbooked_enough(resource: ResourceId, most: int) -> Finding:
    """``SCH110``: the provider's time is shared by as many visits as the policy allows."""
    return Finding.error(
        OVERBOOKED_ENOUGH,
        f"the time is overbooked by {most} already, and the policy allows no more",
        where=f"resource {resource}",
        fix="Choose another time.",
    )


def not_yet() -> Finding:
    """``SCH111``: the visit has not started, so nobody can have missed it."""
    return Finding.error(
        NOT_YET,
        "it is too early to note a no-show",
        fix="Wait until the visit should have begun, or cancel it.",
    )


def another_visit() -> Finding:
    """``SCH112``: the hold was made for another kind of visit than the one to be moved."""
    return Finding.error(
        ANOTHER_VISIT,
        "the time is held for another kind of visit",
        fix="Hold a time for the kind of visit that is to move.",
    )


def not_there(what: str) -> Finding:
    """``SCH113``: what a visit was booked with is not in the calendar any more."""
    return Finding.error(
        NOT_THERE,
        "it is not in the calendar any more",
        where=what,
        fix="Move the visit to something that is there, or put it back into the calendar.",
    )
