"""The office's one master key, in a file that only its owner can read, and the keys derived from it.

Everything that is encrypted or signed has a key of its own, derived by HKDF-SHA256 (RFC 5869) from 32 random bytes.
One file is thus all that must be backed up, kept apart from the backups of the data. Without it nothing can be
read again: there is no second way in.
"""

import contextlib
import hashlib
import os
import secrets
import stat
from enum import Enum
from pathlib import Path
from typing import Final, Self

import attrs
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from medoffice.core.errors import MedofficeError

KEY_BYTES: Final = 32
_TITLE: Final = "medoffice office key 1"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class KeyFileError(MedofficeError):
    """The key file cannot be used; the message says what to do, and shows nothing of the key."""


class KeyFileExists(KeyFileError):
    """There is a key file already. A second one would lock the office out of what the first one encrypted."""


class KeyFileMissing(KeyFileError):
    """There is no key file where one was expected."""


class KeyFileExposed(KeyFileError):
    """Somebody other than its owner can get at the key file."""


class KeyFileDamaged(KeyFileError):
    """The file is not a key file, or has been changed since it was written."""


class Purpose(Enum):
    """What a derived key is for. Each gets its own, so that one shown to a kiosk says nothing about another."""

    DATABASE = "database"
    """The whole of the SQLCipher file."""
    SEALING = "sealing"
    """Single fields that hold PHI."""
    BLIND_INDEX = "blind-index"
    """Finding a patient by name and birth date without storing either in the clear."""
    CODE_SIGNING = "code-signing"
    """The Ed25519 seed that signs check-in codes."""
    AUDIT = "audit"
    """Authenticating the audit trail."""


@attrs.frozen
class OfficeKey:
    """The master key of one office: 32 bytes that no repr shows."""

    _secret: bytes = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        if len(self._secret) != KEY_BYTES:
            raise KeyFileDamaged(f"an office key is {KEY_BYTES} bytes long")

    @classmethod
    def generate(cls) -> Self:
        """A new key from the operating system's source of randomness."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new key and write it to a new file with mode 0600.

        The file appears under its name whole and already on the disk, or not at all.

        Raises:
            KeyFileExists: when there is a file of that name, which is left as it is.
            KeyFileError: when it cannot be written.
        """
        secret = secrets.token_bytes(KEY_BYTES)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_new(draft, _text(secret))
            # A link, because a rename would silently replace the key that opens everything so far.
            os.link(draft, path)
            _sync_folder(path.parent)
        except FileExistsError:
            raise KeyFileExists(
                f"{path} is there already; keep it, it opens what was stored with it"
            ) from None
        except OSError as trouble:
            raise KeyFileError(f"the key file {path} cannot be written: {trouble.strerror}") from None
        finally:
            with contextlib.suppress(OSError):
                draft.unlink()
        return cls(secret)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the key from its file.

        Raises:
            KeyFileMissing: when there is none.
            KeyFileExposed: when its mode lets others in, or it belongs to somebody else.
            KeyFileDamaged: when it is not as it was written.
        """
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            raise KeyFileMissing(f"no key file at {path}; restore it from where it was put aside") from None
        except OSError as trouble:
            raise KeyFileError(f"the key file {path} cannot be opened: {trouble.strerror}") from None
        with os.fdopen(descriptor, "rb") as file:
            _refuse_exposed(path, os.fstat(descriptor))
            return cls(_secret_in(file.read(1024), path))

    def derive(self, purpose: Purpose) -> bytes:
        """The 32-byte key for one purpose; the same each time, and of no help in finding another."""
        info = b"medoffice/1/" + purpose.value.encode("ascii")
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(self._secret)


def _write_new(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _text(secret: bytes) -> str:
    return f"{_TITLE}\n{secret.hex()}\n{_check(secret)}\n"


def _check(secret: bytes) -> str:
    """Eight digits that show a slip in a file typed in again from paper; too few to tell anything of the key."""
    return hashlib.sha256(b"medoffice key check" + secret).hexdigest()[:8]


def _secret_in(content: bytes, path: Path) -> bytes:
    damaged = KeyFileDamaged(
        f"{path} is not a whole medoffice key file; restore it from where it was put aside"
    )
    try:
        title, digits, check = content.decode("ascii").splitlines()
        secret = bytes.fromhex(digits)
    except ValueError:
        raise damaged from None
    if title != _TITLE or len(secret) != KEY_BYTES or not secrets.compare_digest(check, _check(secret)):
        raise damaged
    return secret


def _refuse_exposed(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise KeyFileDamaged(f"{path} is not a file")
    if status.st_mode & _OTHERS:
        raise KeyFileExposed(
            f"others can read or change {path}; run: chmod 600 {path}, and consider a new key"
        )
    if status.st_uid not in {os.geteuid(), 0}:
        raise KeyFileExposed(f"{path} belongs to another account; run: chown {os.geteuid()} {path}")


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a loss of power (fsync(2): a file's own fsync does not)."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
