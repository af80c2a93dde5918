"""An encrypted SQLite file by SQLCipher: opening it, its transactions, and what its errors mean.

The whole file and its write-ahead log are encrypted and authenticated page by page under a raw 256-bit key. Every
commit is on the disk before it is acknowledged (WAL with synchronous=FULL), and every write transaction stands in the
:class:`~medoffice.adapters.sql.write_queue.WriteQueue` before it begins.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import QueuePool

from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.sql.backends import Broken, Trouble
from medoffice.adapters.sql.store import SqlStore
from medoffice.adapters.sql.store_file import StoreFile, refuse_unsafe
from medoffice.adapters.sql.vault import Vault
from medoffice.adapters.sql.write_queue import WriteQueue
from medoffice.ports.store import StoreBusy, StoreDamaged, StoreError, StoreFull, StoreUnavailable

_KEY_BYTES: Final = 32


def open_sqlcipher(path: Path, key: OfficeKey, *, patience: float = 10.0) -> SqlStore:
    """Open the encrypted store in a file, make it where there is none, and bring its tables up to date.

    Open it after a fork, never before: a database connection does not survive one.

    Args:
        path: the database file; ``-wal``, ``-shm``, ``.line``, ``.turn`` and ``.mark`` files stand beside it.
        key: the office's master key.
        patience: seconds that a writer waits for its turn before :class:`StoreBusy`.

    Raises:
        WrongKey: the key does not open the file, or the file is no store.
        StoreDamaged: the file was made with this key and can no longer be read.
        SchemaTooNew: the store was written by a newer medoffice.
        StoreBusy: another program kept the store locked.
        StoreFull: there is no room to make the store.
        StoreUnavailable: the folder is open to others or on another machine, or SQLite is of an unsafe version.
    """
    backend = SqlCipherBackend(path, key.derive(Purpose.DATABASE), patience=patience)
    return SqlStore.open(backend, Vault.of(key))


class SqlCipherBackend:
    """One encrypted file; see :func:`open_sqlcipher`. ``key`` is 32 bytes, used as they are."""

    def __init__(self, path: Path, key: bytes, *, patience: float = 10.0) -> None:
        if len(key) != _KEY_BYTES:
            raise ValueError("the key of a store is 32 bytes long")
        self._key = key
        self._path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow a link to somewhere else
        self._patience = patience
        refuse_unsafe(driver.sqlite_version, self._path.parent)
        self._file = StoreFile(self._path, key)
        self._queue = WriteQueue(self._path)
        self.engine = sa.create_engine(
            "sqlite://",
            module=driver,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=16,
            pool_timeout=patience,
            hide_parameters=True,
        )
        sa.event.listen(self.engine, "begin", _begin)
        try:
            with self._queue.turn(patience):
                self._prepare()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self, locks: tuple[str, ...]) -> Iterator[sa.Connection]:
        """A write transaction; there is one writer, so nothing needs to be locked by name."""
        del locks
        with self._queue.turn(self._patience), self.engine.connect() as connection:
            writer = connection.execution_options(medoffice_begin="BEGIN IMMEDIATE")
            with writer.begin():
                yield writer

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A read transaction: one snapshot, which waits for nobody and keeps nobody waiting."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    def audit_turn(self, connection: sa.Connection) -> None:
        """The one writer is alone anyway."""

    def meaning(self, error: sa.exc.DBAPIError) -> Trouble:
        """What an error of the driver means."""
        code = int(getattr(error.orig, "sqlite_errorcode", 0) or 0)
        match code & 0xFF:
            case driver.SQLITE_CONSTRAINT:
                return _broken_constraint(str(error.orig))
            case driver.SQLITE_BUSY | driver.SQLITE_LOCKED:
                return StoreBusy("another program keeps the store locked; close it and try again")
            case driver.SQLITE_FULL:
                return StoreFull("the disk with the store is full; make room and try again")
            case driver.SQLITE_CORRUPT:
                return StoreDamaged(
                    "a page of the store is damaged; stop, keep the files, and restore a back-up"
                )
            case driver.SQLITE_NOTADB:
                return self._file.why_unreadable()
            case driver.SQLITE_IOERR:
                return StoreUnavailable("the disk with the store reports an error; look at the system's log")
            case driver.SQLITE_READONLY:
                return StoreUnavailable(f"{self._path} may not be written; look at its owner and mode")
            case driver.SQLITE_CANTOPEN:
                return StoreUnavailable(f"{self._path} cannot be opened; look at its folder's owner and mode")
            case _:
                return StoreError(f"the store refused a statement (SQLite {code})")

    def examine(self) -> None:
        """Read every page, and check its authenticity, the structure of the file, and all references.

        Raises:
            StoreDamaged: when anything is not as it was written.
        """
        try:
            with self.reading() as connection:
                pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
                words = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        except sa.exc.DBAPIError as error:
            raise self._as_error(error) from None
        if pages or orphans or list(words) != ["ok"]:
            count = len(pages) or len(orphans) or len(words)
            raise StoreDamaged(
                f"the store has {count} damaged places; stop, keep the files, and restore a back-up"
            )

    def close(self) -> None:
        """Close all connections and the lock files."""
        self.engine.dispose()
        self._queue.close()

    def _connect(self) -> DBAPIConnection:
        opened = driver.connect(
            str(self._path),
            timeout=self._patience,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        for pragma in (
            "cipher_log_level = NONE",
            f"key = \"x'{self._key.hex()}'\"",
            "foreign_keys = ON",
            "synchronous = FULL",
            "secure_delete = ON",
            "temp_store = MEMORY",
            "trusted_schema = OFF",
            "journal_size_limit = 16777216",
        ):
            opened.execute(f"PRAGMA {pragma}")
        connection: DBAPIConnection = opened
        return connection

    def _prepare(self) -> None:
        self._file.make_private()
        try:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar()
                connection.rollback()
                raw = connection.connection.dbapi_connection
                if raw is None or raw.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
                    raise StoreUnavailable(
                        f"the file system of {self._path} does not allow a write-ahead log"
                    )
        except sa.exc.DBAPIError as error:
            raise self._as_error(error) from None
        except driver.Error as error:
            raise self._as_error(sa.exc.DBAPIError("PRAGMA journal_mode", None, error)) from None
        self._file.mark()

    def _as_error(self, error: sa.exc.DBAPIError) -> StoreError:
        meaning = self.meaning(error)
        return meaning if isinstance(meaning, StoreError) else StoreError("the store refused a statement")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("medoffice_begin", "BEGIN"))


def _broken_constraint(message: str) -> Trouble:
    """SQLite says which constraint was broken in words alone (https://www.sqlite.org/rescode.html#constraint)."""
    if "slot taken" in message:
        return Broken.SLOT
    if message.startswith("UNIQUE"):
        return Broken.UNIQUE
    if message.startswith("FOREIGN KEY"):
        return Broken.REFERENCE
    return StoreError("the store refused a record that its checks do not allow")
