"""The board as a table: every state has a sign and a word beside its colour."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs
from rich import box
from rich.table import Table
from rich.text import Text

from medoffice.office.day.board import BoardRow, Where

_STATES: Final = {
    Where.EXPECTED: ("\N{WHITE CIRCLE}", "cyan"),
    Where.LATE: ("!", "bold yellow"),
    Where.WAITING: ("\N{BLACK CIRCLE}", "bold green"),
    Where.IN_ROOM: ("\N{WHITE SQUARE}", "green"),
    Where.WITH_PROVIDER: ("\N{BLACK SQUARE}", "green"),
    Where.AT_TEST: ("\N{WHITE DIAMOND}", "green"),
    Where.CHECK_OUT: ("\N{RIGHTWARDS ARROW}", "bold green"),
    Where.SEEN: ("\N{CHECK MARK}", "dim"),
    Where.CANCELLED: ("\N{MULTIPLICATION X}", "dim"),
    Where.NO_SHOW: ("\N{EN DASH}", "dim"),
}
_PLAIN_SIGNS: Final = {
    Where.EXPECTED: "o",
    Where.LATE: "!",
    Where.WAITING: "*",
    Where.IN_ROOM: "r",
    Where.WITH_PROVIDER: "#",
    Where.AT_TEST: "t",
    Where.CHECK_OUT: ">",
    Where.SEEN: "+",
    Where.CANCELLED: "x",
    Where.NO_SHOW: "-",
}
"""For terminals that know ASCII only."""
ENDED: Final = frozenset({Where.SEEN, Where.CANCELLED, Where.NO_SHOW})
"""Where a patient is when nothing is to be done for them any more."""

INSIDE: Final = frozenset({Where.IN_ROOM, Where.WITH_PROVIDER, Where.AT_TEST, Where.CHECK_OUT})
"""Where a patient is who was called."""
_HERE: Final = INSIDE | {Where.WAITING}

_WANTS: Final = {
    "check-in.turned-away": "visit not accepted",
    "correction.address": "new address",
    "correction.email": "new e-mail",
    "correction.phone": "new phone",
    "identity.three-tries": "identity",
    "insurance.changed": "new insurance",
    "insurance.none": "says uninsured",
    "insurance.same": "says still insured",
    "office.unavailable": "store away",
    "payment.unknown": "payment unclear",
    "camera.lost": "camera away",
    "kiosk.broke": "kiosk out of order",
    "kiosk.no-answer": "kiosk got no answer",
    "kiosk.unforeseen": "kiosk out of order",
    "printer.no-ticket": "ticket not printed",
    "reply.cancel": "wants to cancel",
    "reply.confirm": "confirms",
    "reply.move": "wants another time",
    "reply.stop": "stop, or cancel?",
    "reply.unclear": "read a reply",
}


@attrs.frozen(kw_only=True)
class Style:
    """How a table is drawn.

    ``one_line`` cuts what is too wide, so that each visit takes one line of so many columns (0 breaks lines and cuts
    nothing); ``is_plain`` draws no lines; ``has_only_names`` leaves out what a narrow screen has no room for beside
    the ids.
    """

    has_ids: bool = False
    one_line: int = 0
    is_ascii: bool = False
    is_plain: bool = False
    has_only_names: bool = False


def table_of(rows: Sequence[BoardRow], *, now: datetime, style: Style) -> Table:
    """The rows as a table, in their order."""
    lines = box.ASCII2 if style.is_ascii else box.SIMPLE_HEAD
    table = Table(
        box=None if style.is_plain else lines,
        pad_edge=False,
        padding=(0, 2 if style.is_plain else 0, 0, 0),
        width=style.one_line or None,
    )
    columns = [column for column in _COLUMNS if not style.has_only_names or column.is_kept]
    for column in columns:
        table.add_column(
            column.title,
            justify="right" if column.is_number else "left",
            min_width=column.least,
            ratio=column.share if style.one_line else None,
            no_wrap=bool(style.one_line) or not column.share,
            overflow="ellipsis" if style.one_line else "fold",
        )
    if style.has_ids:
        table.add_column("Appointment", no_wrap=True)
    for row in rows:
        cells = [column.cell(row, now, style) for column in columns]
        ids = [Text(row.appointment.value)] if style.has_ids else []
        table.add_row(*cells, *ids, style="dim" if row.where in ENDED else None)
    return table


def _name(row: BoardRow, _: datetime, __: Style) -> Text:
    return Text(row.name, style="bold" if row.where not in ENDED else "")


def _state(row: BoardRow, _: datetime, style: Style) -> Text:
    sign, colour = _STATES[row.where]
    return Text(f"{_PLAIN_SIGNS[row.where] if style.is_ascii else sign} {row.where.value}", style=colour)


def _waited(row: BoardRow, now: datetime, _: Style) -> Text:
    if row.where not in _HERE or row.since is None:
        return Text()
    return Text(f"{max(now - row.since, timedelta()) // timedelta(minutes=1)} min")


def _wants(row: BoardRow, _: datetime, __: Style) -> Text:
    return Text(", ".join(wish(code) for code in row.wants), style="bold magenta")


@attrs.frozen(kw_only=True)
class _Column:
    """One column.

    ``is_kept``: also where there is room for few. ``share``: how much of the room it takes that those without a share
    leave; these are never broken or cut. ``least``: its least width.
    """

    title: str
    cell: Callable[[BoardRow, datetime, Style], Text]
    is_number: bool = False
    is_kept: bool = False
    share: int | None = None
    least: int | None = None


_COLUMNS: Final = (
    _Column(
        title="Time",
        cell=lambda row, _, __: Text(clock_time(row.starts)),
        is_number=True,
        is_kept=True,
    ),
    _Column(title="Patient", cell=_name, is_kept=True, least=13, share=4),
    _Column(title="Visit", cell=lambda row, _, __: Text(row.visit), least=10, share=3),
    _Column(title="With", cell=lambda row, _, __: Text(row.provider), least=11, share=3),
    _Column(title="Where", cell=_state, is_kept=True, least=10),
    _Column(
        title="No.",
        cell=lambda row, _, __: Text(str(row.number or "")),
        is_number=True,
        is_kept=True,
    ),
    _Column(title="Waits", cell=_waited, is_number=True, least=6),
    _Column(title="Desk", cell=_wants, least=8, share=4),
)


def clock_time(moment: datetime) -> str:
    """A time of day as the front desk writes it: ``9:05 AM``."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {'AM' if moment.hour < 12 else 'PM'}"  # noqa: PLR2004


def wish(code: str) -> str:
    """What the desk is wanted for, in words; a code that has none is shown by its parts."""
    if code.startswith("help."):
        return "help"
    return _WANTS.get(code) or code.replace(".", " ").replace("-", " ")
