"""What the papers about money say, one file a language: ``xx.py`` with a ``WORDS``, and nothing else has to know of it."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from medoffice.adapters.papers.words.paper_words import EstimateWords, NoticeWords, PaperWords
from medoffice.core.errors import UnknownName
from medoffice.core.people import Language

_NOT_A_LANGUAGE: Final = frozenset({"paper_words"})
_ENGLISH: Final = Language("en")

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
    tags = sorted(found.name for found in iter_modules(__path__) if found.name not in _NOT_A_LANGUAGE)
    return tuple(Language(tag.replace("_", "-")) for tag in tags)


def paper_language_for(wanted: Language) -> Language:
    """The language itself, or without its script and region (``es-MX`` is read as ``es``), or English."""
    plain = Language(wanted.value.partition("-")[0])
    return next((each for each in (wanted, plain) if each in paper_languages()), _ENGLISH)


@cache
def paper_words_in(language: Language) -> PaperWords:
    """The words of one language.

    Raises:
        UnknownName: when there is no file for it.
    """
    if language not in paper_languages():
        raise UnknownName("language of a paper", language.value)
    found = import_module(f"{__name__}.{language.value.replace('-', '_')}").WORDS
    if not isinstance(found, PaperWords):
        raise TypeError("a language's file has PaperWords called WORDS")
    return found
