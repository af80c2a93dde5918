"""Frames without a camera: a folder of pictures, and pictures made on the spot."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from PIL import Image, ImageOps

from kiosk.devices.frames import Frame, NoFrame, Reading, SourceEnded, SourceUnavailable, Wait
from kiosk.devices.pictures import CAMERA_SIZE, Kind, Subject, empty_scene, photograph

_ENDINGS: Final = frozenset({".png", ".jpg", ".jpeg"})


class PictureFolder:
    """PNG and JPEG files of a folder, in the order of their names, each held for a few frames.

    Each picture is turned upright as its EXIF data says, scaled to fill the frame and cropped about its
    middle. The folder is listed anew when it is entered and on each round, so pictures may be added while it
    runs. A file that is no picture is passed over and told once, by its number; it stops nothing.

    Args:
        folder: where the pictures are.
        size: the frame's width and height in pixels.
        hold: for how many frames each picture stays.
        loop: begin again after the last picture, instead of ending.
    """

    def __init__(
        self, folder: Path, *, size: tuple[int, int] = CAMERA_SIZE, hold: int = 1, loop: bool = False
    ) -> None:
        self._folder = folder
        self._size = size
        self._hold = max(1, hold)
        self._loop = loop
        self._files: tuple[Path, ...] = ()
        self._next = 0
        self._unreadable: set[str] = set()
        self._held: Frame | None = None
        self._times_left = 0

    def __enter__(self) -> Self:
        self._unreadable.clear()
        self._begin_round()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held = None
        self._times_left = 0

    def read(self) -> Reading:
        """The picture that is held, or the next one.

        Raises:
            SourceUnavailable: when a new round begins and the folder is gone.
        """
        if self._held is not None and self._times_left > 0:
            self._times_left -= 1
            return self._held
        self._held = None
        if self._next >= len(self._files):
            if not self._loop:
                return SourceEnded()
            self._begin_round()
            if not self._files:
                return NoFrame()
        file = self._files[self._next]
        self._next += 1
        try:
            self._held = self._frame(file)
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            if file.name in self._unreadable:
                return NoFrame()
            self._unreadable.add(file.name)
            return NoFrame(Wait.PICTURE_UNREADABLE, self._next)
        self._times_left = self._hold - 1
        return self._held

    def _begin_round(self) -> None:
        try:
            found = [file for file in self._folder.iterdir() if file.suffix.lower() in _ENDINGS]
        except OSError as gone:
            raise SourceUnavailable("the folder of pictures cannot be read") from gone
        self._files = tuple(sorted(found, key=lambda file: file.name))
        self._next = 0

    def _frame(self, file: Path) -> Frame:
        with Image.open(file, formats=("PNG", "JPEG")) as opened:
            upright = ImageOps.exif_transpose(opened)
            if upright.mode in {"RGBA", "LA", "PA", "P"}:
                coloured = upright.convert("RGBA")
                upright = Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured)
            grey = upright.convert("L")
        return Frame.from_picture(ImageOps.fit(grey, self._size, Image.Resampling.LANCZOS))


class SyntheticCamera:
    """A camera that imagines patients: an empty desk, then a code held up for a while, for each code in turn.

    Args:
        payloads: what the codes say, in order.
        kind: how bad the pictures are.
        subject: what the codes are on.
        seed: chooses the scenes; the same seed gives the same frames.
        empty: frames of the empty desk before each code and after the last.
        hold: frames for which a code is shown; each is taken anew, as from a hand that moves.
        loop: begin again after the last code, instead of ending.
        size: the frame's width and height in pixels.
    """

    def __init__(
        self,
        payloads: Iterable[str | bytes],
        *,
        kind: Kind = Kind.COMBINED,
        subject: Subject = Subject.PHONE,
        seed: int = 0,
        empty: int = 3,
        hold: int = 4,
        loop: bool = False,
        size: tuple[int, int] = CAMERA_SIZE,
    ) -> None:
        self._payloads = tuple(payloads)
        self._kind = kind
        self._subject = subject
        self._seed = seed
        self._empty = max(0, empty)
        self._hold = max(1, hold)
        self._loop = loop
        self._size = size
        self._shown = 0

    def __enter__(self) -> Self:
        self._shown = 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._shown = 0

    def read(self) -> Reading:
        """The next imagined frame."""
        shown, self._shown = self._shown, self._shown + 1
        seed = self._seed + shown
        turn, within = divmod(shown, self._empty + self._hold)
        if self._loop and self._payloads:
            turn %= len(self._payloads)
        if within < self._empty and turn <= len(self._payloads):
            return Frame.from_picture(empty_scene(seed=seed, size=self._size))
        if turn >= len(self._payloads):
            return SourceEnded()
        picture = photograph(
            self._payloads[turn], kind=self._kind, seed=seed, subject=self._subject, size=self._size
        )
        return Frame.from_picture(picture)
