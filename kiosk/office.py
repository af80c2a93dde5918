"""The kiosk's way to an office: opening one, and making a demo one."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from medoffice.core.ids import ActorId
from medoffice.office.office import Office

KIOSK: Final = "kiosk-1"
_LETTERS: Final = "abcdefghijklmnop"


def boot_name() -> str:
    """Twenty letters that nobody can guess: what tells this run of the kiosk from every other.

    Letters only, so that a command's key can never look like a number of anything.
    """
    return "".join(_LETTERS[half] for byte in secrets.token_bytes(10) for half in divmod(byte, 16))


@contextmanager
def opened(folder: Path) -> Iterator[Office]:
    """The office in ``folder``, acting as the kiosk, closed again at the end."""
    from medoffice.office.folder import open_office  # noqa: PLC0415  loads the store's packages

    office = open_office(folder, actor=KIOSK)
    try:
        yield office.acting_as(ActorId(KIOSK))
    finally:
        office.close()


def make_demo(folder: Path) -> None:
    """Make a demo office in ``folder``, with a day of invented patients around the present hour."""
    from medoffice.office.folder import make_demo as make  # noqa: PLC0415

    make(folder)
