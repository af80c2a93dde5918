"""The programs that race and kill, in small; by hand they run with many more processes and kills."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KILLS = os.environ.get("MEDOFFICE_TEST_KILLS", "16")
ROUNDS = os.environ.get("MEDOFFICE_TEST_ROUNDS", "4")

stores = pytest.mark.parametrize("store", ["sqlcipher", "postgres"])


@pytest.fixture(autouse=True)
def _server(request: pytest.FixtureRequest) -> None:
    """The programs start a server of their own; whether one may be missing is settled where the others look."""
    if "store" in request.fixturenames and request.getfixturevalue("store") == "postgres":
        request.getfixturevalue("postgres")


@stores
def test_exactly_one_of_many_processes_gets_the_slot(store: str) -> None:
    """One winner a round, one visit stored, no error but the refusal."""
    code, came = _run("race", "--store", store, "--processes", "24", "--rounds", ROUNDS)
    assert came["errors"] == {}
    assert (
        came["rounds with exactly one winner"] == came["rounds with exactly one visit stored"] == int(ROUNDS)
    )
    assert code == 0


@stores
def test_a_killed_process_loses_nothing_and_doubles_nothing(store: str) -> None:
    """What was acknowledged is there once; what was not is done once when it is sent again."""
    code, came = _run("crash", "--store", store, "--kills", KILLS)
    assert came["acknowledged"] > int(KILLS) // 2
    assert (came["lost"], came["doubled"]) == (0, 0)
    assert came["queue numbers without gap"]
    assert came["audit trail whole"]
    assert code == 0


def test_the_killing_can_find_a_loss() -> None:
    """A worker that speaks before it has committed is found out."""
    code, came = _run("crash", "--kills", KILLS, "--control")
    assert came["lost"] > 0
    assert code == 1


@stores
def test_no_seat_too_many_and_no_time_twice(store: str) -> None:
    """Of many who want a group's seats, an offered time and a free one: as many as there are, and nobody hears an error."""
    code, came = _run("office_seats", "--store", store, "--processes", "12", "--rounds", ROUNDS)
    assert came["errors"] == {}
    assert came["overlaps"] == 0
    assert came["most seats"] == came["seats of a group"]
    assert code == 0


@stores
def test_a_process_killed_in_a_yes_leaves_list_book_and_visits_agreed(store: str) -> None:
    """Who the list says has a time has it, once, and the facts say so too."""
    code, came = _run("office_waitlist", "--store", store, "--kills", KILLS)
    assert (came["lost"], came["doubled"]) == (0, 0)
    assert came["times given"] == came["visits that stand where the list says"] == came["moves in the book"]
    assert came["times given"] >= int(KILLS) // 2
    assert code == 0


@stores
def test_a_process_killed_while_it_takes_money_loses_no_cent(store: str) -> None:
    """Each payment is on its account once and in its place, and each has one receipt, numbered without gaps."""
    code, came = _run("office_collecting", "--store", store, "--kills", KILLS)
    assert (came["lost"], came["doubled"]) == (0, 0)
    assert came["accounts with a cent in the wrong place"] == came["payments with two receipts"] == 0
    assert came["receipts"] == 2 * came["accounts"]
    assert came["acknowledged"] > 0
    assert came["receipts without gap"]
    assert code == 0


def _run(program: str, *arguments: str) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", f"benchmarks.{program}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)
