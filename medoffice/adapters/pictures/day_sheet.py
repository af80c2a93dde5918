"""Drawing a day: a column a resource, a block a visit, time running down."""

from typing import Final

from medoffice.adapters.pictures.clock import clock_time
from medoffice.adapters.pictures.day import Block, Column, DayPicture, Span
from medoffice.adapters.pictures.drawing import Box, Sheet, fitted, width_of
from medoffice.adapters.pictures.palette import (
    CLOSED,
    CLOSED_MARK,
    CLOSED_PATTERN,
    GROUND,
    INK,
    LINE,
    NOW,
    OPEN,
    QUIET,
    look,
)

_LEFT, _RIGHT, _TOP = 100, 24, 112
_LEAST_HOUR, _MOST_HOUR, _LINE = 72, 120, 17
_LEAST_COLUMN: Final = 132
_GAP, _STRIP, _PAD = 6, 10, 6
_LEGEND_ROW: Final = 30
_TITLE, _HEAD, _TEXT, _SMALL = 26, 17, 14, 13
_TWO_LINES: Final = 38


def draw_day(picture: DayPicture, *, width: int) -> Sheet:
    """The sheet of a day; wider than asked for when there are so many columns that they could not be read."""
    width = max(width, _LEFT + _RIGHT + _LEAST_COLUMN * len(picture.columns))
    legend = _legend(picture, width)
    tall = (picture.last - picture.first) * _hour(picture) // 60
    sheet = Sheet(width, _TOP + tall + 24 + _LEGEND_ROW * (1 + legend[-1][0]) + 16)
    sheet.text(picture.title, (_LEFT, 40), size=_TITLE, bold=True)
    each = (width - _LEFT - _RIGHT) / len(picture.columns)
    for number, column in enumerate(picture.columns):
        box = Box(left=_LEFT + number * each, top=_TOP, width=each - _GAP, height=tall)
        _draw_column(sheet, column, box, picture)
    _draw_hours(sheet, picture, width)
    for number, column in enumerate(picture.columns):
        box = Box(left=_LEFT + number * each, top=_TOP, width=each - _GAP, height=tall)
        for block in column.blocks:
            _draw_block(sheet, block, _lane(block, box), picture)
    if picture.now is not None:
        _draw_now(sheet, picture, width)
    for number, column in enumerate(picture.columns):
        box = Box(left=_LEFT + number * each, top=_TOP, width=each - _GAP, height=tall)
        for block in column.blocks:
            _write_block(sheet, block, _lane(block, box), picture)
    for row, left, kind in legend:
        _draw_key(sheet, (left, _TOP + tall + 40 + row * _LEGEND_ROW), kind, picture)
    return sheet


def _hour(picture: DayPicture) -> int:
    """How high an hour is: the shortest visit has room for a line of text, within limits."""
    blocks = (block.visit for column in picture.columns for block in column.blocks)
    shortest = max(1, min((end - start for start, end in blocks), default=60))
    return max(_LEAST_HOUR, min(_MOST_HOUR, 60 * _LINE // shortest))


def _y(minute: int, picture: DayPicture) -> float:
    return _TOP + (minute - picture.first) * _hour(picture) / 60


def _part(span: Span, box: Box, picture: DayPicture) -> Box:
    top, bottom = _y(span[0], picture), _y(span[1], picture)
    return Box(left=box.left, top=top, width=box.width, height=bottom - top)


def _draw_column(sheet: Sheet, column: Column, box: Box, picture: DayPicture) -> None:
    name = fitted(column.name, size=_HEAD, width=box.width, bold=True)
    sheet.text(name, (box.left, _TOP - 22), size=_HEAD, bold=True)
    sheet.box(box, fill=CLOSED, edge=CLOSED_MARK, line=0.0, pattern=CLOSED_PATTERN)
    for span in column.opens:
        sheet.box(_part(span, box, picture), fill=OPEN)
    if not column.opens:
        middle = (box.left + box.width / 2, box.top + box.height / 2)
        long = width_of(picture.words.closed, size=_HEAD)
        at = (middle[0] - long / 2, middle[1])
        sheet.text(picture.words.closed, at, size=_HEAD, colour=QUIET, ground=CLOSED)


def _draw_hours(sheet: Sheet, picture: DayPicture, width: int) -> None:
    for minute in range(picture.first, picture.last + 1, 30):
        y = _y(minute, picture)
        if minute % 60:
            sheet.line((_LEFT, y), (width - _RIGHT - _GAP, y), colour=LINE, line=0.6)
        else:
            sheet.line((_LEFT - 6, y), (width - _RIGHT - _GAP, y), colour=LINE, line=1.4)
            sheet.text(clock_time(minute), (_LEFT - 12, y), size=_SMALL, colour=QUIET, across="right")


def _lane(block: Block, box: Box) -> Box:
    wide = box.width / block.lanes
    return Box(left=box.left + block.lane * wide + 2, top=box.top, width=wide - 4, height=box.height)


def _draw_block(sheet: Sheet, block: Block, box: Box, picture: DayPicture) -> None:
    shape = look(block.kind)
    held, visit = _part(block.held, box, picture), _part(block.visit, box, picture)
    if block.held != block.visit:
        sheet.box(held, fill=GROUND, edge=shape.strong, line=0.8, pattern="////")
    sheet.box(visit, fill=shape.ground, edge=shape.strong, line=1.4, dashed=block.is_pending)
    strip = Box(left=visit.left, top=visit.top, width=_STRIP, height=visit.height)
    sheet.box(strip, fill=shape.strong)
    if shape.pattern:
        sheet.box(strip, fill=shape.strong, edge=OPEN, line=0.0, pattern=shape.pattern)


def _write_block(sheet: Sheet, block: Block, box: Box, picture: DayPicture) -> None:
    visit, ground = _part(block.visit, box, picture), look(block.kind).ground
    left, room = visit.left + _STRIP + _PAD, visit.width - _STRIP - 2 * _PAD
    kind, start = picture.label(block), clock_time(block.visit[0]).rsplit(" ", 1)[0]
    if visit.height >= _TWO_LINES:
        whole = f"{start}–{clock_time(block.visit[1])}"  # noqa: RUF001 - the dash of a range
        time = whole if width_of(whole, size=_SMALL) <= room else start
        kind = fitted(kind, size=_TEXT, width=room, bold=True)
        sheet.text(kind, (left, visit.top + 13), size=_TEXT, bold=True, ground=ground)
        time = fitted(time, size=_SMALL, width=room)
        sheet.text(time, (left, visit.top + 30), size=_SMALL, ground=ground)
    else:
        size = min(_SMALL, max(9.0, visit.height - 5))
        line = fitted(f"{start}  {kind}", size=size, width=room)
        sheet.text(line, (left, visit.top + visit.height / 2), size=size, ground=ground)


def _draw_now(sheet: Sheet, picture: DayPicture, width: int) -> None:
    y = _y(picture.now or 0, picture)
    sheet.line((_LEFT - 6, y), (width - _RIGHT - _GAP, y), colour=NOW, line=2.4)
    label = f"{picture.words.now} {clock_time(picture.now or 0).rsplit(' ', 1)[0]}"
    long = width_of(label, size=_SMALL, bold=True) + 10
    sheet.box(Box(left=_LEFT - 8 - long, top=y - 10, width=long, height=20), fill=NOW)
    sheet.text(label, (_LEFT - 13, y), size=_SMALL, colour=OPEN, bold=True, across="right")


_BUFFER, _CLOSED_KEY, _PENDING = -1, -2, -3


def _label(kind: int, picture: DayPicture) -> str:
    more = {
        _BUFFER: picture.words.buffer,
        _CLOSED_KEY: picture.words.closed,
        _PENDING: picture.words.pending,
    }
    return more[kind] if kind < 0 else picture.kinds[kind]


def _legend(picture: DayPicture, width: int) -> list[tuple[int, float, int]]:
    """Row, left edge and kind of every key; those that do not fit on a row begin the next."""
    blocks = [block for column in picture.columns for block in column.blocks]
    keys = list(range(len(picture.kinds)))
    keys += [_BUFFER] if any(block.held != block.visit for block in blocks) else []
    keys += [_PENDING] if any(block.is_pending for block in blocks) else []
    keys.append(_CLOSED_KEY)
    placed, row, left = [], 0, float(_LEFT)
    for key in keys:
        long = 34 + width_of(_label(key, picture), size=_TEXT) + 26
        if left + long > width - _RIGHT and left > _LEFT:
            row, left = row + 1, float(_LEFT)
        placed.append((row, left, key))
        left += long
    return placed


def _draw_key(sheet: Sheet, at: tuple[float, float], kind: int, picture: DayPicture) -> None:
    left, middle = at
    box = Box(left=left, top=middle - 9, width=24, height=18)
    if kind == _CLOSED_KEY:
        sheet.box(box, fill=CLOSED, edge=CLOSED_MARK, line=0.8, pattern=CLOSED_PATTERN)
    elif kind == _BUFFER:
        sheet.box(box, fill=GROUND, edge=QUIET, line=0.8, pattern="////")
    elif kind == _PENDING:
        sheet.box(box, fill=GROUND, edge=INK, line=1.4, dashed=True)
    else:
        shape = look(kind)
        sheet.box(box, fill=shape.ground, edge=shape.strong, line=1.4)
        strip = Box(left=left, top=middle - 9, width=_STRIP, height=18)
        sheet.box(strip, fill=shape.strong)
        if shape.pattern:
            sheet.box(strip, fill=shape.strong, edge=OPEN, line=0.0, pattern=shape.pattern)
    sheet.text(_label(kind, picture), (left + 32, middle), size=_TEXT)
