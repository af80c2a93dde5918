"""What the two databases differ in, said once: how a transaction begins, and what a driver's error means."""

from contextlib import AbstractContextManager
from enum import Enum
from typing import Final, Protocol

import sqlalchemy as sa

from medoffice.ports.store import StoreError


class Broken(Enum):
    """A constraint that a statement would have broken; which error that is depends on what was being written."""

    UNIQUE = "unique"
    REFERENCE = "reference"
    SLOT = "slot"


class TryAgain(Enum):
    """The database gave the transaction up for the sake of another; running it anew is right."""

    DEADLOCK = "deadlock"


Trouble = StoreError | Broken | TryAgain
"""What an error of a driver comes to."""

AUDIT_LOCK: Final = "audit"


class Backend(Protocol):
    """One database with its engine."""

    @property
    def engine(self) -> sa.Engine: ...

    def writing(self, locks: tuple[str, ...]) -> AbstractContextManager[sa.Connection]:
        """A write transaction that holds the named locks; it commits at the end, or rolls back on an exception."""
        ...

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """A read-only transaction over one snapshot."""
        ...

    def audit_turn(self, connection: sa.Connection) -> None:
        """Wait until no other transaction is adding to the audit trail."""
        ...

    def meaning(self, error: sa.exc.DBAPIError) -> Trouble:
        """What an error of the driver means; never with a word of the data in it."""
        ...

    def examine(self) -> None:
        """Look for damage. Raises StoreDamaged."""
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...
