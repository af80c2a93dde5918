"""A slip as a PDF: real text in a stated language, fonts inside, and metadata that name nobody.

The same slip always gives the same bytes: no clock and no random id goes into the file.
"""

import io

from reportlab.pdfgen.canvas import Canvas

from medoffice.adapters.letters.canvas import draw_lines, new_canvas
from medoffice.adapters.letters.layout import HEIGHT, LEAF, MARGIN, WIDTH, Layout, PlacedSymbol, lay_out
from medoffice.adapters.letters.slip import Slip


def render_pdf(slip: Slip) -> bytes:
    """One page, half a Letter sheet.

    Raises:
        CannotPrint: when a text has characters that the font lacks, or more text than the page has room for.
        NoFont: when there is no font.
        UnknownName: when there are no words in the slip's language.
    """
    layout = lay_out(slip)
    file = io.BytesIO()
    canvas = new_canvas(
        file, (WIDTH, HEIGHT), language=slip.language, title=layout.words.title, font=layout.lines[0].font
    )
    _draw(canvas, layout)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, layout: Layout) -> None:
    canvas.setLineWidth(0.75)
    canvas.setStrokeColorRGB(*LEAF)
    for rule in layout.rules:
        canvas.line(MARGIN, HEIGHT - rule.y, WIDTH - MARGIN, HEIGHT - rule.y)
    draw_lines(canvas, HEIGHT, layout.lines)
    _draw_code(canvas, layout.code)


def _draw_code(canvas: Canvas, code: PlacedSymbol) -> None:
    # One path for the whole code, so that no hair lines show between its rows.
    path = canvas.beginPath()
    height = code.symbol.module
    for left, top, length in code.symbol.bars():
        path.rect(code.x + left, HEIGHT - code.top - top - height, length, height)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)
