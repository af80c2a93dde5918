"""Opaque identifiers of the office's own records.

They are made by an :class:`medoffice.ports.ids.IdSource`, mean nothing, and so may stand in logs, file names and
queue tickets. A kind of its own for each record keeps a patient's id from being passed for an appointment's.
"""

import re
from typing import Final, Self

import attrs

from medoffice.core.errors import InvalidValue

_SHAPE: Final = r"[a-z0-9][a-z0-9._-]{0,63}"


def _opaque(_: object, __: object, value: str) -> None:
    if not isinstance(value, str) or re.fullmatch(_SHAPE, value) is None:
        raise InvalidValue("id", "it has 1 to 64 characters of a-z, 0-9, dot, hyphen and underscore")


@attrs.frozen(order=True, cache_hash=True)
class _Id:
    value: str = attrs.field(validator=_opaque)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an id as it was written.

        Raises:
            InvalidValue: when it has a character that ids do not have, or is longer than 64.
        """
        return cls(text.strip())

    def __str__(self) -> str:
        return self.value


class OfficeId(_Id):
    """One practice."""

    __slots__ = ()


class PatientId(_Id):
    """One patient's record."""

    __slots__ = ()


class ResourceId(_Id):
    """Whatever a visit occupies: a clinician, a room, a device."""

    __slots__ = ()


class AppointmentId(_Id):
    """One appointment, through all its moves."""

    __slots__ = ()


class CoverageId(_Id):
    """One coverage of one patient."""

    __slots__ = ()


class ActorId(_Id):
    """Who does something: a member of staff, a kiosk, a program."""

    __slots__ = ()


class CommandKey(_Id):
    """The idempotency key of one command: the same key is carried out once, however often it is sent."""

    __slots__ = ()


class TaskId(_Id):
    """One thing for the front desk to do."""

    __slots__ = ()


class PaymentId(_Id):
    """One payment, from the moment it is asked for; also its idempotency key at the terminal."""

    __slots__ = ()


class HoldId(_Id):
    """One hold on time, and the right to book what it holds: who knows it may."""

    __slots__ = ()


class OfferId(_Id):
    """One offer of one time to one patient."""

    __slots__ = ()


class SeriesId(_Id):
    """What the visits of one series share."""

    __slots__ = ()


class EntryId(_Id):
    """One wish of one patient for a time, on the waitlist."""

    __slots__ = ()


class FreedSlotId(_Id):
    """One time that became free and is offered by the waitlist."""

    __slots__ = ()
