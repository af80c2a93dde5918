"""What the kiosk says, one file a language.

A new language is a new file: ``xx.py`` with a :class:`~kiosk.words.tongue.Tongue` called ``TONGUE``. Nothing else
has to know of it; the laws in ``tests/kiosk/test_words.py`` hold for it at once.
"""

import datetime as dt
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import Final

from kiosk.words.tongue import FaceWord, Tongue
from medoffice.checkin.screen import AmountLine
from medoffice.checkin.words import Say, SayValue
from medoffice.core.errors import UnknownName
from medoffice.core.people import Language

_NOT_A_LANGUAGE: Final = frozenset({"tongue"})

__all__ = ["FaceWord", "Tongue", "amount_label", "face_phrase", "languages", "phrase", "tongue"]


@cache
def languages() -> tuple[Language, ...]:
    """The languages there is a file for, by tag."""
    tags = sorted(found.name for found in iter_modules(__path__) if found.name not in _NOT_A_LANGUAGE)
    return tuple(Language(tag.replace("_", "-")) for tag in tags)


@cache
def tongue(language: Language) -> Tongue:
    """The words of one language.

    Raises:
        UnknownName: when there is no file for it.
    """
    if language not in languages():
        raise UnknownName("language", language.value)
    found = import_module(f"{__name__}.{language.value.replace('-', '_')}").TONGUE
    if not isinstance(found, Tongue):
        raise TypeError("a language's file has a Tongue called TONGUE")
    return found


def phrase(say: Say, language: Language) -> str:
    """The sentence, with its values as the language writes them.

    A value that is empty takes the separator before it along: ``"9:00 AM · Ruth Okafor"`` without a name is
    ``"9:00 AM"``.
    """
    speech = tongue(language)
    values = {name: _written(value, speech) for name, value in say.values}
    text = speech.words[say.word].format_map(values)
    return text if all(values.values()) else text.strip(" ·")


def face_phrase(word: FaceWord, language: Language, **values: int) -> str:
    """A sentence of the face's own."""
    return tongue(language).face[word].format_map(values)


def amount_label(line: AmountLine, language: Language) -> str:
    """What a step of an explanation, or something unknown, is called; in English where nobody translated it."""
    speech = tongue(language)
    known = speech.unknowns if line.amount is None else speech.steps
    return known.get(line.code) or line.label or line.code


def placeholders(text: str) -> frozenset[str]:
    """The names in braces in a sentence."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _written(value: SayValue, speech: Tongue) -> str:
    match value:
        case dt.time():
            return speech.time(value)
        case dt.date():
            return speech.date(value)
        case _:
            return str(value)
