"""A picture of a slip, taken from its PDF: what is on the phone is what is on the paper."""

import io
from typing import Final

import pypdfium2

from medoffice.adapters.letters.symbol import DOTS_AN_INCH

_POINTS_AN_INCH: Final = 72


def render_png(pdf: bytes) -> bytes:
    """The first page of a PDF as a PNG with 200 dots an inch, and no metadata but that."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        try:
            bitmap = page.render(scale=DOTS_AN_INCH / _POINTS_AN_INCH)
            picture = bitmap.to_pil().convert("RGB")
            bitmap.close()
        finally:
            page.close()
    finally:
        document.close()
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True, dpi=(DOTS_AN_INCH, DOTS_AN_INCH))
    return file.getvalue()
