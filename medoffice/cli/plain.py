"""Tables without lines, as they go to a terminal or into a pipe. Loads rich."""

from typing import Final

from rich.console import Console
from rich.table import Table

_PIPE_WIDTH: Final = 240
_WHOLE: Final = frozenset({"Appointment", "Patient"})
"""Columns of ids, which are never broken: somebody copies them."""


def plain_table(*titles: str) -> Table:
    """A table with these columns."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in titles:
        table.add_column(title, no_wrap=title in _WHOLE)
    return table


def plain_console() -> Console:
    """Where to print it; a pipe gets whole lines."""
    console = Console()
    return console if console.is_terminal else Console(width=_PIPE_WIDTH)
