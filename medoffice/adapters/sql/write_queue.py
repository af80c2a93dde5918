"""A fair queue for writers, in front of SQLite's own lock.

SQLite lets waiting writers poll, and whoever polls at the right instant wins; with four busy writers one of them was
seen to wait for seconds. Here writers stand in line instead: threads of one process first come, first served, and
processes by flock(2) on two files. A process must hold the *line* while it waits for the *turn*, so the one that just
gave up its turn cannot snatch it back from those already waiting. The kernel gives both up when a process dies.

POSIX only, and only on a local file system.
"""

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from weakref import WeakSet

from medoffice.ports.store import StoreBusy, StoreUnavailable


class WriteQueue:
    """Turns at writing one file, for all threads and processes that name the same ``path``.

    ``path`` gets the endings ``.line`` and ``.turn``. Not re-entrant: a thread that asks for a turn while it has one
    waits for itself until its time is up.
    """

    def __init__(self, path: Path) -> None:
        self._paths = (path.with_name(f"{path.name}.line"), path.with_name(f"{path.name}.turn"))
        self._start_over()
        _ALL.add(self)

    def _start_over(self) -> None:
        """Begin with nothing: at first, and in a child process, which inherits no turn."""
        self._is_forked = False
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._busy = False
        self._lock = _FileLock(self._paths)

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Hold the one turn there is; wait for it at most ``patience`` seconds.

        Raises:
            StoreBusy: when the time is up.
        """
        if self._is_forked:
            self._start_over()
        until = time.monotonic() + patience
        self._enter(until)
        try:
            self._lock.acquire(until)
            try:
                yield
            finally:
                self._lock.release()
        finally:
            self._leave()

    def _enter(self, until: float) -> None:
        with self._mutex:
            if not self._busy:
                self._busy = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(max(0.0, until - time.monotonic())):
            return
        with self._mutex:
            if mine.is_set():  # handed over in the very moment in which the time ran out
                return
            self._waiting.remove(mine)
        raise _busy()

    def _leave(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._busy = False

    def close(self) -> None:
        """Close the lock files."""
        if not self._is_forked:
            self._lock.close()

    def leave_to_parent(self) -> None:
        """Close a child process's copies of the lock files, which would keep a turn that its parent dies in."""
        if not self._is_forked:
            self._is_forked = True
            self._lock.abandon()


class _FileLock:
    """The lock between processes. Only one thread at a time asks for it, the first of the queue above.

    flock(2) knows no time-out, so a thread of its own waits where the lock is not free; when it comes too late for
    the one who asked, the next one in this process takes over its place in the line.
    """

    def __init__(self, paths: tuple[Path, Path]) -> None:
        self._line, self._turn = (_open_private(path) for path in paths)
        self._changed = threading.Condition()
        self._wanted = False
        self._granted = False
        self._waiter: threading.Thread | None = None

    def acquire(self, until: float) -> None:
        with self._changed:
            if self._waiter is None:
                if self._is_free():
                    return
                self._waiter = threading.Thread(target=self._wait, name="medoffice-write-queue", daemon=True)
                self._waiter.start()
            self._wanted = True
            self._changed.wait_for(lambda: self._granted, max(0.0, until - time.monotonic()))
            self._wanted = False
            if not self._granted:
                raise _busy()
            self._granted = False

    def release(self) -> None:
        if self._turn >= 0:
            fcntl.flock(self._turn, fcntl.LOCK_UN)

    def close(self) -> None:
        with self._changed:
            if self._waiter is None and self._turn >= 0:
                os.close(self._line)
                os.close(self._turn)
                self._line = self._turn = -1

    def abandon(self) -> None:
        """Close the files without a look at who waits: those threads are not in this process."""
        for descriptor in (self._line, self._turn):
            if descriptor >= 0:
                os.close(descriptor)
        self._line = self._turn = -1

    def _is_free(self) -> bool:
        """Take the lock if nobody has it or waits for it."""
        try:
            fcntl.flock(self._line, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        try:
            fcntl.flock(self._turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            fcntl.flock(self._line, fcntl.LOCK_UN)
        return True

    def _wait(self) -> None:
        fcntl.flock(self._line, fcntl.LOCK_EX)
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        fcntl.flock(self._line, fcntl.LOCK_UN)
        with self._changed:
            self._waiter = None
            if self._wanted:
                self._granted = True
                self._changed.notify()
            else:
                fcntl.flock(self._turn, fcntl.LOCK_UN)


def _after_fork() -> None:
    for queue in _ALL:
        queue.leave_to_parent()


_ALL: Final["WeakSet[WriteQueue]"] = WeakSet()
os.register_at_fork(after_in_child=_after_fork)


def _open_private(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as trouble:
        raise StoreUnavailable(f"the lock file {path} cannot be opened: {trouble.strerror}") from None


def _busy() -> StoreBusy:
    return StoreBusy("another process is writing to the store and has not finished in time; try again")
