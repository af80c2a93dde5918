"""The camera's own picture, mirrored, in a frame; gone without a trace when it is put away."""

from typing import Any, Final

from kivy.graphics import Color, Rectangle, SmoothLine
from kivy.graphics.texture import Texture

from kiosk.devices.frames import Frame
from kiosk.theme import Theme
from kiosk.views.paint import Block, round_box

_BLANK: Final = 0xC8


class Preview(Block):
    """Shows the newest frame. The frame itself is not kept: it goes to the texture and nowhere else."""

    def __init__(self, theme: Theme, width: float, height: float) -> None:
        super().__init__(width, height)
        self._theme = theme
        self._texture: Any = None
        self._picture: Any = None
        self.is_live = False

    def compose(self) -> None:
        """The ground, the frame's picture, and four corners that say where to hold the code."""
        palette, line = self._theme.palette, self._theme.mm(1.4)
        self.canvas.clear()
        round_box(self.canvas, self.pos, self.size, self._theme.mm(2), palette.touched)
        self.canvas.add(Color(1, 1, 1, 1))
        inset = self._theme.mm(1.6)
        at = (self.x + inset, self.y + inset)
        size = (self.width - 2 * inset, self.height - 2 * inset)
        self._picture = Rectangle(pos=at, size=size if self.is_live else (0, 0), texture=self._texture)
        self._room = at, size
        self.canvas.add(self._picture)
        self.canvas.add(Color(*palette.ink.rgba))
        far = min(self.width, self.height) * 0.2
        half = line / 2
        left, right, low, high = self.x + half, self.right - half, self.y + half, self.top - half
        for x, y, across, up in (
            (left, low, 1, 1),
            (right, low, -1, 1),
            (left, high, 1, -1),
            (right, high, -1, -1),
        ):
            points = (x + across * far, y, x, y, x, y + up * far)
            self.canvas.add(SmoothLine(points=points, width=half, joint="miter", cap="square"))

    def show(self, frame: Frame) -> None:
        """Put a frame on the screen in place of the last one."""
        if self._texture is None or self._texture.size != (frame.width, frame.height):
            self._texture = Texture.create(size=(frame.width, frame.height), colorfmt="luminance")
            # Rows come from the top and a hand moved to the left should move left: turned and mirrored.
            self._texture.uvsize = (-1, -1)
            self._texture.uvpos = (1, 1)
        self._texture.blit_buffer(frame.luminance, colorfmt="luminance", bufferfmt="ubyte")
        self.is_live = True
        if self._picture is not None:
            self._picture.texture = self._texture
            self._picture.pos, self._picture.size = self._room

    def forget(self) -> None:
        """Overwrite the picture, and let it go."""
        if self._texture is not None:
            width, height = self._texture.size
            self._texture.blit_buffer(
                bytes([_BLANK]) * (width * height), colorfmt="luminance", bufferfmt="ubyte"
            )
        self._texture = None
        self.is_live = False
        if self._picture is not None:
            self._picture.texture = None
            self._picture.size = (0, 0)
