"""What a receipt says, one file a language: ``xx.py`` with a ``WORDS``; the languages are those of the slips."""

from functools import cache

from medoffice.adapters.letters.receipt_words.receipt_words import ReceiptWords
from medoffice.adapters.letters.words import languages
from medoffice.adapters.tongues import words_of
from medoffice.core.people import Language

__all__ = ["ReceiptWords", "receipt_words_in"]


@cache
def receipt_words_in(language: Language) -> ReceiptWords:
    """The words of one language.

    Raises:
        UnknownName: when there is no file for it.
    """
    return words_of(__name__, language, among=languages(), kind=ReceiptWords)
