"""The short codes by which an office names its kinds of things: lower-case words joined by hyphens."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from medoffice.core import InvalidValue

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def is_slug(value: object) -> bool:
    """Whether a value is lower-case words and digits joined by hyphens."""
    return isinstance(value, str) and _SLUG.fullmatch(value) is not None


def slug(kind: str, what: str, *, or_empty: bool = False) -> Callable[[object, Any, str], None]:
    """A validator for :func:`attrs.field`: ``what`` of a ``kind`` is a slug."""

    def check(_: object, __: Any, value: str) -> None:  # noqa: ANN401 - any field's attribute
        if not (is_slug(value) or (or_empty and value == "")):
            raise InvalidValue(kind, f"{what} is lower-case words and digits joined by hyphens")

    return check


def slugs(kind: str, what: str) -> Callable[[object, Any, frozenset[str]], None]:
    """A validator for :func:`attrs.field`: ``what`` of a ``kind`` is a frozen set of slugs."""

    def check(_: object, __: Any, value: frozenset[str]) -> None:  # noqa: ANN401 - any field's attribute
        if not all(map(is_slug, value)):
            raise InvalidValue(kind, f"{what} are lower-case words and digits joined by hyphens")

    return check


def as_slugs(value: str | Iterable[str]) -> frozenset[str]:
    """A converter for :func:`attrs.field`: one slug, or several, as a frozen set."""
    return frozenset((value,)) if isinstance(value, str) else frozenset(value)
