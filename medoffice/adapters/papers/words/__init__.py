"""What the papers about money say, one file a language: ``xx.py`` with a ``WORDS``, and nothing else has to know of it."""

from functools import cache

from medoffice.adapters.papers.words.paper_words import EstimateWords, NoticeWords, PaperWords
from medoffice.adapters.tongues import languages_among, nearest, words_of
from medoffice.core.people import Language

__all__ = [
    "EstimateWords",
    "NoticeWords",
    "PaperWords",
    "paper_language_for",
    "paper_languages",
    "paper_words_in",
]


@cache
def paper_languages() -> tuple[Language, ...]:
    """The languages there is a file for, by tag."""
    return languages_among(__path__, beside="paper_words")


def paper_language_for(wanted: Language) -> Language:
    """The language itself, or without its script and region (``es-MX`` is read as ``es``), or English."""
    return nearest(wanted, paper_languages())


@cache
def paper_words_in(language: Language) -> PaperWords:
    """The words of one language.

    Raises:
        UnknownName: when there is no file for it.
    """
    return words_of(__name__, language, among=paper_languages(), kind=PaperWords)
