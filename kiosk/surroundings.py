"""What Kivy must find before it is imported: a home of its own, no logs, no arguments, no display where there is none."""

import atexit
import logging
import os
import shutil
import tempfile
from functools import cache
from typing import Final

_FIXED: Final = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_NO_CONSOLELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_NO_ENV_CONFIG": "1",
    # Kivy asks xclip or gtk for a clipboard; the kiosk has none.
    "KIVY_CLIPBOARD": "dummy",
    "SDL_NO_SIGNAL_HANDLERS": "1",
    "SDL_VIDEO_ALLOW_SCREENSAVER": "0",
}
_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")


def has_display() -> bool:
    """Whether a window can be seen: X, Wayland, or a video driver that was chosen by name."""
    driver = os.environ.get("SDL_VIDEODRIVER", "")
    return driver not in {"", "offscreen", "dummy"} or (
        not driver and any(os.environ.get(name) for name in _DISPLAYS)
    )


@cache
def prepare() -> None:
    """Set the environment for Kivy before its first import; a second call does nothing.

    Its home is a folder that only this user can read and that goes when the program ends, so nothing of one run is
    found by the next. Without a display SDL draws off-screen, by software.
    """
    os.environ.update(_FIXED)
    home = tempfile.mkdtemp(prefix="medoffice-kiosk-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["KIVY_HOME"] = home
    # Kivy's own log may quote what a widget holds; the kiosk's log is kiosk.journal, and nothing else.
    kivy = logging.getLogger("kivy")
    kivy.addHandler(logging.NullHandler())
    kivy.propagate = False
    if not has_display():
        os.environ["SDL_VIDEODRIVER"] = "offscreen"
        os.environ.setdefault("LIBGL_ALWAYS_SOFTWARE", "1")
