"""OpenCV's cameras give frames, vanish and come back; without OpenCV the message says what to install."""

import importlib
import queue
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PIL import Image

from kiosk.devices.camera import ExtraMissing, OpenCVCamera
from kiosk.devices.codes import CodeReader
from kiosk.devices.feed import BackOff, CameraBack, CameraFeed, CameraLost, FeedEvent
from kiosk.devices.frames import Frame, LossReason, NoFrame, Reading, SourceLost, SourceUnavailable
from kiosk.devices.pictures import Kind, photograph


def test_without_opencv_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kiosk set up with a camera but without OpenCV says at once what to install."""
    real = importlib.import_module

    def absent(name: str, package: str | None = None) -> ModuleType:
        if name == "cv2":
            raise ModuleNotFoundError(name)
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(ExtraMissing, match=r"pip install 'medoffice-kiosk\[camera\]'"):
        OpenCVCamera()


def film(folder: Path, payload: str, frames: int = 3) -> str:
    """A film as OpenCV opens it: numbered pictures."""
    for number in range(frames):
        photograph(payload, kind=Kind.PERSPECTIVE, seed=number).save(folder / f"{number:03d}.png")
    return str(folder / "%03d.png")


def test_opencv_reads_frames_and_tells_when_they_stop(tmp_path: Path) -> None:
    """Through the real OpenCV: codes are read from its frames; ten empty reads are a loss; it opens again."""
    camera = OpenCVCamera(film(tmp_path, "A" * 144))
    for _ in range(2):
        with camera:
            readings: list[Reading] = [camera.read() for _ in range(13)]
        frames = [each for each in readings if isinstance(each, Frame)]
        assert [(each.width, each.height) for each in frames] == [(640, 480)] * 3
        assert all(CodeReader(tries=2).read(each)[0].data == b"A" * 144 for each in frames)
        assert readings[3:] == [NoFrame()] * 9 + [SourceLost(LossReason.STOPPED)]
    assert camera.read() == SourceLost(LossReason.STOPPED)


def test_colours_become_the_same_grey_as_elsewhere(tmp_path: Path) -> None:
    """OpenCV's frames have the luminance that Pillow gives, to one level."""
    Image.new("RGB", (32, 24), (200, 30, 90)).save(tmp_path / "000.png")
    with OpenCVCamera(str(tmp_path / "%03d.png")) as camera:
        reading = camera.read()
    assert isinstance(reading, Frame)
    wanted = Frame.from_picture(Image.new("RGB", (32, 24), (200, 30, 90)))
    assert abs(reading.luminance[0] - wanted.luminance[0]) <= 1


def test_a_camera_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    """No such device: said when it is opened."""
    with pytest.raises(SourceUnavailable), OpenCVCamera(str(tmp_path / "none.avi")):
        pass


class Plug:
    """A stand-in for OpenCV whose camera can be unplugged, and pulled out of the machine altogether."""

    CAP_PROP_FRAME_WIDTH, CAP_PROP_FRAME_HEIGHT, CAP_PROP_BUFFERSIZE = 3, 4, 38

    def __init__(self, real: Any) -> None:
        self.real = real
        self.is_in = True
        self.settings: dict[int, int] = {}
        self.open_now = 0

    def VideoCapture(self, device: int | str) -> "Plug.Capture":  # noqa: N802  OpenCV's name
        """Open the camera."""
        assert device == 0
        return Plug.Capture(self)

    class Capture:
        """One opened camera."""

        def __init__(self, plug: "Plug") -> None:
            self.plug = plug
            self.was_in = plug.is_in
            self.plug.open_now += 1

        def isOpened(self) -> bool:  # noqa: N802
            """As V4L2: once opened it says so, unplugged or not."""
            return self.was_in

        def set(self, what: int, value: int) -> None:
            """Remember a setting."""
            self.plug.settings[what] = value

        def read(self) -> tuple[bool, Any]:
            """A grey frame while plugged in."""
            if not self.plug.is_in:
                return False, None
            return True, self.plug.real.imread(str(PICTURE), self.plug.real.IMREAD_GRAYSCALE)

        def release(self) -> None:
            """Close."""
            self.plug.open_now -= 1


PICTURE = Path()


def test_a_few_empty_reads_are_no_loss_and_a_failed_opening_leaves_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only ten empty reads in a row are a loss; a camera that did not open is released."""
    monkeypatch.setitem(globals(), "PICTURE", tmp_path / "grey.png")
    Image.new("L", (8, 6), 90).save(tmp_path / "grey.png")
    plug = Plug(importlib.import_module("cv2"))
    camera = OpenCVCamera(0)
    monkeypatch.setattr(camera, "_cv2", plug)
    with camera:
        for _ in range(3):
            plug.is_in = False
            assert [camera.read() for _ in range(9)] == [NoFrame()] * 9
            plug.is_in = True
            assert isinstance(camera.read(), Frame)
    plug.is_in = False
    with pytest.raises(SourceUnavailable), camera:
        pass
    assert plug.open_now == 0


def test_a_camera_unplugged_and_plugged_in_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hot-unplug is one loss, plugging in one return; no handle stays open."""
    monkeypatch.setitem(globals(), "PICTURE", tmp_path / "grey.png")
    Image.new("L", (8, 6), 90).save(tmp_path / "grey.png")
    plug = Plug(importlib.import_module("cv2"))
    camera = OpenCVCamera(0, size=(800, 600))
    monkeypatch.setattr(camera, "_cv2", plug)
    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()
    feed = CameraFeed(
        camera, CodeReader(tries=0), told.put, pace=0.001, back_off=BackOff(first=0.001, most=0.01)
    )
    with feed:
        while isinstance(feed.preview(), NoFrame):
            assert told.empty()
        plug.is_in = False
        assert told.get(timeout=30) == CameraLost(LossReason.STOPPED)
        plug.is_in = True
        assert told.get(timeout=30) == CameraBack()
    assert plug.open_now == 0
    assert plug.settings == {3: 800, 4: 600, 38: 1}
