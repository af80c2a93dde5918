"""One private PostgreSQL for all tests of a run, and a missing one is a failure unless it is asked for by name."""

import os
from collections.abc import Iterator

import pytest

from medoffice.testing.postgres import PostgresUnavailable, PrivatePostgres, private_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[PrivatePostgres]:
    """A running server; ``MEDOFFICE_TESTS_WITHOUT=postgres`` skips the tests that need one."""
    if "postgres" in os.environ.get("MEDOFFICE_TESTS_WITHOUT", "").split(","):
        pytest.skip("left out by MEDOFFICE_TESTS_WITHOUT=postgres")
    try:
        running = private_postgres(durable=False)
        server = running.__enter__()
    except PostgresUnavailable as missing:
        pytest.fail(
            f"{missing} (or set MEDOFFICE_TESTS_WITHOUT=postgres to leave these tests out)", pytrace=False
        )
    try:
        yield server
    finally:
        running.__exit__(None, None, None)
