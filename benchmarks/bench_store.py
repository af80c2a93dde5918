"""Durable check-ins: the office's own command beside one bare INSERT and COMMIT on the same disk.

A check-in is what a patient's last touch sends: in one transaction the code is spent, the visit changes its state, a
queue number is given, the audit row and the outcome under its idempotency key are written, and what is returned is on
the disk. The bare rival writes one row as large as a check-in through the driver alone, with the same PRAGMAs: the floor
under any store that keeps its word. All stores take turns, check-in by check-in. TMPDIR chooses the disk.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from benchmarks.timing import Times, interleaved, number, show
from medoffice.adapters.ed25519 import Ed25519Verifier
from medoffice.adapters.keys import OfficeKey
from medoffice.adapters.sql.postgres import open_postgres
from medoffice.adapters.sql.sqlcipher import open_sqlcipher
from medoffice.adapters.system import FixedClock, RandomIds
from medoffice.checkin.messages import CheckedIn, CheckInRequest
from medoffice.checkin.records import InsuranceAnswer, PayChoice
from medoffice.core.ids import ActorId, AppointmentId, CommandKey, OfficeId
from medoffice.core.money import Money
from medoffice.office import OfficeReception, OfficeSettings
from medoffice.ports.store import Store, Transaction
from medoffice.testing import store_records as make
from medoffice.testing.postgres import PostgresUnavailable, private_postgres

ROUNDS, WARM_UP = 500, 20
SETTINGS = OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZoneInfo("America/Chicago"))
PRAGMAS = (
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "journal_size_limit = 16777216",
)
"""Those of ``medoffice.adapters.sql.sqlcipher``."""
ROW_BYTES = 200

Work = Callable[[], None]


def by_the_office(store: Store) -> Work:
    """Check one booked visit in after the other, as a kiosk does."""

    def book_all(tx: Transaction) -> None:
        tx.put_patient(make.patient())
        for place in range(ROUNDS + WARM_UP):
            tx.put_appointment(make.appointment(f"apt-{place}", f"room-{place}"))

    store.transact(book_all)
    reception = OfficeReception(
        kiosk=ActorId("kiosk-1"),
        settings=SETTINGS,
        store=store,
        clock=FixedClock(make.MORNING),
        ids=RandomIds(),
        verifier=Ed25519Verifier({}),
    )
    places = count()

    def check_in() -> None:
        place = next(places)
        request = CheckInRequest(
            appointment=AppointmentId(f"apt-{place}"),
            jti=place.to_bytes(16, "big"),
            insurance=InsuranceAnswer.NONE,
            due=Money(3000),
            pay=PayChoice.AT_DESK,
        )
        answer = reception.check_in(CommandKey(f"cmd-{place}"), request)
        if not isinstance(answer, CheckedIn):
            raise SystemExit("the office would not check a visit in that is there to be checked in")

    return check_in


@contextmanager
def bare_sqlcipher(path: Path) -> Iterator[Work]:
    """The driver alone, with a key and the store's own PRAGMAs."""
    opened = sqlcipher.connect(str(path), isolation_level=None)
    opened.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
    for pragma in PRAGMAS:
        opened.execute(f"PRAGMA {pragma}")
    opened.execute("CREATE TABLE row (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")
    body = os.urandom(ROW_BYTES)

    def write() -> None:
        opened.execute("BEGIN IMMEDIATE")
        opened.execute("INSERT INTO row (body) VALUES (?)", (body,))
        opened.execute("COMMIT")

    yield write
    opened.close()


@contextmanager
def bare_postgres(address: str) -> Iterator[Work]:
    """The driver alone, on the very server that the store uses."""
    with psycopg.connect(address.replace("+psycopg", "", 1)) as opened:
        opened.execute("CREATE TABLE row (number bigserial PRIMARY KEY, body bytea NOT NULL)")
        opened.commit()
        body = os.urandom(ROW_BYTES)

        def write() -> None:
            opened.execute("INSERT INTO row (body) VALUES (%s)", (body,))
            opened.commit()

        yield write


def rivals(place: ExitStack) -> dict[str, Work]:
    """Everybody who takes part, by name; PostgreSQL where it is installed."""
    folder = Path(place.enter_context(tempfile.TemporaryDirectory()))
    print(f"On {file_system(folder)}.")
    store = open_sqlcipher(folder / "office.db", OfficeKey.generate())
    place.callback(store.close)
    chosen = {
        "bare sqlcipher3": place.enter_context(bare_sqlcipher(folder / "bare.db")),
        "medoffice on SQLCipher": by_the_office(store),
    }
    try:
        server = place.enter_context(private_postgres())
    except PostgresUnavailable as missing:
        print(f"  left out: {missing}")
        return chosen
    other = open_postgres(server.fresh_database(), OfficeKey.generate())
    place.callback(other.close)
    chosen["bare psycopg"] = place.enter_context(bare_postgres(server.fresh_database()))
    chosen["medoffice on PostgreSQL"] = by_the_office(other)
    return chosen


def file_system(folder: Path) -> str:
    """The kind of file system that a folder is on, as Linux tells it; in memory (tmpfs) nothing is durable."""
    mounts = Path("/proc/self/mounts")
    if not mounts.is_file():
        return "a file system of unknown kind"
    kinds = {line.split()[1]: line.split()[2] for line in mounts.read_text().splitlines()}
    above = (str(each) for each in (folder, *folder.parents))
    return next((kinds[each] for each in above if each in kinds), "a file system of unknown kind")


def main() -> None:
    """Measure and print."""
    with ExitStack() as place:
        times = interleaved(rivals(place), rounds=ROUNDS, warm_up=WARM_UP)
    for bare, office in (
        ("bare sqlcipher3", "medoffice on SQLCipher"),
        ("bare psycopg", "medoffice on PostgreSQL"),
    ):
        if bare in times:
            show({name: times[name] for name in (bare, office)}, unit="ms", beside=bare, more=rates(times))


def rates(times: dict[str, Times]) -> dict[str, str]:
    """Commits in a second, one after the other."""
    return {name: f"{number(each.per_second)} a second" for name, each in times.items()}


if __name__ == "__main__":
    main()
