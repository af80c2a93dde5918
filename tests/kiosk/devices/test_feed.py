"""Whatever a camera does, the feed tells it, goes on, and ends when it is closed."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.codes import SECOND_TRIES, Code, CodeReader, Debounce, Symbology
from kiosk.devices.feed import (
    BackOff,
    CameraBack,
    CameraEnded,
    CameraFeed,
    CameraLost,
    CodesSeen,
    FeedEvent,
    Newest,
    PictureSkipped,
    ReadingFailed,
)
from kiosk.devices.frames import (
    Frame,
    LossReason,
    NoFrame,
    Reading,
    SourceEnded,
    SourceLost,
    SourceUnavailable,
    Wait,
)
from kiosk.devices.stills import SyntheticCamera

PATIENCE = 30.0
AT_ONCE = BackOff(first=0.001, most=0.002)
PLACE = ((0, 0), (1, 0), (1, 1), (0, 1))


def frame(mark: int = 0) -> Frame:
    """A frame of one pixel."""
    return Frame(width=1, height=1, luminance=bytes([mark]))


class Scripted:
    """A source that does what each round's script says: a reading, an exception or a call; then nothing."""

    def __init__(self, *rounds: Iterable[Reading | Exception | Callable[[], Reading]]) -> None:
        self._rounds = iter(rounds)
        self._script: Iterator[Reading | Exception | Callable[[], Reading]] = iter(())
        self.is_open = False
        self.opened = 0

    def __enter__(self) -> Self:
        script = list(next(self._rounds, ()))
        if script and isinstance(script[0], SourceUnavailable):
            raise script[0]
        self._script = iter(script)
        self.is_open = True
        self.opened += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.is_open = False

    def read(self) -> Reading:
        """The next of the script."""
        step = next(self._script, NoFrame())
        if isinstance(step, Exception):
            raise step
        return step() if callable(step) else step


class MarkReader:
    """Reads a frame's first pixel as a code; zero is no code, 255 an exception."""

    def read(self, frame: Frame) -> tuple[Code, ...]:
        """The mark."""
        mark = frame.luminance[:1]
        if mark == b"\xff":
            raise RuntimeError("CANARY")
        return (Code(data=mark, symbology=Symbology.QR, corners=PLACE),) if mark != b"\0" else ()


def feed_threads() -> set[threading.Thread]:
    """The feed's threads that live now."""
    return {thread for thread in threading.enumerate() if thread.name.startswith("camera-")}


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    """Every test leaves no thread of a feed behind."""
    before = feed_threads()
    yield
    assert feed_threads() <= before


def feed_of(
    source: Scripted | SyntheticCamera, tell: Callable[[FeedEvent], None], silence: float = 60
) -> CameraFeed:
    """A feed that goes on without pauses."""
    return CameraFeed(source, MarkReader(), tell, pace=0, silence=silence, back_off=AT_ONCE)


def events_of(source: Scripted, count: int, silence: float = 60) -> list[FeedEvent]:
    """The first events of a feed."""
    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()
    with feed_of(source, told.put, silence):
        events = [told.get(timeout=PATIENCE) for _ in range(count)]
    assert not source.is_open
    return events


def code_event(mark: int) -> CodesSeen:
    """What is told about a frame with this mark."""
    return CodesSeen((Code(data=bytes([mark]), symbology=Symbology.QR, corners=PLACE),))


def test_a_lost_camera_is_told_once_and_told_again_when_it_is_back() -> None:
    """Unplugged, away for three attempts, back: one loss, one return, and codes are read again."""
    gone = SourceUnavailable("not there")
    source = Scripted([frame(), SourceLost(LossReason.STOPPED)], [gone], [gone], [gone], [frame(7)])
    assert events_of(source, 3) == [CameraLost(LossReason.STOPPED), CameraBack(), code_event(7)]
    assert source.opened == 2


def test_a_camera_that_is_not_there_at_first_is_told_and_awaited() -> None:
    """Started without a camera, the feed says so and finds it when it is plugged in."""
    source = Scripted([SourceUnavailable("not there")], [frame(7)])
    assert events_of(source, 3) == [CameraLost(LossReason.NOT_FOUND), CameraBack(), code_event(7)]


@pytest.mark.parametrize(
    "trouble", [RuntimeError("CANARY"), OSError(19, "CANARY"), MemoryError(), ValueError()]
)
def test_a_camera_that_raises_is_a_loss_and_no_crash(
    trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """Any exception of a driver is a loss; its text, which may hold anything, is not logged."""
    source = Scripted([frame(), trouble], [frame(7)])
    assert events_of(source, 3) == [CameraLost(LossReason.BROKE), CameraBack(), code_event(7)]
    assert type(trouble).__name__ in caplog.text
    assert "CANARY" not in caplog.text


def test_a_camera_that_hangs_is_told_and_does_not_hold_up_closing() -> None:
    """A driver that does not return is a loss; close comes back; the thread ends with that call."""
    released = threading.Event()

    def hang() -> Reading:
        released.wait(PATIENCE)
        return frame(7)

    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()
    source = Scripted([frame(), hang])
    feed = feed_of(source, told.put, silence=0.05)
    with feed:
        assert told.get(timeout=PATIENCE) == CameraLost(LossReason.HANGS)
        assert feed.close(patience=0.01) is False
        released.set()
        assert feed.close(patience=PATIENCE) is True
    assert told.empty()


def test_a_camera_that_answers_again_after_hanging_is_back() -> None:
    """A pause of the driver ends with a return, without opening anew."""
    released = threading.Event()

    def hang() -> Reading:
        released.wait(PATIENCE)
        return frame(7)

    def tell(event: FeedEvent) -> None:
        told.put(event)
        if isinstance(event, CameraLost):
            released.set()

    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()
    source = Scripted([frame(), hang])
    with feed_of(source, tell, silence=0.05):
        events = [told.get(timeout=PATIENCE) for _ in range(3)]
    assert events[:2] == [CameraLost(LossReason.HANGS), CameraBack()]
    assert code_event(7) in [*events, *(told.get() for _ in range(told.qsize()))]
    assert source.opened == 1


def test_a_camera_that_is_only_slow_is_not_lost() -> None:
    """Several looks at a silent camera within the time allowed tell nothing."""

    def slowly() -> Reading:
        threading.Event().wait(0.7)
        return frame(7)

    assert events_of(Scripted([slowly, SourceEnded()]), 2) == [code_event(7), CameraEnded()]


def test_the_end_comes_after_the_last_code() -> None:
    """A source that ends is no loss, and what its last frame showed is told first."""
    assert events_of(Scripted([frame(7), SourceEnded()]), 2) == [code_event(7), CameraEnded()]


def test_an_unreadable_picture_is_told_by_its_number() -> None:
    """The office learns which picture; its name, which may be a person's, is not told."""
    source = Scripted([NoFrame(Wait.PICTURE_UNREADABLE, 3), SourceEnded()])
    assert events_of(source, 2) == [PictureSkipped(3), CameraEnded()]


def test_a_held_code_is_told_once() -> None:
    """Hundreds of frames of one code are one event."""
    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()
    source = Scripted([*([frame(7)] * 300), SourceEnded()])
    with CameraFeed(source, MarkReader(), told.put, pace=0, clock=lambda: 0.0, debounce=Debounce(away=1.0)):
        assert [told.get(timeout=PATIENCE) for _ in range(2)] == [code_event(7), CameraEnded()]


def test_a_reader_that_raises_is_told_by_type_and_does_not_stop_the_feed() -> None:
    """A frame that breaks the decoder is dropped, told once, and the next frames are read."""
    turn = threading.Semaphore(0)

    def tell(event: FeedEvent) -> None:
        told.put(event)
        turn.release()

    def wait_then(mark: int) -> Callable[[], Reading]:
        def step() -> Reading:
            turn.acquire(timeout=PATIENCE)
            return frame(mark)

        return step

    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()
    source = Scripted([frame(255), wait_then(7), wait_then(255)])
    with feed_of(source, tell):
        events = [told.get(timeout=PATIENCE) for _ in range(3)]
    assert events == [ReadingFailed("RuntimeError"), code_event(7), ReadingFailed("RuntimeError")]


def test_a_receiver_that_raises_does_not_stop_the_feed(caplog: pytest.LogCaptureFixture) -> None:
    """The receiver's fault is logged by type and the next event is still told."""
    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()

    def tell(event: FeedEvent) -> None:
        told.put(event)
        raise RuntimeError("CANARY")

    with feed_of(Scripted([frame(7), SourceEnded()]), tell):
        assert [told.get(timeout=PATIENCE) for _ in range(2)] == [code_event(7), CameraEnded()]
    assert "CodesSeen could not be told: RuntimeError" in caplog.text
    assert "CANARY" not in caplog.text


def test_a_slow_reader_meets_the_newest_frame_only() -> None:
    """While one frame is read, later ones replace each other: the reader then gets the last, not the next."""
    reading, finished = threading.Event(), threading.Event()

    class SlowReader(MarkReader):
        def read(self, frame: Frame) -> tuple[Code, ...]:
            reading.set()
            assert finished.wait(PATIENCE)
            return super().read(frame)

    def wait_for_reader() -> Reading:
        assert reading.wait(PATIENCE)
        return frame(2)

    def last() -> Reading:
        return frame(50)

    def release() -> Reading:
        finished.set()
        return SourceEnded()

    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()
    marks = [frame(mark) for mark in range(3, 50)]
    source = Scripted([frame(1), wait_for_reader, *marks, last, release])
    with CameraFeed(source, SlowReader(), told.put, pace=0, silence=60):
        events = [told.get(timeout=PATIENCE) for _ in range(3)]
    assert events == [code_event(1), code_event(50), CameraEnded()]


def test_preview_gives_the_newest_frame_once_and_none_after_close() -> None:
    """The screen gets each newest frame once, without waiting; a closed feed holds none."""
    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()
    feed = feed_of(Scripted([frame(1), frame(2), SourceEnded()]), told.put)
    assert feed.preview() == NoFrame()
    with feed:
        while told.get(timeout=PATIENCE) != CameraEnded():
            pass
        assert feed.preview() == frame(2)
        assert feed.preview() == NoFrame()
    other = feed_of(Scripted([frame(1), SourceEnded()]), told.put)
    with other:
        while told.get(timeout=PATIENCE) != CameraEnded():
            pass
    assert other.preview() == NoFrame()


def test_nothing_is_told_after_close() -> None:
    """A closed feed is silent, and closing twice is harmless."""
    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()
    round_: list[Reading] = [frame(1), SourceLost(LossReason.STOPPED)]
    source = Scripted(*([round_] * 50))
    feed = feed_of(source, told.put)
    with feed:
        told.get(timeout=PATIENCE)
        assert feed.close() is True
        held = told.qsize()
        assert feed.close() is True
    assert told.qsize() == held
    assert CameraFeed(Scripted(), MarkReader(), told.put).close() is True


def test_a_synthetic_patient_is_seen_end_to_end() -> None:
    """From imagined pictures through the real reader, each held code is told once, in order."""
    told: queue.SimpleQueue[FeedEvent] = queue.SimpleQueue()
    payloads = ["first-" + "A" * 138, "second-" + "B" * 137]
    source = SyntheticCamera(payloads, empty=2, hold=4)
    with CameraFeed(source, CodeReader(tries=len(SECOND_TRIES)), told.put, pace=0):
        events = [told.get(timeout=PATIENCE) for _ in range(3)]
    assert [
        code.data.decode() for event in events if isinstance(event, CodesSeen) for code in event.codes
    ] == payloads
    assert events[2] == CameraEnded()


@given(st.lists(st.integers(), min_size=1))
def test_newest_gives_the_last_put_once(items: list[int]) -> None:
    """However many were put, the last comes out, once; after closing none does."""
    slot: Newest[int] = Newest()
    for item in items:
        slot.put(item)
    assert slot.take() == items[-1]
    assert slot.take() is None
    slot.put(items[0])
    slot.close()
    assert slot.take(wait=PATIENCE) is None
    slot.put(items[0])
    assert slot.take() is None


@given(
    st.floats(min_value=0.001, max_value=10),
    st.floats(min_value=1, max_value=4),
    st.floats(min_value=0.001, max_value=60),
)
def test_pauses_grow_to_their_bound(first: float, factor: float, most: float) -> None:
    """Pauses never shrink and never pass the longest."""
    pauses = BackOff(first=first, factor=factor, most=most).pauses()
    several = [next(pauses) for _ in range(30)]
    assert several == sorted(several)
    assert several[0] == min(first, most)
    assert max(several) <= most
