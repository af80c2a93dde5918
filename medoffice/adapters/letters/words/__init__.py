"""What a slip says, one file a language: ``xx.py`` with a ``WORDS``, and nothing else has to know of it."""

from functools import cache

from medoffice.adapters.letters.words.slip_words import SlipWords
from medoffice.adapters.tongues import languages_among, nearest, words_of
from medoffice.core.people import Language

__all__ = ["SlipWords", "language_for", "languages", "words_in"]


@cache
def languages() -> tuple[Language, ...]:
    """The languages there is a file for, by tag."""
    return languages_among(__path__, beside="slip_words")


def language_for(wanted: Language) -> Language:
    """The language itself, or without its script and region (``es-MX`` is read as ``es``), or English."""
    return nearest(wanted, languages())


@cache
def words_in(language: Language) -> SlipWords:
    """The words of one language.

    Raises:
        UnknownName: when there is no file for it.
    """
    return words_of(__name__, language, among=languages(), kind=SlipWords)
