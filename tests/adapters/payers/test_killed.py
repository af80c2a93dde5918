"""The program that kills who asks payers, in small; by hand it runs with several hundred kills."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
KILLS = os.environ.get("MEDOFFICE_TEST_KILLS", "16")


def test_a_killed_process_sends_each_inquiry_once_and_loses_no_answer() -> None:
    """Whether it is asked again or given up; no control number is spent twice, and no half file is taken."""
    code, came = _run("--kills", KILLS)
    assert came["acknowledged"] > int(KILLS) // 2
    assert came["sent"] >= came["acknowledged"]
    assert came["files of answers"] > 0
    wrong = ("lost", "sent twice", "control numbers used twice", "half a 270 sent", "half files taken")
    assert {each: came[each] for each in wrong} == dict.fromkeys(wrong, 0)
    assert (came["answers lost"], came["answers collected twice"]) == (0, 0)
    assert code == 0


def test_the_killing_can_find_a_loss() -> None:
    """A worker that speaks before it has asked is found out."""
    code, came = _run("--kills", KILLS, "--control")
    assert came["lost"] > 0
    assert code == 1


def _run(*arguments: str) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", "benchmarks.crash_payers", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)
