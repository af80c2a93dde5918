"""The schedule of an office over each store, whatever is asked in whatever order: no double booking, no lost fact."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from benchmarks.office_machine import OfficeMachine
from benchmarks.office_world import Watched
from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.memory import MemoryStore
from medoffice.adapters.sql.postgres import open_postgres
from medoffice.adapters.sql.sqlcipher import open_sqlcipher
from medoffice.ports.store import Transaction
from medoffice.testing.postgres import PrivatePostgres

T = TypeVar("T")
KEY = OfficeKey(bytes(range(32)))
AUDIT = KEY.derive(Purpose.AUDIT)


def _memory() -> Watched:
    return Watched(MemoryStore(audit_key=AUDIT), AUDIT)


def _play(
    open_stores: Callable[[], tuple[list[Watched], Callable[[], None]]],
    examples: int,
    phases: tuple[Phase, ...] = tuple(Phase),
) -> None:
    machine = type("Offices", (OfficeMachine,), {"open_stores": staticmethod(open_stores)})
    search = settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        phases=phases,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    run_state_machine_as_test(machine, settings=search)


def test_an_office_in_memory_is_sound() -> None:
    """Many runs, since they are quick."""
    _play(lambda: ([_memory()], lambda: None), 40)


def test_an_encrypted_file_does_the_same() -> None:
    """Answer for answer and record for record."""

    def open_stores() -> tuple[list[Watched], Callable[[], None]]:
        folder = Path(tempfile.mkdtemp())
        file = Watched(open_sqlcipher(folder / "office.db", KEY), AUDIT)
        return [_memory(), file], lambda: shutil.rmtree(folder)

    _play(open_stores, 12)


def test_a_database_server_does_the_same(postgres: PrivatePostgres) -> None:
    """A few runs: it is the slowest of the three."""
    address = postgres.fresh_database()

    def open_stores() -> tuple[list[Watched], Callable[[], None]]:
        server = Watched(open_postgres(postgres.emptied(address), KEY), AUDIT)
        return [_memory(), server], lambda: None

    _play(open_stores, 4)


def test_the_machine_can_fail() -> None:
    """An office whose store shows it no visits gives their time away, and is found out."""

    class Forgetful(MemoryStore):
        def transact(self, work: Callable[[Transaction], T], /, *, locks: tuple[str, ...] = ()) -> T:
            def without_visits(tx: Transaction) -> T:
                tx.appointments = lambda *_, **__: ()  # type: ignore[method-assign]
                return work(tx)

            return super().transact(without_visits, locks=locks)

    with pytest.raises((AssertionError, ExceptionGroup)):
        _play(
            lambda: ([Watched(Forgetful(audit_key=AUDIT), AUDIT)], lambda: None),
            60,
            (Phase.generate,),
        )
