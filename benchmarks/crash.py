"""Check-ins while the process is killed again and again: nothing acknowledged is lost, nothing is done twice.

    .venv/bin/python -m benchmarks.crash --store sqlcipher --kills 300

A worker checks visits in, one after the other, and says each one's number after the store has acknowledged it. It is
killed with SIGKILL at a random moment, and a new one goes on with the first visit that was not acknowledged, under
the same idempotency key. At the end the store is read without regard to what anybody remembers.

``--work MODULE:FUNCTION`` uses another command than the store's own: ``function(store, number) -> None``, carried out
once however often it is called; it must leave one check-in of appointment ``apt-NUMBER`` on ``make.DAY``, and one audit
row with the action ``check-in`` and that subject. ``--control`` lets the worker speak *before* the commit: losses must then be found, which
shows that this program can find them. Prints one line of JSON; ends with 1 when something was lost or doubled.
"""

import argparse
import json
import multiprocessing
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks.race import KEY, OpenStore, a_place_for, named
from medoffice.adapters.keys import Purpose
from medoffice.core.ids import AppointmentId, CommandKey
from medoffice.ports.store import NoSuchRecord, Store, Transaction
from medoffice.privacy.audit import verify_audit
from medoffice.testing import store_records as make

Work = Callable[[Store, int], None]
LONGEST_START, LONGEST_WORK = 0.05, 0.12
"""Seconds that a worker has at most: every fourth from its beginning, so that it may die while it opens the store, the
others from the first acknowledgement on, so that they die at work."""
AGAIN = b"again\n"
UNTIL_IT_ENDS, UNTIL_IT_SPEAKS = -1.0, -2.0


def check_in(store: Store, number: int) -> None:
    """Book a visit and check it in, once, in one transaction."""
    key, id = f"cmd-{number}", AppointmentId(f"apt-{number}")

    def work(t: Transaction) -> None:
        try:
            t.outcome(CommandKey(key))
        except NoSuchRecord:
            pass
        else:
            return
        place = t.last_number(make.DAY) + 1
        t.put_appointment(make.appointment(id.value, start=10 * number, end=10 * number + 10))
        t.spend_code(number.to_bytes(16, "big"), id, make.minute(0))
        t.add_check_in(make.check_in(id.value, place))
        t.put_desk_task(make.task(f"task-{number}", of=id.value))
        t.append_audit(make.entry("check-in", id.value))
        t.add_outcome(make.outcome(key))

    store.transact(work, locks=(f"command:{key}", "queue:2026-11-24"))


def crash(open_store: OpenStore, work: Work, *, kills: int, seed: int, early: bool = False) -> dict[str, Any]:
    """Kill and go on; what was acknowledged, and what the store has in the end."""
    chance = random.Random(seed)
    store = open_store()
    store.transact(lambda t: t.put_patient(make.patient()))
    store.close()
    fork = multiprocessing.get_context("fork")
    acknowledged, again, began = 0, 0, time.perf_counter()

    def worker(first: int, pipe: int) -> None:
        mine, number = open_store(), first
        if any(
            each.appointment.value == f"apt-{first}"
            for each in mine.read(lambda t: t.check_ins(make.DAY))[-3:]
        ):
            os.write(pipe, AGAIN)
        while True:
            if early:
                os.write(pipe, b"%d\n" % number)
            work(mine, number)
            if not early:
                os.write(pipe, b"%d\n" % number)
            number += 1

    for turn in range(kills):
        reading, writing = os.pipe()
        life = fork.Process(target=worker, args=(acknowledged, writing))
        life.start()
        os.close(writing)
        if turn % 4 == 0:
            heard = _listen(reading, chance.uniform(0, LONGEST_START))
        else:
            heard = _listen(reading, UNTIL_IT_SPEAKS)
            heard += _listen(reading, chance.uniform(0, LONGEST_WORK))
        if life.pid is not None:
            os.kill(life.pid, signal.SIGKILL)
        life.join()
        heard += _listen(reading, UNTIL_IT_ENDS)
        os.close(reading)
        if life.exitcode != -signal.SIGKILL:
            raise RuntimeError(f"a worker ended by itself with {life.exitcode}")
        again += heard.count(AGAIN)
        whole = heard.replace(AGAIN, b"").split(b"\n")[:-1]
        acknowledged = int(whole[-1]) + 1 if whole else acknowledged
    return {
        "kills": kills,
        "acknowledged": acknowledged,
        "kept without being acknowledged, then sent again": again,
        **_account(open_store(), work, acknowledged, early=early),
        "seconds": round(time.perf_counter() - began, 1),
    }


def _listen(pipe: int, seconds: float) -> bytes:
    """What comes within a time, or until the other end is closed, or until anything comes."""
    heard, until = b"", time.monotonic() + seconds
    while seconds != UNTIL_IT_SPEAKS or not heard:
        left = None if seconds < 0 else until - time.monotonic()
        if (left is not None and left <= 0) or not select.select([pipe], [], [], left)[0]:
            return heard
        more = os.read(pipe, 65536)
        if not more:
            return heard
        heard += more
    return heard


def _account(store: Store, work: Work, acknowledged: int, *, early: bool) -> dict[str, Any]:
    """Compare what the store has with what was acknowledged; then send the last one that was not, again."""
    here = {each.appointment.value for each in store.read(lambda t: t.check_ins(make.DAY))}
    lost = [number for number in range(acknowledged) if f"apt-{number}" not in here]
    if not early:
        work(store, acknowledged)
        work(store, acknowledged)
    check_ins = store.read(lambda t: t.check_ins(make.DAY))
    rows = store.read(lambda t: t.audit_rows(action="check-in"))
    trail = store.read(lambda t: t.audit_rows())
    per_visit = Counter(row.entry.subject for row in rows)
    numbers = [each.number for each in check_ins]
    broken = verify_audit(trail, key=KEY.derive(Purpose.AUDIT))
    store.close()
    return {
        "lost": len(lost),
        "doubled": sum(count > 1 for count in per_visit.values()) + len(rows) - len(check_ins),
        "queue numbers without gap": numbers == list(range(1, len(numbers) + 1)),
        "audit trail whole": broken == (),
    }


def main() -> int:
    """Run from the command line."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--store", choices=("sqlcipher", "postgres"), default="sqlcipher")
    reader.add_argument("--kills", type=int, default=300)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--work", default="", metavar="MODULE:FUNCTION")
    reader.add_argument("--control", action="store_true")
    wanted = reader.parse_args()
    work = named(wanted.work) if wanted.work else check_in
    with a_place_for(wanted.store) as open_store:
        came = crash(open_store, work, kills=wanted.kills, seed=wanted.seed, early=wanted.control)
    print(json.dumps({"store": wanted.store, **came}))
    is_whole = came["queue numbers without gap"] and came["audit trail whole"]
    return 0 if came["lost"] == came["doubled"] == 0 and is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
