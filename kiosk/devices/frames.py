"""What a camera gives: grey frames, or an honest word on why there is none.

A frame is a picture of a person's hand, phone and papers, so it is treated as health data: its repr never
shows pixels, and nothing that reads frames writes one to a disk.
"""

from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

import attrs
from PIL import Image

from medoffice.core.errors import InvalidValue, MedofficeError

_LARGEST_SIDE = 8192


@attrs.frozen(kw_only=True, repr=False)
class Frame:
    """One grey picture: ``luminance`` holds ``width * height`` bytes, row by row, 0 black to 255 white.

    Raises:
        InvalidValue: when a side is not 1 to 8192 pixels or the bytes do not fill the rows exactly.
    """

    width: int
    height: int
    luminance: bytes

    def __attrs_post_init__(self) -> None:
        if not (1 <= self.width <= _LARGEST_SIDE and 1 <= self.height <= _LARGEST_SIDE):
            raise InvalidValue("camera frame", f"a side has 1 to {_LARGEST_SIDE} pixels")
        if len(self.luminance) != self.width * self.height:
            raise InvalidValue("camera frame", "the number of bytes is not width times height")

    @classmethod
    def from_picture(cls, picture: Image.Image) -> Self:
        """The luminance of a Pillow picture of any mode (ITU-R 601-2 weights for colours)."""
        grey = picture if picture.mode == "L" else picture.convert("L")
        return cls(width=grey.width, height=grey.height, luminance=grey.tobytes())

    def as_picture(self) -> Image.Image:
        """A grey Pillow picture (mode ``L``) with a copy of these pixels."""
        return Image.frombytes("L", (self.width, self.height), self.luminance)

    def rows(self) -> memoryview:
        """The pixels as a two-dimensional view (rows, columns) that shares this frame's memory."""
        return memoryview(self.luminance).cast("B", (self.height, self.width))

    def __repr__(self) -> str:
        return f"Frame({self.width}x{self.height})"


class Wait(StrEnum):
    """Why there is no frame this time although the source is well."""

    NOTHING_NEW = "nothing-new"
    PICTURE_UNREADABLE = "picture-unreadable"


@attrs.frozen
class NoFrame:
    """No frame this time; ask again. ``where`` numbers an unreadable picture (1 is the first), else 0."""

    why: Wait = Wait.NOTHING_NEW
    where: int = 0


class LossReason(StrEnum):
    """What made a source fall silent."""

    NOT_FOUND = "not-found"
    STOPPED = "stopped"
    BROKE = "broke"
    HANGS = "hangs"


@attrs.frozen
class SourceLost:
    """The device is gone or silent; leave the source and enter it again later."""

    why: LossReason


@attrs.frozen
class SourceEnded:
    """There will be no more frames, and that is no fault (the last picture of a folder was shown)."""


Reading = Frame | NoFrame | SourceLost | SourceEnded


class SourceUnavailable(MedofficeError):
    """A source could not be opened now: no such camera, or another program holds it."""


class FrameSource(Protocol):
    """Where frames come from: a camera, a folder of pictures, made pictures.

    A source is entered before it is read and may be entered again after it was left; that is how a camera
    which was unplugged is tried again. Entering raises :class:`SourceUnavailable` when the device cannot be
    opened. ``read`` may block for about one frame's time; it is only ever called from the thread that entered
    it.
    """

    def __enter__(self) -> Self:
        """Open the device."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Let the device go; harmless when it is already gone."""
        ...

    def read(self) -> Reading:
        """The next frame, or why there is none."""
        ...
