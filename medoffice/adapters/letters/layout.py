"""Where everything stands on a slip: measured once, then drawn.

The page is half a Letter sheet, 5½ by 8½ inches (396 by 612 points), with margins of half an inch. Text runs down from
the top; the code stands at the foot. Distances are in points from the upper left corner.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final

import attrs

from medoffice.adapters.letters.fonts import CannotPrint, Face, Font, face
from medoffice.adapters.letters.slip import Slip
from medoffice.adapters.letters.symbol import Symbol, symbol_of
from medoffice.adapters.letters.words import SlipWords, words_in
from medoffice.adapters.letters.wrapping import fitting

WIDTH: Final = 396.0
HEIGHT: Final = 612.0
MARGIN: Final = 36.0
ROOM: Final = WIDTH - 2 * MARGIN
ASCENT: Final = 0.95
DESCENT: Final = 0.25
"""How far letters reach above and below their line, as parts of the size; high accents included."""

Colour = tuple[float, float, float]
INK: Final[Colour] = (0.09, 0.13, 0.18)
QUIET: Final[Colour] = (0.32, 0.37, 0.43)
LEAF: Final[Colour] = (0.04, 0.37, 0.36)

_LABEL: Final = 9.0
_LINE: Final = 1.3
_BETWEEN: Final = 8.0
_CODE_GAP: Final = 4.0
_RULE_GAP: Final = 5.0


@attrs.frozen(kw_only=True)
class Line:
    """One line of text; ``x`` is its left end, ``baseline`` counts down from the page's top."""

    text: str = attrs.field(repr=False)
    x: float
    baseline: float
    size: float
    font: Font
    colour: Colour

    @property
    def width(self) -> float:
        """How wide the line is, in points."""
        return self.font.width(self.text, self.size)

    @property
    def top(self) -> float:
        """The highest point that a letter of it reaches."""
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """The lowest point that a letter of it reaches."""
        return self.baseline + DESCENT * self.size


@attrs.frozen(kw_only=True)
class Rule:
    """A thin horizontal line from margin to margin."""

    y: float


@attrs.frozen(kw_only=True)
class PlacedSymbol:
    """The code with its quiet zone; ``x`` and ``top`` are its upper left corner."""

    symbol: Symbol
    x: float
    top: float


@attrs.frozen(kw_only=True)
class Layout:
    """A whole page, in reading order."""

    words: SlipWords
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    code: PlacedSymbol


def lay_out(slip: Slip) -> Layout:
    """Measure a slip and give each part its place.

    Raises:
        CannotPrint: when a text has characters that the font lacks, or more text than the page has room for.
        NoFont: when there is no font.
        UnknownName: when there are no words in the slip's language.
    """
    words = words_in(slip.language)
    column = _Column(face())
    _heading(column, slip, words)
    _visit(column, slip, words)
    code, caption = _foot(column.face, slip, words)
    floor = code.top - _RULE_GAP
    if column.top > floor:
        raise CannotPrint("the slip has more text than its page has room for")
    rules = (Rule(y=column.rule), Rule(y=floor))
    return Layout(words=words, lines=(*column.lines, *caption), rules=rules, code=code)


class _Column:
    """Lines as they run down the page."""

    def __init__(self, letters: Face) -> None:
        self.face = letters
        self.top = MARGIN
        self.rule = MARGIN
        self.lines: list[Line] = []

    def skip(self, distance: float) -> None:
        self.top += distance

    def add(
        self,
        text: str,
        *,
        what: str,
        sizes: Sequence[float],
        is_bold: bool = False,
        colour: Colour = INK,
        most_lines: int = 2,
    ) -> None:
        font = self.face.bold if is_bold else self.face.regular
        text = unicodedata.normalize("NFC", text)
        font.require(text, what)
        size, parts = fitting(text, ROOM, sizes, font.measure, most_lines=most_lines)
        for part in parts:
            baseline = self.top + ASCENT * size
            self.lines.append(
                Line(text=part, x=MARGIN, baseline=baseline, size=size, font=font, colour=colour)
            )
            self.top += _LINE * size

    def label(self, text: str) -> None:
        self.add(text, what="a label", sizes=(_LABEL,), is_bold=True, colour=LEAF)


def _heading(column: _Column, slip: Slip, words: SlipWords) -> None:
    column.add(slip.office, what="the office's name", sizes=(14, 13, 12, 11, 10, 9), is_bold=True)
    if slip.place:
        column.add(slip.place, what="the office's place", sizes=(9.5, 9, 8.5, 8), colour=QUIET)
    column.skip(7)
    column.rule = column.top
    column.skip(13)
    column.add(words.title, what="a label", sizes=(11,), colour=QUIET)
    column.skip(3)


def _visit(column: _Column, slip: Slip, words: SlipWords) -> None:
    day = _capital(words.write_day(slip.starts.date()))
    column.add(day, what="the day", sizes=(17, 16, 15, 14, 13), is_bold=True, most_lines=1)
    column.add(words.write_time(slip.starts.time()), what="the time", sizes=(30,), is_bold=True)
    if slip.patient:
        column.skip(_BETWEEN)
        column.label(words.patient)
        column.add(slip.patient, what="the patient's name", sizes=(15, 14, 13, 12, 11, 10), is_bold=True)
    if slip.clinician:
        column.skip(_BETWEEN)
        column.label(words.clinician)
        column.add(slip.clinician, what="the clinician's name", sizes=(13, 12, 11, 10))
    column.skip(_BETWEEN)
    column.label(words.bring)
    for thing in words.things:
        column.add(f"\N{EN DASH} {thing}", what="a label", sizes=(10.5,))
    column.skip(8)


def _foot(letters: Face, slip: Slip, words: SlipWords) -> tuple[PlacedSymbol, tuple[Line, ...]]:
    """The code at the foot of the page, its two lines under it, all of it in the middle."""
    symbol = symbol_of(slip.code)
    until = words.until.format(
        time=words.write_time(slip.until.time()), day=words.write_day(slip.until.date())
    )
    lines: list[Line] = []
    bottom = HEIGHT - MARGIN
    for text, font, largest, colour in (
        (until, letters.regular, 9.0, QUIET),
        (words.use, letters.bold, 12.0, INK),
    ):
        font.require(text, "a label")
        size, parts = fitting(text, ROOM, (largest, largest - 1, largest - 2), font.measure, most_lines=1)
        for part in reversed(parts):
            baseline = bottom - DESCENT * size
            x = (WIDTH - font.width(part, size)) / 2
            lines.append(Line(text=part, x=x, baseline=baseline, size=size, font=font, colour=colour))
            bottom -= _LINE * size
    top = symbol.snapped(bottom - symbol.side - _CODE_GAP)
    x = symbol.snapped((WIDTH - symbol.side) / 2)
    return PlacedSymbol(symbol=symbol, x=x, top=top), tuple(reversed(lines))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
