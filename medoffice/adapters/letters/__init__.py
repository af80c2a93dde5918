"""Letters for patients: the appointment slip with its code and the receipt, as a PDF and as a picture of that very PDF.

What is on the paper is for the patient and holds their name; nothing of it is in a file's name or metadata.
Needs the extra ``letters`` (ReportLab draws, segno makes the code, PDFium takes the picture).
"""

from medoffice.adapters.letters.files import FileIsThere, write_private
from medoffice.adapters.letters.fonts import CannotPrint, NoFont
from medoffice.adapters.letters.pdf import render_pdf
from medoffice.adapters.letters.picture import render_png
from medoffice.adapters.letters.receipt_paper import ReceiptPaper, write_text
from medoffice.adapters.letters.receipt_pdf import render_receipt
from medoffice.adapters.letters.sheet_pdf import render_sheet
from medoffice.adapters.letters.slip import Slip
from medoffice.adapters.letters.words import language_for, languages

__all__ = [
    "CannotPrint",
    "FileIsThere",
    "NoFont",
    "ReceiptPaper",
    "Slip",
    "language_for",
    "languages",
    "render_pdf",
    "render_png",
    "render_receipt",
    "render_sheet",
    "write_private",
    "write_text",
]
