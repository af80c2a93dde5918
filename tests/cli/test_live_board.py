"""The live board on a real terminal: it follows what happens, and leaves the terminal as it was."""

import errno
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from medoffice.core.ids import AppointmentId
from medoffice.office.folder import open_office

PROGRAM = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from medoffice.cli import main
main(sys.argv[1:])
"""
SECOND_SCREEN, FIRST_SCREEN = "\x1b[?1049h", "\x1b[?1049l"
HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
PATIENCE = 120.0


class DeskLike(Protocol):
    folder: Path
    canary: AppointmentId


class Terminal:
    """A terminal of 120 columns and 40 lines with the board on it."""

    def __init__(self, folder: Path) -> None:
        self.ours, theirs = pty.openpty()
        self.said = ""
        environment = os.environ | {"COLUMNS": "120", "LINES": "40", "TERM": "xterm-256color"}
        self.program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "--office", str(folder), "board"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)

    def read_until(self, pattern: str) -> None:
        """Read until what was drawn holds the pattern, signs for the terminal taken out."""
        given_up = time.monotonic() + PATIENCE
        while re.search(pattern, self.drawn) is None:
            assert time.monotonic() < given_up, f"not drawn: {pattern}"
            assert self._read(), f"the board ended before it drew: {pattern}"

    def read_to_the_end(self) -> int:
        while self._read():
            pass
        return self.program.wait(PATIENCE)

    @property
    def drawn(self) -> str:
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.said)

    def _read(self) -> bool:
        if not select.select([self.ours], [], [], PATIENCE)[0]:
            return False
        try:
            more = os.read(self.ours, 65536)
        except OSError as ended:
            if ended.errno != errno.EIO:
                raise
            return False
        self.said += more.decode("utf-8", "replace")
        return bool(more)


@pytest.fixture
def terminal(desk: DeskLike) -> Iterator[Terminal]:
    """The board, running; ended at the end if it is not by then."""
    made = Terminal(desk.folder)
    yield made
    if made.program.poll() is None:
        made.program.kill()
        made.program.wait()
    os.close(made.ours)


def check_left_as_found(terminal: Terminal) -> None:
    """The second screen is left, the cursor is back, and nothing is said after that."""
    assert terminal.said.count(SECOND_SCREEN) == terminal.said.count(FIRST_SCREEN) == 1
    before, _, after = terminal.said.partition(SECOND_SCREEN)
    _, _, after = after.partition(FIRST_SCREEN)
    assert terminal.said.rindex(SHOW_CURSOR) > terminal.said.rindex(HIDE_CURSOR)
    for outside in (before, after):
        assert "Canarybird" not in outside
        assert "Traceback" not in outside


def test_the_board_follows_a_check_in_and_ends_on_ctrl_c(desk: DeskLike, terminal: Terminal) -> None:
    """A patient who checks in is drawn as waiting by itself; Ctrl+C ends with 0 and no name stays on the terminal."""
    terminal.read_until(r"Canarybird, T\.[^\n]*expected")
    office = open_office(desk.folder)
    try:
        office.check_in(desk.canary)
    finally:
        office.close()
    terminal.read_until(r"Canarybird, T\.[^\n]*waiting")
    os.write(terminal.ours, b"\x03")
    assert terminal.read_to_the_end() == 0
    check_left_as_found(terminal)


def test_a_terminal_that_is_closed_ends_the_board(terminal: Terminal) -> None:
    """Told to end, as when a session is closed, the board puts the terminal back before it goes."""
    terminal.read_until(r"Canarybird, T\.")
    terminal.program.send_signal(signal.SIGTERM)
    assert terminal.read_to_the_end() == 128 + signal.SIGTERM
    check_left_as_found(terminal)
