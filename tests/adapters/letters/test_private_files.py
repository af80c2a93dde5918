"""A file of patients' is written whole, for its owner alone, and never over another by accident."""

import errno
import os
import stat
from pathlib import Path

import pytest

from medoffice.adapters.letters import FileIsThere, write_private


def names_in(folder: Path) -> list[str]:
    """Everything that is in a folder, hidden drafts included."""
    return [path.name for path in folder.iterdir()]


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    """Whatever the account's umask, the file has mode 0600, and nothing else is left in the folder."""
    before = os.umask(0)
    try:
        write_private(tmp_path / "a.pdf", b"content")
    finally:
        os.umask(before)
    assert (tmp_path / "a.pdf").read_bytes() == b"content"
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o600
    assert names_in(tmp_path) == ["a.pdf"]


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """Without a word to replace it, the old file stays and no draft is left; with it, it is replaced."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    with pytest.raises(FileIsThere):
        write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a.pdf"]
    write_private(path, b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_without_links_serves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system that knows no links the file is written all the same, and never over another."""

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write_private(tmp_path / "a.pdf", b"first")
    with pytest.raises(FileIsThere):
        write_private(tmp_path / "a.pdf", b"second")
    assert (tmp_path / "a.pdf").read_bytes() == b"first"
    assert names_in(tmp_path) == ["a.pdf"]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the content cannot be made safe on the disk, no file and no draft is there, and the error names the file."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as trouble:
        write_private(tmp_path / "a.pdf", b"content")
    assert trouble.value.filename == str(tmp_path / "a.pdf")
    assert names_in(tmp_path) == []
