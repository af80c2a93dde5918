"""A frame source watched from threads of its own, so that the screen never waits for a camera.

One thread takes frames from the source and keeps the newest only; another reads codes out of it. What the
camera does wrong (raise, hang, vanish) becomes an event, and the source is tried again with growing pauses. A
frame is dropped as soon as its codes are read; nothing is kept and nothing is written.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

import attrs

from kiosk.devices.codes import Code, Debounce
from kiosk.devices.frames import (
    Frame,
    FrameSource,
    LossReason,
    NoFrame,
    SourceEnded,
    SourceLost,
    SourceUnavailable,
    Wait,
)

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_WATCH_EVERY = 0.25


@attrs.frozen
class CodesSeen:
    """Codes that came into view; each is told once while it stays there."""

    codes: tuple[Code, ...]


@attrs.frozen
class CameraLost:
    """The camera gives no more frames; it is being tried again."""

    why: LossReason


@attrs.frozen
class CameraBack:
    """Frames come again after a loss."""


@attrs.frozen
class CameraEnded:
    """The source has no more frames to give, and that is no fault."""


@attrs.frozen
class PictureSkipped:
    """A picture of a folder could not be read and was passed over; ``number`` counts from 1."""

    number: int


@attrs.frozen
class ReadingFailed:
    """The reader raised an exception of this type; the frame was dropped. Told once until one succeeds."""

    exception: str


FeedEvent = CodesSeen | CameraLost | CameraBack | CameraEnded | PictureSkipped | ReadingFailed


class Reader(Protocol):
    """What reads codes out of a frame; :class:`kiosk.devices.codes.CodeReader` is one."""

    def read(self, frame: Frame) -> tuple[Code, ...]:
        """The codes in ``frame``."""
        ...


@attrs.frozen
class BackOff:
    """Pauses between attempts, in seconds: ``first``, then ``factor`` times the last, at most ``most``."""

    first: float = 0.25
    factor: float = 2.0
    most: float = 5.0

    def pauses(self) -> Iterator[float]:
        """The pauses, without end."""
        pause = min(self.first, self.most)
        while True:
            yield pause
            pause = min(pause * self.factor, self.most)


class Newest(Generic[_T]):
    """A queue for one: a new item takes the place of one not yet taken. Never blocks the giver."""

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._item: _T | None = None
        self._closed = False

    def put(self, item: _T) -> None:
        """Leave ``item`` for the next taker."""
        with self._ready:
            if not self._closed:
                self._item = item
                self._ready.notify()

    def take(self, *, wait: float = 0.0) -> _T | None:
        """The item, which is then gone; ``None`` after ``wait`` seconds without, or when closed."""
        with self._ready:
            if self._item is None and wait > 0:
                self._ready.wait_for(lambda: self._item is not None or self._closed, wait)
            item, self._item = self._item, None
            return item

    def close(self) -> None:
        """Forget the item, wake every taker and take nothing more."""
        with self._ready:
            self._closed = True
            self._item = None
            self._ready.notify_all()


class CameraFeed:
    """Runs one source until it is closed; use it in a ``with`` statement, once.

    Args:
        source: where frames come from.
        reader: reads codes out of them.
        tell: called with each event, one at a time, from one of the feed's threads: hand it on and return. It
            must not close the feed. ``queue.SimpleQueue().put`` is a good one.
        clock: steady seconds.
        pace: least seconds between two reads, for sources that do not wait by themselves.
        silence: seconds without an answer of the source after which it counts as hanging.
        back_off: pauses between attempts to open a lost source.
        debounce: when a code counts as shown again.
    """

    def __init__(
        self,
        source: FrameSource,
        reader: Reader,
        tell: Callable[[FeedEvent], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        pace: float = 1 / 15,
        silence: float = 5.0,
        back_off: BackOff = BackOff(),
        debounce: Debounce = Debounce(),  # noqa: B008  frozen
    ) -> None:
        self._source = source
        self._reader = reader
        self._tell_them = tell
        self._clock = clock
        self._pace = pace
        self._silence = silence
        self._back_off = back_off
        self._debounce = debounce
        self._frames: Newest[Frame] = Newest()
        self._previews: Newest[Frame] = Newest()
        self._stopping = threading.Event()
        self._telling = threading.RLock()
        self._is_lost = False
        self._is_ended = False
        self._reading_fails = False
        self._heard = clock()
        # Daemons only so that a driver which never returns cannot keep the program alive; close() joins both.
        self._threads = (
            threading.Thread(target=self._grab, name="camera-grab", daemon=True),
            threading.Thread(target=self._decode, name="camera-decode", daemon=True),
        )

    def __enter__(self) -> Self:
        self._heard = self._clock()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self, *, patience: float = 2.0) -> bool:
        """Stop, and forget every frame. Whether both threads have ended within ``patience`` seconds each.

        They have, unless the source hangs in a call of its driver; its thread then ends when that call does.
        No event is told after this.
        """
        self._stopping.set()
        self._frames.close()
        self._previews.close()
        for thread in self._threads:
            if thread.ident is not None and thread is not threading.current_thread():
                thread.join(patience)
        return not any(thread.is_alive() for thread in self._threads)

    def preview(self) -> Frame | NoFrame:
        """The newest frame that was not yet asked for; never waits."""
        return self._previews.take() or NoFrame()

    def _grab(self) -> None:
        pauses = self._back_off.pauses()
        while not self._stopping.is_set():
            try:
                if self._run_source_once():
                    pauses = self._back_off.pauses()
            except SourceUnavailable:
                self._lose(LossReason.NOT_FOUND)
            except Exception as trouble:  # noqa: BLE001  whatever a driver raises, the kiosk goes on
                _log.warning("the camera raised %s", type(trouble).__name__)
                self._lose(LossReason.BROKE)
            if self._is_ended:
                return
            self._stopping.wait(next(pauses))

    def _run_source_once(self) -> bool:
        """Read the source until it ends, is lost or the feed is closed. Whether it gave any frame."""
        gave_frames = False
        self._heard = self._clock()
        with self._source:
            while not self._stopping.is_set():
                reading = self._source.read()
                self._heard = self._clock()
                if isinstance(reading, Frame):
                    gave_frames = True
                    self._welcome_back()
                    self._frames.put(reading)
                    self._previews.put(reading)
                elif isinstance(reading, SourceLost):
                    self._lose(reading.why)
                    break
                elif isinstance(reading, SourceEnded):
                    self._is_ended = True
                    break
                elif reading.why is Wait.PICTURE_UNREADABLE:
                    self._tell(PictureSkipped(reading.where))
                self._stopping.wait(self._pace)
        return gave_frames

    def _decode(self) -> None:
        """Read codes out of the newest frame; between frames, watch whether the source still answers.

        The end is told from here, so that it comes after the codes of the last frame.
        """
        while not self._stopping.is_set():
            is_last = self._is_ended
            frame = self._frames.take(wait=min(self._silence / 4, _WATCH_EVERY))
            if frame is not None:
                self._read(frame)
            elif is_last:
                self._tell(CameraEnded())
                return
            elif not self._is_ended and self._clock() - self._heard > self._silence:
                self._lose(LossReason.HANGS)

    def _read(self, frame: Frame) -> None:
        try:
            codes = self._reader.read(frame)
        except Exception as trouble:  # noqa: BLE001  a picture must never be able to stop the kiosk
            if not self._reading_fails:
                self._reading_fails = True
                self._tell(ReadingFailed(type(trouble).__name__))
            return
        self._reading_fails = False
        self._debounce, new = self._debounce.look(codes, at=self._clock())
        if new:
            self._tell(CodesSeen(new))

    def _lose(self, why: LossReason) -> None:
        with self._telling:
            if not self._is_lost:
                self._is_lost = True
                self._tell(CameraLost(why))

    def _welcome_back(self) -> None:
        with self._telling:
            if self._is_lost:
                self._is_lost = False
                self._tell(CameraBack())

    def _tell(self, event: FeedEvent) -> None:
        with self._telling:
            if self._stopping.is_set():
                return
            try:
                self._tell_them(event)
            except Exception as trouble:  # noqa: BLE001  the receiver's fault must not blind the kiosk
                # No traceback: it could hold what was scanned.
                _log.error("%s could not be told: %s", type(event).__name__, type(trouble).__name__)
