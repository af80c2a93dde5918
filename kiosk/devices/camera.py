"""A real camera, through OpenCV (extra ``camera``)."""

import importlib
from types import TracebackType
from typing import Any, Final, Self

from kiosk.devices.frames import Frame, LossReason, NoFrame, Reading, SourceLost, SourceUnavailable
from medoffice.core.errors import MedofficeError

_MISSES_BEFORE_LOST: Final = 10


class ExtraMissing(MedofficeError):
    """A device was configured whose optional packages are not installed; the message says what to install."""

    def __init__(self, device: str, extra: str) -> None:
        super().__init__(device, extra)
        self.device = device
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.device} needs an extra: pip install 'medoffice-kiosk[{self.extra}]'"


class OpenCVCamera:
    """A camera that OpenCV can open: a number (0 is the first), a device's path, a stream's address.

    OpenCV is imported when a camera is made, not before, so a kiosk without one never pays for it. A camera
    that is unplugged gives a few empty reads and is then reported lost; entering it again finds it when it is
    back.

    Args:
        device: what OpenCV opens.
        size: the width and height asked for, in pixels; a camera may give another size.

    Raises:
        ExtraMissing: when OpenCV is not installed.
    """

    def __init__(self, device: int | str = 0, *, size: tuple[int, int] = (640, 480)) -> None:
        try:
            self._cv2: Any = importlib.import_module("cv2")
        except ImportError as absent:
            raise ExtraMissing("a camera", "camera") from absent
        self._device = device
        self._size = size
        self._capture: Any = None
        self._misses = 0

    def __enter__(self) -> Self:
        cv2 = self._cv2
        capture = cv2.VideoCapture(self._device)
        if not capture.isOpened():
            capture.release()
            raise SourceUnavailable("the camera cannot be opened: none is there, or another program holds it")
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._size[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._size[1])
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self._capture = capture
        self._misses = 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def read(self) -> Reading:
        """The next frame; :class:`SourceLost` after ten empty reads in a row, or when it is closed."""
        if self._capture is None or not self._capture.isOpened():
            return SourceLost(LossReason.STOPPED)
        given, colours = self._capture.read()
        if not given or colours is None:
            self._misses += 1
            return SourceLost(LossReason.STOPPED) if self._misses >= _MISSES_BEFORE_LOST else NoFrame()
        self._misses = 0
        is_grey = colours.ndim == 2  # noqa: PLR2004
        grey = colours if is_grey else self._cv2.cvtColor(colours, self._cv2.COLOR_BGR2GRAY)
        height, width = grey.shape
        return Frame(width=width, height=height, luminance=grey.tobytes())
