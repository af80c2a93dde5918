"""One code of ICD-10-CM as an edition has it."""

from enum import Enum

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


@attrs.frozen(kw_only=True)
class Diagnosis:
    """A code with its dot, and what it says.

    ``is_billable`` tells a code that is complete from a header. ``sevenths`` are the seventh characters that it still
    needs, ``seventh`` the one that it has; a seventh character after fewer than six is preceded by ``X`` (guideline
    I.A.4 and I.A.5). ``parent`` is the code above it, empty for a category. ``section`` and ``chapter`` are their names,
    such as ``A00-A09`` and ``1``. ``is_manifestation``: its title says "in diseases classified elsewhere" (other, infectious ones), so it is never
    first (I.A.13). ``is_external_cause``: it is of chapter 20, and never the principal diagnosis (I.C.20.a.6).
    """

    code: str
    description: str
    is_billable: bool
    parent: str = ""
    section: str = ""
    chapter: str = ""
    sevenths: Seventh = ()
    seventh: str = ""
    side: Side | None = None
    is_manifestation: bool = False
    is_external_cause: bool = False

    @property
    def category(self) -> str:
        """The first three characters."""
        return self.code[:3]

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
