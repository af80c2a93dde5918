"""PostgreSQL's own: encrypted ways, errors said plainly, deadlocks run anew, and the private test server itself."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from medoffice.adapters.keys import OfficeKey
from medoffice.adapters.sql.postgres import PostgresBackend, open_postgres, refuse_plaintext
from medoffice.adapters.sql.store import SqlStore
from medoffice.adapters.sql.vault import Vault
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import PatientId
from medoffice.ports.store import (
    SchemaTooNew,
    SlotTaken,
    StoreBusy,
    StoreUnavailable,
    Transaction,
    WrongKey,
)
from medoffice.testing import store_records as make
from medoffice.testing.postgres import PostgresUnavailable, PrivatePostgres, newest_programs

KEY = OfficeKey(bytes(range(32)))
WAIT = 30.0


@pytest.mark.parametrize(
    "address",
    [
        *(
            "u@db.example.org/office",
            "u@10.0.0.5/office",
            "u@/office?host=db.example.org",
            "u@[2001:db8::1]/office",
        ),
        *("u@localhost/office?hostaddr=10.0.0.5", "u@/office?host=/run/postgresql,db.example.org"),
    ],
)
def test_another_machine_is_reached_by_checked_tls_only(address: str) -> None:
    """Off this machine the certificate and the name in it are checked, and asking for less is refused."""
    url = refuse_plaintext(f"postgresql+psycopg://{address}")
    assert url.query["sslmode"] == "verify-full"
    mark = "&" if "?" in address else "?"
    for mode in ("disable", "allow", "prefer", "require", "verify-ca"):
        with pytest.raises(InvalidValue, match="verify-full"):
            refuse_plaintext(f"postgresql+psycopg://{address}{mark}sslmode={mode}")


@pytest.mark.parametrize(
    "address",
    [
        "u@localhost/office",
        "u@127.0.0.1/office",
        "u@[::1]/office",
        "u@/office?host=/run/postgresql",
        "u@127.8.8.8/o",
    ],
)
def test_this_machine_needs_no_tls(address: str) -> None:
    """A Unix socket and the loopback never leave the machine."""
    assert "sslmode" not in refuse_plaintext(f"postgresql://{address}").query


@pytest.mark.parametrize(
    "address",
    [
        *("sqlite://", "mysql://u@localhost/x", "nonsense", "", "postgresql+asyncpg://u@localhost/x"),
        *("postgresql://u@/office", "postgresql://u@localhost/x?service=secret"),
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    """Another database, or an address whose host comes from somewhere else."""
    with pytest.raises(InvalidValue, match="database address"):
        refuse_plaintext(address)


def test_a_way_that_turns_out_plain_is_refused(
    postgres: PrivatePostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection itself is looked at too, since libpq also listens to its environment."""
    monkeypatch.setattr("medoffice.adapters.sql.postgres._is_local", lambda host: not host.startswith("/"))
    backend = PostgresBackend("postgresql://u@localhost/x")
    backend.engine.dispose()
    url = sa.make_url(postgres.fresh_database())
    monkeypatch.setattr("medoffice.adapters.sql.postgres.refuse_plaintext", lambda _: url)
    with pytest.raises(StoreUnavailable, match="not encrypted"):
        open_postgres("ignored", KEY)


def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    """No server, no database, and no account are said plainly, without the address."""
    with pytest.raises(StoreUnavailable) as caught:
        open_postgres(f"postgresql://who@/secret_name?host={tmp_path}", KEY)
    assert "secret_name" not in str(caught.value)


def test_a_database_that_is_not_there_is_unavailable(postgres: PrivatePostgres) -> None:
    """The server answers, the database does not exist."""
    with pytest.raises(StoreUnavailable):
        open_postgres(postgres.address("nothing"), KEY)


def test_another_offices_key_is_refused(postgres: PrivatePostgres) -> None:
    """A store opened with the wrong key would find nobody; it says so instead."""
    address = postgres.fresh_database()
    open_postgres(address, KEY).close()
    with pytest.raises(WrongKey):
        open_postgres(address, OfficeKey(bytes(32)))


def test_a_newer_store_is_left_alone(postgres: PrivatePostgres) -> None:
    """A store at a step that this version does not know is refused."""
    address = postgres.fresh_database()
    open_postgres(address, KEY).close()
    database = str(sa.make_url(address).database)
    postgres.run_sql("UPDATE medoffice_schema SET version_num = '9999'", database=database)
    with pytest.raises(SchemaTooNew):
        open_postgres(address, KEY)


def test_a_lock_that_is_kept_makes_busy(postgres: PrivatePostgres) -> None:
    """Who waits too long for a named lock gets busy, and the store goes on."""
    address = postgres.fresh_database()
    slow, quick = open_postgres(address, KEY), open_postgres(address, KEY, patience=0.1)
    inside, leave = threading.Event(), threading.Event()

    def work(t: Transaction) -> None:
        t.put_patient(make.patient())
        inside.set()
        assert leave.wait(WAIT)

    thread = threading.Thread(target=lambda: slow.transact(work, locks=("a", "b")))
    thread.start()
    try:
        assert inside.wait(WAIT)
        with pytest.raises(StoreBusy):
            quick.transact(lambda t: t.put_patient(make.patient("pat-2")), locks=("b",))
        quick.transact(lambda t: t.put_patient(make.patient("pat-3")), locks=("c",))
    finally:
        leave.set()
        thread.join(WAIT)
    quick.transact(lambda t: t.put_patient(make.patient("pat-2")), locks=("b",))
    slow.close()
    quick.close()


def test_named_locks_are_taken_once_and_in_one_order(postgres: PrivatePostgres) -> None:
    """However they are named, so that transactions with the same locks never wait for each other crosswise."""
    backend = PostgresBackend(postgres.fresh_database())
    taken: list[str] = []

    def note(*call: object) -> None:
        statement, parameters = str(call[2]), call[3]
        if "pg_advisory_xact_lock" in statement and isinstance(parameters, dict):
            taken.append(parameters["name"].rpartition("/")[2])

    sa.event.listen(backend.engine, "before_cursor_execute", note)
    for locks in (("c", "a", "b", "a"), ("b", "c", "a")):
        taken.clear()
        with backend.writing(locks):
            assert taken == ["a", "b", "c"]
    backend.close()


def test_a_deadlock_is_run_anew(postgres: PrivatePostgres) -> None:
    """Two transactions that want two records crosswise: one is started again, and both end well."""
    store = open_postgres(postgres.fresh_database(), KEY)
    for id in ("pat-1", "pat-2"):
        store.transact(lambda t, id=id: t.put_patient(make.patient(id)))  # type: ignore[misc]
    both = threading.Barrier(2)
    runs: list[str] = []

    def work(first: str, second: str) -> None:
        met = [False]

        def crosswise(t: Transaction) -> None:
            runs.append(first)
            t.put_patient(make.patient(first, "Changed"))
            if not met[0]:
                met[0] = True
                both.wait(WAIT)
            t.put_patient(make.patient(second, "Changed"))

        store.transact(crosswise)

    threads = [threading.Thread(target=work, args=pair) for pair in (("pat-1", "pat-2"), ("pat-2", "pat-1"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert len(runs) == 3
    assert store.read(lambda t: t.patient(PatientId("pat-1"))).name.family == "Changed"
    store.close()


def test_work_that_swallows_a_deadlock_does_not_half_commit(postgres: PrivatePostgres) -> None:
    """A transaction that the server has given up is run anew even if ``work`` ignores every exception."""
    store = open_postgres(postgres.fresh_database(), KEY)
    runs: list[int] = []

    def work(t: Transaction) -> None:
        runs.append(1)
        t.put_patient(make.patient("pat-1"))
        if len(runs) == 1:
            with suppress(Exception):  # the very mistake that is tried
                t._session.run(  # type: ignore[attr-defined]
                    sa.text("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$")
                )

    store.transact(work)
    assert len(runs) == 2
    assert store.read(lambda t: t.patient(PatientId("pat-1"))) == make.patient("pat-1")
    store.close()


def test_an_endless_deadlock_ends_busy(postgres: PrivatePostgres) -> None:
    """The number of tries is bounded."""
    store = open_postgres(postgres.fresh_database(), KEY)
    runs: list[int] = []

    def work(t: Transaction) -> None:
        runs.append(1)
        t._session.run(  # type: ignore[attr-defined]
            sa.text("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$")
        )

    with pytest.raises(StoreBusy):
        store.transact(work)
    assert len(runs) == 6
    store.close()


def test_the_constraint_is_the_backstop(postgres: PrivatePostgres) -> None:
    """Two transactions that name no lock and overlap: the second waits for the first, and is then refused."""
    store = open_postgres(postgres.fresh_database(), KEY)
    store.transact(lambda t: t.put_patient(make.patient()))
    inside, leave = threading.Event(), threading.Event()

    def work(t: Transaction) -> None:
        t.put_appointment(make.appointment("apt-1"))
        inside.set()
        assert leave.wait(WAIT)

    thread = threading.Thread(target=lambda: store.transact(work))
    thread.start()
    assert inside.wait(WAIT)
    threading.Timer(0.2, leave.set).start()
    with pytest.raises(SlotTaken):
        store.transact(lambda t: t.put_appointment(make.appointment("apt-2", start=10, end=20)))
    thread.join(WAIT)
    store.close()


def test_a_lost_connection_is_unavailable_and_comes_back(postgres: PrivatePostgres) -> None:
    """A connection that the server ends in the middle: nothing was changed, and the next call works."""
    address = postgres.fresh_database()
    store = open_postgres(address, KEY)
    database = str(sa.make_url(address).database)

    def work(t: Transaction) -> None:
        t.put_patient(make.patient())
        postgres.run_sql(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
        )
        t.put_patient(make.patient("pat-2"))

    with pytest.raises(StoreUnavailable):
        store.transact(work)
    assert store.read(lambda t: t.patients_matching(make.patient().match_key)) == ()
    store.transact(lambda t: t.put_patient(make.patient()))
    store.close()


def test_commits_wait_for_the_disk(postgres: PrivatePostgres) -> None:
    """Also on a server that is set up not to, as the test server is."""
    backend = PostgresBackend(postgres.fresh_database())
    with backend.writing(()) as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    backend.close()


def test_reading_writes_nothing(postgres: PrivatePostgres) -> None:
    """A view cannot be written through, even by a mistake of ours."""
    address = postgres.fresh_database()
    backend = PostgresBackend(address)
    SqlStore.open(backend, Vault.of(KEY))
    with pytest.raises(sa.exc.DBAPIError, match="read-only"), backend.reading() as connection:
        connection.exec_driver_sql("DELETE FROM setting")
    backend.close()


PROGRAM = """
import sys, time
from medoffice.testing.postgres import private_postgres
with private_postgres(durable=False) as server:
    print(server.folder, flush=True)
    time.sleep(600)
"""


@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_private_server_ends_with_its_process(end: signal.Signals) -> None:
    """However the test process ends, neither server nor folder is left."""
    program = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        process.send_signal(end)
        process.wait(WAIT)
    for _ in range(int(WAIT * 20)):
        if not folder.exists() and not _runs(server):
            return
        time.sleep(0.05)
    pytest.fail("the private server or its folder is still there")


def test_the_private_server_is_nobody_elses(postgres: PrivatePostgres) -> None:
    """It listens on no network, and its folder is closed to others."""
    assert postgres.run_sql("SHOW listen_addresses") == ""
    assert postgres.folder.stat().st_mode & 0o077 == 0


def test_a_missing_server_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact command, and no silent skipping in the library."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PostgresUnavailable, match="apt-get install"):
        newest_programs(tmp_path)


def test_the_newest_server_is_taken(tmp_path: Path) -> None:
    """By number, not by text: 15 comes after 9.6."""
    for version in ("9.6", "15", "13"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    (tmp_path / "17" / "bin").mkdir(parents=True)
    assert newest_programs(tmp_path) == tmp_path / "15" / "bin"


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    return not status.exists() or "State:\tZ" not in status.read_text()
