"""A receipt as a PDF: half a Letter sheet, real text, fonts inside, and metadata that name nobody.

The same receipt always gives the same bytes: no clock and no random id goes into the file.
"""

import io
import unicodedata
from collections.abc import Sequence
from typing import Final

import attrs

from medoffice.adapters.letters.canvas import draw_lines, new_canvas
from medoffice.adapters.letters.fonts import CannotPrint, Face, face
from medoffice.adapters.letters.layout import (
    ASCENT,
    DESCENT,
    HEIGHT,
    INK,
    LEAF,
    MARGIN,
    QUIET,
    ROOM,
    WIDTH,
    Colour,
    Line,
    Rule,
)
from medoffice.adapters.letters.receipt_paper import ReceiptPaper
from medoffice.adapters.letters.wrapping import fitting
from medoffice.core.money import Money

_LINE: Final = 1.3
_GAP: Final = 10.0
_BETWEEN: Final = 12.0
_WARNING: Final[Colour] = (0.70, 0.11, 0.11)


@attrs.frozen(kw_only=True)
class ReceiptLayout:
    """A whole page, in reading order; distances in points from the upper left corner."""

    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]


def lay_out_receipt(paper: ReceiptPaper) -> ReceiptLayout:
    """Measure a receipt and give each part its place.

    Raises:
        CannotPrint: when a text has characters that the font lacks, or more text than the page has room for.
        NoFont: when there is no font.
        UnknownName: when there are no words in its language.
    """
    words, receipt, sheet = paper.words, paper.receipt, _Sheet(face())
    sheet.text(receipt.office, "the office's name", (14, 13, 12, 11, 10, 9), is_bold=True)
    for text, what in ((paper.place, "the office's place"), (paper.phone, "the office's telephone")):
        if text:
            sheet.text(text, what, (9.5, 9, 8.5, 8), colour=QUIET)
    sheet.rule()
    if paper.voided:
        sheet.text(words.void, "a label", (30,), is_bold=True, colour=_WARNING)
        sheet.text(paper.voided, "a label", (11, 10, 9), is_bold=True, colour=_WARNING)
        sheet.skip(_GAP)
    sheet.text(paper.number, "a label", (17, 16, 15), is_bold=True)
    day = words.write_day(receipt.day)
    sheet.text(day[:1].upper() + day[1:], "the day", (11, 10, 9), colour=QUIET)
    if paper.patient:
        sheet.skip(_GAP)
        sheet.text(words.patient, "a label", (9,), is_bold=True, colour=LEAF)
        sheet.text(paper.patient, "the patient's name", (13, 12, 11, 10), is_bold=True)
    sheet.skip(_BETWEEN)
    if paper.visit_day:
        sheet.text(paper.visit_day, "the day of the visit", (11, 10, 9))
    for label, amount in paper.paid_for:
        sheet.row(label, amount)
    sheet.rule()
    sheet.row(paper.total, receipt.amount, is_bold=True)
    if paper.says_left:
        sheet.skip(2 * _BETWEEN)
        sheet.text(paper.left_heading, "a label", (9,), is_bold=True, colour=LEAF)
        for label, amount in paper.left:
            sheet.row(label, amount)
        if paper.is_settled:
            sheet.text(words.nothing_left, "a label", (11, 10))
    return sheet.done(words.keep)


class _Sheet:
    """Lines as they run down the page."""

    def __init__(self, letters: Face) -> None:
        self._face = letters
        self._top = MARGIN
        self._lines: list[Line] = []
        self._rules: list[Rule] = []

    def skip(self, distance: float) -> None:
        self._top += distance

    def rule(self) -> None:
        self._rules.append(Rule(y=self._top + _GAP / 2))
        self._top += _GAP + 2

    def text(
        self,
        text: str,
        what: str,
        sizes: Sequence[float],
        *,
        is_bold: bool = False,
        colour: Colour = INK,
        room: float = ROOM,
    ) -> None:
        font = self._face.bold if is_bold else self._face.regular
        text = unicodedata.normalize("NFC", text)
        font.require(text, what)
        size, parts = fitting(text, room, sizes, font.measure)
        for part in parts:
            baseline = self._top + ASCENT * size
            self._lines.append(
                Line(text=part, x=MARGIN, baseline=baseline, size=size, font=font, colour=colour)
            )
            self._top += _LINE * size

    def row(self, label: str, amount: Money, *, is_bold: bool = False) -> None:
        """A label, and its amount to the right of the label's last line."""
        font, size, figure = self._face.bold if is_bold else self._face.regular, 11.0, str(amount)
        width = font.width(figure, size)
        self.text(label, "a line of the receipt", (size, 10, 9), is_bold=is_bold, room=ROOM - width - _GAP)
        self._lines.append(
            Line(
                text=figure,
                x=WIDTH - MARGIN - width,
                baseline=self._lines[-1].baseline,
                size=size,
                font=font,
                colour=INK,
            )
        )

    def done(self, last: str) -> ReceiptLayout:
        """The page, with a last line at its foot."""
        size, font = 9.0, self._face.regular
        floor = HEIGHT - MARGIN - _LINE * size - _GAP
        if self._top > floor:
            raise CannotPrint("the receipt has more text than its page has room for")
        foot = Line(
            text=last, x=MARGIN, baseline=HEIGHT - MARGIN - DESCENT * size, size=size, font=font, colour=QUIET
        )
        return ReceiptLayout(lines=(*self._lines, foot), rules=tuple(self._rules))


def render_receipt(paper: ReceiptPaper) -> bytes:
    """One page, half a Letter sheet.

    Raises:
        CannotPrint: when a text has characters that the font lacks, or more text than the page has room for.
        NoFont: when there is no font.
        UnknownName: when there are no words in its language.
    """
    layout = lay_out_receipt(paper)
    file = io.BytesIO()
    canvas = new_canvas(
        file, (WIDTH, HEIGHT), language=paper.language, title=paper.title, font=layout.lines[0].font
    )
    canvas.setLineWidth(0.75)
    canvas.setStrokeColorRGB(*LEAF)
    for rule in layout.rules:
        canvas.line(MARGIN, HEIGHT - rule.y, WIDTH - MARGIN, HEIGHT - rule.y)
    draw_lines(canvas, HEIGHT, layout.lines)
    canvas.showPage()
    canvas.save()
    return file.getvalue()
