"""A rule's cases: what it must find, what it must leave alone, and what it must not pretend to have checked.

They are written in the shorthand of :mod:`medoffice.testing.shorthand`, and are at once the rule's
specification, its test and the examples on its page.
"""

from datetime import date
from enum import Enum

import attrs

from medoffice.core import InvalidValue


class Expected(Enum):
    """What a rule does with a case."""

    FIRES = "fires"
    QUIET = "quiet"
    UNCHECKED = "not checked"


@attrs.frozen(kw_only=True)
class Case:
    """One example in shorthand, what the rule does with it, and where its first finding stands.

    ``on`` is the day of service when the shorthand does not name one itself.
    """

    shorthand: str
    expected: Expected
    on: date | None = None
    where: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.shorthand.strip():
            raise InvalidValue("case", "its shorthand cannot be empty")


def fires(shorthand: str, *, on: date | None = None, where: str = "") -> Case:
    """The rule finds a fault; ``where`` names the place of the first one, if that matters."""
    return Case(shorthand=shorthand, expected=Expected.FIRES, on=on, where=where)


def quiet(shorthand: str, *, on: date | None = None) -> Case:
    """The rule checks the case and finds nothing."""
    return Case(shorthand=shorthand, expected=Expected.QUIET, on=on)


def unchecked(shorthand: str, *, on: date | None = None) -> Case:
    """The rule says that it could not check, and finds nothing."""
    return Case(shorthand=shorthand, expected=Expected.UNCHECKED, on=on)
