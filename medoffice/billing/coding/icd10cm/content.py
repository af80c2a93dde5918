"""What one edition of ICD-10-CM says, as plain values: codes in the order of the tabular list, and its notes."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

import attrs

from medoffice.core import InvalidValue


class NoteKind(Enum):
    """The instructional notes of the tabular list (ICD-10-CM Official Guidelines, section I.A)."""

    INCLUDES = "includes"
    INCLUSION_TERM = "inclusionTerm"
    EXCLUDES1 = "excludes1"
    """Not coded here: the two are never used together, but for conditions that are unrelated (I.A.12.a)."""
    EXCLUDES2 = "excludes2"
    """Not included here: both may be used when the patient has both (I.A.12.b)."""
    CODE_FIRST = "codeFirst"
    """The underlying condition is sequenced before it (I.A.13)."""
    USE_ADDITIONAL = "useAdditionalCode"
    CODE_ALSO = "codeAlso"
    """Two codes may be needed, in the order that the visit gives (I.A.17)."""
    NOTE = "notes"


Seventh = tuple[tuple[str, str], ...]
"""Seventh characters, each with what it says."""
Notes = Mapping[int, Mapping[NoteKind, tuple[str, ...]]]
"""Notes by the place of what bears them."""


@attrs.frozen(kw_only=True)
class Division:
    """A chapter or a block (section) of the tabular list; ``start`` is the place of its first code."""

    name: str
    description: str
    start: int


@attrs.frozen(kw_only=True)
class EditionNotes:
    """All notes of an edition, of codes, blocks and chapters."""

    codes: Notes
    sections: Notes
    chapters: Notes


@attrs.frozen(kw_only=True)
class Content:
    """One edition without its notes: for discharges and visits from ``first`` to ``last``.

    ``codes`` have their dot. ``sevenths`` stand at the place of the code that defines them and hold for all below it.
    ``never`` are codes which these would give and which do not exist all the same.

    Raises:
        InvalidValue: when there are not as many descriptions as codes, or the days are in the wrong order.
    """

    name: str
    first: date
    last: date
    codes: tuple[str, ...] = attrs.field(repr=False)
    descriptions: tuple[str, ...] = attrs.field(repr=False)
    chapters: tuple[Division, ...] = attrs.field(repr=False)
    sections: tuple[Division, ...] = attrs.field(repr=False)
    sevenths: Mapping[int, Seventh] = attrs.field(repr=False)
    never: frozenset[str] = attrs.field(default=frozenset(), repr=False)

    def __attrs_post_init__(self) -> None:
        if len(self.codes) != len(self.descriptions) or not self.codes:
            raise InvalidValue(
                "ICD-10-CM edition", "each code has its description, and there is one at least"
            )
        if self.last < self.first:
            raise InvalidValue("ICD-10-CM edition", "its last day is not before its first")
