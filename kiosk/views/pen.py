"""Drawing with a few shapes in a space of 160 by 100, whatever the size on the screen."""

from math import cos, radians, sin
from typing import Any

from kivy.graphics import Color, Mesh

from kiosk.theme import Colour
from kiosk.views.paint import disc, round_box, stroke

WIDE, HIGH = 160.0, 100.0


class Pen:
    """Puts shapes into ``group``, fitted into the box given, its middle in the middle.

    ``line`` is the width of lines in drawing units. Shapes are named by what they are, so that a drawing reads like
    its description.
    """

    def __init__(
        self,
        group: Any,
        at: tuple[float, float],
        size: tuple[float, float],
        *,
        ink: Colour,
        tint: Colour,
        paper: Colour,
        wide: float = WIDE,
    ) -> None:
        self._group = group
        self._scale = min(size[0] / wide, size[1] / HIGH)
        self._left = at[0] + (size[0] - wide * self._scale) / 2
        self._low = at[1] + (size[1] - HIGH * self._scale) / 2
        self.ink, self.tint, self.paper = ink, tint, paper
        self.line = 2.2

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self._left + x * self._scale, self._low + y * self._scale

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        corner: float = 3,
        fill: Colour | None = None,
    ) -> None:
        """A sheet, card or device: an inked edge around paper (or another fill)."""
        ink, unit = self.line, self._scale
        round_box(self._group, self._at(x, y), (width * unit, height * unit), corner * unit, self.ink)
        inner = (width - 2 * ink) * unit, (height - 2 * ink) * unit
        round_box(
            self._group, self._at(x + ink, y + ink), inner, max(0.5, corner - ink) * unit, fill or self.paper
        )

    def bar(self, x: float, y: float, width: float, height: float, colour: Colour, corner: float = 1) -> None:
        """A filled bar without an edge."""
        unit = self._scale
        round_box(self._group, self._at(x, y), (width * unit, height * unit), corner * unit, colour)

    def dot(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle."""
        disc(self._group, self._at(x, y), radius * self._scale, colour)

    def ring(
        self, x: float, y: float, radius: float, colour: Colour | None = None, fill: Colour | None = None
    ) -> None:
        """A circle's line, around paper."""
        self.dot(x, y, radius, colour or self.ink)
        self.dot(x, y, radius - self.line, fill or self.paper)

    def path(self, *points: float, colour: Colour | None = None, width: float | None = None) -> None:
        """A line through points, given as x, y, x, y, ..."""
        placed: list[float] = []
        for x, y in zip(points[::2], points[1::2], strict=True):
            placed.extend(self._at(x, y))
        stroke(self._group, tuple(placed), (width or self.line) * self._scale, colour or self.ink)

    def curve(
        self, x: float, y: float, radius: float, start: float, end: float, colour: Colour | None = None
    ) -> None:
        """A part of a circle's line; degrees against the clock from the right."""
        points: list[float] = []
        for part in range(33):
            angle = radians(start + (end - start) * part / 32)
            points += [x + radius * cos(angle), y + radius * sin(angle)]
        self.path(*points, colour=colour)

    def shape(self, *points: float, colour: Colour) -> None:
        """A filled convex shape, its edge softened by a line of the same colour."""
        vertices: list[float] = []
        for x, y in zip(points[::2], points[1::2], strict=True):
            vertices.extend((*self._at(x, y), 0.0, 0.0))
        self._group.add(Color(*colour.rgba))
        self._group.add(Mesh(vertices=vertices, indices=list(range(len(points) // 2)), mode="triangle_fan"))
        self.path(*points, *points[:2], colour=colour, width=0.8)

    def arrow(self, x: float, y: float, length: float, colour: Colour | None = None) -> None:
        """An arrow to the right."""
        self.path(x, y, x + length, y, colour=colour)
        self.path(x + length - 5, y + 5, x + length, y, x + length - 5, y - 5, colour=colour)

    def tick(self, x: float, y: float, size: float, colour: Colour | None = None) -> None:
        """A check mark; ``x, y`` is its lowest point."""
        self.path(x - size * 0.5, y + size * 0.5, x, y, x + size, y + size * 1.1, colour=colour)

    def code(self, x: float, y: float, side: float) -> None:
        """What a QR code looks like; it says nothing."""
        cell = side / 9
        marks = (
            "111010111",
            "101001101",
            "111011111",
            "001100100",
            "110101011",
            "011010110",
            "111001011",
            "101110100",
            "111010101",
        )
        for row, line in enumerate(marks):
            for column, mark in enumerate(line):
                if mark == "1":
                    self.bar(
                        x + column * cell, y + side - (row + 1) * cell, cell * 1.04, cell * 1.04, self.ink, 0
                    )

    def shield(self, x: float, y: float, size: float, colour: Colour) -> None:
        """A shield, for insurance; ``x, y`` is the middle of its top."""
        self.shape(
            x, y, x + size * 0.5, y - size * 0.12, x + size * 0.46, y - size * 0.62,
            x, y - size * 1.1, x - size * 0.46, y - size * 0.62, x - size * 0.5, y - size * 0.12, colour=colour,
        )  # fmt: skip
