"""A visit that cannot take place where it was booked, and what its patient needs of another place."""

from datetime import date
from enum import IntEnum
from typing import Final, Self

import attrs

from medoffice.core import InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.fields import resource_ids
from medoffice.scheduling.urgency import Urgency
from medoffice.scheduling.visits import VisitType

MOVABLE: Final = frozenset({Status.PENDING, Status.BOOKED})
"""What has not begun and still holds a time."""


class Continuity(IntEnum):
    """Whether the patient minds seeing somebody else."""

    ANYBODY = 0
    """Whoever can do it."""
    PREFERRED = 1
    """The same clinician if possible."""
    REQUIRED = 2
    """The same clinician or nobody."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"anybody"``, ``"preferred"`` or ``"required"``.

        Raises:
            InvalidValue: for any other word.
        """
        try:
            return cls[text.strip().upper()]
        except KeyError:
            raise InvalidValue("continuity", "it is anybody, preferred or required") from None

    def __str__(self) -> str:
        return self.name.lower()


@attrs.frozen(kw_only=True)
class Displaced:
    """One visit that has lost its place.

    ``visit`` is the appointment's kind. ``clinicians`` are those whom the patient would keep; none means those
    of the appointment. ``earliest`` and ``latest`` are the first and the last day on which the visit makes clinical
    sense, both included; it is never put outside them. ``unavailable`` are times at which the patient cannot come,
    visits that they keep elsewhere in the office among them.

    Raises:
        InvalidValue: when ``visit`` is of another code than the appointment, the appointment has begun, has ended
            or holds no time, or ``latest`` is before ``earliest``.
    """

    appointment: Appointment
    visit: VisitType
    urgency: Urgency = Urgency.ROUTINE
    continuity: Continuity = Continuity.ANYBODY
    clinicians: frozenset[ResourceId] = attrs.field(default=frozenset(), converter=resource_ids)
    earliest: date | None = None
    latest: date | None = None
    unavailable: tuple[TimeSlot, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.visit.code != self.appointment.visit_type:
            raise InvalidValue("displaced visit", "its kind is not the appointment's")
        if self.appointment.status not in MOVABLE:
            raise InvalidValue("displaced visit", "it is booked or pending: others are not moved")
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            raise InvalidValue("displaced visit", "its latest day is before its earliest")
