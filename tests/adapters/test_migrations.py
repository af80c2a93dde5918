"""The steps lead from nothing to the tables of today and back, on both databases."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from medoffice.adapters.sql.backends import Backend
from medoffice.adapters.sql.migrate import migrate, steps
from medoffice.adapters.sql.postgres import PostgresBackend
from medoffice.adapters.sql.schema import HEAD, VERSION_TABLE, schema_version
from medoffice.adapters.sql.sqlcipher import SqlCipherBackend
from medoffice.adapters.sql.tables import metadata
from medoffice.testing.postgres import PrivatePostgres

OCCUPY = "INSERT INTO occupation (holder, resource, appointment, starts, ends, holds) VALUES"
HOLD = "INSERT INTO occupation (holder, resource, hold, starts, ends, holds) VALUES"


@pytest.fixture(params=["sqlcipher", "postgres"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """An empty database."""
    made: Backend
    if request.param == "sqlcipher":
        made = SqlCipherBackend(tmp_path / "office.db", bytes(32))
    else:
        server: PrivatePostgres = request.getfixturevalue("postgres")
        made = PostgresBackend(server.fresh_database())
    yield made
    made.close()


def test_from_nothing_to_today_and_back(backend: Backend) -> None:
    """Up, every table is as the code says; down, nothing is left; up again works, with the same result."""
    _migrate(backend)
    first = _shape(backend)
    assert _difference(backend) == []
    assert _version(backend) == HEAD
    _migrate(backend, "base")
    assert _shape(backend)["tables"] == {VERSION_TABLE}
    assert _version(backend) is None
    _migrate(backend)
    assert _shape(backend) == first
    assert _difference(backend) == []


def test_the_comparison_can_see_a_difference(backend: Backend) -> None:
    """The check above is no check if a lost column passes it."""
    _migrate(backend)
    with backend.writing(()) as connection:
        connection.exec_driver_sql("ALTER TABLE payment ADD COLUMN extra TEXT")
        connection.exec_driver_sql("DROP INDEX ix_patient_match_index")
    kinds = {each[0] for each in _difference(backend)}
    assert kinds == {"remove_column", "add_index"}


def test_the_newest_step_is_known_by_name() -> None:
    """What a store is compared with at opening is the end of the migrations."""
    assert steps()[-1] == HEAD


def test_a_store_that_is_up_to_date_opens_without_alembic(tmp_path: Path) -> None:
    """The slowest part is not loaded when there is nothing to migrate."""
    program = (
        "import sys; from pathlib import Path\n"
        "from medoffice.adapters.keys import OfficeKey\n"
        "from medoffice.adapters.sql.sqlcipher import open_sqlcipher\n"
        "open_sqlcipher(Path(sys.argv[1]), OfficeKey(bytes(32))).close()\n"
        "print('alembic' in sys.modules)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "office.db")]
    said = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert said == ["True\n", "False\n"]


def test_a_second_time_changes_nothing(backend: Backend) -> None:
    """Bringing up a store that is up to date does nothing."""
    _migrate(backend)
    before = _shape(backend)
    _migrate(backend)
    assert _shape(backend) == before


def test_a_step_that_fails_leaves_the_store_as_it_was(backend: Backend) -> None:
    """Migration happens in one transaction: half a step is never kept."""
    with backend.writing(()) as connection:
        connection.exec_driver_sql("CREATE TABLE outcome (a INTEGER)")
    before = _shape(backend)
    with pytest.raises(sa.exc.DBAPIError):
        _migrate(backend)
    assert _shape(backend) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'somebody'",
        "DELETE FROM audit",
        "UPDATE fact SET stream = 'other'",
        "DELETE FROM fact",
        f"{HOLD} ('hold:h', 'dr', 'h', 15, 20, 1)",
        f"{HOLD} ('hold:nobody', 'dr', 'nobody', 50, 60, 1)",
        f"{OCCUPY} ('b', 'dr', NULL, 50, 60, 1)",
        f"{OCCUPY} ('b', 'third', 'b', 5, 11, 1)",
        f"{OCCUPY} ('b', 'dr', 'b', 15, 20, 1)",
        f"{OCCUPY} ('b', 'dr', 'b', 5, 16, 1)",
        f"{OCCUPY} ('b', 'dr', 'b', 0, 100, 1)",
        "UPDATE occupation SET holds = 1 WHERE appointment = 'c'",
        "UPDATE occupation SET starts = 25, ends = 31 WHERE appointment = 'a' AND starts = 10",
        "UPDATE occupation SET resource = 'dr' WHERE resource = 'room'",
        f"{OCCUPY} ('nobody', 'dr', 'nobody', 50, 60, 1)",
        f"{OCCUPY} ('b', 'dr', 'b', 60, 50, 0)",
        "INSERT INTO check_in VALUES ('b', 'p', '2026-11-24', 1, 'x')",
    ],
)
def test_the_database_itself_refuses(backend: Backend, statement: str) -> None:
    """Whatever program writes: no overlap, no change of the audit trail, no orphan, no number twice."""
    _migrate(backend)
    blob = "X'00'" if backend.engine.dialect.name == "sqlite" else "'\\x00'"
    with backend.writing(()) as connection:
        for setup in (
            f"INSERT INTO patient VALUES ('p', {blob}, {blob})",
            *(f"INSERT INTO appointment VALUES ('{id}', 'p', 0, 10, 20, {blob})" for id in "abcd"),
            f"{OCCUPY} ('a', 'dr', 'a', 10, 20, 1)",
            f"{OCCUPY} ('a', 'room', 'a', 10, 20, 1)",
            f"{OCCUPY} ('b', 'other', 'b', 10, 20, 1)",
            f"{OCCUPY} ('c', 'dr', 'c', 10, 20, 0)",
            f"{OCCUPY} ('d', 'dr', 'd', 30, 40, 1)",
            f"INSERT INTO check_in VALUES ('a', 'p', '2026-11-24', 1, {blob})",
            f"INSERT INTO hold VALUES ('h', {blob})",
            f"{HOLD} ('hold:h', 'third', 'h', 10, 20, 1)",
            f"INSERT INTO fact VALUES ('book', 1, 's', 0, {blob})",
            f"INSERT INTO audit VALUES (1, 0, 'k', 'a', 's', 'done', {blob})",
        ):
            connection.exec_driver_sql(setup)
    with pytest.raises(sa.exc.DBAPIError), backend.writing(()) as connection:
        connection.exec_driver_sql(statement.replace("'x'", blob))
    with backend.writing(()) as connection:
        connection.exec_driver_sql(f"{OCCUPY} ('b', 'dr', 'b', 20, 30, 1)")
        connection.exec_driver_sql("UPDATE occupation SET starts = 0, ends = 20 WHERE resource = 'room'")


def test_what_a_store_of_the_first_version_holds_is_kept(backend: Backend) -> None:
    """Visits hold their time after the step as they did before it, and still do when the step is taken back."""
    blob = "X'00'" if backend.engine.dialect.name == "sqlite" else "'\\x00'"
    _migrate(backend, "0001")
    with backend.writing(()) as connection:
        connection.exec_driver_sql(f"INSERT INTO patient VALUES ('p', {blob}, {blob})")
        connection.exec_driver_sql(f"INSERT INTO appointment VALUES ('a', 'p', 0, 10, 20, {blob})")
        connection.exec_driver_sql("INSERT INTO occupation VALUES ('a', 'dr', 10, 20, 1)")
    _migrate(backend)
    with backend.reading() as connection:
        query = "SELECT holder, resource, appointment, hold, starts, ends, holds FROM occupation"
        assert connection.exec_driver_sql(query).all() == [("a", "dr", "a", None, 10, 20, 1)]
    with pytest.raises(sa.exc.DBAPIError), backend.writing(()) as connection:
        connection.exec_driver_sql(f"{OCCUPY} ('b', 'dr', 'a', 19, 21, 1)")
    _migrate(backend, "0001")
    with backend.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM occupation").all()
        assert rows == [("a", "dr", 10, 20, 1)]
    with pytest.raises(sa.exc.DBAPIError), backend.writing(()) as connection:
        connection.exec_driver_sql("INSERT INTO occupation VALUES ('a', 'dr', 19, 21, 1)")


def test_the_steps_travel_in_a_wheel(tmp_path: Path) -> None:
    """The migrations are found where the package is, from whatever folder the program is started."""
    program = "from medoffice.adapters.sql.migrate import steps; print(*steps())"
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == list(steps())


def _migrate(backend: Backend, to: str = "head") -> None:
    with backend.writing(()) as connection:
        migrate(connection, to)


def _version(backend: Backend) -> str | None:
    with backend.reading() as connection:
        return schema_version(connection)


def _difference(backend: Backend) -> list[Any]:
    with backend.reading() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        return found


def _shape(backend: Backend) -> dict[str, Any]:
    """What is in the database, with the constraints that Alembic does not compare."""
    with backend.reading() as connection:
        inspector = sa.inspect(connection)
        tables = inspector.get_table_names()
        if connection.dialect.name == "sqlite":
            extra = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
            ).all()
        else:
            extra = connection.exec_driver_sql(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype IN ('x', 'c', 'u')"
                " AND connamespace = 'public'::regnamespace UNION ALL "
                "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
            ).all()
        return {
            "tables": set(tables),
            "columns": {each: [str(column) for column in inspector.get_columns(each)] for each in tables},
            "extra": sorted((name, text) for name, text in extra),
        }
