"""The kiosk as people meet it: real Kivy off-screen, real touches, a code in a picture, and the office's own front."""

import gc
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from kivy.base import EventLoop
from kivy.clock import Clock

from kiosk.app import Kiosk, Parts
from kiosk.devices.frames import Frame, FrameSource, LossReason, SourceLost
from kiosk.devices.pictures import Kind, Subject, empty_scene
from kiosk.devices.simulated_terminal import SimulatedTerminal
from kiosk.devices.stills import SyntheticCamera
from kiosk.devices.wedge import LARGEST_SCAN
from kiosk.theme import Panel, Theme
from kiosk.views.hand import Finger, Hand
from kiosk.views.paint import Words
from kiosk.words import phrase
from medoffice.checkin.records import PaymentState
from medoffice.checkin.words import Word, say
from medoffice.core.people import Language

pytestmark = pytest.mark.xdist_group("gui")

DESK = Frame.from_picture(empty_scene())
PORTRAIT = Theme(panel=Panel.of_inches(1080, 1920, 15.6))


class Cable:
    """A camera with nothing before it, whose cable a test can pull."""

    def __init__(self) -> None:
        self.is_plugged = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def read(self) -> Frame | SourceLost:
        return DESK if self.is_plugged else SourceLost(LossReason.STOPPED)


class Opened:
    """A kiosk on an office in memory, with a hand."""

    def __init__(self, office: Any, people: Any, timers: Any, source: FrameSource | None) -> None:
        self.office, self.people, self.timers = office, people, timers
        self.terminal = SimulatedTerminal()
        parts = Parts(
            reception=office.reception(),
            terminal=self.terminal,
            source=source,
            theme=PORTRAIT,
            clinic="Northside Family Medicine",
            language=Language("en"),
            boot="abcdefghij",
            windowed=True,
            clock=timers.clock,
            timers=timers,
        )
        self.kiosk = Kiosk(parts)
        self.hand = Hand(self.kiosk)
        self.kiosk.open()
        self.kiosk.frame()
        self.free()

    @property
    def screen(self) -> Any:
        return self.kiosk.driver.screen

    def free(self) -> None:
        """Let the guard against double taps pass."""
        self.timers.pass_by(0.3)

    def tap(self, name: str) -> None:
        self.free()
        self.hand.tap(name)

    def type(self, text: str) -> None:
        self.free()
        self.hand.type(text)

    def texts(self) -> set[str]:
        return {each.text for each in self.kiosk.window.children[0].walk() if isinstance(each, Words)}

    def scan(self, text: str) -> None:
        """What a scanner that types does: characters without a pause, then Enter."""
        for character in text:
            self.kiosk.window.dispatch("on_textinput", character)
        self.kiosk.window.dispatch("on_key_down", 13, 40, "", [])
        self.kiosk.frame()

    def identify(self, person: Any) -> None:
        self.scan(self.office.issue_code(person.appointment).text)
        self.type(f"{person.patient.birth_date:%m%d%Y}")
        self.tap("continue")
        self.hand.see("details")


def coming(office: Any, people: Any) -> list[Any]:
    return [each for each in people if each.starts > office.clock.now()]


@pytest.fixture
def opened(make_office: Callable[[], Any], make_timers: Any) -> Iterator[Callable[..., Opened]]:
    made: list[Opened] = []

    def make(source: Callable[[Any, Any], FrameSource] | None = None) -> Opened:
        office, people = make_office()
        waiting = coming(office, people)
        made.append(Opened(office, waiting, make_timers(), source(office, waiting) if source else None))
        return made[-1]

    yield make
    for each in made:
        each.kiosk.close()


def of_camera(office: Any, people: Any) -> FrameSource:
    code = office.issue_code(people[0].appointment).text
    return SyntheticCamera([code], kind=Kind.COMBINED, subject=Subject.PHONE, empty=3, hold=600, seed=3)


def test_a_visit_by_touches_from_a_bad_picture_of_the_code(opened: Callable[..., Opened]) -> None:
    """A turned, dim, blurred picture, eight digits and four touches: checked in, paid, and written down."""
    here = opened(of_camera)
    here.hand.see("birth-date")
    person = here.people[0]
    here.type(f"{person.patient.birth_date:%m%d%Y}")
    here.tap("continue")
    here.hand.see("details")
    assert person.patient.name.masked in here.texts()
    here.tap("yes")
    names = {each.name for each in here.kiosk.face.targets()}
    here.tap("yes" if "yes" in names else "none")
    names = {each.name for each in here.kiosk.face.targets()}
    here.tap("pay-now" if "pay-now" in names else "continue")
    here.hand.see("done")
    assert here.hand.taps <= 4
    assert here.hand.keys == 8
    row = next(each for each in here.office.board() if each.appointment == person.appointment)
    assert str(row.number) == here.screen.big
    assert here.screen.big in here.texts()
    states = [each.state for each in here.office.store.read(lambda tx: tx.payments(person.appointment))]
    assert states == [PaymentState.APPROVED]


def test_silence_warns_wipes_and_leaves_nothing(opened: Callable[..., Opened]) -> None:
    """After the wipe neither a widget, nor the keyboard, nor the scanner, nor the session knows the patient."""
    here = opened()
    person = here.people[0]
    here.identify(person)
    shown = {words for words in here.texts() if "***" in words}
    assert shown
    here.tap("changed")
    here.tap("email")
    here.type("zq")
    here.timers.pass_by(31)
    here.hand.see("idle")
    here.kiosk.window.dispatch("on_textinput", "q")
    assert any(here.kiosk._wedge._buffer)
    here.timers.pass_by(21)
    here.kiosk.frame()
    assert (here.screen.name, here.screen.turn) == ("welcome", 2)
    assert not {words for words in here.texts() if "***" in words or "zq" in words}
    gc.collect()
    alive = [each.text for each in gc.get_objects() if type(each) is Words and "***" in each.text]
    assert alive == []
    assert all(keys.text == "" for keys in here.kiosk.face._keyboards.values())
    assert not any(here.kiosk._wedge._buffer)
    assert "***" not in repr(here.kiosk.driver._session.stage)


def test_a_lost_camera_is_said_and_typing_still_works(opened: Callable[..., Opened]) -> None:
    """When the camera goes the screen says so; a name is typed instead; when it is back, it is used again."""
    cable = Cable()
    here = opened(lambda *_: cable)
    before = here.screen.body
    cable.is_plugged = False
    here.hand.wait_for("the loss to be said", lambda: here.screen.body != before)
    here.kiosk.frame()
    assert any("camera is resting" in each for each in here.texts())
    assert not [each for each in here.texts() if "your code" in each]
    here.tap("no-code")
    here.type("ZZ")
    here.kiosk.frame()
    assert "Zz" in here.texts()
    assert here.hand.find("continue").is_ready
    cable.is_plugged = True
    here.tap("back")
    here.hand.wait_for("the camera's return", lambda: here.screen.body == before)


def test_a_scanner_that_types_is_a_scanner(opened: Callable[..., Opened]) -> None:
    """A code that comes as key presses is read like any other, and none of it is typed into a box."""
    here = opened()
    here.tap("no-code")
    here.scan(here.office.issue_code(here.people[0].appointment).text)
    assert here.screen.name == "birth-date"
    assert here.screen.entry.text == ""


def test_a_payment_card_is_nobody_s_code(
    opened: Callable[..., Opened], caplog: pytest.LogCaptureFixture
) -> None:
    """A card that is swiped at the scanner is dropped: the patient is told that it is no code, nothing holds its number."""
    caplog.set_level(logging.DEBUG)
    here = opened()
    here.scan("%B4111111111111111^DOE/JANE^3012101")
    assert here.screen.name == "welcome"
    assert here.screen.notice == say(Word.CODE_NOT_OURS)
    assert "Please note" in here.texts()
    assert not any(here.kiosk._wedge._buffer)
    assert "payment-card-refused" in caplog.text
    assert "4111" not in caplog.text + repr(here.kiosk.driver._session)


def test_a_scan_longer_than_any_code_is_answered(opened: Callable[..., Opened]) -> None:
    """What no code can be as long as brings the same notice, once, and none of it is kept."""
    here = opened()
    before = here.screen.serial
    here.scan("x" * (LARGEST_SCAN + 500))
    assert here.screen.name == "welcome"
    assert here.screen.notice == say(Word.CODE_NOT_OURS)
    assert here.screen.serial - before == 2  # judged, and told
    assert not any(here.kiosk._wedge._buffer)


def test_a_kiosk_without_a_camera_asks_for_the_scanner(opened: Callable[..., Opened]) -> None:
    """Where a scanner reads the codes the first screen says so, on the glass and for the next patient too."""
    here = opened()
    assert phrase(say(Word.WELCOME_SCANNER), Language("en")) in here.texts()
    assert here.kiosk.face.preview is None
    here.tap("no-code")
    here.tap("person")
    here.tap("finish")
    here.kiosk.frame()
    assert here.screen.turn == 2
    assert phrase(say(Word.WELCOME_SCANNER), Language("en")) in here.texts()
    assert not [text for text in here.texts() if "camera" in text]


def test_a_foreign_code_is_said_to_be_one(opened: Callable[..., Opened]) -> None:
    """A code of some other kind brings a notice with a sign and a word."""
    here = opened()
    here.scan("https://example.org/menu")
    here.kiosk.frame()
    assert "Please note" in here.texts()


def test_a_touch_answers_in_the_next_frame(opened: Callable[..., Opened]) -> None:
    """Between finger down and the next frame the button has its pressed colour; sliding off takes it back."""
    here = opened()
    target = here.hand.find("no-code")
    before = target.shown
    finger = Finger(*target.center)
    finger.down()
    here.kiosk.frame()
    assert target.is_pressed
    assert target.shown != before
    finger.move({"x": 0.01, "y": 0.5})
    EventLoop.post_dispatch_input("update", finger)
    finger.up()
    here.kiosk.frame()
    assert (here.screen.name, target.shown) == ("welcome", before)


def test_a_double_tap_presses_one_screen_only(opened: Callable[..., Opened]) -> None:
    """What comes under the finger within a quarter of a second is not pressed; after that it is."""
    here = opened()
    here.identify(here.people[0])
    here.free()
    here.hand.tap("yes")
    assert here.screen.name == "insurance"
    main = next(each for each in here.kiosk.face.targets() if each.is_main)
    here.hand.touch(*main.center)
    assert here.screen.name == "insurance"
    here.free()
    here.hand.touch(*main.center)
    assert here.screen.name == "due"


def test_a_second_finger_is_nothing(opened: Callable[..., Opened]) -> None:
    """While one finger rests on the glass, another presses nothing."""
    here = opened()
    first = Finger(5, 900)
    first.down()
    here.hand.touch(*here.hand.find("no-code").center)
    assert here.screen.name == "welcome"
    first.up()
    here.hand.touch(*here.hand.find("no-code").center)
    assert here.screen.name == "family-name"


@pytest.mark.parametrize("key", [27, 282, 293, 9, 113, 119])
def test_no_key_leads_out(opened: Callable[..., Opened], key: int) -> None:
    """Escape, F1, F12 and shortcuts are swallowed, whatever is held with them."""
    here = opened()
    assert here.kiosk.window.dispatch("on_key_down", key, 0, None, ["ctrl", "alt", "meta"])
    assert here.kiosk.window.dispatch("on_keyboard", key, 0, None, ["ctrl", "alt", "meta"])
    here.kiosk.frame()
    assert not EventLoop.quit
    assert here.screen.name == "welcome"


def test_a_window_manager_cannot_close_it(make_office: Callable[[], Any]) -> None:
    """A request to close is refused, unless the kiosk was started in a window."""
    office, _ = make_office()
    for windowed in (False, True):
        parts = Parts(
            reception=office.reception(), terminal=SimulatedTerminal(), theme=PORTRAIT, clinic="Northside",
            language=Language("en"), boot="abc", windowed=windowed,
        )  # fmt: skip
        kiosk = Kiosk(parts)
        try:
            assert kiosk.window.dispatch("on_request_close") is not windowed
        finally:
            kiosk.close()


def test_an_exception_in_the_loop_sends_to_the_desk(
    opened: Callable[..., Opened], caplog: pytest.LogCaptureFixture
) -> None:
    """What is raised in a callback ends nothing: the patient is sent to the desk, and its text is in no log."""
    caplog.set_level(logging.DEBUG)
    here = opened()
    here.identify(here.people[0])

    def broken(_: float) -> None:
        raise RuntimeError("Zzyzx-Canary")

    Clock.schedule_once(broken, 0)
    here.hand.see("desk")
    assert "Zzyzx" not in caplog.text
    assert "face-broke kind=RuntimeError" in caplog.text
    assert not {words for words in here.texts() if "***" in words}
    here.tap("finish")
    assert here.screen.name == "welcome"
    here.hand.wait_for(
        "the office to hear of it", lambda: "kiosk.broke" in {each.code for each in here.office.desk_tasks()}
    )


def test_a_kiosk_that_breaks_over_and_over_gives_up(opened: Callable[..., Opened]) -> None:
    """Ten exceptions in a row end the program with status 1, for a supervisor to start it afresh."""
    here = opened()
    for _ in range(10):
        here.kiosk.trouble(RuntimeError)
    assert EventLoop.quit
    assert here.kiosk._status == 1
    EventLoop.quit = False


def test_language_is_one_touch_away_and_goes_with_the_patient(opened: Callable[..., Opened]) -> None:
    """Spanish is chosen by its own name, on any screen; the next patient begins in the office's language."""
    here = opened()
    here.tap("language es")
    here.tap("no-code")
    here.kiosk.frame()
    assert "¿Cuál es su apellido?" in here.texts()
    here.tap("key Ñ")
    here.kiosk.frame()
    assert "Ñ" in here.texts()
    here.tap("person")
    here.tap("finish")
    here.kiosk.frame()
    assert "Español" in here.texts()


def test_names_with_marks_can_be_typed(opened: Callable[..., Opened]) -> None:
    """Accented letters are one key away, and capitals come by themselves."""
    here = opened()
    here.tap("no-code")
    here.type("GARC")
    here.tap("key <marks>")
    here.tap("key Í")
    here.tap("key <marks>")
    here.type("A-L")
    here.tap("key <erase>")
    assert here.screen.entry.text == "García-"


def test_sigterm_ends_it_cleanly() -> None:
    """Staff end the kiosk with SIGTERM: the exit status is 0, and its private folder is gone."""
    code = """
import os, signal, sys
from kiosk.app import Kiosk, Parts
from kiosk.devices.simulated_terminal import SimulatedTerminal
from kiosk.theme import Panel, Theme
from medoffice.core.people import Language
from medoffice.office import Office
office = Office.in_memory()
kiosk = Kiosk(Parts(reception=office.reception(), terminal=SimulatedTerminal(), clinic="x", boot="abc",
    theme=Theme(panel=Panel.of_inches(1080, 1920, 15.6)), language=Language("en")))
frames = 0
real = kiosk.frame
def frame():
    global frames
    frames += 1
    if frames == 3:
        print(os.environ["KIVY_HOME"], flush=True)
        os.kill(os.getpid(), signal.SIGTERM)
    real()
kiosk.frame = frame
sys.exit(kiosk.run())
"""
    environment = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "KIVY_HOME"}}
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    assert not Path(ended.stdout.split()[-1]).exists()
