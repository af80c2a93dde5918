"""Opening the office that a command works on. Loads the store, so commands import this when they run."""

import os
import pwd
import re
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from medoffice.cli.options import options_of
from medoffice.office.folder import open_office
from medoffice.office.office import Office


@contextmanager
def opened(context: typer.Context) -> Iterator[Office]:
    """The office that was named, closed again at the end.

    Raises:
        MedofficeError: see :func:`medoffice.office.folder.open_office`.
    """
    office = open_office(options_of(context).folder, actor=this_account())
    try:
        yield office
    finally:
        office.close()


def this_account() -> str:
    """The account that runs the command, as the audit trail names it: ``cli-`` and its name or number.

    It is asked of the system and not of the environment, which anybody can set.
    """
    number = os.geteuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        name = str(number)
    return f"cli-{re.sub(r'[^a-z0-9._-]', '_', name.lower())}"[:64]
