"""One transaction's connection, with every error of the driver turned into one of the port's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from medoffice.adapters.sql.backends import Backend, Broken, TryAgain
from medoffice.core.times import as_instant
from medoffice.ports.store import AlreadyRecorded, NoSuchRecord, SlotTaken, StoreError

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Restart(Exception):
    """The database gave this transaction up for another one; it is to be run anew."""


def to_micros(moment: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC."""
    return (as_instant(moment) - _EPOCH) // _MICROSECOND


def from_micros(count: int) -> datetime:
    """The instant, in UTC."""
    return _EPOCH + count * _MICROSECOND


class Session:
    """Runs statements until the first fault; after one that the database cannot go on from, nothing runs.

    That matters where a database undoes a transaction by itself (a full disk): whatever is written after would
    otherwise be kept without what came before.
    """

    def __init__(self, connection: sa.Connection, backend: Backend) -> None:
        self._connection = connection
        self._backend = backend
        self._fault: StoreError | Restart | None = None
        self._insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert

    def run(self, statement: sa.Executable) -> sa.CursorResult[Any]:
        """Execute one statement."""
        if self._fault is not None:
            raise self._fault
        try:
            return self._connection.execute(statement)
        except sa.exc.DBAPIError as error:
            raise self._meaning(error) from None

    def rows(self, statement: sa.Select[Any]) -> list[Any]:
        """All rows of a query."""
        return list(self.run(statement).all())

    def row(self, statement: sa.Select[Any], kind: str) -> sa.Row[*tuple[Any, ...]]:
        """The one row of a query. Raises NoSuchRecord when there is none."""
        found = self.run(statement).one_or_none()
        if found is None:
            raise NoSuchRecord(f"there is no such {kind}")
        return found

    def require(self, table: sa.Table, id: str) -> None:
        """Raise NoSuchRecord unless a row of that id is there."""
        self.row(sa.select(sa.literal(1)).where(table.c.id == id), table.name)

    def insert(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        """Add rows that are not there yet."""
        self.run(sa.insert(table).values(rows))

    def put(self, table: sa.Table, **values: Any) -> None:
        """Add a row, or replace the one with its primary key."""
        keys = [column.name for column in table.primary_key]
        adding = self._insert(table).values(**values)
        rest = {name: adding.excluded[name] for name in values if name not in keys}
        self.run(adding.on_conflict_do_update(index_elements=keys, set_=rest))

    def add(self, table: sa.Table, **values: Any) -> bool:
        """Add a row unless it would break a uniqueness; whether it was added."""
        adding = self._insert(table).values(**values).on_conflict_do_nothing().returning(sa.literal(1))
        return self.run(adding).one_or_none() is not None

    def audit_turn(self) -> None:
        """Wait until no other transaction is adding to the audit trail."""
        if self._fault is not None:
            raise self._fault
        try:
            self._backend.audit_turn(self._connection)
        except sa.exc.DBAPIError as error:
            raise self._meaning(error) from None

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Several statements of which none stays when one breaks a constraint; the transaction itself goes on."""
        self.run(sa.text("SAVEPOINT several"))
        try:
            yield
        except BaseException:
            if self._fault is None:
                self.run(sa.text("ROLLBACK TO SAVEPOINT several"))
                self.run(sa.text("RELEASE SAVEPOINT several"))
            raise
        self.run(sa.text("RELEASE SAVEPOINT several"))

    def end(self) -> StoreError | Restart | None:
        """The fault that there was, if any. No statement is run after this."""
        fault, self._fault = (
            self._fault,
            StoreError("the transaction is over; nothing can be done in it any more"),
        )
        return fault

    def _meaning(self, error: sa.exc.DBAPIError) -> StoreError | Restart:
        match self._backend.meaning(error):
            case Broken.SLOT:
                return SlotTaken("a resource is occupied at that time by another appointment")
            case Broken.UNIQUE:
                return AlreadyRecorded("a record that may exist once exists")
            case Broken.REFERENCE:
                return NoSuchRecord("a record refers to one that is not there")
            case TryAgain():
                self._fault = Restart()
                return self._fault
            case StoreError() as trouble:
                self._fault = trouble
                return trouble
