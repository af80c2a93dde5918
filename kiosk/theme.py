"""Colours and measures: how the kiosk looks, in numbers that are checked.

Measures are millimetres on the glass, so that a button is as large on every panel. The design is drawn for a panel
whose short side is at least 194 mm (15.6 inches, 9:16); on a larger one everything grows with it, and nothing is ever
smaller than its measure.
"""

import math
import re
from typing import Final

import attrs

from medoffice.core.errors import InvalidValue

CAPITAL_OF_FONT: Final = 0.711
"""Height of Roboto's capitals, as a part of the font size."""
REFERENCE_SHORT_SIDE: Final = 194.0
"""Short side in mm of the smallest panel that the layout was drawn for."""
LONGEST_LINE: Final = 38
"""Characters of a line of body text, at most."""


@attrs.frozen
class Colour:
    """An sRGB colour, written as ``#RRGGBB``."""

    code: str

    def __attrs_post_init__(self) -> None:
        if re.fullmatch(r"#[0-9A-F]{6}", self.code) is None:
            raise InvalidValue("colour", "write #RRGGBB in capitals")

    @property
    def parts(self) -> tuple[float, float, float]:
        """Red, green and blue from 0 to 1."""
        red, green, blue = (int(self.code[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return red, green, blue

    @property
    def rgba(self) -> tuple[float, float, float, float]:
        """The same with full opacity."""
        return (*self.parts, 1.0)

    @property
    def luminance(self) -> float:
        """Relative luminance, from 0 to 1 (WCAG 2.2, definition of relative luminance)."""
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
            for part in self.parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


@attrs.frozen(kw_only=True)
class Palette:
    """The colours of one look.

    ``main_text`` stands on ``main``; ``good``, ``careful`` and everything else on ``ground`` or ``card``. A pressed
    button is filled with ``pressed`` (the main one) or ``touched`` (the others).
    """

    ground: Colour
    card: Colour
    ink: Colour
    quiet: Colour
    main: Colour
    main_text: Colour
    pressed: Colour
    touched: Colour
    good: Colour
    careful: Colour
    edge: Colour
    tint: Colour
    """The second colour of drawings; never carries text alone."""


CALM: Final = Palette(
    ground=Colour("#FBFAF7"),
    card=Colour("#FFFFFF"),
    ink=Colour("#14213D"),
    quiet=Colour("#44506A"),
    main=Colour("#0B4F6C"),
    main_text=Colour("#FFFFFF"),
    pressed=Colour("#062F41"),
    touched=Colour("#DCE6EA"),
    good=Colour("#0B5A32"),
    careful=Colour("#6B4300"),
    edge=Colour("#5B6B85"),
    tint=Colour("#BFD5DE"),
)
HIGH_CONTRAST: Final = Palette(
    ground=Colour("#000000"),
    card=Colour("#000000"),
    ink=Colour("#FFFFFF"),
    quiet=Colour("#FFFFFF"),
    main=Colour("#FFD400"),
    main_text=Colour("#000000"),
    pressed=Colour("#FFFFFF"),
    touched=Colour("#4A4A4A"),
    good=Colour("#FFD400"),
    careful=Colour("#FFD400"),
    edge=Colour("#FFFFFF"),
    tint=Colour("#FFD400"),
)


@attrs.frozen(kw_only=True)
class Panel:
    """The glass: its size in pixels, and how many of them make a millimetre.

    Raises:
        InvalidValue: when a side is not above zero.
    """

    width: int
    height: int
    per_mm: float

    def __attrs_post_init__(self) -> None:
        if min(self.width, self.height) < 1 or not self.per_mm > 0:
            raise InvalidValue("panel", "its sides and its resolution are above zero")

    @classmethod
    def of_inches(cls, width: int, height: int, inches: float) -> "Panel":
        """A panel by its diagonal, as panels are sold.

        Raises:
            InvalidValue: when a side or the diagonal is not above zero, or the diagonal has no end.
        """
        if not 0 < inches < math.inf:
            raise InvalidValue("panel", "its diagonal is a number of inches above zero")
        return cls(width=width, height=height, per_mm=(width**2 + height**2) ** 0.5 / (inches * 25.4))

    @property
    def is_portrait(self) -> bool:
        """Whether it stands upright."""
        return self.height >= self.width


@attrs.frozen(kw_only=True)
class Theme:
    """A panel and a palette, and every measure in pixels; each property takes its millimetres from the design."""

    panel: Panel
    palette: Palette = CALM

    @property
    def unit(self) -> float:
        """Pixels a design millimetre: a real one at least, more on a panel larger than the smallest."""
        shortest = min(self.panel.width, self.panel.height)
        return max(self.panel.per_mm, shortest / REFERENCE_SHORT_SIDE)

    def mm(self, millimetres: float) -> float:
        """Design millimetres in pixels."""
        return millimetres * self.unit

    def _font(self, capital: float) -> float:
        return self.mm(capital) / CAPITAL_OF_FONT

    @property
    def body(self) -> float:
        """Font size of body text and buttons: capitals of 6.1 mm (0.7 degrees at 500 mm; EN 301 549, 5.1.4)."""
        return self._font(6.1)

    @property
    def small(self) -> float:
        """Font size of labels beside a value: capitals of 4.9 mm (Section 508, 402.4 asks for 4.8)."""
        return self._font(4.9)

    @property
    def heading(self) -> float:
        """Font size of the question: capitals of 9 mm."""
        return self._font(9.0)

    @property
    def number(self) -> float:
        """Font size of the queue number: capitals of 36 mm, to be read from a seat away."""
        return self.mm(36.0) / CAPITAL_OF_FONT

    @property
    def target(self) -> float:
        """Least height of what is touched: 20 mm."""
        return self.mm(20.0)

    @property
    def key(self) -> float:
        """Least width of a letter's key: 14 mm, which leaves room for ten in a row (WCAG 2.2, 2.5.5: 44 CSS px)."""
        return self.mm(14.0)

    @property
    def gap(self) -> float:
        """Least distance between two buttons: 6 mm."""
        return self.mm(6.0)

    @property
    def key_gap(self) -> float:
        """Distance between two keys: 2 mm."""
        return self.mm(2.0)

    @property
    def margin(self) -> float:
        """Distance from the edge: 12 mm."""
        return self.mm(12.0)

    @property
    def line(self) -> float:
        """Width of a line: a hair more than two pixels at the smallest panel."""
        return self.mm(0.5)

    @property
    def radius(self) -> float:
        """Radius of rounded corners."""
        return self.mm(3.0)
