"""Words by language: a package with one file a language (``es.py``, ``WORDS``), found without a list of them."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import Final, TypeVar

from medoffice.core.errors import UnknownName
from medoffice.core.people import Language

T = TypeVar("T")

_ENGLISH: Final = Language("en")


def languages_among(path: Iterable[str], *, beside: str) -> tuple[Language, ...]:
    """The languages that a package has a file for, by tag; ``beside`` is the file that is none."""
    tags = sorted(found.name for found in iter_modules(path) if found.name != beside)
    return tuple(Language(tag.replace("_", "-")) for tag in tags)


def nearest(wanted: Language, among: tuple[Language, ...]) -> Language:
    """The language itself, or without its script and region (``es-MX`` is read as ``es``), or English."""
    plain = Language(wanted.value.partition("-")[0])
    return next((each for each in (wanted, plain) if each in among), _ENGLISH)


def words_of(package: str, language: Language, *, among: tuple[Language, ...], kind: type[T]) -> T:
    """The words of one language out of a package.

    Raises:
        UnknownName: when it is none of the languages there are.
        TypeError: when its file has no ``WORDS`` of that kind.
    """
    if language not in among:
        raise UnknownName("language", language.value)
    found = import_module(f"{package}.{language.value.replace('-', '_')}").WORDS
    if not isinstance(found, kind):
        raise TypeError(f"a language's file has {kind.__name__} called WORDS")
    return found
