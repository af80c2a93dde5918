"""A hold keeps a time for somebody who has not decided yet; offers say to whom it was offered."""

from datetime import datetime
from enum import Enum
from typing import Any

import attrs

from medoffice.core import AppointmentId, InvalidValue, PatientId, ResourceId, TimeSlot, as_instant
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.modality import Modality


class HoldStatus(Enum):
    """Where a hold is in its life; only the first keeps time."""

    RUNNING = "running"
    USED = "used"
    """A visit has taken its place."""
    RELEASED = "released"
    """Given back before its end."""
    EXPIRED = "expired"


class OfferStatus(Enum):
    """Where an offer is in its life; only the first can be accepted."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """The hold under it was used for somebody else, or given back."""


def sorted_unique(_: object, __: Any, value: object) -> None:  # noqa: ANN401 - any field's attribute
    """A validator for :func:`attrs.field`: a sorted tuple of resources without repeats, one at least."""
    if not isinstance(value, tuple) or not value or list(value) != sorted(set(value)):
        raise InvalidValue("hold", "its resources are a sorted tuple without repeats, one at least")


@attrs.frozen(kw_only=True)
class Hold:
    """A time kept against everybody up to, but without, the instant ``until``.

    ``slot`` is the time of the patient who may come, ``occupied`` the time that ``resources`` are taken for.
    Without ``patient`` it is for whoever is booked by its id. ``made`` is when it began. Of the visit of a
    group, which has ``seats``, it keeps one.

    Raises:
        InvalidValue: when ``occupied`` does not cover ``slot``, or ``resources`` are not sorted, unique and
        some.
    """

    id: HoldId
    visit_type: str
    slot: TimeSlot
    occupied: TimeSlot
    resources: tuple[ResourceId, ...] = attrs.field(validator=sorted_unique)
    made: datetime = attrs.field(converter=as_instant)
    until: datetime = attrs.field(converter=as_instant)
    patient: PatientId | None = None
    modality: Modality = Modality.IN_PERSON
    location: str = ""
    is_new_patient: bool = False
    seats: int = 1
    status: HoldStatus = HoldStatus.RUNNING

    def __attrs_post_init__(self) -> None:
        if not self.occupied.covers(self.slot):
            raise InvalidValue("hold", "the time it occupies covers the visit")

    @property
    def is_occupying(self) -> bool:
        """Whether its time is kept: it runs. Whether it has run out by now is for the book to say."""
        return self.status is HoldStatus.RUNNING


@attrs.frozen(kw_only=True)
class Offer:
    """One patient may have what a hold keeps, up to, but without, the instant ``until``.

    ``instead_of`` is the patient's visit that accepting moves to the new time, when there is one. ``appointment`` is
    what accepting booked or moved.
    """

    id: OfferId
    hold: HoldId
    patient: PatientId
    made: datetime = attrs.field(converter=as_instant)
    until: datetime = attrs.field(converter=as_instant)
    instead_of: AppointmentId | None = None
    status: OfferStatus = OfferStatus.OPEN
    appointment: AppointmentId | None = None

    @property
    def is_open(self) -> bool:
        """Whether it was neither answered nor ended."""
        return self.status is OfferStatus.OPEN
