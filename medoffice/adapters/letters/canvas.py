"""The PDF that every paper is drawn in: a stated language, fonts inside, and metadata that name nobody.

The same paper always gives the same bytes: no clock and no random id goes into the file.
"""

from collections.abc import Iterable
from typing import IO

from reportlab.pdfgen.canvas import Canvas

from medoffice.adapters.letters.fonts import Font
from medoffice.adapters.letters.layout import Line
from medoffice.core.people import Language


def new_canvas(
    file: IO[bytes], size: tuple[float, float], *, language: Language, title: str, font: Font
) -> Canvas:
    """An empty PDF of pages of a size, in points."""
    canvas = Canvas(
        file,
        pagesize=size,
        invariant=1,
        pageCompression=1,
        lang=language.value,
        # Otherwise the page names Helvetica, which is not in the file, even where nothing is set in it.
        initialFontName=font.name,
    )
    canvas.setTitle(title)
    for say_nothing in (canvas.setAuthor, canvas.setSubject, canvas.setCreator, canvas.setKeywords):
        say_nothing("")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def draw_lines(canvas: Canvas, height: float, lines: Iterable[Line]) -> None:
    """Set lines of text on a page of a height; the places are counted from its top."""
    for line in lines:
        canvas.setFillColorRGB(*line.colour)
        canvas.setFont(line.font.name, line.size)
        canvas.drawString(line.x, height - line.baseline, line.text)
