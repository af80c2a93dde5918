"""The file of a store and its folder: where they may be, who may read them, and which key they were made with."""

import errno
import os
import re
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from medoffice.adapters.sql.network_drives import network_file_system
from medoffice.ports.store import StoreDamaged, StoreError, StoreFull, StoreUnavailable, WrongKey

_PLAIN_HEADER: Final = b"SQLite format 3\x00"
_MARK_TITLE: Final = "medoffice store 1"


def wal_is_safe(version: str) -> bool:
    """Whether this SQLite is free of the WAL-reset bug, by which two connections can lose committed writes.

    Versions 3.7.0 to 3.51.2 have it; 3.51.3 and 3.53.0 mend it, as do the back-ports 3.44.6 and 3.50.7; 3.52.0 was
    withdrawn (https://www.sqlite.org/changes.html).
    """
    found = tuple(int(part) for part in re.findall(r"\d+", version)[:3])
    return found >= (3, 53, 0) or any(
        fixed <= found < (fixed[0], fixed[1] + 1, 0) for fixed in ((3, 44, 6), (3, 50, 7), (3, 51, 3))
    )


def refuse_unsafe(version: str, folder: Path) -> None:
    """Make the folder where there is none, with mode 0700.

    Raises:
        StoreUnavailable: when SQLite is of an unsafe version, or the folder is on another machine, open to the
            writing of others, or cannot be made.
    """
    if not wal_is_safe(version):
        problem = f"SQLite {version} can lose committed writes; install sqlcipher3 0.6.4 or later"
        raise StoreUnavailable(problem)
    kind = network_file_system(folder)
    if kind is not None:
        raise StoreUnavailable(f"{folder} lies on another machine ({kind}); keep the store on a local disk")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        raise StoreUnavailable(f"the folder {folder} cannot be made: {trouble.strerror}") from None
    if folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise StoreUnavailable(f"others can write to the folder of the store; run: chmod 700 {folder}")


class StoreFile:
    """One database file, with a mark beside it that tells which key it was made with.

    SQLCipher gives one and the same answer to a wrong key, a foreign file and a damaged first page, and SQLite takes
    an empty file for a new database; the mark tells these apart. It holds 64 bits of a hash of the key, which say
    nothing of the key's 256.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._mark_path = path.with_name(f"{path.name}.mark")
        self._mark = f"{_MARK_TITLE}\nkey {sha256(b'medoffice store mark' + key).hexdigest()[:16]}\n"

    def make_private(self) -> None:
        """Make sure that the file is there and its owner's alone; SQLite gives -wal and -shm the same mode.

        Raises:
            StoreDamaged: when a store was there and its file is gone or empty.
            StoreUnavailable: when the file cannot be opened.
        """
        try:
            is_empty = not self.path.exists() or self.path.stat().st_size == 0
            if is_empty and self._mark_path.exists():
                problem = f"{self.path} is gone or empty, and a store was there; restore a back-up"
                raise StoreDamaged(f"{problem}, or remove {self._mark_path} to begin with an empty one")
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.fchmod(descriptor, 0o600)
            finally:
                os.close(descriptor)
        except OSError as trouble:
            raise StoreUnavailable(f"{self.path} cannot be opened: {trouble.strerror}") from None

    def mark(self) -> None:
        """Note which key the file was made with, if that was not done before.

        Raises:
            StoreFull: when there is no room for the mark.
            StoreUnavailable: when it cannot be written.
        """
        if self._mark_path.exists():
            return
        draft = self._mark_path.with_name(f"{self._mark_path.name}.new")
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(self._mark)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._mark_path)
        except OSError as trouble:
            if trouble.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise StoreFull("the disk with the store is full; make room and try again") from None
            raise StoreUnavailable(f"{self._mark_path} cannot be written: {trouble.strerror}") from None

    def why_unreadable(self) -> StoreError:
        """What it means that the file does not open."""
        with suppress(OSError):
            with self.path.open("rb") as file:
                header = file.read(len(_PLAIN_HEADER))
            if header == _PLAIN_HEADER:
                return WrongKey(f"{self.path} is a database that is not encrypted, not a store of medoffice")
        with suppress(OSError, ValueError):
            if self._mark_path.read_text(encoding="ascii") == self._mark:
                return StoreDamaged(
                    f"{self.path} is damaged at its beginning; keep it, and restore a back-up"
                )
        return WrongKey(
            f"the key does not open {self.path}, or that file is not a store; look for the right key"
        )
