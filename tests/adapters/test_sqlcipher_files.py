"""The encrypted file when things go wrong: each trouble has its own error, says what to do, and loses nothing."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.sql.sqlcipher import SqlCipherBackend, open_sqlcipher
from medoffice.adapters.sql.store import SqlStore
from medoffice.adapters.sql.store_file import wal_is_safe
from medoffice.adapters.sql.vault import Vault
from medoffice.core.errors import MedofficeError
from medoffice.core.ids import PatientId
from medoffice.core.people import Patient
from medoffice.ports.store import (
    NoSuchRecord,
    SchemaTooNew,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreUnavailable,
    WrongKey,
)
from medoffice.testing import store_records as make

KEY = OfficeKey(bytes(range(32)))
OTHER_KEY = OfficeKey(bytes(32))

HOLD = """
import sys, sqlcipher3.dbapi2 as driver
held = driver.connect(sys.argv[1], isolation_level=None)
held.execute("PRAGMA key = \\"x'" + sys.argv[2] + "'\\"")
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""

QUEUE = """
import sys
from pathlib import Path
from medoffice.adapters.sql.write_queue import WriteQueue
with WriteQueue(Path(sys.argv[1])).turn(10):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is to be."""
    return tmp_path / "data" / "office.db"


def filled(path: Path, patients: int = 60) -> Path:
    """A store with many patients, closed, so that everything is in the one file."""
    store = open_sqlcipher(path, KEY)
    for number in range(patients):
        store.transact(lambda t, n=number: t.put_patient(make.patient(f"pat-{n}")))  # type: ignore[misc]
    store.close()
    assert not path.with_name("office.db-wal").exists()
    return path


def held_by(script: str, *arguments: str) -> "subprocess.Popen[bytes]":
    """A process that holds something until its standard input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def let_go(process: "subprocess.Popen[bytes]") -> None:
    """End the holder."""
    process.communicate()


def test_all_files_are_the_owners_alone(path: Path) -> None:
    """Whatever the umask, no file of the store can be opened by others, nor can its folder."""
    before = os.umask(0)
    try:
        store = open_sqlcipher(path, KEY)
        store.transact(lambda t: t.put_patient(make.patient()))
    finally:
        os.umask(before)
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    names = {
        "office.db",
        "office.db-wal",
        "office.db-shm",
        "office.db.line",
        "office.db.turn",
        "office.db.mark",
    }
    assert modes == dict.fromkeys(names, 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    store.close()


def test_a_file_that_was_opened_to_others_is_closed_again(path: Path) -> None:
    """A store copied back from somewhere with another mode is its owner's alone after it was opened."""
    filled(path, 1).chmod(0o644)
    open_sqlcipher(path, KEY).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_connection_is_set_up_safely(path: Path) -> None:
    """WAL, a sync at each commit, references held, deleted data wiped, nothing temporary on the disk."""
    backend = SqlCipherBackend(path, bytes(32))
    for transaction in (backend.reading(), backend.writing(())):
        with transaction as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in (
                    *("journal_mode", "synchronous", "foreign_keys", "secure_delete"),
                    *("temp_store", "trusted_schema", "cipher_use_hmac"),
                )
            }
            assert found == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "secure_delete": 1,
                "temp_store": 2,
                "trusted_schema": 0,
                "cipher_use_hmac": "1",
            }
    backend.close()


def test_every_table_is_strict(path: Path) -> None:
    """No column takes a value of another type."""
    backend = SqlCipherBackend(filled(path, 1), KEY.derive(Purpose.DATABASE))
    with backend.reading() as connection:
        tables = connection.exec_driver_sql(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
        ).all()
    backend.close()
    assert {name for name, strict in tables if not strict} == {"medoffice_schema"}  # Alembic's own
    assert len(tables) == 17


def test_what_was_kept_is_there_after_opening_again(path: Path) -> None:
    """A store lasts."""
    store = open_sqlcipher(filled(path), KEY)
    assert store.read(lambda t: t.patient(PatientId("pat-59"))) == make.patient("pat-59")
    store.examine()
    store.close()


def test_the_wrong_key_is_said_to_be_wrong(path: Path) -> None:
    """Another key does not open the store, harms nothing, and the right one still does."""
    filled(path)
    with pytest.raises(WrongKey):
        open_sqlcipher(path, OTHER_KEY)
    store = open_sqlcipher(path, KEY)
    assert store.read(lambda t: t.patient(PatientId("pat-0"))) == make.patient("pat-0")
    store.close()


def test_a_store_of_other_sealing_keys_is_refused(path: Path) -> None:
    """The file opens, its fields would not: that is a wrong key too, found before anything is written."""
    filled(path)
    with pytest.raises(WrongKey):
        SqlStore.open(SqlCipherBackend(path, KEY.derive(Purpose.DATABASE)), Vault.of(OTHER_KEY))


@pytest.mark.parametrize(
    "content", [b"hello", os.urandom(8192), b"\0" * 4096], ids=["text", "random", "zeros"]
)
def test_a_foreign_file_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    """What is not a store is said not to be one, and is not changed."""
    path.parent.mkdir(mode=0o700)
    path.write_bytes(content)
    with pytest.raises(WrongKey):
        open_sqlcipher(path, KEY)
    assert path.read_bytes() == content


def test_an_unencrypted_database_is_refused_and_left_alone(path: Path) -> None:
    """A plain SQLite file is named as what it is."""
    path.parent.mkdir(mode=0o700)
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t (a)")
    plain.close()
    before = path.read_bytes()
    with pytest.raises(WrongKey, match="not encrypted"):
        open_sqlcipher(path, KEY)
    assert path.read_bytes() == before


def test_a_changed_bit_on_any_page_is_found(path: Path) -> None:
    """Every page is authenticated: a flip is damage, at opening or when the pages are examined; never other data."""
    whole = filled(path).read_bytes()
    pages = len(whole) // 4096
    assert pages > 20
    for page in range(pages):
        changed = bytearray(whole)
        changed[page * 4096 + 1000] ^= 1
        path.write_bytes(changed)
        with pytest.raises(StoreDamaged, match="back-up"):
            _open_and_examine(path)
    path.write_bytes(whole)
    _open_and_examine(path)


@pytest.mark.parametrize("keep", [0, 100, 4096, 4096 * 5, 4096 * 5 + 77, -4096, -1])
def test_a_truncated_file_is_found(path: Path, keep: int) -> None:
    """A file that ends too early is damage, even one of no bytes, which SQLite would take for a new database."""
    whole = filled(path).read_bytes()
    path.write_bytes(whole[:keep])
    with pytest.raises(StoreDamaged, match="back-up"):
        _open_and_examine(path)


def test_a_lost_file_is_not_replaced_by_an_empty_store(path: Path) -> None:
    """Where a store was, none is begun in silence."""
    filled(path).unlink()
    with pytest.raises(StoreDamaged, match="gone"):
        open_sqlcipher(path, KEY)
    assert not path.exists()
    path.with_name("office.db.mark").unlink()
    open_sqlcipher(path, KEY).close()


def test_a_damaged_page_in_use_is_damage(path: Path) -> None:
    """Reading into a damaged page raises, whichever page it is; it never gives a wrong record."""
    whole = filled(path, 120).read_bytes()
    hidden = []
    for page in range(len(whole) // 4096 - 12, len(whole) // 4096):
        changed = bytearray(whole)
        changed[page * 4096 + 2000] ^= 0x10
        path.write_bytes(changed)
        store = open_sqlcipher(path, KEY)
        found = [_look(store, number) for number in range(120)]
        store.close()
        assert all(each in {None, make.patient(f"pat-{number}")} for number, each in enumerate(found))
        hidden.append(found.count(None))
    assert any(0 < count < 120 for count in hidden)


def test_a_sealed_field_moved_to_another_row_is_damage(path: Path) -> None:
    """Somebody with the file's key alone cannot pass one patient off as another."""
    filled(path, 2)
    backend = SqlCipherBackend(path, KEY.derive(Purpose.DATABASE))
    with backend.writing(()) as connection:
        connection.exec_driver_sql("UPDATE patient SET body = (SELECT body FROM patient WHERE id = 'pat-1')")
    backend.close()
    store = open_sqlcipher(path, KEY)
    with pytest.raises(StoreDamaged, match=r"patient\.body"):
        store.read(lambda t: t.patient(PatientId("pat-0")))
    store.close()


def test_a_store_locked_by_another_program_is_busy(path: Path) -> None:
    """A foreign program that holds the database: busy after the time-out, and well again afterwards."""
    filled(path, 1)
    store = open_sqlcipher(path, KEY, patience=0.2)
    holder = held_by(HOLD, str(path), KEY.derive(Purpose.DATABASE).hex())
    try:
        with pytest.raises(StoreBusy, match="try again"):
            store.transact(lambda t: t.put_patient(make.patient("pat-9")))
        assert store.read(lambda t: t.patient(PatientId("pat-0"))) == make.patient("pat-0")
    finally:
        let_go(holder)
    store.transact(lambda t: t.put_patient(make.patient("pat-9")))
    store.close()


def test_a_store_in_whose_queue_another_process_stays_is_busy(path: Path) -> None:
    """One of our own processes that never ends its turn: busy after the time-out, also at opening."""
    filled(path, 1)
    store = open_sqlcipher(path, KEY, patience=0.2)
    holder = held_by(QUEUE, str(path))
    try:
        with pytest.raises(StoreBusy):
            store.transact(lambda t: t.put_patient(make.patient("pat-9")))
        with pytest.raises(StoreBusy):
            open_sqlcipher(path, KEY, patience=0.2)
    finally:
        let_go(holder)
    with pytest.raises(NoSuchRecord):
        store.read(lambda t: t.patient(PatientId("pat-9")))
    store.transact(lambda t: t.put_patient(make.patient("pat-9")))
    store.close()


def test_a_full_database_loses_nothing(path: Path) -> None:
    """When there is no room, the transaction is refused whole; what was acknowledged stays; with room, all goes on."""
    backend = SqlCipherBackend(path, KEY.derive(Purpose.DATABASE))
    store = SqlStore.open(backend, Vault.of(KEY))
    with backend.reading() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit = {"pages": used + 4}

    def restrict(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {limit['pages']}")

    sa.event.listen(backend.engine, "begin", restrict)
    acknowledged = _fill(store, 500)
    assert 0 < acknowledged < 500
    _all_there(store, acknowledged)

    def swallowing(t: object) -> None:
        for number in range(1000, 1100):
            try:
                t.put_patient(make.patient(f"pat-{number}"))  # type: ignore[attr-defined]
            except StoreFull:
                continue

    with pytest.raises(StoreFull):
        store.transact(swallowing)
    with pytest.raises(NoSuchRecord):
        store.read(lambda t: t.patient(PatientId("pat-1000")))
    limit["pages"] = 100_000
    store.transact(lambda t: t.put_patient(make.patient("pat-1000")))
    _all_there(store, acknowledged)
    store.examine()
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 1 MB."""
    disk = tmp_path / "disk"
    disk.mkdir(mode=0o700)
    mount = ("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", str(disk))
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip(
            "only root can mount a small disk; test_a_full_database_loses_nothing covers the same without"
        )
    yield disk
    subprocess.run(("umount", str(disk)), check=True)


def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    """The same with a disk that is really full, also for a process that opens the store while it is."""
    path = small_disk / "office.db"
    store = open_sqlcipher(path, KEY)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(300_000))
    acknowledged = _fill(store, 2000)
    assert 0 < acknowledged < 2000
    _all_there(store, acknowledged)
    store.close()
    with pytest.raises(StoreFull):
        _open_and_fill(path)
    ballast.unlink()
    store = open_sqlcipher(path, KEY)
    _all_there(store, acknowledged)
    store.transact(lambda t: t.put_patient(make.patient("pat-9999")))
    store.examine()
    store.close()


def test_a_newer_store_is_left_alone(path: Path) -> None:
    """A store at a step that this version does not know is refused and not touched."""
    filled(path, 1)
    backend = SqlCipherBackend(path, KEY.derive(Purpose.DATABASE))
    with backend.writing(()) as connection:
        connection.exec_driver_sql("UPDATE medoffice_schema SET version_num = '9999'")
    with pytest.raises(SchemaTooNew, match="newer"):
        open_sqlcipher(path, KEY)
    with backend.reading() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM medoffice_schema").scalar() == "9999"
    backend.close()


def test_a_folder_that_others_can_write_is_refused(path: Path) -> None:
    """Who can rename the files can exchange the store."""
    path.parent.mkdir()
    path.parent.chmod(0o770)
    with pytest.raises(StoreUnavailable, match="chmod 700"):
        open_sqlcipher(path, KEY)


def test_a_folder_that_cannot_be_is_said_so(tmp_path: Path) -> None:
    """A path through a file, or a folder in the file's place."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        open_sqlcipher(tmp_path / "file" / "office.db", KEY)
    (tmp_path / "office.db").mkdir()
    with pytest.raises(StoreUnavailable):
        open_sqlcipher(tmp_path / "office.db", KEY)


def test_a_network_drive_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder on another machine is named as such before anything is written to it."""
    monkeypatch.setattr("medoffice.adapters.sql.store_file.network_file_system", lambda _: "nfs4")
    with pytest.raises(StoreUnavailable, match="nfs4"):
        open_sqlcipher(path, KEY)
    assert not path.parent.exists()


def test_an_unsafe_sqlite_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SQLite that can lose commits opens no store."""
    monkeypatch.setattr("sqlcipher3.dbapi2.sqlite_version", "3.51.2")
    with pytest.raises(StoreUnavailable, match=r"3\.51\.2"):
        open_sqlcipher(path, KEY)


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        *(("3.40.1", False), ("3.44.5", False), ("3.44.6", True), ("3.45.0", False), ("3.50.6", False)),
        *(("3.50.7", True), ("3.51.2", False), ("3.51.3", True), ("3.52.0", False), ("3.53.0", True)),
        *(("3.53.4", True), ("4.0.0", True)),
    ],
)
def test_which_versions_are_safe(version: str, *, is_safe: bool) -> None:
    """The versions with the WAL-reset bug, and those without."""
    assert wal_is_safe(version) is is_safe


def test_no_error_or_repr_shows_a_key(path: Path) -> None:
    """Neither the key nor the place of a record in it is said."""
    filled(path, 1)
    store = open_sqlcipher(path, KEY)
    said = [repr(store), repr(vars(store))]
    store.close()
    path.write_bytes(b"x" * 4096)
    try:
        open_sqlcipher(path, KEY)
    except MedofficeError as trouble:
        said.append(repr(trouble))
    for purpose in Purpose:
        assert KEY.derive(purpose).hex()[:16] not in " ".join(said)
        assert repr(KEY.derive(purpose))[2:12] not in " ".join(said)


def test_nothing_is_printed_about_a_wrong_key(path: Path) -> None:
    """SQLCipher's own log, which goes to standard error, stays quiet."""
    shutil.rmtree(path.parent, ignore_errors=True)
    filled(path, 1)
    program = (
        "import sys; from pathlib import Path\n"
        "from medoffice.adapters.keys import OfficeKey\n"
        "from medoffice.adapters.sql.sqlcipher import open_sqlcipher\n"
        "from medoffice.ports.store import WrongKey\n"
        "try: open_sqlcipher(Path(sys.argv[1]), OfficeKey(bytes(32)))\n"
        "except WrongKey: print('wrong')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("wrong\n", "")


def _open_and_examine(path: Path) -> None:
    store = open_sqlcipher(path, KEY)
    try:
        store.examine()
    finally:
        store.close()


def _fill(store: SqlStore, upto: int) -> int:
    """Add patients until the store is full; how many were acknowledged."""
    for number in range(upto):
        try:
            store.transact(lambda t, n=number: t.put_patient(make.patient(f"pat-{n}")))  # type: ignore[misc]
        except StoreFull:
            return number
    return upto


def _open_and_fill(path: Path) -> None:
    store = open_sqlcipher(path, KEY)
    try:
        for number in range(5000, 7000):
            store.transact(lambda t, n=number: t.put_patient(make.patient(f"pat-{n}")))  # type: ignore[misc]
    finally:
        store.close()


def _look(store: SqlStore, number: int) -> Patient | None:
    """A patient, or nothing where the page is damaged."""
    try:
        return store.read(lambda t: t.patient(PatientId(f"pat-{number}")))
    except StoreDamaged:
        return None


def _all_there(store: SqlStore, count: int) -> None:
    for number in range(count):
        found = store.read(lambda t, n=number: t.patient(PatientId(f"pat-{n}")))  # type: ignore[misc]
        assert found == make.patient(f"pat-{number}")
    with pytest.raises(NoSuchRecord):
        store.read(lambda t: t.patient(PatientId(f"pat-{count}")))
