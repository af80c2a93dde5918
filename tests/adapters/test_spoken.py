"""What the desk says about money: every language says all of it, with the same values in it."""

import re
import string

import attrs
import pytest

from medoffice.adapters.spoken import ask_words_in, spoken_for, spoken_languages
from medoffice.billing import STEPS, UNKNOWNS
from medoffice.core import Language, UnknownName
from medoffice.workflows.collection import For, OpenEstimate
from medoffice.workflows.collection.words import AskWords

ENGLISH = Language("en")


def texts(words: AskWords) -> dict[str, str]:
    """Every sentence by its place."""
    found: dict[str, str] = {}
    for name, value in attrs.asdict(words, recurse=False).items():
        if isinstance(value, str):
            found[name] = value
        else:
            found.update({f"{name}.{getattr(key, 'value', key)}": text for key, text in value.items()})
    return found


def values_in(text: str) -> set[str]:
    """The names of the values that stand in a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", spoken_languages(), ids=str)
def test_every_language_says_everything(language: Language) -> None:
    """No code of the library is without words, and each sentence holds the values that the English one holds."""
    words = ask_words_in(language)
    assert set(words.steps) == set(STEPS)
    assert set(words.unknowns) == set(UNKNOWNS)
    assert set(words.opening) == set(For)
    assert set(words.left_open) == set(OpenEstimate)
    said, english = texts(words), texts(ask_words_in(ENGLISH))
    assert {name: values_in(text) for name, text in said.items()} == {
        name: values_in(text) for name, text in english.items()
    }
    assert all(text.strip() == text and text for text in said.values())


def test_spanish_says_usted_and_nothing_in_english() -> None:
    """No sentence is left as it was, but for how a day is written, and nobody is addressed as tú."""
    said, english = texts(ask_words_in(Language("es"))), texts(ask_words_in(ENGLISH))
    assert {name for name, text in said.items() if text == english[name]} == {"day"}
    assert not [
        text for text in said.values() if re.search(r"\b(tú|tu|tus|te|ti|contigo)\b", text, re.IGNORECASE)
    ]


def test_who_speaks_another_language_is_told_in_english() -> None:
    """A region is left aside; a language that was named and has no words is not silently another."""
    assert spoken_for(Language("es-MX")) == Language("es")
    assert spoken_for(Language("vi")) == ENGLISH
    with pytest.raises(UnknownName):
        ask_words_in(Language("vi"))
