"""Text and boxes, sized when they are made: a label is exactly as large as its text."""

from typing import Any

from kivy.core.text import Label as CoreLabel
from kivy.graphics import (
    Color,
    Rectangle,
    RoundedRectangle,
    SmoothEllipse,
    SmoothLine,
    SmoothRoundedRectangle,
)
from kivy.uix.widget import Widget

from kiosk.theme import Colour

FONT = "Roboto"


class Words(Widget):
    """A text of a fixed width (or of its own), wrapped, never shortened.

    Not Kivy's ``Label``: that one redraws through the rules of its style file, a frame later, and keeps every option
    observable; a kiosk's text is made once and replaced when the screen changes.
    """

    def __init__(
        self,
        text: str,
        *,
        size: float,
        colour: Colour,
        width: float | None = None,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        super().__init__(size_hint=(None, None))
        self.text, self.font_size, self.colour = text, size, colour
        drawn = CoreLabel(
            text=text,
            font_name=FONT,
            font_size=size,
            bold=bold,
            halign=align,
            text_size=(width, None),
            line_height=1.08,
        )
        drawn.refresh()
        self.inked = (drawn.content_width, drawn.content_height)
        texture = drawn.texture
        self.size = (width or texture.width, texture.height)
        self._shade = Color(*colour.rgba)
        self._picture = Rectangle(texture=texture, size=texture.size)
        self.canvas.add(self._shade)
        self.canvas.add(self._picture)

    def recolour(self, colour: Colour) -> None:
        """Give it another colour."""
        self.colour = colour
        self._shade.rgba = colour.rgba

    def place(self, x: float, top: float) -> float:
        """Put it with its upper left corner there; the height that it takes."""
        self.pos = self._picture.pos = (round(x), round(top - self.height))
        return float(self.height)


def round_box(
    group: Any, at: tuple[float, float], size: tuple[float, float], radius: float, fill: Colour
) -> Any:
    """A filled box with round corners; the colour instruction is returned, so that it can be changed."""
    colour = Color(*fill.rgba)
    group.add(colour)
    radius = min(radius, size[0] / 2, size[1] / 2)
    group.add(SmoothRoundedRectangle(pos=at, size=size, radius=[radius]))
    return colour


def covered_box(
    group: Any, at: tuple[float, float], size: tuple[float, float], radius: float, fill: Colour
) -> Any:
    """A filled box whose rough border an edge will cover; cheaper to draw than :func:`round_box`."""
    colour = Color(*fill.rgba)
    group.add(colour)
    group.add(RoundedRectangle(pos=(at[0] + 1, at[1] + 1), size=(size[0] - 2, size[1] - 2), radius=[radius]))
    return colour


def round_edge(
    group: Any, at: tuple[float, float], size: tuple[float, float], radius: float, line: float, edge: Colour
) -> Any:
    """The edge of a box with round corners, wholly inside the box."""
    colour = Color(*edge.rgba)
    group.add(colour)
    half = line / 2 + 1
    box = (at[0] + half, at[1] + half, size[0] - 2 * half, size[1] - 2 * half)
    group.add(SmoothLine(rounded_rectangle=(*box, max(1.0, radius - half)), width=line / 2))
    return colour


def disc(group: Any, centre: tuple[float, float], radius: float, fill: Colour) -> Any:
    """A filled circle."""
    colour = Color(*fill.rgba)
    group.add(colour)
    group.add(
        SmoothEllipse(
            pos=(centre[0] - radius, centre[1] - radius), size=(2 * radius, 2 * radius), segments=48
        )
    )
    return colour


def stroke(group: Any, points: tuple[float, ...], width: float, colour: Colour) -> Any:
    """A line through points, with soft edges."""
    shade = Color(*colour.rgba)
    group.add(shade)
    group.add(SmoothLine(points=points, width=width / 2, joint="round", cap="round"))
    return shade


class Block(Widget):
    """A part of a screen with a height of its own; its children move with it."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(size_hint=(None, None), size=(width, height))

    def place(self, x: float, top: float) -> float:
        """Put it with its upper left corner there; the height that it takes."""
        self.pos = (round(x), round(top - self.height))
        self.compose()
        return float(self.height)

    def compose(self) -> None:
        """Draw and place what is inside, now that the position is known."""
