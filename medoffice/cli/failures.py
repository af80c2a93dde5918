"""Every failure as one sentence that says what to do: no traceback, no health data, and never exit code 0.

A message is shown only when it is known to hold no health data: medoffice's own exceptions never do, and the
operating system's reason is a fixed text. Of any other exception the kind is told, never the words.
"""

import sys
import traceback
from collections.abc import Iterator
from typing import Any, Final

import typer
from typer.core import TyperGroup

from medoffice.cli.options import options_of
from medoffice.core.errors import MedofficeError

_EXTRA_OF: Final = {
    "alembic": "store",
    "cryptography": "store",
    "matplotlib": "pictures",
    "numpy": "optimise",
    "scipy": "optimise",
    "sqlalchemy": "store",
    "sqlcipher3": "store",
    "PIL": "letters",
    "pypdfium2": "letters",
    "reportlab": "letters",
    "segno": "letters",
}
FAILED: Final = 1
MISUSED: Final = 2


class CannotDo(MedofficeError):
    """A command cannot do what was asked; the message says what to do instead."""


class SayingWhy(TyperGroup):
    """A group of commands that turns what they raise into a sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 -- typer hands its own context on
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except Exception as trouble:
            # What typer itself raises (a wrong option, an exit) bears the exit code it ends with.
            if hasattr(trouble, "exit_code") or isinstance(trouble, typer.Abort | BrokenPipeError):
                raise
            raise failed(trouble, is_debugging=options_of(ctx).debug) from None


def failed(trouble: Exception, *, is_debugging: bool) -> typer.Exit:
    """Tell what went wrong on the standard error, and give the exit to raise."""
    if is_debugging:
        sys.stderr.writelines(trace_of(trouble))
    sys.stderr.write(f"medoffice: {sentence(trouble)}\n")
    return typer.Exit(MISUSED if isinstance(trouble, ModuleNotFoundError) else FAILED)


def sentence(trouble: BaseException) -> str:
    """What went wrong, for the person at the keyboard."""
    match trouble:
        case ModuleNotFoundError(name=str(name)) if name.partition(".")[0] in _EXTRA_OF:
            return f"this needs an extra: pip install 'medoffice[{_EXTRA_OF[name.partition('.')[0]]}]'"
        case MedofficeError() | OSError():
            return _safe_message(trouble)
        case _:
            return (
                f"something happened that was not foreseen ({type(trouble).__name__}); "
                "say medoffice --debug and the same command again to see where"
            )


def trace_of(trouble: BaseException) -> Iterator[str]:
    """The lines of code that led to it and to what it came from: no values, and no message that may hold some."""
    chain = [trouble]
    while (earlier := chain[-1].__cause__ or chain[-1].__context__) is not None and earlier not in chain:
        chain.append(earlier)
    for each in reversed(chain):
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(each.__traceback__)
        yield f"{type(each).__qualname__}: {_safe_message(each)}\n"


def _safe_message(trouble: BaseException) -> str:
    match trouble:
        case MedofficeError():
            return str(trouble)
        case OSError(filename=name, strerror=str(reason)) if name is not None:
            return f"{name}: {reason}"
        case OSError(strerror=str(reason)):
            return reason
        case ModuleNotFoundError(name=str(name)):
            return f"no module named {name}"
        case _:
            return "(its message is not shown: it may hold health data)"
