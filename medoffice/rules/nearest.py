"""What somebody probably meant by a name that nobody declared."""

from collections.abc import Iterable
from difflib import get_close_matches

from medoffice.core import UnknownName


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like ``name`` whatever the case, or nothing when none is like it."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(name.casefold(), by_folded, n=1)
    return by_folded[found[0]] if found else ""


def unknown(kind: str, name: str, known: Iterable[str]) -> UnknownName:
    """The exception for a name that nobody declared, with the nearest one that somebody did."""
    return UnknownName(kind, name, nearest(name, known))
