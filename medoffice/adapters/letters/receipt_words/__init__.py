"""What a receipt says, one file a language: ``xx.py`` with a ``WORDS``; the languages are those of the slips."""

from functools import cache
from importlib import import_module

from medoffice.adapters.letters.receipt_words.receipt_words import ReceiptWords
from medoffice.adapters.letters.words import languages
from medoffice.core.errors import UnknownName
from medoffice.core.people import Language

__all__ = ["ReceiptWords", "receipt_words_in"]


@cache
def receipt_words_in(language: Language) -> ReceiptWords:
    """The words of one language.

    Raises:
        UnknownName: when there is no file for it.
    """
    if language not in languages():
        raise UnknownName("language of a receipt", language.value)
    found = import_module(f"{__name__}.{language.value.replace('-', '_')}").WORDS
    if not isinstance(found, ReceiptWords):
        raise TypeError("a language's file has ReceiptWords called WORDS")
    return found
