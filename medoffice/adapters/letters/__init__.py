"""Letters for patients: the appointment slip with its code, as a PDF and as a picture of that very PDF.

What is on the paper is for the patient and holds their name; nothing of it is in a file's name or metadata.
Needs the extra ``letters`` (ReportLab draws, segno makes the code, PDFium takes the picture).
"""

from medoffice.adapters.letters.files import FileIsThere, write_private
from medoffice.adapters.letters.fonts import CannotPrint, NoFont
from medoffice.adapters.letters.pdf import render_pdf
from medoffice.adapters.letters.picture import render_png
from medoffice.adapters.letters.sheet_pdf import render_sheet
from medoffice.adapters.letters.slip import Slip
from medoffice.adapters.letters.words import language_for, languages

__all__ = [
    "CannotPrint",
    "FileIsThere",
    "NoFont",
    "Slip",
    "language_for",
    "languages",
    "render_pdf",
    "render_png",
    "render_sheet",
    "write_private",
]
