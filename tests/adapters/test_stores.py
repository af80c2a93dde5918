"""Every store holds every law of the port."""

from pathlib import Path

import pytest

from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.memory import MemoryStore
from medoffice.adapters.sql.postgres import open_postgres
from medoffice.adapters.sql.sqlcipher import open_sqlcipher
from medoffice.ports.store import Store
from medoffice.testing.postgres import PrivatePostgres
from medoffice.testing.store_conformance import StoreConformance

KEY = OfficeKey(bytes(range(32)))


class TestMemory(StoreConformance):
    """The store in memory."""

    audit_key = b"m" * 32

    def make_store(self) -> Store:
        """Made in place."""
        return MemoryStore(audit_key=self.audit_key)


class TestSqlCipher(StoreConformance):
    """The encrypted file."""

    audit_key = KEY.derive(Purpose.AUDIT)

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def folder(cls, tmp_path_factory: pytest.TempPathFactory) -> None:
        """Somewhere to put the files."""
        cls.room, cls.count = tmp_path_factory.mktemp("store"), 0

    room: Path
    count: int

    def make_store(self) -> Store:
        """A new file."""
        type(self).count += 1
        return open_sqlcipher(self.room / f"office-{self.count}.db", KEY)


class TestPostgres(StoreConformance):
    """The database server."""

    audit_key = KEY.derive(Purpose.AUDIT)
    server: PrivatePostgres
    address: str

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def running(cls, postgres: PrivatePostgres) -> None:
        """Somewhere to make stores."""
        cls.server, cls.address = postgres, postgres.fresh_database()

    def make_store(self) -> Store:
        """A database with nothing in it."""
        return open_postgres(self.server.emptied(self.address), KEY)
