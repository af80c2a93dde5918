"""An appointment, the states it goes through, and which of them hold time.

The states are those of FHIR R4 (http://hl7.org/fhir/R4/valueset-appointmentstatus.html), so that a schedule
can be given to another system without translation. FHIR does not say which state may follow which;
:data:`LEGAL` does.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, Self

import attrs

from medoffice.core import (
    AppointmentId,
    InvalidValue,
    PatientId,
    PhiClass,
    Refused,
    ResourceId,
    TimeSlot,
    phi,
)
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.names import slug
from medoffice.scheduling.refusals import not_a_legal_change, takes_time


class Status(Enum):
    """Where an appointment is in its life; the values are the codes of FHIR R4 ``AppointmentStatus``."""

    PROPOSED = "proposed"
    """None of those concerned has said yes."""
    PENDING = "pending"
    """Somebody still has to say yes; the time is kept meanwhile."""
    BOOKED = "booked"
    ARRIVED = "arrived"
    """The patient is here and waits."""
    FULFILLED = "fulfilled"
    """The visit took place."""
    CANCELLED = "cancelled"
    NOSHOW = "noshow"
    ENTERED_IN_ERROR = "entered-in-error"
    CHECKED_IN = "checked-in"
    """All that the desk needs is done; the visit may begin."""
    WAITLIST = "waitlist"
    """Waits for a time that may become free."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code of FHIR.

        Raises:
            InvalidValue: when FHIR R4 has no such code.
        """
        try:
            return cls(text.strip())
        except ValueError:
            raise InvalidValue("appointment status", "it is one of the ten codes of FHIR R4") from None

    def __str__(self) -> str:
        return self.value


_ENDS: Final = frozenset({Status.CANCELLED, Status.ENTERED_IN_ERROR})

LEGAL: Final[Mapping[Status, frozenset[Status]]] = MappingProxyType(
    {
        Status.PROPOSED: _ENDS | {Status.PENDING, Status.BOOKED, Status.WAITLIST},
        Status.WAITLIST: _ENDS | {Status.PROPOSED, Status.PENDING, Status.BOOKED},
        Status.PENDING: _ENDS | {Status.BOOKED, Status.WAITLIST},
        Status.BOOKED: _ENDS | {Status.ARRIVED, Status.CHECKED_IN, Status.NOSHOW},
        Status.ARRIVED: _ENDS | {Status.CHECKED_IN, Status.FULFILLED},
        Status.CHECKED_IN: _ENDS | {Status.FULFILLED},
        Status.FULFILLED: frozenset(),
        Status.CANCELLED: frozenset(),
        Status.NOSHOW: frozenset(),
        Status.ENTERED_IN_ERROR: frozenset(),
    }
)
"""Which states may follow each; none follows a terminal one. Leaving unseen is a cancellation."""

TERMINAL: Final = frozenset(status for status, following in LEGAL.items() if not following)
"""States that never change again, unless they were noted by mistake: see :data:`CORRECTIONS`."""

CORRECTIONS: Final[Mapping[Status, frozenset[Status]]] = MappingProxyType(
    {
        Status.ARRIVED: frozenset({Status.BOOKED}),
        Status.CHECKED_IN: frozenset({Status.BOOKED, Status.ARRIVED}),
        Status.FULFILLED: frozenset({Status.ARRIVED, Status.CHECKED_IN}),
    }
)
"""How a correction, and nothing else, may take a status back.

Both sides hold time, so that no time is given away or taken twice. A cancellation is not among them: its time may be
booked again.
"""

OCCUPYING: Final = frozenset(
    {Status.PENDING, Status.BOOKED, Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED}
)
"""States that hold time: nobody else can be booked into it. Time that was used stays used."""


def _sorted_unique(_: object, __: object, value: object) -> None:
    if not isinstance(value, tuple) or not value or list(value) != sorted(set(value)):
        raise InvalidValue("appointment", "its resources are a sorted tuple without repeats, one at least")


def _shared(appointment: "Appointment", _: object, value: object) -> None:
    if not isinstance(value, tuple) or list(value) != sorted(set(value) & set(appointment.resources)):
        raise InvalidValue("appointment", "what it shares is a sorted tuple of some of its resources")


def _seats(_: object, __: object, value: object) -> None:
    if type(value) is not int or value < 1:
        raise InvalidValue("appointment", "its seats are counted from one")


def _series(_: object, __: object, value: object) -> None:
    if not isinstance(value, str) or (value and not _is_id(value)):
        raise InvalidValue("appointment", "its series is an id, or empty")


def _is_id(value: str) -> bool:
    try:
        AppointmentId(value)
    except InvalidValue:
        return False
    return True


def _count(_: object, __: object, value: object) -> None:
    if type(value) is not int or value < 0:
        raise InvalidValue("appointment", "its revision counts up from zero")


@attrs.frozen(kw_only=True)
class Appointment:
    """One visit of one patient at one time.

    ``slot`` is the patient's time; ``occupied`` is the time that ``resources`` are taken for, buffers
    included. ``modality`` is how the visit takes place, ``location`` the site (empty in an office of one).
    ``shared`` are those of its resources that it takes knowingly beside another visit (an overbooking); the others
    are its own. ``seats`` is how many patients may share the visit of a group: one kind of visit, at one time, on
    the same resources. ``series`` is the name
    that the visits of one series share. ``revision`` counts the changes, so that two people who change the same
    appointment find each other out.

    Raises:
        InvalidValue: when ``occupied`` does not cover ``slot``, ``resources`` are not sorted, unique and
        some, or ``shared`` are not some of them.
    """

    id: AppointmentId
    patient: PatientId
    visit_type: str
    slot: TimeSlot
    occupied: TimeSlot
    resources: tuple[ResourceId, ...] = attrs.field(validator=_sorted_unique)
    status: Status = Status.BOOKED
    reason: str = attrs.field(default="", **phi(PhiClass.HEALTH))
    modality: Modality = Modality.IN_PERSON
    location: str = attrs.field(default="", validator=slug("appointment", "its location", or_empty=True))
    is_new_patient: bool = False
    shared: tuple[ResourceId, ...] = attrs.field(default=(), validator=_shared)
    seats: int = attrs.field(default=1, validator=_seats)
    series: str = attrs.field(default="", validator=_series)
    revision: int = attrs.field(default=0, validator=_count)

    def __attrs_post_init__(self) -> None:
        if not self.occupied.covers(self.slot):
            raise InvalidValue("appointment", "the time it occupies covers the visit")

    @property
    def is_overbooked(self) -> bool:
        """Whether it was put, knowingly, on time that another visit holds."""
        return bool(self.shared)

    @property
    def is_group(self) -> bool:
        """Whether other patients may share the visit."""
        return self.seats > 1

    def is_with(self, other: "Appointment") -> bool:
        """Whether both are seats of one visit of a group."""
        mine = (self.visit_type, self.slot, self.occupied, self.resources)
        theirs = (other.visit_type, other.slot, other.occupied, other.resources)
        return self.is_group and other.is_group and mine == theirs

    def collides_with(self, other: "Appointment") -> bool:
        """Whether both hold one resource at one time, and neither knew.

        Touching is not colliding; nor do seats of one group, or an overbooking and what it shares.
        """
        if not (self.is_occupying and other.is_occupying and self.occupied.overlaps(other.occupied)):
            return False
        both = (set(self.resources) - set(self.shared)) & (set(other.resources) - set(other.shared))
        return bool(both) and not self.is_with(other)

    @property
    def is_occupying(self) -> bool:
        """Whether its time is held against others."""
        return self.status in OCCUPYING

    @property
    def is_terminal(self) -> bool:
        """Whether nothing about it changes any more."""
        return self.status in TERMINAL


def change_status(appointment: Appointment, to: Status) -> Appointment | Refused:
    """The appointment in its next state, one revision on; or why that state may not follow.

    A change that would begin to hold time (waitlist to booked) is refused here, because only a booking looks
    whether the time is free: see :meth:`medoffice.scheduling.Book.confirm`.
    """
    if to not in LEGAL[appointment.status]:
        return Refused((not_a_legal_change(appointment.status.value, to.value),))
    if to in OCCUPYING and not appointment.is_occupying:
        return Refused((takes_time(to.value),))
    return attrs.evolve(appointment, status=to, revision=appointment.revision + 1)


def correct_status(appointment: Appointment, to: Status) -> Appointment | Refused:
    """The appointment in the state before, one revision on, because the last one was noted by mistake.

    Only what :data:`CORRECTIONS` names can be taken back.
    """
    if to not in CORRECTIONS.get(appointment.status, frozenset()):
        return Refused((not_a_legal_change(appointment.status.value, to.value),))
    return attrs.evolve(appointment, status=to, revision=appointment.revision + 1)
