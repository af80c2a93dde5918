"""The letters that a slip is set in, and whether they can show a text as it is meant.

ReportLab sets one letter after the other. It neither turns text round nor joins and reorders letters, so Arabic or
Hindi would come out wrong rather than not at all. What cannot be set right is refused, never set as boxes.
"""

import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import attrs
import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from medoffice.core.errors import MedofficeError

FACES: Final = (
    (Path("/usr/share/fonts/truetype/dejavu"), "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    (Path("/usr/share/fonts/TTF"), "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    (Path("/usr/share/fonts/dejavu-sans-fonts"), "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    # Vera comes with ReportLab: DejaVu's ancestor, with Western European letters only.
    (Path(reportlab.__file__).parent / "fonts", "Vera.ttf", "VeraBd.ttf"),
)
"""Where the two weights are looked for: folder, regular, bold."""
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_COMBINING: Final = range(0x0300, 0x0370)


class CannotPrint(MedofficeError):
    """A slip cannot be set on its page as it is meant; the message says which part, and shows nothing of it."""


class NoFont(CannotPrint):
    """No font was found that can be put into the file; install the package ``fonts-dejavu-core``."""


@attrs.frozen(eq=False)
class Font:
    """One font: the name that ReportLab knows it by, and the code points that it has letters for."""

    name: str
    letters: frozenset[int] = attrs.field(repr=False)

    def width(self, text: str, size: float) -> float:
        """How wide a text is at a size; both in points."""
        return float(pdfmetrics.stringWidth(text, self.name, size))

    def measure(self, size: float) -> Callable[[str], float]:
        """The width of any text at one size, in points."""
        return lambda text: self.width(text, size)

    def require(self, text: str, what: str) -> None:
        """See that every character can be shown as it is meant.

        Raises:
            CannotPrint: when one cannot be; ``what`` says in the message which text it is.
        """
        if not all(self._can_set(letter) for letter in text):
            raise CannotPrint(f"{what} has characters that the slip's font cannot show")

    def _can_set(self, letter: str) -> bool:
        category = unicodedata.category(letter)
        if ord(letter) not in self.letters or category in _UNSEEN:
            return False
        if unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT:
            return False
        return not category.startswith("M") or ord(letter) in _COMBINING


@attrs.frozen
class Face:
    """The two weights that a slip is set in."""

    regular: Font
    bold: Font


@cache
def face() -> Face:
    """DejaVu Sans where the system has it, else the font that ReportLab brings.

    Raises:
        NoFont: when there is neither.
    """
    return first_face(FACES)


def first_face(places: tuple[tuple[Path, str, str], ...]) -> Face:
    """The first face of which both weights are there.

    Raises:
        NoFont: when there is none.
    """
    for folder, regular, bold in places:
        if (folder / regular).is_file() and (folder / bold).is_file():
            return Face(_registered(folder / regular), _registered(folder / bold))
    raise NoFont("no font was found for the slip; install the package fonts-dejavu-core")


def _registered(path: Path) -> Font:
    font = TTFont(f"Slip{path.stem}", str(path))
    pdfmetrics.registerFont(font)
    return Font(font.fontName, frozenset(font.face.charToGlyph))
