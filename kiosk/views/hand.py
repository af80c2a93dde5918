"""A patient who follows a script: looks, waits until something may be touched, and touches the glass.

The touches are Kivy's own, at a place on the glass, so that everything between finger and answer is run. Used by the
demo where there is no display, by tests, and by benchmarks. It counts frames, never seconds.
"""

from collections.abc import Callable
from typing import Any, Final, Protocol

from kivy.base import EventLoop
from kivy.input.motionevent import MotionEvent

from kiosk.driver import Driver
from kiosk.views.face import Face
from medoffice.core.errors import MedofficeError

MOST_FRAMES: Final = 2400
"""Frames to wait for something, at most; about 40 seconds at 60 a second."""


class NothingHappened(MedofficeError):
    """What the script waited for did not come; the message names it and the screen, never a patient's data."""


class Glass(Protocol):
    """What a hand works on; :class:`kiosk.app.Kiosk` is one."""

    driver: Driver
    face: Face

    def frame(self) -> None:
        """Let one frame pass."""
        ...


class Finger(MotionEvent):
    """One touch."""

    _count = 0

    def __init__(self, x: float, y: float) -> None:
        Finger._count += 1
        width, height = EventLoop.window.size
        place = {"x": x / (width - 1), "y": y / (height - 1)}
        super().__init__("finger", Finger._count, place, is_touch=True, type_id="touch")
        self.profile = ["pos"]

    def down(self) -> None:
        """Touch the glass."""
        EventLoop.post_dispatch_input("begin", self)

    def up(self) -> None:
        """Leave it."""
        EventLoop.post_dispatch_input("end", self)

    def depack(self, args: dict[str, float]) -> None:
        """Where it is, from 0 to 1."""
        self.sx, self.sy = args["x"], args["y"]
        super().depack(args)


class Hand:
    """Drives one kiosk; ``taps`` counts what was touched, keys and buttons apart."""

    def __init__(self, kiosk: Glass, *, look: Callable[[str], None] = lambda _: None) -> None:
        self._kiosk, self._look = kiosk, look
        self.taps = 0
        self.keys = 0

    def wait_for(self, what: str, is_there: Callable[[], bool]) -> None:
        """Let frames pass until something is so.

        Raises:
            NothingHappened: after 2400 frames.
        """
        for _ in range(MOST_FRAMES):
            if is_there():
                return
            self._kiosk.frame()
        raise NothingHappened(f"waited for {what} on the screen {self._kiosk.driver.screen.name!r}")

    def see(self, name: str) -> None:
        """Wait for a screen by its name, and look at it."""
        self.wait_for(f"the screen {name!r}", lambda: self._kiosk.driver.screen.name == name)
        self._kiosk.frame()
        self._look(name)

    def find(self, name: str) -> Any:
        """The button or key of that name.

        Raises:
            NothingHappened: when there is none.
        """
        for target in self._kiosk.face.targets():
            if target.name == name:
                return target
        raise NothingHappened(f"{name!r} is not on the screen {self._kiosk.driver.screen.name!r}")

    def tap(self, name: str) -> None:
        """Touch a button, as soon as the screen takes touches."""
        self.wait_for("touches to count", lambda: not self._kiosk.face.is_guarded)
        target = self.find(name)
        self.touch(*target.center)
        if target.is_key:
            self.keys += 1
        else:
            self.taps += 1

    def touch(self, x: float, y: float) -> None:
        """Put a finger on the glass, and take it away a frame later."""
        finger = Finger(x, y)
        finger.down()
        self._kiosk.frame()
        finger.up()
        self._kiosk.frame()

    def type(self, text: str) -> None:
        """Touch the key of each character."""
        for character in text:
            self.tap(f"key {'<space>' if character == ' ' else character}")
