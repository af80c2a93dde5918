"""What is said before a command's name: which office, and how much to tell of a failure."""

from pathlib import Path

import attrs
import typer


@attrs.frozen
class Options:
    """The options that hold for every command."""

    folder: Path
    debug: bool = False


def options_of(context: typer.Context) -> Options:
    """What was said on this command line."""
    found = context.find_object(Options)
    return found if found is not None else Options(Path("office"))
