"""What the desk says to patients about money, one file a language: ``xx.py`` with a ``WORDS``."""

from functools import cache

from medoffice.adapters.tongues import languages_among, nearest, words_of
from medoffice.core.people import Language
from medoffice.workflows.collection.words import AskWords

__all__ = ["ask_words_in", "spoken_for", "spoken_languages"]


def spoken_languages() -> tuple[Language, ...]:
    """The languages that there are words in, by tag."""
    return languages_among(__path__, beside="")


def spoken_for(wanted: Language) -> Language:
    """The language in which to speak to somebody: theirs, or English where there are no words in it."""
    return nearest(wanted, spoken_languages())


@cache
def ask_words_in(language: Language) -> AskWords:
    """The words of one language.

    Raises:
        UnknownName: when there is no file for it.
    """
    return words_of(__name__, language, among=spoken_languages(), kind=AskWords)
