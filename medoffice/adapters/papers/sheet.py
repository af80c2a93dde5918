"""A sheet of paper as a value: headings, paragraphs, labelled facts and tables, from above to below."""

import attrs

from medoffice.core import InvalidValue, Language


@attrs.frozen
class Heading:
    """A line above what follows."""

    text: str = attrs.field(repr=False)


@attrs.frozen
class Paragraph:
    """Running text; ``is_strong`` is set bold."""

    text: str = attrs.field(repr=False)
    is_strong: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class Facts:
    """Labels with what they name, one below the other."""

    rows: tuple[tuple[str, str], ...] = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Table:
    """Rows under a head; ``weights`` share the width out among the columns, ``right`` are the columns set to the right.

    ``total`` is a last row, set apart.

    Raises:
        InvalidValue: when a row has another number of cells than the head, or weights are missing.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = attrs.field(repr=False)
    weights: tuple[int, ...]
    right: frozenset[int] = frozenset()
    total: tuple[str, ...] | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        whole = (*self.rows, *(() if self.total is None else (self.total,)), self.weights)
        if any(len(row) != len(self.head) for row in whole) or min(self.weights, default=0) < 1:
            raise InvalidValue("table", "each row has a cell, and each column a weight, for each head")


Block = Heading | Paragraph | Facts | Table
"""What a sheet is made of."""


@attrs.frozen(kw_only=True)
class Sheet:
    """A whole paper. ``title`` says what it is and names nobody; ``page`` is ``"Page {number} of {count}"`` in its language.

    ``office`` is the name above everything, ``under`` what stands below it (place, telephone), a line each.
    """

    title: str
    language: Language
    office: str
    under: tuple[str, ...] = ()
    blocks: tuple[Block, ...]
    page: str
