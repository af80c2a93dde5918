"""Writing a file that only its owner can read, whole or not at all."""

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from medoffice.core.errors import MedofficeError

_NO_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class FileIsThere(MedofficeError):
    """There is a file of that name, and nobody said that it may be replaced."""


def write_private(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a file with mode 0600; under its name it appears complete and on the disk, or not at all.

    Raises:
        FileIsThere: when there is one and ``replace`` was not said; it is left as it is.
        OSError: when the folder is missing, full or not to be written in; nothing is left behind.
    """
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _write(draft, content)
        if replace:
            draft.replace(path)
        else:
            _put_new(draft, path)
    except OSError as trouble:
        # The name that was asked for is of use to somebody; the draft's is not.
        raise OSError(trouble.errno, trouble.strerror, str(path)) from None
    finally:
        with suppress(OSError):
            draft.unlink()


def file_is_there(path: Path) -> FileIsThere:
    """The exception for a file that is in the way, with its message."""
    return FileIsThere(f"{path} is there already; say --force to replace it, or choose another name")


def _write(draft: Path, content: bytes) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_new(draft: Path, path: Path) -> None:
    """Give the draft its name unless somebody has it: by a link, which never replaces."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise file_is_there(path) from None
    except OSError as trouble:
        if trouble.errno not in _NO_LINKS:
            raise
        # A memory stick with FAT knows no links; between these two lines another program could come in.
        if path.exists():
            raise file_is_there(path) from None
        draft.replace(path)
