"""The window: there is one, it fills the glass, and a patient finds no way out of it."""

from collections.abc import Callable
from typing import Any, Final, Protocol

from kivy.config import Config
from PIL import Image

from kiosk.theme import Colour, Panel

_ENTER: Final = frozenset({13, 271, 10})
_BACKSPACE: Final = 8


class Keyboard(Protocol):
    """What a keyboard, or a scanner that types, leads to."""

    def text(self, text: str) -> None:
        """Characters."""
        ...

    def enter(self) -> None:
        """Enter."""
        ...

    def backspace(self) -> None:
        """The last one taken back."""
        ...


def configure(panel: Panel, *, windowed: bool) -> None:
    """Kivy's settings; before the window is opened.

    No multisampling (it halves the speed of software GL and nothing here needs it), no second source of touches, no
    red dots of an emulated second finger, no way to close.
    """
    for key, value in {
        "multisamples": "0",
        "width": str(panel.width),
        "height": str(panel.height),
        "fullscreen": "0" if windowed else "auto",
        "borderless": "0" if windowed else "1",
        "resizable": "0",
        "show_cursor": "1" if windowed else "0",
        "maxfps": "60",
        "vsync": "",
    }.items():
        Config.set("graphics", key, value)
    for key, value in {
        "exit_on_escape": "0",
        "log_level": "critical",
        "log_enable": "0",
        "desktop": "0",
    }.items():
        Config.set("kivy", key, value)
    Config.set("kivy", "pause_on_minimize", "0")
    Config.remove_section("input")
    Config.add_section("input")
    Config.set("input", "mouse", "mouse,disable_multitouch")
    Config.remove_section("modules")
    Config.add_section("modules")


def need_window(panel: Panel, *, windowed: bool = False) -> Any:
    """The window, opened if it is not open yet; without one nothing can be drawn."""
    configure(panel, windowed=windowed)
    from kivy.core.window import Window  # noqa: PLC0415  importing it opens the window

    return Window


def open_window(panel: Panel, keyboard: Keyboard, *, windowed: bool, ask_close: Callable[[], bool]) -> Any:
    """Open it, or take the one that is open, and turn its keys over to ``keyboard``.

    ``ask_close`` says whether a request to close (Alt+F4, a window manager's cross) is granted.
    """
    Window = need_window(panel, windowed=windowed)  # noqa: N806

    def on_key_down(_: Any, key: int, *_rest: Any) -> bool:
        if key in _ENTER:
            keyboard.enter()
        elif key == _BACKSPACE:
            keyboard.backspace()
        # Nothing else may happen: no escape, no F1, no screenshot, no shortcut.
        return True

    def on_textinput(_: Any, text: str) -> bool:
        keyboard.text(text)
        return True

    def swallow(*_: Any, **__: Any) -> bool:
        return True

    bound = {
        "on_key_down": on_key_down,
        "on_textinput": on_textinput,
        "on_key_up": swallow,
        "on_keyboard": swallow,
        "on_drop_file": swallow,
        "on_drop_text": swallow,
        "on_request_close": lambda *_, **__: not ask_close(),
    }
    Window.bind(**bound)
    Window.medoffice_bound = bound
    if (Window.width, Window.height) != (panel.width, panel.height) and windowed:
        Window.size = (panel.width, panel.height)
    return Window


def let_go(window: Any) -> None:
    """Take the keys back from whoever has them."""
    window.unbind(**getattr(window, "medoffice_bound", {}))
    window.medoffice_bound = {}


def finish_drawing() -> None:
    """Wait until the graphics library has finished what it was given, not only taken it on."""
    from kivy.graphics.opengl import glFinish  # noqa: PLC0415

    glFinish()


def photograph_window(window: Any) -> Image.Image:
    """The pixels that are on the glass now, drawn anew."""
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels  # noqa: PLC0415

    window.dispatch("on_draw")
    width, height = window.size
    pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
    return Image.frombytes("RGB", (width, height), pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)


def photograph_widget(widget: Any, ground: Colour) -> Image.Image:
    """A widget drawn by itself on a ground, at its own size, whatever the window's."""
    from kivy.graphics import ClearBuffers, ClearColor, Fbo  # noqa: PLC0415

    width, height = (int(side) for side in widget.size)
    buffer = Fbo(size=(width, height), with_stencilbuffer=True)
    with buffer:
        ClearColor(*ground.rgba)
        ClearBuffers()
    buffer.add(widget.canvas)
    buffer.draw()
    pixels = buffer.pixels
    buffer.remove(widget.canvas)
    picture = Image.frombytes("RGBA", (width, height), pixels).convert("RGB")
    return picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
