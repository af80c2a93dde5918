"""Showing the board: once, or kept up to date on the terminal's second screen. Loads the store and rich."""

import signal
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from types import FrameType
from typing import Final

import attrs
import typer
from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from medoffice.cli.opening import opened
from medoffice.cli.table import ENDED, INSIDE, Style, clock_time, table_of, wish
from medoffice.core.dates import parse_day
from medoffice.office.day.board import BoardRow, Where
from medoffice.office.office import Office
from medoffice.ports.store import StoreBusy

EVERY_SECONDS: Final = 3.0
_PIPE_WIDTH: Final = 240
_WIDE: Final = 125
"""Columns from which on there is room for everything beside the ids."""
_WIDEST: Final = 160
_MOST_CALLS: Final = 3
_AROUND_ROWS: Final = 7
"""Lines that are not rows: title, counts, hint, the table's head with its rule and margins."""


@attrs.frozen(kw_only=True)
class Shown:
    """The board at one moment, in the office's zone."""

    office: str
    day: date
    now: datetime
    rows: tuple[BoardRow, ...]
    calls: tuple[str, ...]
    """What the desk is wanted for that belongs to no visit: a kiosk's camera, somebody who asked for help."""


def show_board(context: typer.Context, *, day: str, is_once: bool, has_ids: bool) -> None:
    """Show the board of ``day`` (today when empty), once or until Ctrl+C.

    Raises:
        InvalidValue: when the day is none.
        MedofficeError: when the office cannot be opened or read.
    """
    wanted = parse_day(day) if day else None
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPE_WIDTH)
    style = Style(
        has_ids=has_ids,
        is_ascii=not console.encoding.startswith("utf"),
        is_plain=not console.is_terminal,
        has_only_names=has_ids and console.width < _WIDE,
    )
    with opened(context) as office:
        if is_once or not console.is_terminal:
            console.print(_whole(look(office, wanted), style))
        else:
            _watch(console, office, wanted, attrs.evolve(style, one_line=min(console.width, _WIDEST)))


def look(office: Office, day: date | None) -> Shown:
    """The board as it is now."""
    now = office.clock.now().astimezone(office.settings.zone)
    shown = day or now.date()
    calls = [
        f"{clock_time(task.at.astimezone(now.tzinfo))} {task.by}: {wish(task.code)}"
        for task in office.desk_tasks()
        if task.appointment is None and office.settings.day_at(task.at) == shown
    ]
    return Shown(
        office=office.settings.name, day=shown, now=now, rows=office.board(shown), calls=tuple(calls)
    )


def _watch(console: Console, office: Office, day: date | None, style: Style) -> None:
    """Look every few seconds, until Ctrl+C; the terminal is left as it was found."""
    signal.signal(signal.SIGTERM, _end)
    shown = look(office, day)
    live = Live(cut(shown, style, console), console=console, screen=True, auto_refresh=False)
    try:
        # Not `with live`: a signal in its first frame would leave the terminal on the second screen.
        live.start(refresh=True)
        while True:
            time.sleep(EVERY_SECONDS)
            try:
                shown, notice = look(office, day), ""
            except StoreBusy:
                notice = f"The store is busy; this is how it was at {clock_time(shown.now)}."
            live.update(cut(shown, style, console, notice), refresh=True)
    except KeyboardInterrupt:
        pass
    finally:
        live.stop()


def _end(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


def _whole(shown: Shown, style: Style) -> Group:
    """Everything there is, however long."""
    table = table_of(shown.rows, now=shown.now, style=style)
    return Group(_title(shown), *([table] if shown.rows else []), _counts(shown.rows), *_calls(shown))


def cut(shown: Shown, style: Style, console: Console, notice: str = "") -> Group:
    """As much as the screen has room for, and how much it has not."""
    calls = _calls(shown)[:_MOST_CALLS]
    room = max(console.height - _AROUND_ROWS - len(calls) - bool(notice), 1)
    rows = fitting(shown.rows, room)
    left_out = len(shown.rows) - len(rows)
    hint = f"{left_out} not on this screen: --once shows all. " if left_out else ""
    lines = [_counts(shown.rows), *calls, *([Text(notice)] if notice else [])]
    lines.append(Text(f"{hint}Ctrl+C ends.", style="dim"))
    table = table_of(rows, now=shown.now, style=style)
    top = _title(shown)
    for line in (top, *lines):
        line.no_wrap, line.overflow = True, "ellipsis"
    return Group(top, *([table] if rows else []), *lines)


def fitting(rows: Sequence[BoardRow], room: int) -> tuple[BoardRow, ...]:
    """The rows that there is room for, in their order.

    Those who need nothing any more go first, the earliest of them before the others; then those who were called, and
    those who are expected, the last of them first. Who waits or is late goes only when there is nobody else.
    """
    excess = max(len(rows) - room, 0)
    ended = [row for row in rows if row.where in ENDED]
    inside = [row for row in reversed(rows) if row.where in INSIDE]
    expected = [row for row in reversed(rows) if row.where is Where.EXPECTED]
    others = [row for row in reversed(rows) if row.where not in ENDED | INSIDE | {Where.EXPECTED}]
    gone = {row.appointment for row in (*ended, *inside, *expected, *others)[:excess]}
    return tuple(row for row in rows if row.appointment not in gone)


def _title(shown: Shown) -> Text:
    day = f"{shown.day:%A}, {shown.day:%B} {shown.day.day}, {shown.day.year}"
    return Text.assemble(
        (shown.office, "bold"), f"  {day}  ", (clock_time(shown.now), "dim"), overflow="fold"
    )


def _counts(rows: Sequence[BoardRow]) -> Text:
    if not rows:
        return Text("No visits on this day.")
    counts = {where: sum(row.where is where for row in rows) for where in Where}
    return Text(", ".join(f"{count} {where.value}" for where, count in counts.items() if count))


def _calls(shown: Shown) -> list[Text]:
    return [Text(f"Desk wanted: {call}", style="bold magenta") for call in shown.calls]
