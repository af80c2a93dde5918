"""The ``medoffice`` command: an office from the command line.

Only what a command needs is loaded when it runs: ``medoffice --help`` touches no store, no font and no window.
"""

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command with ``arguments`` (those of the program by default), and end the program with its exit code.

    Raises:
        SystemExit: always; 0 done, 1 it could not be done, 2 it was asked wrongly or an extra is missing.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that knows few letters shows a question mark rather than end the program.
            stream.reconfigure(errors="replace")
    try:
        from medoffice.cli.app import app  # noqa: PLC0415 -- without the extra there is still something to say
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in {"rich", "typer"}:
            raise
        sys.stderr.write("The medoffice command needs an extra: pip install 'medoffice[cli]'\n")
        raise SystemExit(2) from None
    app(args=None if arguments is None else list(arguments), prog_name="medoffice")
