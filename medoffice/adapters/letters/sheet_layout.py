"""Where everything stands on the pages of a sheet: measured once, then drawn.

Pages are Letter, 8½ by 11 inches (612 by 792 points), with margins of three quarters of an inch. Distances are in points from
the upper left corner. A row of a table is never parted, and a heading stands with what follows it; what does not fit
on a page goes to the next, and nothing is cut.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import attrs

from medoffice.adapters.letters.fonts import CannotPrint, Face, Font, face
from medoffice.adapters.letters.layout import ASCENT, DESCENT, INK, LEAF, QUIET, Colour, Line
from medoffice.adapters.letters.wrapping import wrapped
from medoffice.adapters.papers.sheet import Block, Facts, Heading, Paragraph, Sheet, Table

PAGE_WIDTH: Final = 612.0
PAGE_HEIGHT: Final = 792.0
SHEET_MARGIN: Final = 54.0
SHEET_ROOM: Final = PAGE_WIDTH - 2 * SHEET_MARGIN
FLOOR: Final = PAGE_HEIGHT - SHEET_MARGIN - 14
"""Below it stands only the number of the page."""
_LINE: Final = 1.32
_TEXT: Final = 10.0
_SMALL: Final = 9.0
_CELL_GAP: Final = 10.0
_LABELS: Final = 150.0


@attrs.frozen(kw_only=True)
class Stroke:
    """A thin horizontal line."""

    x: float
    y: float
    width: float


@attrs.frozen(kw_only=True)
class Page:
    """One page, in reading order."""

    lines: tuple[Line, ...]
    strokes: tuple[Stroke, ...]


@attrs.frozen(kw_only=True)
class _Piece:
    """What is not parted: lines and strokes as from a top of 0, how high it is, and whether the next stays with it."""

    lines: tuple[Line, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    height: float
    keeps_next: bool = False


def lay_out_sheet(sheet: Sheet) -> tuple[Page, ...]:
    """Measure a sheet and give each part its place, on as many pages as it takes.

    Raises:
        CannotPrint: when a text has characters that the font lacks, or one row has more than a page has room for.
        NoFont: when there is no font.
    """
    letters = face()
    pieces = [piece for part in _parts(sheet, letters) for piece in part]
    pages: list[list[_Piece]] = [[]]
    top = SHEET_MARGIN
    for group in _together(pieces):
        height = sum(piece.height for piece in group)
        if height > FLOOR - SHEET_MARGIN:
            raise CannotPrint("the paper has a row with more text than a page has room for")
        if top + height > FLOOR and pages[-1]:
            if not any(piece.lines for piece in group):
                continue  # room between two parts, where the page ends anyway
            pages.append([])
            top = SHEET_MARGIN
        pages[-1] += group
        top += height
    count = len(pages)
    return tuple(
        _page(page, sheet.page.format(number=number, count=count), letters)
        for number, page in enumerate(pages, 1)
    )


def _together(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keeps_next:
            yield group
            group = []
    if group:
        yield group


def _page(pieces: Sequence[_Piece], number: str, letters: Face) -> Page:
    lines: list[Line] = []
    strokes: list[Stroke] = []
    top = SHEET_MARGIN
    for piece in pieces:
        lines += (attrs.evolve(line, baseline=line.baseline + top) for line in piece.lines)
        strokes += (attrs.evolve(stroke, y=stroke.y + top) for stroke in piece.strokes)
        top += piece.height
    font = letters.regular
    foot = Line(
        text=number,
        x=PAGE_WIDTH - SHEET_MARGIN - font.width(number, _SMALL),
        baseline=PAGE_HEIGHT - SHEET_MARGIN - DESCENT * _SMALL,
        size=_SMALL,
        font=font,
        colour=QUIET,
    )
    return Page(lines=(*lines, foot), strokes=tuple(strokes))


def _parts(sheet: Sheet, letters: Face) -> Iterator[Sequence[_Piece]]:
    yield [_text(sheet.office, letters.bold, size=14, keeps_next=True)]
    for each in sheet.under:
        yield [_text(each, letters.regular, size=_SMALL, colour=QUIET, keeps_next=True)]
    yield [_Piece(height=6, strokes=(_stroke(4),), keeps_next=True), _space(8)]
    yield [_text(sheet.title, letters.bold, size=13, colour=LEAF), _space(6)]
    for block in sheet.blocks:
        yield list(_block(block, letters))


def _block(block: Block, letters: Face) -> Iterator[_Piece]:
    match block:
        case Heading(text=text):
            yield _space(8, keeps_next=True)
            yield _text(text, letters.bold, size=11, colour=LEAF, keeps_next=True)
            yield _space(2, keeps_next=True)
        case Paragraph(text=text, is_strong=is_strong):
            # A long paragraph may go on over the page, line by line.
            font = letters.bold if is_strong else letters.regular
            for part in _broken(text, font, _TEXT, SHEET_ROOM):
                yield _text(part, font, size=_TEXT)
            yield _space(5)
        case Facts(rows=rows):
            fonts = (letters.regular, letters.regular)
            for row in rows:
                columns = (
                    (SHEET_MARGIN, _LABELS - _CELL_GAP),
                    (SHEET_MARGIN + _LABELS, SHEET_ROOM - _LABELS),
                )
                yield _row(row, columns, fonts, colours=(QUIET, INK))
            yield _space(6)
        case Table():
            yield from _table(block, letters)


def _table(table: Table, letters: Face) -> Iterator[_Piece]:
    room = SHEET_ROOM - _CELL_GAP * (len(table.head) - 1)
    whole = sum(table.weights)
    columns = []
    x = SHEET_MARGIN
    for weight in table.weights:
        width = room * weight / whole
        columns.append((x, width))
        x += width + _CELL_GAP
    bold, plain = (letters.bold,) * len(columns), (letters.regular,) * len(columns)
    ink = (INK,) * len(columns)
    yield _row(table.head, columns, bold, colours=(QUIET,) * len(columns), right=table.right, keeps_next=True)
    yield _Piece(height=4, strokes=(_stroke(1.5),), keeps_next=True)
    for number, row in enumerate(table.rows, 1):
        is_last = number == len(table.rows) and table.total is not None
        yield _row(row, columns, plain, colours=ink, right=table.right, keeps_next=is_last)
    if table.total is not None:
        yield _Piece(height=4, strokes=(_stroke(1.5),), keeps_next=True)
        yield _row(table.total, columns, bold, colours=ink, right=table.right)
    yield _space(8)


def _row(
    cells: Sequence[str],
    columns: Sequence[tuple[float, float]],
    fonts: Sequence[Font],
    *,
    colours: Sequence[Colour],
    right: frozenset[int] = frozenset(),
    keeps_next: bool = False,
) -> _Piece:
    lines: list[Line] = []
    tallest = 1
    for place, (cell, (x, width), font, colour) in enumerate(
        zip(cells, columns, fonts, colours, strict=True)
    ):
        parts = _broken(cell, font, _TEXT, width)
        tallest = max(tallest, len(parts))
        for number, part in enumerate(parts):
            left = x + width - font.width(part, _TEXT) if place in right else x
            baseline = ASCENT * _TEXT + number * _LINE * _TEXT
            lines.append(Line(text=part, x=left, baseline=baseline, size=_TEXT, font=font, colour=colour))
    height = tallest * _LINE * _TEXT + 2
    return _Piece(lines=tuple(lines), height=height, keeps_next=keeps_next)


def _text(text: str, font: Font, *, size: float, colour: Colour = INK, keeps_next: bool = False) -> _Piece:
    parts = _broken(text, font, size, SHEET_ROOM)
    lines = tuple(
        Line(
            text=part,
            x=SHEET_MARGIN,
            baseline=ASCENT * size + number * _LINE * size,
            size=size,
            font=font,
            colour=colour,
        )
        for number, part in enumerate(parts)
    )
    return _Piece(lines=lines, height=max(1, len(parts)) * _LINE * size, keeps_next=keeps_next)


def _broken(text: str, font: Font, size: float, room: float) -> tuple[str, ...]:
    text = unicodedata.normalize("NFC", text)
    font.require(text, "the paper")
    measure: Callable[[str], float] = font.measure(size)
    return wrapped(text, room, measure)


def _space(height: float, *, keeps_next: bool = False) -> _Piece:
    return _Piece(height=height, keeps_next=keeps_next)


def _stroke(y: float) -> Stroke:
    return Stroke(x=SHEET_MARGIN, y=y, width=SHEET_ROOM)
