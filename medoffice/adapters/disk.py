"""The steps on a disk that folders of files rest on: put, take over, move, one at a time.

A name counts as kept only when its folder was synced after it; a file, when its content was synced before its name.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def make_folder(folder: Path) -> None:
    """A folder that only its owner can open (mode 0700); one that is there stays as it is."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in missing:
        _sync(each.parent)


def put(path: Path, content: bytes) -> None:
    """Write a file of mode 0600, complete and on the disk before it has its name; replaces one of that name."""
    draft = path.with_name(f".{path.name}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    move(draft, path)


def take_over(path: Path) -> None:
    """Make a file that another program wrote our own: mode 0600, and its content on the disk."""
    path.chmod(0o600)
    _sync(path)


def move(path: Path, to: Path) -> None:
    """Rename within one file system: before, the one name is there; after, the other; never both or none."""
    path.replace(to)
    for folder in dict.fromkeys((to.parent, path.parent)):
        _sync(folder)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """While this is held no other program holds it; it is freed when a program dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
