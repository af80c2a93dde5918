"""The contracts in pyproject.toml hold, and each of them is seen to break when an arrow is turned round."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECK = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a tree by the tool itself, in the tree."""
    return subprocess.run(
        [sys.executable, "-c", CHECK], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code and its contracts, in a place where they may be spoilt."""
    folder = tmp_path_factory.mktemp("house")
    for package in ("medoffice", "kiosk"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_arrows_run_downward() -> None:
    """Every contract is kept by the code as it is."""
    outcome = lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_an_unspoilt_copy_is_green(copy: Path) -> None:
    """What makes the following tests red is the turned arrow, not the copying."""
    outcome = lint(copy)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        (
            "medoffice/core/money.py",
            "import kiosk",
            "The kiosk stands on the library, never the other way round",
        ),
        ("medoffice/core/money.py", "import medoffice.rules.model", "The floors of the library"),
        ("medoffice/rules/model.py", "import medoffice.billing.coverage", "The floors of the library"),
        ("medoffice/scheduling/visits.py", "import medoffice.billing.coverage", "The floors of the library"),
        ("medoffice/checkin/flow.py", "import medoffice.ports.store", "The floors of the library"),
        ("medoffice/ports/store.py", "import medoffice.wire.json", "The floors of the library"),
        ("medoffice/adapters/memory.py", "import medoffice.testing", "The floors of the library"),
        ("medoffice/billing/payers.py", "import medoffice.billing.benefits", "The floors of billing"),
        (
            "medoffice/billing/claims/claim.py",
            "import medoffice.billing.coding.scrub",
            "The floors of billing",
        ),
        (
            "medoffice/scheduling/calendar/closures.py",
            "import medoffice.scheduling.search.find",
            "The floors of scheduling",
        ),
        (
            "medoffice/scheduling/search/find.py",
            "import medoffice.scheduling.book.policy",
            "The floors of scheduling",
        ),
        (
            "medoffice/scheduling/book/book.py",
            "import medoffice.scheduling.waitlist.entry",
            "The floors of scheduling",
        ),
        (
            "medoffice/scheduling/waitlist/entry.py",
            "import medoffice.scheduling.flow.facts",
            "The floors of scheduling",
        ),
        (
            "medoffice/scheduling/search/find.py",
            "import numpy",
            "Only what proves an optimum knows numpy and scipy",
        ),
        (
            "medoffice/scheduling/calendar/closures.py",
            "import holidays",
            "Only the edge knows other people's calendars and pictures",
        ),
        (
            "medoffice/office/office.py",
            "import matplotlib",
            "Only the edge knows other people's calendars and pictures",
        ),
        ("medoffice/core/errors.py", "import medoffice.core.money", "No two neighbours in a circle"),
        ("medoffice/core/money.py", "import cattrs", "Only the wire knows cattrs"),
        (
            "medoffice/adapters/memory.py",
            "from cattrs.preconf.json import make_converter",
            "Only the wire knows cattrs",
        ),
        ("kiosk/driver.py", "from kivy.clock import Clock", "Only the kiosk's face knows kivy"),
        ("kiosk/driver.py", "import kiosk.theme\nimport kivy", "Only the kiosk's face knows kivy"),
        ("kiosk/devices/camera.py", "import kivy.core.camera", "Only the kiosk's face knows kivy"),
        ("kiosk/driver.py", "import zxingcpp", "Only the kiosk's devices know the drivers of hardware"),
        (
            "medoffice/cards.py",
            "import smartcard.System",
            "Only the kiosk's devices know the drivers of hardware",
        ),
        ("medoffice/office/office.py", "import sqlalchemy", "Only the adapters know databases and ciphers"),
        ("kiosk/driver.py", "import sqlcipher3", "Only the adapters know databases and ciphers"),
        ("medoffice/office/office.py", "import segno", "Only the adapters know the tools of print"),
        ("medoffice/office/office.py", "import rich.table", "Only the two commands know typer and rich"),
        (
            "medoffice/rules/engine.py",
            "import hypothesis",
            "Only the rooms for tests know the tools of tests",
        ),
        (
            "medoffice/core/dates.py",
            "import time",
            "The domain does no I/O and has neither clock nor randomness",
        ),
        (
            "medoffice/checkin/flow.py",
            "import logging",
            "The domain does no I/O and has neither clock nor randomness",
        ),
        (
            "medoffice/wire/json.py",
            "import pathlib",
            "The domain does no I/O and has neither clock nor randomness",
        ),
        ("medoffice/helpers.py", "import attrs", "The floors of the library"),
        ("medoffice/billing/odds.py", "import attrs", "The floors of billing"),
        ("medoffice/scheduling/odds.py", "import attrs", "The floors of scheduling"),
    ],
)
def test_a_turned_arrow_is_found(copy: Path, file: str, line: str, contract: str) -> None:
    """A wrong import, or a room that the picture does not show, breaks the very contract that is about it."""
    spoilt = copy / file
    before = spoilt.read_text() if spoilt.exists() else None
    spoilt.write_text(f"{before or ''}\n{line}\n")
    try:
        outcome = lint(copy)
    finally:
        if before is None:
            spoilt.unlink()
        else:
            spoilt.write_text(before)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    broken = {row.partition(" BROKEN")[0] for row in outcome.stdout.splitlines() if " BROKEN" in row}
    assert contract in broken, outcome.stdout
