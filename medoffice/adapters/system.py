"""The real clock and the real source of ids."""

import secrets
from datetime import UTC, datetime

import attrs

from medoffice.core.times import as_instant
from medoffice.ports.ids import IdT

_PREFIXES = {
    "AppointmentId": "apt",
    "CommandKey": "cmd",
    "CoverageId": "cov",
    "EntryId": "wait",
    "HoldId": "hold",
    "OfferId": "offer",
    "PatientId": "pat",
    "PaymentId": "pay",
    "SeriesId": "series",
    "TaskId": "tsk",
}


class SystemClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


@attrs.frozen
class FixedClock:
    """A clock that stands still: for laying out a demo day, and for tests."""

    instant: datetime = attrs.field(converter=as_instant)

    def now(self) -> datetime:
        """The instant at which it stands, in UTC."""
        return self.instant


class RandomIds:
    """Ids of 128 random bits from the operating system, with a prefix that tells the kind."""

    def new(self, kind: type[IdT]) -> IdT:
        """A fresh id; two are never alike, and nobody can guess one."""
        return kind(f"{_PREFIXES[kind.__name__]}-{secrets.token_hex(16)}")

    def random_bytes(self, count: int) -> bytes:
        """``count`` random bytes from the operating system."""
        return secrets.token_bytes(count)
