"""Fresh ids and random bytes."""

from typing import Protocol, TypeVar

from medoffice.core.ids import (
    AppointmentId,
    CommandKey,
    CoverageId,
    EntryId,
    HoldId,
    OfferId,
    PatientId,
    PaymentId,
    SeriesId,
    TaskId,
)

IdT = TypeVar(
    "IdT",
    AppointmentId,
    CommandKey,
    CoverageId,
    EntryId,
    HoldId,
    OfferId,
    PatientId,
    PaymentId,
    SeriesId,
    TaskId,
)


class IdSource(Protocol):
    """Makes ids that nobody has had before and nobody can guess."""

    def new(self, kind: type[IdT]) -> IdT:
        """A fresh id of a kind."""
        ...

    def random_bytes(self, count: int) -> bytes:
        """``count`` unpredictable bytes, fit for a secret."""
        ...
