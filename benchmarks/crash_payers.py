"""Asking payers by folders while the process is killed again and again: each inquiry goes out once, no answer is lost.

    .venv/bin/python -m benchmarks.crash_payers --kills 400

A worker asks one inquiry after the other, collects after each, and says what it was told: ``asked N`` when an inquiry is
on its way or answered, ``got N`` for each answer that was handed to it. It is killed with SIGKILL at a random moment. The
next one asks the inquiry again that was not acknowledged, or leaves it and goes on, as a person may who gave up. All the
while a clearing house takes what lies in ``out`` and lays answers into ``in``: in several lots, and each file first a
part of it, then all.

At the end one ``collect`` is run and the folders are read without regard to what anybody remembers. ``--control`` lets
the worker speak *before* it asks: losses must then be found, which shows that this program can find them. Prints one
line of JSON; ends with 1 when anything is wrong.
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
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs

from benchmarks.x12_files import HEAD, SUBSCRIBER
from medoffice.adapters.payers import FolderGateway
from medoffice.adapters.system import SystemClock
from medoffice.ports.payers import Answered, Waiting
from medoffice.testing.payer_conformance import inquiry
from medoffice.wire.x12 import Body, Envelope, NotX12, Partner, read, write

LONGEST_LIFE: Final = 0.15
"""Seconds that a worker has at most: every fourth from its beginning, so that it may die in its first inquiry, the others
from its first word on, so that they die at work however slow the disk is."""
GIVES_UP: Final = 0.3
"""How often nobody asks an inquiry again that was not acknowledged."""


def gateway_at(root: Path) -> FolderGateway:
    """The folders, with the defaults of an office."""
    return FolderGateway(
        root=root,
        sender=Partner("OFFICE"),
        receiver=Partner("HOUSE"),
        clock=SystemClock(),
        zone=ZoneInfo("America/Chicago"),
    )


def work(root: Path, first: int, pipe: int, *, early: bool) -> None:
    """Ask and collect until it is killed."""
    gateway, number = gateway_at(root), first
    while True:
        if early:
            os.write(pipe, b"asked %d\n" % number)
        asked = gateway.ask(inquiry(f"T-{number}"))
        if not early and isinstance(asked, Waiting | Answered):
            os.write(pipe, b"asked %d\n" % number)
        for answer in gateway.collect().answers:
            for trace in answer.traces:
                os.write(pipe, b"got %d\n" % int(trace.removeprefix("T-")))
        number += 1


@attrs.define
class House:
    """The clearing house's program: what it took, and what it has to answer."""

    root: Path
    chance: random.Random
    taken: list[str] = attrs.field(factory=list)
    controls: list[str] = attrs.field(factory=list)
    waiting: list[str] = attrs.field(factory=list)
    half: tuple[Path, str] | None = None
    files: int = 0
    unsound: int = 0

    def step(self) -> None:
        """Take what lies there, and go on with one file of answers."""
        for path in sorted((self.root / "out").glob("*.270")):
            text = path.read_text()
            path.unlink()
            try:
                one = read(text)
            except NotX12:
                self.unsound += 1
                continue
            self.unsound += bool(one.findings)
            self.controls.append(one.control)
            traces = [each.named("TRN")[0][2] for each in one.transactions]
            self.taken.extend(traces)
            self.waiting.extend(traces)
        if self.half is not None:
            path, text = self.half
            path.write_text(text)
            self.half = None
        elif self.waiting:
            many = self.chance.randint(1, 3)
            now, self.waiting = self.waiting[:many], self.waiting[many:]
            self.files += 1
            path, text = self.root / "in" / f"{self.files}.271", _answer_to(now, self.files)
            path.write_text(text[: self.chance.randrange(len(text))])
            self.half = path, text


def _answer_to(traces: list[str], number: int) -> str:
    """One interchange with a transaction for each."""
    about = (*HEAD, "HL*3*2*22*0", *SUBSCRIBER, "EB*1**30")
    guide = "005010X279A1"
    bodies = [
        Body(
            kind="271",
            guide=guide,
            segments=tuple(tuple(each.replace("T-1", trace).split("*")) for each in about),
        )
        for trace in traces
    ]
    envelope = Envelope(
        sender=Partner("HOUSE"), receiver=Partner("OFFICE"), control=number, at=datetime.now(UTC)
    )
    return write(bodies, functional="HB", envelope=envelope)


def crash(root: Path, *, kills: int, seed: int, early: bool = False) -> dict[str, Any]:
    """Kill and go on, then give account."""
    chance, began = random.Random(seed), time.perf_counter()
    gateway_at(root)
    house = House(root, chance)
    fork = multiprocessing.get_context("fork")
    acknowledged: set[int] = set()
    got: Counter[int] = Counter()
    number, given_up = 0, 0
    for turn in range(kills):
        reading, writing = os.pipe()
        life = fork.Process(target=work, args=(root, number, writing), kwargs={"early": early})
        life.start()
        os.close(writing)
        has_begun, end = turn % 4 == 0, time.monotonic() + chance.uniform(0, LONGEST_LIFE)
        while not has_begun or time.monotonic() < end:
            if not has_begun and select.select([reading], [], [], 0)[0]:
                has_begun, end = True, time.monotonic() + chance.uniform(0, LONGEST_LIFE)
            house.step()
            time.sleep(chance.uniform(0, 0.01))
        if life.pid is not None:
            os.kill(life.pid, signal.SIGKILL)
        life.join()
        if life.exitcode != -signal.SIGKILL:
            raise RuntimeError(f"a worker ended by itself with {life.exitcode}")
        with os.fdopen(reading, "rb") as pipe:
            heard = [line.split() for line in pipe.read().split(b"\n")[:-1]]
        asked = {int(said) for kind, said in heard if kind == b"asked"}
        got.update(int(said) for kind, said in heard if kind == b"got")
        acknowledged |= asked
        number = max((number - 1, *asked)) + 1
        if chance.random() < GIVES_UP:
            number, given_up = number + 1, given_up + 1
    return {
        "kills": kills,
        "acknowledged": len(acknowledged),
        "given up": given_up,
        **_account(root, house, acknowledged, got),
        "seconds": round(time.perf_counter() - began, 1),
    }


def _account(root: Path, house: House, acknowledged: set[int], got: Counter[int]) -> dict[str, Any]:
    """What the folders have and what the house was given; then every inquiry is asked once more."""
    gateway = gateway_at(root)
    gateway.collect()
    beside = sum(each.with_suffix(".asked").exists() for each in (root / "state").glob("*.270"))
    while house.waiting or house.half or any((root / "out").iterdir()):
        house.step()
    gateway.collect()
    sent = Counter(house.taken)
    entered = len(list((root / "state").glob("*.asked")))
    known = {int(trace.removeprefix("T-")) for trace in sent}
    answered = [n for n in known if isinstance(gateway.ask(inquiry(f"T-{n}")), Answered)]
    whole = [read(each.read_text()).findings for each in (root / "done").iterdir()]
    return {
        "sent": len(sent),
        "lost": len(acknowledged - known) + entered - len(known) + beside,
        "sent twice": sum(count > 1 for count in sent.values()) + len(list((root / "out").iterdir())),
        "control numbers used twice": len(house.controls) - len(set(house.controls)),
        "half a 270 sent": house.unsound,
        "answers lost": len(known) - len(answered),
        "answers collected twice": sum(count > 1 for count in got.values()),
        "answers collected by workers": len(got),
        "half files taken": sum(bool(each) for each in whole)
        + len(list((root / "parked").iterdir()))
        + len(list((root / "in").iterdir())),
        "files of answers": len(whole),
    }


_MUST_BE_NONE: Final = (
    "lost",
    "sent twice",
    "control numbers used twice",
    "half a 270 sent",
    "answers lost",
    "answers collected twice",
    "half files taken",
)


def main() -> int:
    """Run from the command line."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--kills", type=int, default=400)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--control", action="store_true")
    wanted = reader.parse_args()
    with TemporaryDirectory() as name:
        came = crash(Path(name), kills=wanted.kills, seed=wanted.seed, early=wanted.control)
    print(json.dumps(came))
    return int(any(came[each] for each in _MUST_BE_NONE))


if __name__ == "__main__":
    sys.exit(main())
