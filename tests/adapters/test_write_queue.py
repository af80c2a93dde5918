"""One writer at a time, first come first served, and nobody waits for ever."""

import fcntl
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from medoffice.adapters.sql.write_queue import WriteQueue
from medoffice.ports.store import StoreBusy

WAIT = 30.0

HOLD = """
import sys
from pathlib import Path
from medoffice.adapters.sql.write_queue import WriteQueue
with WriteQueue(Path(sys.argv[1])).turn(30):
    print("held", flush=True)
    sys.stdin.read()
"""

FORK = """
import os, sys, time
from pathlib import Path
from medoffice.adapters.sql.write_queue import WriteQueue
queue = WriteQueue(Path(sys.argv[1]))
with queue.turn(30):
    child = os.fork()
    if child == 0:
        os.close(1)
        time.sleep(600)
    print(child, flush=True)
    time.sleep(600)
"""

COUNT = """
import sys
from pathlib import Path
from medoffice.adapters.sql.write_queue import WriteQueue
queue, counter = WriteQueue(Path(sys.argv[1])), Path(sys.argv[2])
for _ in range(int(sys.argv[3])):
    with queue.turn(60):
        counter.write_text(str(int(counter.read_text()) + 1))
"""


def holder(path: Path) -> "subprocess.Popen[bytes]":
    """A process that has the turn until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_threads_are_served_in_the_order_of_their_coming(tmp_path: Path) -> None:
    """Of the threads of one process, who came first goes first."""
    queue, order, threads = WriteQueue(tmp_path / "q"), [], []

    def enter(place: int) -> None:
        with queue.turn(WAIT):
            order.append(place)

    with queue.turn(WAIT):
        for place in range(12):
            thread = threading.Thread(target=enter, args=(place,))
            thread.start()
            threads.append(thread)
            while len(queue._waiting) <= place:  # until it stands in line
                threading.Event().wait(0.001)
    for thread in threads:
        thread.join(WAIT)
    assert order == list(range(12))


def test_who_had_the_turn_cannot_take_it_again_before_those_who_wait(tmp_path: Path) -> None:
    """A writer that asks again at once, with no pause, stands behind the one from another process."""
    here, there, order = WriteQueue(tmp_path / "q"), WriteQueue(tmp_path / "q"), []

    def enter() -> None:
        with there.turn(WAIT):
            order.append("there")

    for _ in range(20):
        order.clear()
        with here.turn(WAIT):
            waiting = threading.Thread(target=enter)
            waiting.start()
            # The line is held for a moment also by one who only looks; who stands in it has a waiter.
            while there._lock._waiter is None or _is_free(tmp_path / "q.line"):
                threading.Event().wait(0.001)
        with here.turn(WAIT):
            order.append("here")
        waiting.join(WAIT)
        assert order == ["there", "here"]


def test_processes_never_have_the_turn_together(tmp_path: Path) -> None:
    """Four processes that count in one file, reading and writing back, lose no count."""
    counter = tmp_path / "count"
    counter.write_text("0")
    command = [sys.executable, "-c", COUNT, str(tmp_path / "q"), str(counter), "150"]
    running = [subprocess.Popen(command) for _ in range(4)]
    assert [process.wait(WAIT * 4) for process in running] == [0] * 4
    assert counter.read_text() == "600"


def test_waiting_ends_when_the_time_is_up(tmp_path: Path) -> None:
    """Behind another process, and behind another thread of the same one."""
    queue = WriteQueue(tmp_path / "q")
    process = holder(tmp_path / "q")
    with pytest.raises(StoreBusy), queue.turn(0.05):
        pass
    process.communicate()
    with queue.turn(WAIT):
        refused = []

        def enter() -> None:
            try:
                with queue.turn(0.05):
                    pass
            except StoreBusy as busy:
                refused.append(busy)

        thread = threading.Thread(target=enter)
        thread.start()
        thread.join(WAIT)
        assert len(refused) == 1


def test_who_gave_up_waiting_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A turn that comes too late for the one who asked is passed on, within the process and to others."""
    queue = WriteQueue(tmp_path / "q")
    process = holder(tmp_path / "q")
    for _ in range(3):
        with pytest.raises(StoreBusy), queue.turn(0.02):
            pass
    process.communicate()
    other = holder(tmp_path / "q")
    with pytest.raises(StoreBusy), queue.turn(0.02):
        pass
    other.communicate()
    with queue.turn(WAIT):
        pass


def test_waiters_in_several_processes_all_get_their_turn(tmp_path: Path) -> None:
    """Who waits behind another process goes on as soon as that one ends."""
    queue = WriteQueue(tmp_path / "q")
    process = holder(tmp_path / "q")
    done = []

    def enter(place: int) -> None:
        with queue.turn(WAIT):
            done.append(place)

    threads = [threading.Thread(target=enter, args=(place,)) for place in range(3)]
    for thread in threads:
        thread.start()
    assert done == []
    process.communicate()
    for thread in threads:
        thread.join(WAIT)
    assert sorted(done) == [0, 1, 2]


def test_the_turn_of_a_killed_process_is_free(tmp_path: Path) -> None:
    """A process that dies in its turn takes nothing with it."""
    process = holder(tmp_path / "q")
    process.kill()
    process.communicate()
    with WriteQueue(tmp_path / "q").turn(WAIT):
        pass


def test_the_turn_of_a_killed_process_is_free_though_its_child_lives(tmp_path: Path) -> None:
    """A child that was forked in the midst of a turn does not keep it when its parent dies."""
    program = [sys.executable, "-c", FORK, str(tmp_path / "q")]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.kill()
        process.wait(WAIT)
        try:
            with WriteQueue(tmp_path / "q").turn(WAIT):
                os.kill(child, 0)  # it still lives
        finally:
            os.kill(child, signal.SIGKILL)


def test_a_turn_ends_with_an_exception_too(tmp_path: Path) -> None:
    """What goes wrong within a turn does not keep the next one out."""
    queue = WriteQueue(tmp_path / "q")
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), queue.turn(WAIT):
            raise ZeroDivisionError
    with queue.turn(0.0):
        pass


def test_a_child_process_inherits_no_turn(tmp_path: Path) -> None:
    """After a fork the child stands in line like anybody else, and its end frees nothing of the parent's."""
    queue = WriteQueue(tmp_path / "q")
    fork = multiprocessing.get_context("fork")
    with queue.turn(WAIT):
        child = fork.Process(target=_is_kept_out, args=(queue,))
        child.start()
        child.join(WAIT)
        assert child.exitcode == 0
        with pytest.raises(StoreBusy), WriteQueue(tmp_path / "q").turn(0.02):
            pass
    free = fork.Process(target=_gets_in, args=(queue,))
    free.start()
    free.join(WAIT)
    assert free.exitcode == 0


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    """The lock files are closed once, and they are the owner's alone."""
    before = os.umask(0)
    try:
        queue = WriteQueue(tmp_path / "q")
    finally:
        os.umask(before)
    queue.close()
    queue.close()
    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}


def _is_free(path: Path) -> bool:
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _is_kept_out(queue: WriteQueue) -> None:
    try:
        with queue.turn(0.05):
            os._exit(1)
    except StoreBusy:
        os._exit(0)


def _gets_in(queue: WriteQueue) -> None:
    with queue.turn(WAIT):
        os._exit(0)
