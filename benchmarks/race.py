"""Many processes want one slot at the same instant: exactly one gets it, the others hear no, nobody hears an error.

    .venv/bin/python -m benchmarks.race --store sqlcipher --processes 100 --rounds 20

Prints one line of JSON and ends with 1 when anything is not as it must be. ``--work MODULE:FUNCTION`` races another
attempt than the store's own: ``function(store, round, process) -> bool``, true for the winner. It is called in
processes that are forked, each with a store of its own.
"""

import argparse
import importlib
import json
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from medoffice.adapters.keys import OfficeKey
from medoffice.adapters.sql.postgres import open_postgres
from medoffice.adapters.sql.sqlcipher import open_sqlcipher
from medoffice.core.times import TimeSlot
from medoffice.ports.store import SlotTaken, Store
from medoffice.testing import store_records as make
from medoffice.testing.postgres import private_postgres

KEY = OfficeKey(bytes(range(32)))
PATIENCE = 120.0
OpenStore = Callable[[], Store]
Attempt = Callable[[Store, int, int], bool]


@contextmanager
def a_place_for(kind: str) -> Iterator[OpenStore]:
    """An empty office, and how a process opens its store."""
    if kind == "postgres":
        with private_postgres() as server:
            address = server.fresh_database()
            yield lambda: open_postgres(address, KEY, patience=PATIENCE)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "office.db"
            yield lambda: open_sqlcipher(path, KEY, patience=PATIENCE)


def book(store: Store, turn: int, process: int) -> bool:
    """Try to book a clinician for half an hour that no other round is about."""
    start = 60 * turn + process % 30  # not all for the same minute: any overlap is one too many
    visit = make.appointment(f"apt-{turn}-{process}", start=start, end=start + 30)
    try:
        store.transact(lambda t: t.put_appointment(visit), locks=("resource:dr-a",))
    except SlotTaken:
        return False
    return True


def booked_in(store: Store, turn: int) -> int:
    """How many visits the store has for a round, looked up without regard to what anybody was told."""
    window = TimeSlot(make.minute(60 * turn), make.minute(60 * turn + 60))
    return len(store.read(lambda t: t.appointments(window)))


def race(open_store: OpenStore, attempt: Attempt, *, processes: int, rounds: int) -> dict[str, Any]:
    """Play the rounds; how many had exactly one winner, and which errors there were."""
    store = open_store()
    store.transact(lambda t: t.put_patient(make.patient()))
    store.close()
    fork = multiprocessing.get_context("fork")
    barrier, told = fork.Barrier(processes), fork.SimpleQueue()

    def rival(number: int) -> None:
        mine = open_store()
        came: list[str] = []
        for turn in range(rounds):
            barrier.wait(PATIENCE)
            try:
                came.append("won" if attempt(mine, turn, number) else "lost")
            except Exception as trouble:  # noqa: BLE001 - whatever it is, it is counted and shown
                came.append(f"{type(trouble).__name__}: {trouble}")
        mine.close()
        told.put(came)

    began = time.perf_counter()
    rivals = [fork.Process(target=rival, args=(number,)) for number in range(processes)]
    for each in rivals:
        each.start()
    answers = [told.get() for _ in rivals]
    for each in rivals:
        each.join()
    wall = time.perf_counter() - began
    store = open_store()
    stored = [booked_in(store, turn) for turn in range(rounds)]
    store.close()
    winners = [sum(came[turn] == "won" for came in answers) for turn in range(rounds)]
    errors = Counter(word for came in answers for word in came if word not in {"won", "lost"})
    return {
        "processes": processes,
        "rounds": rounds,
        "rounds with exactly one winner": sum(count == 1 for count in winners),
        "rounds with exactly one visit stored": sum(count == 1 for count in stored),
        "errors": dict(errors),
        "seconds": round(wall, 1),
    }


def named(text: str) -> Callable[..., Any]:
    """The function that ``module:function`` names; a bare module is a file beside this one."""
    module, _, function = text.partition(":")
    module = module if "." in module else f"benchmarks.{module}"
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def main() -> int:
    """Run from the command line."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--store", choices=("sqlcipher", "postgres"), default="sqlcipher")
    reader.add_argument("--processes", type=int, default=100)
    reader.add_argument("--rounds", type=int, default=20)
    reader.add_argument("--work", default="", metavar="MODULE:FUNCTION")
    wanted = reader.parse_args()
    attempt = named(wanted.work) if wanted.work else book
    with a_place_for(wanted.store) as open_store:
        came = race(open_store, attempt, processes=wanted.processes, rounds=wanted.rounds)
    print(json.dumps({"store": wanted.store, **came}))
    fair = (
        came["rounds with exactly one winner"]
        == came["rounds with exactly one visit stored"]
        == wanted.rounds
    )
    return 0 if fair and not came["errors"] else 1


if __name__ == "__main__":
    sys.exit(main())
