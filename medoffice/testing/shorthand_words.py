"""The words of a case in shorthand: lines, options, and the column of each, so that a fault can be pointed at."""

import re
from collections.abc import Callable
from typing import TypeVar

import attrs

from medoffice.core import InvalidValue, MedofficeError
from medoffice.rules import nearest

T = TypeVar("T")


class ShorthandFault(MedofficeError, ValueError):
    """A case that cannot be read; the message shows the text and points to the column, counted from 1."""

    def __init__(self, text: str, column: int, reason: str) -> None:
        super().__init__(text, column, reason)
        self.text = text
        self.column = column
        self.reason = reason

    def __str__(self) -> str:
        return f"column {self.column}: {self.reason}\n  {self.text}\n  {' ' * (self.column - 1)}^"


@attrs.frozen
class Word:
    """A word and the column where it begins, counted from 1."""

    text: str
    column: int


@attrs.frozen
class Options:
    """The options of one part of a case, each with its place in the text."""

    source: str
    found: dict[str, list[Word]]

    def read(self, key: str, parse: Callable[[str], T], default: T) -> T:
        """What the option says, or the default when it is not there.

        Raises:
            ShorthandFault: when ``parse`` refuses its value.
        """
        for value in self.found.get(key, ()):
            return self.parse(value, parse)
        return default

    def all(self, key: str, parse: Callable[[str], T]) -> tuple[T, ...]:
        """What an option says that may stand more than once.

        Raises:
            ShorthandFault: when ``parse`` refuses a value.
        """
        return tuple(self.parse(value, parse) for value in self.found.get(key, ()))

    def parse(self, value: Word, parse: Callable[[str], T]) -> T:
        """What a word says.

        Raises:
            ShorthandFault: when ``parse`` refuses it; the fault points to the word.
        """
        try:
            return parse(value.text)
        except InvalidValue as cause:
            raise ShorthandFault(self.source, value.column, str(cause)) from None


def parts_of(text: str) -> list[list[Word]]:
    """The words of each line, and last those about the whole claim.

    Raises:
        ShorthandFault: when a line has no service.
    """
    parts: list[list[Word]] = [[]]
    after_bar = False
    for found in re.finditer(r"\S+", text):
        word = Word(found.group(), found.start() + 1)
        if word.text in {"+", "|"}:
            if after_bar or not parts[-1]:
                raise ShorthandFault(text, word.column, f"there is no service before this {word.text!r}")
            after_bar = word.text == "|"
            parts.append([])
        else:
            parts[-1].append(word)
    if not after_bar:
        if not parts[-1]:
            raise ShorthandFault(text, len(text) + 1, "a service is missing here")
        parts.append([])
    return parts


def options_of(
    text: str, words: list[Word], known: tuple[str, ...], *, many: tuple[str, ...] = ()
) -> Options:
    """The options among words.

    Raises:
        ShorthandFault: when one is not known, says nothing, or stands twice and is not one of ``many``.
    """
    found: dict[str, list[Word]] = {}
    for word in words:
        key, equals, value = word.text.partition("=")
        if not equals or not value:
            raise ShorthandFault(text, word.column, f"{word.text!r} is not an option such as {known[0]}=")
        if key not in known:
            raise ShorthandFault(text, word.column, no_such("option", key, known))
        if key in found and key not in many:
            raise ShorthandFault(text, word.column, f"{key}= stands twice")
        found.setdefault(key, []).append(Word(value, word.column + len(key) + 1))
    return Options(text, found)


def no_such(kind: str, word: str, known: tuple[str, ...]) -> str:
    """That a name is not known, and which one was probably meant."""
    guess = nearest(word, known)
    return f"there is no {kind} {word!r}" + (
        f"; did you mean {guess!r}?" if guess else f"; say {', '.join(known)}"
    )
