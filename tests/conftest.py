"""What all tests share: how hard Hypothesis searches, which are long, and a PostgreSQL server."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from medoffice.testing.postgres import PostgresUnavailable, PrivatePostgres, private_postgres

# No test asserts on time, so no deadline; in CI the search is the same each time, so that red means a changed house.
settings.register_profile("full", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.register_profile("quick", parent=settings.get_profile("full"), max_examples=20)
settings.load_profile(os.environ.get("MEDOFFICE_HYPOTHESIS", "full"))


SLOW = frozenset(
    {
        "test_arrows",
        "test_canary",
        "test_demo",
        "test_every_zone",
        "test_experience",
        "test_flowing",
        "test_live_board",
        "test_packs",
        "test_pictures",
        "test_race_and_crash",
        "test_schedule_canary",
        "test_schedule_machine",
        "test_scheduling_examples",
        "test_sqlcipher_files",
        "test_store_models",
        "test_waitlist_days",
    }
)
"""The files whose laws need many processes, pictures or steps; `make check` leaves them to `make test`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by where they lie, so that `make check` can leave the long ones out."""
    packaging = Path(__file__).parent / "packaging"
    for item in items:
        if packaging in item.path.parents:
            item.add_marker(pytest.mark.packaging)
        elif any(mark.args == ("gui",) for mark in item.iter_markers("xdist_group")):
            item.add_marker(pytest.mark.gui)
        if item.path.stem in SLOW:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PrivatePostgres]:
    """A running server, one for each process of a run.

    A missing one is a failure, unless it is asked for by name: MEDOFFICE_TESTS_WITHOUT=postgres leaves these tests out.
    """
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
