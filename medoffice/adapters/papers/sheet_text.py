"""A sheet as plain text for a terminal or a printer that knows nothing else. Nothing is ever cut off."""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final

from medoffice.adapters.papers.sheet import Block, Facts, Heading, Paragraph, Sheet, Table

WIDTH: Final = 78
_GAP: Final = 2
_LEAST: Final = 4


def sheet_text(sheet: Sheet, *, width: int = WIDTH) -> str:
    """The sheet in lines of at most ``width`` columns where its words allow it; the last line ends too."""
    lines = [sheet.office, *sheet.under, "", sheet.title.upper()]
    for block in sheet.blocks:
        lines += ["", *_block(block, width)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield from wrap(text, width)
            yield "-" * min(width, len(text))
        case Paragraph(text=text):
            yield from wrap(text, width)
        case Facts(rows=rows):
            room = min(max((len(label) for label, _ in rows), default=0), width // 3)
            for label, value in rows:
                yield from _beside((label, value), (room, width - room - _GAP), frozenset())
        case Table():
            yield from _table(block, width)


def _table(table: Table, width: int) -> Iterator[str]:
    room = width - _GAP * (len(table.head) - 1)
    whole = sum(table.weights)
    widths = [max(_LEAST, room * weight // whole) for weight in table.weights]
    yield from _beside(table.head, widths, table.right)
    yield "  ".join("-" * each for each in widths)
    for row in table.rows:
        yield from _beside(row, widths, table.right)
    if table.total is not None:
        yield "  ".join("-" * each for each in widths)
        yield from _beside(table.total, widths, table.right)


def _beside(cells: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> Iterator[str]:
    """Cells beside each other, each in as many lines as it takes."""
    columns = [wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, columns))):
        parts = [column[number] if number < len(column) else "" for column in columns]
        yield "  ".join(
            part.rjust(width) if place in right else part.ljust(width)
            for place, (part, width) in enumerate(zip(parts, widths, strict=True))
        )
