"""Codes in a frame: read as bytes, quickly, and each one told once.

Nearly every frame that shows a QR code gives it to one fast pass. Two second tries rescue most of what is
left: sharpened edges for a lens out of focus, doubled size for a small or smeared code; they take several
times as long as the fast pass, so a frame that fails gets only as many as asked for, in turn. Other kinds of
code (the PDF417 of a driver's licence, a Data Matrix) cost more still and are looked for in every n-th frame
only.

Measured and left out, for they rescued nothing that these two did not: another binarizer, stretched contrast,
half size; smoothing and a median filter were slower and rescued less. The fast pass itself tries inverted and
downscaled pictures (dark mode is no second try).
"""

import hashlib
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final

import attrs
import zxingcpp
from PIL import Image, ImageFilter

from kiosk.devices.frames import Frame

_MOST_CODES_IN_A_FRAME = 4
_ONLY_QR: Final = zxingcpp.BarcodeFormat.QRCode
_EVERY_KIND: Final = zxingcpp.BarcodeFormat.AllReadable
_SHARPEN: Final = ImageFilter.UnsharpMask(radius=3, percent=200, threshold=0)

Point = tuple[int, int]


class Symbology(StrEnum):
    """The kind of a code, as far as the kiosk tells them apart."""

    QR = "qr"
    PDF417 = "pdf417"
    DATA_MATRIX = "data-matrix"
    AZTEC = "aztec"
    OTHER = "other"


@attrs.frozen(kw_only=True, repr=False)
class Code:
    """A code found in a frame.

    ``data`` are the bytes as they are in the code, never decoded to text; ``corners`` are its four corners in
    the frame's pixels, in order round it, for drawing a frame about it. The repr shows the kind and the
    length only.
    """

    data: bytes
    symbology: Symbology
    corners: tuple[Point, Point, Point, Point] = attrs.field(eq=False)

    def __repr__(self) -> str:
        return f"Code({self.symbology}, {len(self.data)} bytes)"


def _sharpened(picture: Image.Image) -> Image.Image:
    return picture.filter(_SHARPEN)


def _doubled(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.BICUBIC)


SECOND_TRIES: Final[tuple[tuple[Callable[[Image.Image], Image.Image], int], ...]] = (
    (_sharpened, 1),
    (_doubled, 2),
)
"""What may be done to a frame before it is read again, and by how much each enlarges it."""


class CodeReader:
    """Reads codes out of frames; remembers nothing but how many frames it has seen.

    Args:
        tries: how many second tries a frame without a QR code gets; they take turns from frame to frame, so a
            code that is held for a moment meets each of them. For single pictures give ``len(SECOND_TRIES)``.
        others_every: every how many frames without a QR code all other kinds are looked for; 0 for never.
    """

    def __init__(self, *, tries: int = 1, others_every: int = 8) -> None:
        self._tries = min(tries, len(SECOND_TRIES))
        self._others_every = others_every
        self._fruitless = 0

    def read(self, frame: Frame) -> tuple[Code, ...]:
        """The codes in ``frame``, at most four; empty when there is none that can be read."""
        found = _read(frame.rows(), _ONLY_QR)
        if found:
            return found
        turn, self._fruitless = self._fruitless, self._fruitless + 1
        for extra in range(self._tries):
            change, larger = SECOND_TRIES[(turn + extra) % len(SECOND_TRIES)]
            changed = Frame.from_picture(change(frame.as_picture()))
            found = _read(changed.rows(), _ONLY_QR, larger)
            if found:
                return found
        if self._others_every and turn % self._others_every == self._others_every - 1:
            return _read(frame.rows(), _EVERY_KIND)
        return ()


def _read(rows: memoryview, formats: zxingcpp.BarcodeFormat, larger: int = 1) -> tuple[Code, ...]:
    found = zxingcpp.read_barcodes(rows, formats=zxingcpp.BarcodeFormats(formats))
    return tuple(
        Code(data=code.bytes, symbology=_symbology(code.format), corners=_corners(code.position, larger))
        for code in found[:_MOST_CODES_IN_A_FRAME]
        if code.valid and code.bytes
    )


def _corners(where: zxingcpp.Position, larger: int) -> tuple[Point, Point, Point, Point]:
    def point(corner: zxingcpp.Point) -> Point:
        return (corner.x // larger, corner.y // larger)

    return (
        point(where.top_left),
        point(where.top_right),
        point(where.bottom_right),
        point(where.bottom_left),
    )


_SYMBOLOGIES: Final = {
    zxingcpp.BarcodeFormat.QRCode: Symbology.QR,
    zxingcpp.BarcodeFormat.PDF417: Symbology.PDF417,
    zxingcpp.BarcodeFormat.DataMatrix: Symbology.DATA_MATRIX,
    zxingcpp.BarcodeFormat.Aztec: Symbology.AZTEC,
}


def _symbology(found: zxingcpp.BarcodeFormat) -> Symbology:
    return _SYMBOLOGIES.get(found, Symbology.OTHER)


def _fingerprint(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


@attrs.frozen(kw_only=True)
class Debounce:
    """Which codes lie before the camera, so that each is told once until it has been away.

    Held by fingerprint and time only; the codes themselves are not kept.

    Attributes:
        away: seconds that a code must be out of sight before it counts as shown again.
    """

    away: float = 1.5
    _in_view: tuple[tuple[bytes, float], ...] = attrs.field(default=(), repr=False)

    def look(self, codes: Iterable[Code], *, at: float) -> tuple["Debounce", tuple[Code, ...]]:
        """The state after a frame taken ``at`` (seconds of a steady clock), and the codes new in it."""
        in_view = {mark: seen for mark, seen in self._in_view if at - seen < self.away}
        new = []
        for code in codes:
            mark = _fingerprint(code.data)
            if mark not in in_view:
                new.append(code)
            in_view[mark] = at
        return attrs.evolve(self, in_view=tuple(in_view.items())), tuple(new)
