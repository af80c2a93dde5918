"""What happened to the book, fact by fact. Facts are only ever added; all that the book knows follows from them.

A fact holds what replaying it needs and no more: nothing is looked up, neither in the calendar nor in the policy, so
a log from last year gives the same state under this year's rules. Within one decision the facts stand
together, and a store writes them together or not at all.
"""

from datetime import datetime
from enum import Enum

import attrs

from medoffice.core import ActorId, AppointmentId, InvalidValue, PhiClass, TimeSlot, as_instant, phi
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.book.ids import HoldId, OfferId, SeriesId
from medoffice.scheduling.names import slug


class Party(Enum):
    """On whose side a decision was made, whoever typed it."""

    PATIENT = "patient"
    OFFICE = "office"


def _place(_: object, __: object, value: object) -> None:
    if type(value) is not int or value < 0:
        raise InvalidValue("fact", "its place in the log counts up from one; 0 is not written yet")


@attrs.frozen(kw_only=True)
class Event:
    """A fact: ``at`` which instant it was noted, its place ``seq`` in the log (0: not written yet), and ``by`` whom."""

    at: datetime = attrs.field(converter=as_instant)
    seq: int = attrs.field(default=0, validator=_place)
    by: ActorId | None = None


@attrs.frozen(kw_only=True)
class TimeHeld(Event):
    """A time is kept until the hold ends."""

    hold: Hold


@attrs.frozen(kw_only=True)
class HoldReleased(Event):
    """The time was given back before the hold's end."""

    hold: HoldId


@attrs.frozen(kw_only=True)
class HoldExpired(Event):
    """The hold's end had come by the time that this was noted."""

    hold: HoldId


@attrs.frozen(kw_only=True)
class OfferMade(Event):
    """A patient was offered what a hold keeps; the hold lasts as long as its longest offer."""

    offer: Offer


@attrs.frozen(kw_only=True)
class OfferAccepted(Event):
    """The patient said yes first; ``appointment`` was booked or moved in the same decision."""

    offer: OfferId
    appointment: AppointmentId


@attrs.frozen(kw_only=True)
class OfferDeclined(Event):
    """The patient said no."""

    offer: OfferId


@attrs.frozen(kw_only=True)
class OfferExpired(Event):
    """The patient had not answered by the offer's end."""

    offer: OfferId


@attrs.frozen(kw_only=True)
class OfferWithdrawn(Event):
    """The time is not to be had any more: somebody else was quicker, or it was given back."""

    offer: OfferId


@attrs.frozen(kw_only=True)
class VisitBooked(Event):
    """A visit has its time; ``hold`` is what had kept it, and ends with this."""

    appointment: Appointment
    hold: HoldId | None = None


@attrs.frozen(kw_only=True)
class WalkInAdded(Event):
    """Somebody came without an appointment and has a time now."""

    appointment: Appointment


@attrs.frozen(kw_only=True)
class VisitConfirmed(Event):
    """A visit that waited for a yes is booked, or the patient of a booked one said again that they come."""

    appointment: AppointmentId


@attrs.frozen(kw_only=True)
class VisitMoved(Event):
    """A visit, as it is after the move, and the time it had; ``hold`` is what had kept the new one.

    ``notice`` is how many whole minutes lay between the decision and the old start, below zero after it.
    """

    appointment: Appointment
    previous: TimeSlot
    notice: int
    hold: HoldId | None = None


@attrs.frozen(kw_only=True)
class VisitCancelled(Event):
    """A visit gave its time back: why (the office's own code), on whose side, and with how much notice.

    ``notice`` is in whole minutes before the start, below zero after it; ``is_late`` says that it was less than the
    policy of that day asks for.
    """

    appointment: AppointmentId
    reason: str = attrs.field(
        default="",
        validator=slug("cancellation", "its reason code", or_empty=True),
        **phi(PhiClass.HEALTH),
    )
    party: Party = Party.PATIENT
    notice: int
    is_late: bool


@attrs.frozen(kw_only=True)
class NoShowNoted(Event):
    """The patient did not come; the rest of the time is free."""

    appointment: AppointmentId


@attrs.frozen(kw_only=True)
class StatusChanged(Event):
    """A visit is one state on (arrived, checked in, fulfilled), or was a mistake from the beginning."""

    appointment: AppointmentId
    to: Status


@attrs.frozen(kw_only=True)
class SeriesBooked(Event):
    """The visits of a series were booked, all in one decision; ``skipped`` are the starts that could not be."""

    series: SeriesId
    appointments: tuple[AppointmentId, ...]
    skipped: tuple[datetime, ...] = ()
