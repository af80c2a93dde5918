"""Drawing a week: a row a resource, a column a day, and in each the strip of its hours with how full it is."""

from typing import Final

from medoffice.adapters.pictures.clock import short_day
from medoffice.adapters.pictures.drawing import Box, Sheet, fitted, widest
from medoffice.adapters.pictures.palette import (
    CLOSED,
    EDGE,
    HELD,
    INK,
    LINE,
    OPEN,
    QUIET,
)
from medoffice.adapters.pictures.week import Cell, WeekPicture, hours_and_minutes

_MARGIN, _RIGHT, _TOP, _ROW = 28, 24, 112, 100
_LEAST_DAY: Final = 118
_MOST_NAME: Final = 220
_GAP: Final = 16
_TITLE, _HEAD, _NUMBER, _SMALL = 26, 17, 19, 13


def draw_week(picture: WeekPicture, *, width: int) -> Sheet:
    """The sheet of some days; wider than asked for when there are so many that they could not be read."""
    names = min(_MOST_NAME, widest((row.name for row in picture.rows), size=_HEAD) * 1.1 + 24)
    left = _MARGIN + names
    width = max(width, int(left + _RIGHT + _LEAST_DAY * len(picture.days)))
    bottom = _TOP + _ROW * len(picture.rows)
    sheet = Sheet(width, bottom + 76)
    sheet.text(picture.title, (_MARGIN, 40), size=_TITLE, bold=True)
    each = (width - left - _RIGHT) / len(picture.days)
    for number, day in enumerate(picture.days):
        at = (left + number * each, _TOP - 22)
        sheet.text(short_day(day, picture.words), at, size=_HEAD, bold=True)
    for line, row in enumerate(picture.rows):
        top = _TOP + line * _ROW
        sheet.line((_MARGIN, top), (width - _RIGHT, top), colour=LINE, line=1.2)
        name = fitted(row.name, size=_HEAD, width=names - 16, bold=True)
        sheet.text(name, (_MARGIN, top + _ROW / 2), size=_HEAD, bold=True)
        for number, cell in enumerate(row.cells):
            box = Box(left=left + number * each, top=top, width=each - _GAP, height=_ROW)
            _draw_cell(sheet, cell, box, picture)
    sheet.line((_MARGIN, bottom), (width - _RIGHT, bottom), colour=LINE, line=1.2)
    _draw_keys(sheet, left, bottom + 38, picture)
    return sheet


def _draw_cell(sheet: Sheet, cell: Cell, box: Box, picture: WeekPicture) -> None:
    strip = Box(left=box.left, top=box.top + 40, width=box.width, height=24)
    sheet.box(strip, fill=CLOSED)
    if not cell.open_minutes:
        sheet.text(picture.words.closed, (box.left, box.top + 22), size=_SMALL, colour=QUIET)
        return
    sheet.text(f"{cell.percent}%", (box.left, box.top + 22), size=_NUMBER, bold=True)
    free = f"{hours_and_minutes(cell.free_minutes)} {picture.words.free}"
    sheet.text(
        fitted(free, size=_SMALL, width=box.width), (box.left, box.top + 80), size=_SMALL, colour=QUIET
    )
    scale = strip.width / (picture.last - picture.first)
    for spans, fill, edge in ((cell.opens, OPEN, EDGE), (cell.held, HELD, HELD)):
        for start, end in spans:
            left, width = strip.left + (start - picture.first) * scale, (end - start) * scale
            part = Box(left=left, top=strip.top, width=width, height=strip.height)
            sheet.box(part, fill=fill, edge=edge, line=0.8)


def _draw_keys(sheet: Sheet, left: float, middle: float, picture: WeekPicture) -> None:
    words = picture.words
    for label, fill, edge in (
        (words.held, HELD, HELD),
        (words.free, OPEN, EDGE),
        (words.closed, CLOSED, CLOSED),
    ):
        sheet.box(Box(left=left, top=middle - 9, width=24, height=18), fill=fill, edge=edge, line=0.8)
        sheet.text(label, (left + 32, middle), size=14, colour=INK)
        left += 32 + widest((label,), size=14) + 28
    first, last = picture.clock
    sheet.text(f"{words.strip} {first} – {last}", (left, middle), size=14, colour=QUIET)  # noqa: RUF001 - the dash of a range
