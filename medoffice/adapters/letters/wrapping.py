"""Breaking a text into lines that fit. Nothing is ever cut off."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final

_PIECE: Final = re.compile(r"[^ -]*-+|[^ -]+| +")


def wrapped(text: str, room: float, width: Callable[[str], float]) -> tuple[str, ...]:
    """The text in lines no wider than ``room``, as few as can be.

    It is broken at spaces and after hyphens; a word that alone is too wide is broken between letters. The lines
    joined, spaces aside, are the text. One letter stands even where there is not room for it.
    """
    lines = [""]
    for piece in _pieces(text, room, width):
        if width((lines[-1] + piece).rstrip()) <= room:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return tuple(line.rstrip() for line in lines if line.strip())


def fitting(
    text: str,
    room: float,
    sizes: Sequence[float],
    width_at: Callable[[float], Callable[[str], float]],
    *,
    most_lines: int = 2,
) -> tuple[float, tuple[str, ...]]:
    """The largest of ``sizes`` (largest first) at which the text takes few enough lines, and the lines.

    Where even the smallest takes more, it takes more: text is set small rather than cut.
    """
    for size in sizes:
        lines = wrapped(text, room, width_at(size))
        if len(lines) <= most_lines and not _is_torn(text, lines):
            return size, lines
    return sizes[-1], wrapped(text, room, width_at(sizes[-1]))


def _is_torn(text: str, lines: tuple[str, ...]) -> bool:
    """Whether a word was broken between letters."""
    return set("".join(f"{line} " for line in lines).replace("-", "- ").split()) != set(
        text.replace("-", "- ").split()
    )


def _pieces(text: str, room: float, width: Callable[[str], float]) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        if width(piece) <= room:
            yield piece
        else:
            yield from _letters(piece)


def _letters(word: str) -> Iterator[str]:
    """The letters of a word, each with the marks that stand on it."""
    letter = ""
    for character in word:
        if letter and not unicodedata.combining(character):
            yield letter
            letter = ""
        letter += character
    yield letter
