"""Drawing in pixels: a figure whose units are those of the picture, and its bytes as SVG or PNG.

Everything is drawn by matplotlib's own objects on a canvas of their own, so no picture leaves a trace in another.
The same picture gives the same bytes: no time, no version and no chance is in them.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final, Literal
from xml.sax.saxutils import escape

import attrs
import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.textpath import TextPath

from medoffice.adapters.pictures.palette import GROUND, INK

_DPI: Final = 100
_POINTS: Final = 72
_FAMILY: Final = "DejaVu Sans"
_SETTINGS: Final[dict[Any, object]] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "medoffice",
    "text.usetex": False,
    "path.sketch": None,
}


@attrs.frozen(kw_only=True)
class Box:
    """A rectangle in pixels, from the top left."""

    left: float
    top: float
    width: float
    height: float


@attrs.define
class Sheet:
    """A sheet of so many pixels to draw on, from the top left."""

    width: int
    height: int
    _figure: Figure = attrs.field(init=False)
    _drawn: int = attrs.field(default=0, init=False)

    @_figure.default
    def _blank(self) -> Figure:
        return Figure(figsize=(self.width / _DPI, self.height / _DPI), dpi=_DPI, facecolor=GROUND)

    def box(
        self,
        box: Box,
        *,
        fill: str,
        edge: str = "none",
        line: float = 1.0,
        pattern: str = "",
        dashed: bool = False,
    ) -> None:
        """A filled rectangle; a pattern is drawn in the colour of its edge."""
        self._add(
            Rectangle(
                (box.left / self.width, 1 - (box.top + box.height) / self.height),
                box.width / self.width,
                box.height / self.height,
                facecolor=fill,
                edgecolor=edge,
                linewidth=line * _POINTS / _DPI,
                linestyle=(0, (3, 2)) if dashed else "solid",
                hatch=pattern or None,
                transform=self._figure.transFigure,
            )
        )

    def line(self, start: tuple[float, float], end: tuple[float, float], *, colour: str, line: float) -> None:
        """A straight line."""
        (left, top), (right, bottom) = start, end
        self._add(
            Line2D(
                [left / self.width, right / self.width],
                [1 - top / self.height, 1 - bottom / self.height],
                color=colour,
                linewidth=line * _POINTS / _DPI,
                transform=self._figure.transFigure,
            )
        )

    def text(
        self,
        text: str,
        at: tuple[float, float],
        *,
        size: float,
        colour: str = INK,
        bold: bool = False,
        across: Literal["left", "center", "right"] = "left",
        ground: str = "",
    ) -> None:
        """A line of text of a size in pixels; with ``ground`` (from the left) what lies under it is covered."""
        left, top = at
        if ground:
            wide = width_of(text, size=size, bold=bold)
            self.box(Box(left=left - 2, top=top - size * 0.6, width=wide + 4, height=size * 1.2), fill=ground)
        self._add(
            Text(
                left / self.width,
                1 - top / self.height,
                text,
                color=colour,
                fontproperties=_font(size, bold=bold),
                horizontalalignment=across,
                verticalalignment="center_baseline",
                parse_math=False,
                transform=self._figure.transFigure,
            )
        )

    def _add(self, artist: Artist) -> None:
        """Put something on top of all that was drawn before."""
        self._drawn += 1
        artist.set_zorder(self._drawn)
        self._figure.add_artist(artist)

    def svg(self, *, title: str, description: str) -> bytes:
        """The sheet as SVG, with its title and its description in words."""
        with mpl.rc_context(_SETTINGS):
            FigureCanvasSVG(self._figure)
            out = BytesIO()
            self._figure.savefig(
                out,
                format="svg",
                dpi=_DPI,
                metadata={"Creator": None, "Date": None, "Format": None, "Type": None},
            )
        head, mark, rest = out.getvalue().partition(b"<svg ")
        opening, close, body = rest.partition(b">")
        told = f'<title id="title">{escape(title)}</title><desc id="description">{escape(description)}</desc>'
        named = b'role="img" aria-labelledby="title description" '
        return head + mark + named + opening + close + told.encode() + body

    def png(self) -> bytes:
        """The sheet as PNG, one pixel a unit."""
        with mpl.rc_context(_SETTINGS):
            FigureCanvasAgg(self._figure)
            out = BytesIO()
            self._figure.savefig(out, format="png", dpi=_DPI, metadata={"Software": None})
        return out.getvalue()


def fitted(text: str, *, size: float, width: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than ``width`` pixels; nothing when not even that fits."""
    if width_of(text, size=size, bold=bold) <= width:
        return text
    for length in range(len(text) - 1, 0, -1):
        cut = f"{text[:length].rstrip()}…"
        if width_of(cut, size=size, bold=bold) <= width:
            return cut
    return ""


def width_of(text: str, *, size: float, bold: bool = False) -> float:
    """How many pixels wide a line of text is."""
    if not text.strip():
        return 0.0
    path = TextPath((0, 0), text, size=size, prop=_font(size, bold=bold), usetex=False)
    return float(path.get_extents().width)


def widest(texts: Iterable[str], *, size: float) -> float:
    """The width of the widest."""
    return max((width_of(text, size=size) for text in texts), default=0.0)


def _font(size: float, *, bold: bool) -> FontProperties:
    return FontProperties(family=_FAMILY, weight="bold" if bold else "normal", size=size * _POINTS / _DPI)
