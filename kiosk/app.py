"""The kiosk itself: window, face, camera and scanner joined to one driver.

There is no :class:`kivy.app.App`: it would bring a settings panel behind F1 and look for files of its own. The loop is
Kivy's; nothing that is raised inside it ends it.
"""

import logging
import queue
import signal
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import attrs
from PIL import Image

from kiosk.surroundings import prepare

prepare()

from kivy.base import EventLoop, ExceptionHandler, ExceptionManager, runTouchApp, stopTouchApp  # noqa: E402
from kivy.clock import Clock  # noqa: E402

from kiosk.devices import wedge  # noqa: E402
from kiosk.devices.codes import CodeReader  # noqa: E402
from kiosk.devices.feed import (  # noqa: E402
    CameraBack,
    CameraEnded,
    CameraFeed,
    CameraLost,
    CodesSeen,
    FeedEvent,
    PictureSkipped,
    ReadingFailed,
)
from kiosk.devices.frames import Frame, FrameSource  # noqa: E402
from kiosk.devices.no_terminal import NoTerminal  # noqa: E402
from kiosk.devices.printer import TicketPrinter  # noqa: E402
from kiosk.devices.terminal import PaymentTerminal  # noqa: E402
from kiosk.driver import Driver, Timers, World  # noqa: E402
from kiosk.journal import Event, note  # noqa: E402
from kiosk.lanes import ThreadLane  # noqa: E402
from kiosk.theme import Theme  # noqa: E402
from kiosk.views.face import Face  # noqa: E402
from kiosk.views.window import (  # noqa: E402
    let_go,
    need_window,
    open_window,
    photograph_widget,
    photograph_window,
)
from medoffice.checkin.messages import Action  # noqa: E402
from medoffice.checkin.screen import Screen, Weight  # noqa: E402
from medoffice.core.people import Language  # noqa: E402
from medoffice.ports.reception import Reception  # noqa: E402

__all__ = ["Face", "Kiosk", "KivyTimers", "Parts", "need_window", "photograph_widget"]

TROUBLES: Final = 10
TROUBLE_SECONDS: Final = 10.0
"""So many exceptions within so many seconds: the kiosk ends, and whoever supervises it starts it afresh."""
WARM_UP_AFTER: Final = 0.1
"""Seconds after the opening at which the first keyboards are built."""
PREVIEW_SECONDS: Final = 0.1
"""Least time between two pictures of the preview."""


class KivyTimers:
    """:class:`kiosk.driver.Timers` on Kivy's clock."""

    def after(self, seconds: float, call: Callable[[], None], /) -> Callable[[], None]:
        """See :class:`kiosk.driver.Timers`."""
        event = Clock.schedule_once(lambda _: call(), seconds)

        def call_off() -> None:
            event.cancel()

        return call_off


@attrs.frozen(kw_only=True)
class Parts:
    """What a kiosk is made of.

    ``boot`` is the driver's (see :class:`kiosk.driver.World`); ``source`` is ``None`` for a kiosk whose codes are
    read by a scanner that types, ``terminal`` for one that takes no cards.
    """

    reception: Reception
    terminal: PaymentTerminal | None
    printer: TicketPrinter | None = None
    source: FrameSource | None = None
    theme: Theme
    clinic: str
    language: Language
    boot: str
    windowed: bool = False
    clock: Callable[[], float] = time.monotonic
    timers: Timers = attrs.field(factory=KivyTimers)
    scanner: wedge.WedgeSettings = wedge.WedgeSettings()


class Kiosk:
    """One kiosk, from its first frame to its last; use :meth:`run`, or :meth:`open`, :meth:`frame` and :meth:`close`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._posted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._office = ThreadLane("office")
        self._devices = ThreadLane("devices")
        self._calls_off = ThreadLane("calls-off")
        self._wedge = wedge.Wedge(parts.scanner)
        self._troubles: deque[float] = deque(maxlen=TROUBLES)
        self._preview_at = float("-inf")
        self._status = 0
        self._feed: CameraFeed | None = None
        self._handler: Any = None
        self._tick: Any = None
        world = World(
            reception=parts.reception,
            terminal=parts.terminal or NoTerminal(),
            printer=parts.printer,
            office_name=parts.clinic,
            boot=parts.boot,
            clock=parts.clock,
            wait=time.sleep,
            timers=parts.timers,
            post=self._posted.put,
            office_lane=self._office,
            device_lane=self._devices,
            call_off_lane=self._calls_off,
        )
        has_camera = parts.source is not None
        self.driver = Driver(
            world,
            language=parts.language,
            on_screen=self._show,
            has_camera=has_camera,
            takes_cards=parts.terminal is not None,
        )
        self.window = open_window(
            parts.theme.panel, self, windowed=parts.windowed, ask_close=lambda: parts.windowed
        )
        self.window.clearcolor = parts.theme.palette.ground.rgba
        self.face = Face(
            parts.theme,
            clinic=parts.clinic,
            hands=self.driver,
            clock=parts.clock,
            has_camera=has_camera,
        )
        self.driver.on_wipe(self.face.forget)
        self.driver.on_wipe(self._wedge.clear)
        if parts.source is not None:
            self._feed = CameraFeed(parts.source, CodeReader(), self._hear_camera, clock=time.monotonic)
            self.driver.on_wipe(self._forget_frames)

    # --- the loop -----------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the first screen and begin to watch the camera."""
        self._handler = _Handler(self)
        ExceptionManager.add_handler(self._handler)
        self._tick = Clock.schedule_interval(lambda _: self._each_frame(), 0)
        EventLoop.quit = False
        if EventLoop.status == "started":
            self.window.add_widget(self.face)
        else:
            runTouchApp(self.face, embedded=True)
        self.driver.start()
        if self._feed is not None:
            self._feed.__enter__()
        # After the first frame: nobody waits for it, and the first patient waits for nothing.
        Clock.schedule_once(lambda _: self.face.warm_up(self._parts.language), WARM_UP_AFTER)

    def frame(self) -> None:
        """One turn of the loop: inputs, time-outs, answers, and a picture when something has changed."""
        try:
            EventLoop.idle()
            if EventLoop.window is not None and not EventLoop.quit:
                EventLoop.window.mainloop()
        except BaseException as raised:  # Kivy's own loop does the same
            if ExceptionManager.handle_exception(raised) == ExceptionManager.RAISE:
                raise

    def run(self) -> int:
        """Run until SIGTERM or SIGINT; the exit status is 1 when the kiosk gave itself up."""
        before = {each: signal.signal(each, self._on_signal) for each in (signal.SIGTERM, signal.SIGINT)}
        try:
            self.open()
            while not EventLoop.quit:
                self.frame()
        finally:
            self.close()
            stopTouchApp()
            for each, handler in before.items():
                signal.signal(each, handler)
        return self._status

    def close(self) -> None:
        """Forget the patient, call off what is being paid, let the devices go, and tell the office all that is owed."""
        self.driver.close()
        if self._feed is not None:
            self._feed.close()
        if self._tick is not None:
            self._tick.cancel()
        if self._handler is not None:
            ExceptionManager.remove_handler(self._handler)
        let_go(self.window)
        self.window.remove_widget(self.face)
        self._devices.close()
        self._calls_off.close()
        # Only now is known how the last payment ended; the store may be able to take it again.
        self.driver.deliver()
        self._office.close()

    def photograph(self) -> Image.Image:
        """The pixels on the glass."""
        return photograph_window(self.window)

    def _on_signal(self, *_: object) -> None:
        EventLoop.quit = True

    def _each_frame(self) -> None:
        while True:
            try:
                posted = self._posted.get_nowait()
            except queue.Empty:
                break
            posted()
        self._hear_wedge(self._wedge.pause(at=self._parts.clock()))
        self._show_preview()

    def trouble(self, kind: type[BaseException]) -> None:
        """Something was raised in the loop: the patient is sent to the desk, and the kiosk goes on.

        When it happens over and over, going on is no use: the kiosk ends with status 1.
        """
        now = time.monotonic()
        self._troubles.append(now)
        if len(self._troubles) == TROUBLES and now - self._troubles[0] < TROUBLE_SECONDS:
            note(Event.GAVE_UP, logging.CRITICAL, kind=kind)
            self._status = 1
            EventLoop.quit = True
            return
        self.face.forget()
        self.driver.broke(kind)

    # --- screen, camera, keyboard -------------------------------------------------------------------------------

    def _show(self, screen: Screen) -> None:
        self.face.show(screen)

    def _hear_camera(self, event: FeedEvent) -> None:
        """Called on the feed's threads."""
        self._posted.put(lambda: self._on_camera(event))

    def _on_camera(self, event: FeedEvent) -> None:
        match event:
            case CodesSeen(codes):
                for code in codes:
                    self.driver.scan(code.data)
            case CameraLost() | CameraEnded():
                self.driver.reader_changed(is_working=False)
            case CameraBack():
                self.driver.reader_changed(is_working=True)
            case ReadingFailed():
                note(Event.READING_FAILED, logging.WARNING)
            case PictureSkipped(number):
                note(Event.PICTURE_SKIPPED, number=number)

    def _show_preview(self) -> None:
        now = self._parts.clock()
        if self._feed is None or self.face.preview is None or now - self._preview_at < PREVIEW_SECONDS:
            return
        newest = self._feed.preview()
        if isinstance(newest, Frame):
            self._preview_at = now
            self.face.show_frame(newest)

    def _forget_frames(self) -> None:
        if self._feed is not None:
            self._feed.preview()

    def text(self, text: str) -> None:
        """Characters of a keyboard, or of a scanner that types."""
        self._hear_wedge(self._wedge.key(text, at=self._parts.clock()))

    def enter(self) -> None:
        """Enter."""
        self._hear_wedge(self._wedge.enter(at=self._parts.clock()))

    def backspace(self) -> None:
        """The last character taken back."""
        self.driver.touched()
        self.driver.erase()

    def _hear_wedge(self, events: tuple[wedge.WedgeEvent, ...]) -> None:
        for event in events:
            match event:
                case wedge.Scanned(data):
                    self.driver.scan(data)
                case wedge.Typed(text):
                    self.driver.touched()
                    for character in text:
                        self.driver.key(character)
                case wedge.EnterTyped():
                    self._press_main()
                case wedge.PaymentCardRefused() | wedge.TooLong():
                    note(Event.PAYMENT_CARD_REFUSED, logging.WARNING)
                    # Nothing of it goes any further; the patient is told that it is no code, as of any other.
                    self.driver.scan(b"")

    def _press_main(self) -> None:
        """Enter presses the main button of a screen that is typed on, and no other."""
        screen = self.driver.screen
        if screen.entry is None or not screen.entry.is_ready:
            return
        main = [each.action for each in screen.buttons if each.weight is Weight.MAIN]
        self.driver.press(main[0] if main else Action.CONTINUE, screen.serial)


class _Handler(ExceptionHandler):
    """Hands what is raised in Kivy's loop to the kiosk; Ctrl+C and the like stay what they are."""

    def __init__(self, kiosk: Kiosk) -> None:
        self._kiosk = kiosk

    def handle_exception(self, inst: BaseException) -> int:
        """Go on, after the patient was sent to the desk."""
        if not isinstance(inst, Exception):
            return int(ExceptionManager.RAISE)
        try:
            self._kiosk.trouble(type(inst))
        except Exception as again:  # noqa: BLE001  the screen that says so broke as well
            note(Event.FACE_BROKE, logging.CRITICAL, kind=type(again))
        return int(ExceptionManager.PASS)
