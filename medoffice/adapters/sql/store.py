"""A store in a SQL database, the same over both of them."""

import random
import time
from collections.abc import Callable
from typing import Final, Self, TypeVar

import sqlalchemy as sa

from medoffice.adapters.sql import tables
from medoffice.adapters.sql.backends import Backend, Broken, TryAgain
from medoffice.adapters.sql.reading import SqlReading
from medoffice.adapters.sql.schema import HEAD, schema_version
from medoffice.adapters.sql.session import Restart, Session
from medoffice.adapters.sql.vault import Vault
from medoffice.adapters.sql.writing import SqlWriting
from medoffice.ports.store import (
    ReadTransaction,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreUnavailable,
    Transaction,
    WrongKey,
)

T = TypeVar("T")
V = TypeVar("V")

_MARK: Final = "mark"
_TRIES: Final = 6
_PAUSE: Final = 0.02
"""Seconds before the second try, doubled for each further one, less a random half."""


class SqlStore:
    """A :class:`medoffice.ports.store.Store`. PHI is sealed before it reaches the database."""

    def __init__(self, backend: Backend, vault: Vault) -> None:
        self._backend = backend
        self._vault = vault
        self._is_open = True

    @classmethod
    def open(cls, backend: Backend, vault: Vault) -> Self:
        """The store over a backend, with its tables brought up to date; closes the backend if that fails.

        Raises:
            StoreError: see its kinds.
        """
        store = cls(backend, vault)
        try:
            store._upgrade()
        except BaseException:
            store.close()
            raise
        return store

    def transact(self, work: Callable[[Transaction], T], /, *, locks: tuple[str, ...] = ()) -> T:
        """Run ``work`` in one transaction; see :meth:`medoffice.ports.store.Store.transact`.

        :class:`StoreUnavailable` may also mean that the connection broke off in the very moment of the commit: send
        the command again with the same key, and its recorded outcome tells.
        """
        return self._again_and_again(lambda: self._write_once(work, locks))

    def read(self, work: Callable[[ReadTransaction], T], /) -> T:
        """Run ``work`` over one view; see :meth:`medoffice.ports.store.Store.read`."""
        return self._again_and_again(lambda: self._read_once(work))

    def examine(self) -> None:
        """Read the whole store and check that it holds together.

        Raises:
            StoreDamaged: when it does not.
        """
        self._again_and_again(self._backend.examine)

    def close(self) -> None:
        """Let go of files and connections; calling it twice is harmless."""
        if self._is_open:
            self._is_open = False
            self._backend.close()
            self._vault.opened.forget()

    def _write_once(self, work: Callable[[Transaction], T], locks: tuple[str, ...]) -> T:
        with self._backend.writing(locks) as connection:
            return self._carry_out(work, connection, SqlWriting)

    def _read_once(self, work: Callable[[ReadTransaction], T]) -> T:
        with self._backend.reading() as connection:
            return self._carry_out(work, connection, SqlReading)

    def _carry_out(
        self, work: Callable[[V], T], connection: sa.Connection, view: Callable[[Session, Vault], V]
    ) -> T:
        session = Session(connection, self._backend)
        try:
            answer = work(view(session, self._vault))
        except BaseException:
            if isinstance(session.end(), Restart):
                raise Restart from None
            raise
        if (fault := session.end()) is not None:
            raise fault
        return answer

    def _upgrade(self) -> None:
        def bring_up() -> None:
            with self._backend.writing(("schema",)) as connection:
                if schema_version(connection) != HEAD:
                    # Loading Alembic takes a tenth of a second, which a store that is up to date need not wait for.
                    from medoffice.adapters.sql.migrate import migrate  # noqa: PLC0415

                    migrate(connection)
                self._refuse_other_key(Session(connection, self._backend))

        self._again_and_again(bring_up)

    def _refuse_other_key(self, session: Session) -> None:
        """A store opened with another office's key would find nobody, and write what nobody can read."""
        settings = tables.setting.c
        query = sa.select(settings.body).where(settings.kind == _MARK, settings.key == _MARK)
        found = session.run(query).scalar_one_or_none()
        if found is None:
            body = self._vault.seal_bytes("setting", _MARK, _MARK.encode("ascii"))
            session.insert(tables.setting, [{"kind": _MARK, "key": _MARK, "body": body}])
            return
        try:
            self._vault.open_bytes("setting", _MARK, found)
        except StoreDamaged:
            raise WrongKey("the store was made with another office's key; look for the right one") from None

    def _again_and_again(self, attempt: Callable[[], T]) -> T:
        if not self._is_open:
            raise StoreUnavailable("the store is closed")
        for tries in range(_TRIES):
            try:
                return self._once(attempt)
            except Restart:
                time.sleep(_PAUSE * 2**tries * random.uniform(0.5, 1.0))  # noqa: S311 - spreads rivals, no secret
        raise StoreBusy("too many transactions want the same records; try again")

    def _once(self, attempt: Callable[[], T]) -> T:
        """One try, with what the driver says at the beginning and the end of a transaction translated too."""
        try:
            return attempt()
        except sa.exc.DBAPIError as error:
            match self._backend.meaning(error):
                case TryAgain():
                    raise Restart from None
                case StoreError() as trouble:
                    raise trouble from None
                case Broken():
                    raise StoreError("the store refused a record that its constraints do not allow") from None
        except sa.exc.TimeoutError:
            raise StoreBusy("too many threads use the store at once; try again") from None
