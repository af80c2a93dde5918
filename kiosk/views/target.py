"""What can be touched: a button that answers in the next frame and acts when the finger leaves it."""

from collections.abc import Callable
from math import cos, radians, sin
from typing import Any, Final, Protocol

from kivy.graphics import Color
from kivy.uix.widget import Widget

from kiosk.theme import Colour, Theme
from kiosk.views.paint import Words, covered_box, round_edge, stroke

BACK: Final = "back"
PERSON: Final = "person"
_ICON: Final = 7.0
"""Width of an icon in mm."""


class Guard(Protocol):
    """Says whether touches count at present."""

    def __call__(self) -> bool:
        """Whether a new touch may press something."""
        ...


class Target(Widget):
    """One button.

    ``name`` is what tests and scripted patients call it by. A ``main`` button is filled, the others are outlined; one
    that is not ``ready`` is quiet and does nothing. ``guard`` keeps the second half of a
    double tap from pressing what has just come under the finger.
    """

    def __init__(
        self,
        name: str,
        label: str,
        *,
        theme: Theme,
        width: float | None = None,
        height: float = 0.0,
        most: float | None = None,
        main: bool = False,
        size: float | None = None,
        icon: str = "",
        is_key: bool = False,
        guard: Guard,
        act: Callable[[], None],
    ) -> None:
        super().__init__(size_hint=(None, None))
        self.name = name
        self.label = label
        self.is_key = is_key
        self.is_main = main
        self.is_ready = True
        self.is_pressed = False
        self._theme = theme
        self._guard = guard
        self._act = act
        self._icon = icon
        pad = theme.mm(1.0 if is_key else 5.0)
        before = theme.mm(_ICON + 3) if icon else 0.0
        room = (width or most or 0.0) - 2 * pad - before
        size = size or theme.body
        words = Words(label, size=size, colour=theme.palette.ink, bold=main)
        if room > 0 and words.width > room:
            words = Words(
                label,
                size=size,
                colour=theme.palette.ink,
                bold=main,
                width=room,
                align="left" if icon else "center",
            )
        self.words = words
        least = 0.0 if is_key else theme.target
        self.size = (
            width or max(words.width + 2 * pad + before, least),
            max(height, words.height + theme.mm(3) if not is_key else height, least),
        )
        self._before = before
        self.add_widget(words)
        self._fill, self._edge = Color(), Color()
        self._colour()

    def place(self, x: float, top: float) -> float:
        """Put it with its upper left corner there; the height that it takes."""
        self.pos = (round(x), round(top - self.height))
        self._draw()
        return float(self.height)

    def set_ready(self, ready: bool) -> None:  # noqa: FBT001
        """Whether a press does anything."""
        if ready != self.is_ready:
            self.is_ready = ready
            self._colour()

    def _draw(self) -> None:
        palette, theme = self._theme.palette, self._theme
        self.canvas.before.clear()
        self._fill = covered_box(self.canvas.before, self.pos, self.size, theme.radius, palette.card)
        self._edge = round_edge(
            self.canvas.before,
            self.pos,
            self.size,
            theme.radius,
            theme.line * (0.6 if self.is_key else 1),
            palette.edge,
        )
        for points in self._icon_lines():
            stroke(self.canvas.before, points, theme.mm(0.9), palette.ink)
        free = self.width - self._before - self.words.width
        self.words.place(self.x + self._before + free / 2, self.center_y + self.words.height / 2)
        self._colour()

    def _icon_lines(self) -> tuple[tuple[float, ...], ...]:
        mm = self._theme.mm
        free = self.width - self._before - self.words.width
        left, middle = self.x + max(mm(4), free / 2 - mm(1)), self.center_y
        if self._icon == BACK:
            return ((left + mm(4), middle + mm(4), left, middle, left + mm(4), middle - mm(4)),)
        if self._icon == PERSON:
            head = tuple(arc(left + mm(3.5), middle + mm(2.4), mm(2.2), 0, 360))
            shoulders = tuple(arc(left + mm(3.5), middle - mm(4.6), mm(3.6), 0, 180))
            return (head, shoulders)
        return ()

    def _colour(self) -> None:
        palette = self._theme.palette
        fill, text, edge = palette.card, palette.ink, palette.edge
        if self.is_main and self.is_ready:
            fill, text, edge = palette.main, palette.main_text, palette.main
        elif not self.is_ready:
            fill, text, edge = palette.ground, palette.quiet, palette.edge
        if self.is_pressed:
            fill, edge = (
                (palette.pressed, palette.pressed) if self.is_main else (palette.touched, palette.ink)
            )
        self._fill.rgba = fill.rgba
        self._edge.rgba = edge.rgba
        self.words.recolour(text)
        self.shown: tuple[Colour, Colour] = (text, fill)

    # --- touches ------------------------------------------------------------------------------------------------

    def on_touch_down(self, touch: Any) -> bool:
        """Take the touch, and show it at once."""
        if not self.collide_point(*touch.pos):
            return False
        if self.is_ready and self._guard():
            touch.grab(self)
            self.is_pressed = True
            self._colour()
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """A finger that slides off takes the press back; one that returns gives it again."""
        if touch.grab_current is not self:
            return False
        is_over = bool(self.collide_point(*touch.pos))
        if is_over != self.is_pressed:
            self.is_pressed = is_over
            self._colour()
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Act, when the finger leaves the glass over this button and the button is still to be seen."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        was_pressed, self.is_pressed = self.is_pressed, False
        self._colour()
        if was_pressed and self.is_ready and self.get_root_window() is not None:
            self._act()
        return True


def arc(x: float, y: float, radius: float, start: float, end: float) -> list[float]:
    """Points of a part of a circle, in degrees against the clock from the right."""
    points: list[float] = []
    for part in range(25):
        angle = radians(start + (end - start) * part / 24)
        points += [x + radius * cos(angle), y + radius * sin(angle)]
    return points
