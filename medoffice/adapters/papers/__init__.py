"""Papers for patients as values: what a good-faith estimate and an ABN say, in the patient's language.

A paper is written once, as a :class:`Sheet`; the terminal shows it as text and :mod:`medoffice.adapters.letters` as a PDF,
so both say the same. Needs no extra.
"""

from medoffice.adapters.papers.estimate_paper import EstimateTerms, estimate_paper
from medoffice.adapters.papers.letterhead import Letterhead
from medoffice.adapters.papers.notice_paper import notice_paper
from medoffice.adapters.papers.sheet import Block, Facts, Heading, Paragraph, Sheet, Table
from medoffice.adapters.papers.sheet_text import sheet_text
from medoffice.adapters.papers.words import paper_language_for, paper_languages

__all__ = [
    "Block",
    "EstimateTerms",
    "Facts",
    "Heading",
    "Letterhead",
    "Paragraph",
    "Sheet",
    "Table",
    "estimate_paper",
    "notice_paper",
    "paper_language_for",
    "paper_languages",
    "sheet_text",
]
