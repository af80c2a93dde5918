"""PostgreSQL by psycopg 3: for offices where several programs share the store behind one office process.

Named locks (advisory, to the end of the transaction) are taken in one order before anything else, so that a hundred
rivals for one slot stand in line. The exclusion constraint stays as the backstop for whoever forgets to lock: alone
it is right too, but rivals then meet in deadlocks.
"""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
import sqlalchemy as sa

from medoffice.adapters.keys import OfficeKey
from medoffice.adapters.sql.backends import AUDIT_LOCK, Broken, Trouble, TryAgain
from medoffice.adapters.sql.store import SqlStore
from medoffice.adapters.sql.vault import Vault
from medoffice.core.errors import InvalidValue
from medoffice.ports.store import StoreBusy, StoreDamaged, StoreError, StoreFull, StoreUnavailable

_LOCK: Final = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
_LOCK_PREFIX: Final = "medoffice/"


def open_postgres(address: str, key: OfficeKey, *, patience: float = 10.0) -> SqlStore:
    """Open a store in PostgreSQL (version 12 or later), and bring its tables up to date.

    Args:
        address: ``postgresql+psycopg://user@host/database``; TLS with ``verify-full`` is required off this machine.
        key: the office's master key.
        patience: seconds that a statement waits for a lock before :class:`StoreBusy`.

    Raises:
        InvalidValue: see :func:`refuse_plaintext`.
        SchemaTooNew: the store was written by a newer medoffice.
        StoreUnavailable: when the database cannot be reached.
        WrongKey: when the store was made with another key.
    """
    return SqlStore.open(PostgresBackend(address, patience=patience), Vault.of(key))


def refuse_plaintext(address: str) -> sa.URL:
    """The address, with certificate and host name checked wherever it leads to another machine.

    Raises:
        InvalidValue: when it is no address of PostgreSQL by psycopg, or asks for less on the way to another machine.
    """
    try:
        url = sa.make_url(address)
    except sa.exc.ArgumentError:
        raise InvalidValue("database address", "write postgresql+psycopg://USER@HOST/DATABASE") from None
    if url.drivername not in {"postgresql", "postgresql+psycopg"}:
        raise InvalidValue("database address", "it begins with postgresql+psycopg://")
    url = url.set(drivername="postgresql+psycopg")
    if "service" in url.query or not _hosts(url):
        raise InvalidValue(
            "database address", "it names its host itself, a machine or the folder of a socket"
        )
    if all(_is_local(host) for host in _hosts(url)):
        return url
    asked = url.query.get("sslmode", "verify-full")
    if asked != "verify-full":
        raise InvalidValue("database address", "another machine is reached with sslmode=verify-full only")
    return url.update_query_dict({"sslmode": "verify-full"})


class PostgresBackend:
    """A PostgreSQL database; see :func:`open_postgres`."""

    def __init__(self, address: str, *, patience: float = 10.0) -> None:
        self._patience = patience
        self.engine = sa.create_engine(
            refuse_plaintext(address),
            pool_size=5,
            max_overflow=15,
            pool_timeout=patience,
            pool_pre_ping=True,
            hide_parameters=True,
            isolation_level="READ COMMITTED",
            connect_args={"connect_timeout": max(2, round(patience)), "application_name": "medoffice"},
        )
        sa.event.listen(self.engine, "connect", self._set_up)

    @contextmanager
    def writing(self, locks: tuple[str, ...]) -> Iterator[sa.Connection]:
        """A write transaction. READ COMMITTED, so that what is read after the locks is what they guard."""
        with self.engine.connect() as connection, connection.begin():
            for name in sorted(set(locks)):
                connection.execute(_LOCK, {"name": f"{_LOCK_PREFIX}lock/{name}"})
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A read-only transaction over one snapshot."""
        with self.engine.connect() as connection:
            reader = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with reader.begin():
                yield reader

    def audit_turn(self, connection: sa.Connection) -> None:
        """Wait until no other transaction is adding to the audit trail."""
        connection.execute(_LOCK, {"name": f"{_LOCK_PREFIX}{AUDIT_LOCK}"})

    def meaning(self, error: sa.exc.DBAPIError) -> Trouble:
        """What an error of the driver means, by its SQLSTATE (PostgreSQL documentation, appendix A)."""
        state = getattr(error.orig, "sqlstate", None) or ""
        match state:
            case "23P01":
                return Broken.SLOT
            case "23505":
                return Broken.UNIQUE
            case "23503":
                return Broken.REFERENCE
            case "40P01" | "40001":
                return TryAgain.DEADLOCK
            case "55P03" | "57014":
                return StoreBusy("another transaction keeps the record too long; try again")
            case "53100" | "53200" | "54000":
                return StoreFull("the database server has no room left; make room and try again")
            case "XX001" | "XX002":
                return StoreDamaged("the database server found damaged data; stop, and restore a back-up")
            case _:
                pass
        if state[:2] in {"08", "28", "3D", "53", "57"} or (not state and _is_connection_trouble(error)):
            problem = f"the database server cannot be reached or does not let us in ({state or 'no answer'})"
            return StoreUnavailable(problem)
        return StoreError(f"the store refused a statement ({state})")

    def examine(self) -> None:
        """The server checks its own pages (initdb --data-checksums); nothing is looked at from here."""

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _set_up(self, connection: "psycopg.Connection[Any]", _: object) -> None:
        _refuse_unguarded(
            connection.info.hostaddr or connection.info.host, is_tls=connection.pgconn.ssl_in_use
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, false)", (f"{round(self._patience * 1000)}ms",)
            )
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'on', false)"
                " WHERE current_setting('synchronous_commit') IN ('off', 'local')"
            )
        connection.commit()


def _refuse_unguarded(host: str, *, is_tls: bool) -> None:
    """Look at the connection itself too: libpq also takes settings from its environment."""
    if not is_tls and not _is_local(host):
        raise StoreUnavailable("the way to the database server is not encrypted; use sslmode=verify-full")


def _hosts(url: sa.URL) -> list[str]:
    named = [url.host or ""] if url.host else []
    for key in ("host", "hostaddr"):
        values = url.query.get(key, ())
        for value in (values,) if isinstance(values, str) else values:
            named.extend(value.split(","))
    return named


def _is_local(host: str) -> bool:
    """A Unix socket (a path or an abstract name), ``localhost``, or a loopback address."""
    name = host.strip("[]") if host.startswith("[") else host
    if name.startswith(("/", "@")) or name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_connection_trouble(error: sa.exc.DBAPIError) -> bool:
    return error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError)
