"""A sheet as a PDF: real text in a stated language, fonts inside, and metadata that name nobody.

The same sheet always gives the same bytes: no clock and no random id goes into the file.
"""

import io

from reportlab.pdfgen.canvas import Canvas

from medoffice.adapters.letters.canvas import draw_lines, new_canvas
from medoffice.adapters.letters.fonts import face
from medoffice.adapters.letters.layout import LEAF
from medoffice.adapters.letters.sheet_layout import PAGE_HEIGHT, PAGE_WIDTH, Page, lay_out_sheet
from medoffice.adapters.papers.sheet import Sheet


def render_sheet(sheet: Sheet) -> bytes:
    """Letter pages, as many as the sheet takes.

    Raises:
        CannotPrint: when a text has characters that the font lacks, or one row has more than a page has room for.
        NoFont: when there is no font.
    """
    pages = lay_out_sheet(sheet)
    file = io.BytesIO()
    canvas = new_canvas(
        file, (PAGE_WIDTH, PAGE_HEIGHT), language=sheet.language, title=sheet.title, font=face().regular
    )
    for page in pages:
        _draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, page: Page) -> None:
    canvas.setLineWidth(0.6)
    canvas.setStrokeColorRGB(*LEAF)
    for stroke in page.strokes:
        y = PAGE_HEIGHT - stroke.y
        canvas.line(stroke.x, y, stroke.x + stroke.width, y)
    draw_lines(canvas, PAGE_HEIGHT, page.lines)
