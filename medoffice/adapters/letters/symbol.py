"""The QR code of a slip: large enough for an old camera, its modules whole dots of the picture.

Error correction M (about 15 %) and a quiet zone of four modules, as ISO/IEC 18004 asks for.
"""

from collections.abc import Iterator
from typing import Final

import attrs
import segno

from medoffice.adapters.letters.fonts import CannotPrint

DOTS_AN_INCH: Final = 200
DOT: Final = 72 / DOTS_AN_INCH
"""One dot of the picture, in points."""
QUIET_ZONE: Final = 4
_LARGEST: Final = 456
"""Dots of the whole symbol, quiet zone included: 57.9 mm."""
_SMALLEST_MM: Final = 35.0
_MM: Final = 25.4 / DOTS_AN_INCH


@attrs.frozen(kw_only=True)
class Symbol:
    """A QR code: its rows of modules (true is dark) without the quiet zone, and the dots that a module measures."""

    rows: tuple[tuple[bool, ...], ...] = attrs.field(repr=False)
    dots: int

    @property
    def module(self) -> float:
        """The side of one module, in points."""
        return self.dots * DOT

    @property
    def side(self) -> float:
        """The side of the whole with its quiet zone, in points."""
        return (len(self.rows) + 2 * QUIET_ZONE) * self.module

    @property
    def printed_mm(self) -> float:
        """The side of what is printed, without the quiet zone, in millimetres."""
        return len(self.rows) * self.dots * _MM

    def snapped(self, distance: float) -> float:
        """The nearest distance from the page's corner at which a dot of the picture begins, in points."""
        return round(distance / DOT) * DOT

    def bars(self) -> Iterator[tuple[float, float, float]]:
        """Runs of dark modules: left, top (both from the symbol's upper left corner) and length, in points."""
        for number, row in enumerate(self.rows):
            start = 0
            for column, (dark, following) in enumerate(zip(row, (*row[1:], False), strict=True)):
                if not dark:
                    start = column + 1
                elif not following:
                    left, top = start + QUIET_ZONE, number + QUIET_ZONE
                    yield left * self.module, top * self.module, (column + 1 - start) * self.module


def symbol_of(text: str) -> Symbol:
    """The QR code of a text.

    Raises:
        CannotPrint: when the text is so long that its code would have to be larger, or finer, than a slip allows.
    """
    try:
        code = segno.make_qr(text, error="m", boost_error=False)
    except segno.DataOverflowError:
        raise CannotPrint("the code is too long for a slip") from None
    rows = tuple(tuple(bool(module) for module in row) for row in code.matrix)
    symbol = Symbol(rows=rows, dots=_LARGEST // (len(rows) + 2 * QUIET_ZONE))
    if symbol.printed_mm < _SMALLEST_MM or symbol.dots < 3:  # noqa: PLR2004 -- finer modules do not print well
        raise CannotPrint("the code is too long for a slip")
    return symbol
