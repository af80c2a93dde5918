"""``medoffice office init``: a new office, never over an old one."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from medoffice.office.folder import open_office, read_folder


class SaidLike(Protocol):
    code: int
    out: str
    err: str


Run = Callable[..., SaidLike]


def test_a_new_office_can_be_opened(run: Run, tmp_path: Path) -> None:
    """What init makes, the library opens; its folder and files are its owner's alone, and the key is spoken of."""
    folder = tmp_path / "northside"
    said = run(
        "office",
        "init",
        str(folder),
        "--name",
        "Northside",
        "--zone",
        "America/Denver",
        "--place",
        "1 Main St",
        bare=True,
    )
    assert said.code == 0, said.err
    assert "office.key" in said.out
    settings = read_folder(folder).settings
    assert (settings.name, settings.zone.key, settings.place) == ("Northside", "America/Denver", "1 Main St")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())
    office = open_office(folder)
    assert office.board() == ()
    office.close()


def test_a_demo_office_takes_the_name_that_is_given(run: Run, tmp_path: Path) -> None:
    """With --demo there are patients today, and a name that was given is the office's name."""
    folder = tmp_path / "demo"
    assert run("office", "init", str(folder), "--name", "Southside", "--demo", bare=True).code == 0
    office = open_office(folder)
    assert office.settings.name == "Southside"
    assert len(office.board()) > 1
    office.close()


def test_an_office_is_never_touched(run: Run, tmp_path: Path) -> None:
    """A folder that holds an office keeps every byte, and the command says so and fails."""
    folder = tmp_path / "office"
    arguments = ("office", "init", str(folder), "--name", "A", "--zone", "America/Denver")
    assert run(*arguments, bare=True).code == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    said = run(*arguments, bare=True)
    assert said.code == 1
    assert "choose another folder" in said.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_is_missing_is_said(run: Run, tmp_path: Path) -> None:
    """Without name and zone, or with a zone that there is none of, nothing is made."""
    folder = tmp_path / "office"
    assert "--zone" in run("office", "init", str(folder), "--name", "A", bare=True).err
    wrong = run("office", "init", str(folder), "--name", "A", "--zone", "Mars/Olympus", bare=True)
    assert wrong.code == 1
    assert "IANA" in wrong.err
    assert not folder.exists()
