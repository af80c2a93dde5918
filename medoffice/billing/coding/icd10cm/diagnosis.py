"""One code of ICD-10-CM as an edition has it."""

import re
from enum import Enum
from typing import Final, Protocol

import attrs

from medoffice.billing.coding.icd10cm.content import NoteKind, Seventh
from medoffice.billing.coding.icd10cm.references import CodeRange, codes_in


class Side(Enum):
    """Which side of the body a code's description names."""

    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"
    NOT_SAID = "unspecified"
    """The description says that the side is not known, while other codes beside it name one."""


class Source(Protocol):
    """The edition behind a code, asked for what the code says; ``place`` is where it stands in the tabular list."""

    def title(self, place: int, seventh: str) -> str:
        """Its description."""
        ...

    def is_complete(self, place: int, seventh: str) -> bool:
        """Whether nothing is missing."""
        ...

    def sevenths(self, place: int) -> Seventh:
        """The seventh characters that a code of the list needs."""
        ...

    def parent(self, place: int, seventh: str) -> str:
        """The code above."""
        ...

    def section(self, place: int) -> str:
        """The block around it."""
        ...

    def chapter(self, place: int) -> str:
        """The chapter around it."""
        ...

    def side(self, place: int) -> Side | None:
        """The side that it names."""
        ...


_MANIFESTATION: Final = re.compile(r"\bin (?:[a-z]+ ){0,3}diseases classified elsewhere", re.IGNORECASE)
_EXTERNAL: Final = "20"


@attrs.frozen
class Diagnosis:
    """A code with its dot. What it says is read in its edition when it is asked for, so that finding one is cheap."""

    code: str
    _from: tuple[Source, int, str] = attrs.field(repr=False, eq=False, alias="source")

    @property
    def seventh(self) -> str:
        """Its seventh character, where it has one that a definition gives."""
        return self._from[2]

    @property
    def description(self) -> str:
        """Its title; of a code with a seventh character with what that says."""
        source, place, seventh = self._from
        return source.title(place, seventh)

    @property
    def is_billable(self) -> bool:
        """Whether it is complete, and not a header or without the seventh character that it needs."""
        source, place, seventh = self._from
        return source.is_complete(place, seventh)

    @property
    def sevenths(self) -> Seventh:
        """The seventh characters that it still needs; after fewer than six characters with ``X`` before (I.A.4, I.A.5)."""
        source, place, seventh = self._from
        return () if seventh else source.sevenths(place)

    @property
    def parent(self) -> str:
        """The code above it, empty for a category."""
        source, place, seventh = self._from
        return source.parent(place, seventh)

    @property
    def category(self) -> str:
        """The first three characters."""
        return self.code[:3]

    @property
    def section(self) -> str:
        """The block of the tabular list, such as ``A00-A09``."""
        return self._from[0].section(self._from[1])

    @property
    def chapter(self) -> str:
        """The number of the chapter."""
        return self._from[0].chapter(self._from[1])

    @property
    def side(self) -> Side | None:
        """The side of the body that its title names."""
        return self._from[0].side(self._from[1])

    @property
    def is_manifestation(self) -> bool:
        """Whether its title says "in diseases classified elsewhere" (other ones too): it is never first (I.A.13)."""
        return _MANIFESTATION.search(self.description) is not None

    @property
    def is_external_cause(self) -> bool:
        """Whether it is of chapter 20, and so never the principal diagnosis (I.C.20.a.6)."""
        return self.chapter == _EXTERNAL

    @property
    def undotted(self) -> str:
        """The code as an X12 claim carries it."""
        return self.code.replace(".", "")

    def __str__(self) -> str:
        return f"{self.code} {self.description}"


@attrs.frozen(kw_only=True)
class Note:
    """An instructional note, and where it stands: at a code, or at the block or chapter around it."""

    kind: NoteKind
    text: str
    at: str

    @property
    def codes(self) -> tuple[CodeRange, ...]:
        """The codes that it names."""
        return codes_in(self.text)

    def names(self, code: str) -> bool:
        """Whether it names a code, or one above it, as far as it can be told from its text."""
        return any(code in each for each in self.codes)
