"""How fast the kiosk is, off-screen with software GL: cold start, touch to frame, scan to screen, and a visit's taps.

Run it with ``.venv/bin/python -m benchmarks.kiosk_speed``; it ends with status 1 when a figure is beyond its
limit, or too few pictures are read.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from kiosk.app import Kiosk, Parts
from kiosk.devices.codes import CodeReader
from kiosk.devices.frames import Frame
from kiosk.devices.pictures import Kind, photograph
from kiosk.devices.simulated_terminal import SimulatedTerminal
from kiosk.office import boot_name, make_demo, opened
from kiosk.scripted import choose_player, play
from kiosk.theme import Panel, Theme
from kiosk.views.hand import Finger
from kiosk.views.window import finish_drawing
from medoffice.checkin.messages import Action
from medoffice.checkin.typed import BIRTH_DATE_DIGITS
from medoffice.office.office import Office

COLD_START_S: Final = 2.5
TOUCH_TO_FRAME_MS: Final = 50.0
SCAN_TO_SCREEN_MS: Final = 150.0
TAPS: Final = 4
PICTURES: Final = 50
FEWEST_READ: Final = 45
"""Of so many pictures of codes, as many must be read; fewer, and the times of the rest say little."""
MINUTE: Final = 60.0
_COLD: Final = """
from kiosk.app import Kiosk, Parts
from kiosk.devices.simulated_terminal import SimulatedTerminal
from kiosk.office import boot_name, opened
from kiosk.theme import Panel, Theme
import sys, time
from pathlib import Path
from kivy.core.window import Window
with opened(Path(sys.argv[1])) as office:
    flips = []
    Window.bind(on_flip=lambda *_: flips.append(1))
    kiosk = Kiosk(Parts(reception=office.reception(), terminal=SimulatedTerminal(), clinic=office.settings.name,
        theme=Theme(panel=Panel.of_inches(1080, 1920, 15.6)), language=office.settings.language, boot=boot_name(),
        windowed=True))
    kiosk.open()
    while not flips:
        kiosk.frame()
    print(time.time())
    kiosk.close()
"""


def percentile(values: list[float], part: float) -> float:
    """The value below which ``part`` of all lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def cold_starts(office: Path, count: int = 5) -> list[float]:
    """Seconds from starting the program to its first frame, encrypted store opened on the way."""
    taken = []
    for _ in range(count):
        begun = time.time()
        ran = subprocess.run(
            [sys.executable, "-c", _COLD, str(office)], capture_output=True, text=True, check=True
        )
        taken.append(float(ran.stdout.split()[-1]) - begun)
    return taken


def main() -> int:
    """Measure, print, and judge."""
    theme = Theme(panel=Panel.of_inches(1080, 1920, 15.6))
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "office"
        make_demo(place)
        cold = cold_starts(place)
        with opened(place) as office:
            played = play(
                office,
                choose_player(office),
                theme=theme,
                language=office.settings.language,
                tickets=place / "tickets",
                pictures=None,
            )
            code = office.issue_code(choose_player(office).appointment).text
            now = [0.0]
            kiosk = _open(office, theme, now)
            scanned = scans(kiosk, code, now)
            touched = touches(kiosk, code, now)
            kiosk.close()
    return judge(cold=cold, touched=touched, scanned=scanned, taps=played.taps)


def judge(*, cold: list[float], touched: list[float], scanned: list[float], taps: int) -> int:
    """Print each figure beside its limit; 1 when one is beyond it, or when too few pictures were read."""
    is_read = len(scanned) >= FEWEST_READ
    print(f"{'ok  ' if is_read else 'FEW '}  {len(scanned)} of {PICTURES} read (at least {FEWEST_READ})")
    figures = [
        ("cold start to first frame, s, median of 5", median(cold), COLD_START_S),
        ("cold start to first frame, s, longest of 5", max(cold), COLD_START_S),
        (f"touch to next frame, ms, median of {len(touched)}", median(touched), TOUCH_TO_FRAME_MS),
        (f"touch to next frame, ms, p99 of {len(touched)}", percentile(touched, 0.99), TOUCH_TO_FRAME_MS),
        ("taps of a visit beside the birth date", float(taps), float(TAPS)),
    ]
    if scanned:
        figures += [
            (f"picture to next screen, ms, median of {len(scanned)}", median(scanned), SCAN_TO_SCREEN_MS),
            (
                f"picture to next screen, ms, p99 of {len(scanned)}",
                percentile(scanned, 0.99),
                SCAN_TO_SCREEN_MS,
            ),
        ]
    for name, value, limit in figures:
        print(f"{'ok  ' if value <= limit else 'OVER'}  {name}: {value:.2f} (limit {limit:g})")
    return int(not is_read or any(value > limit for _, value, limit in figures))


def _open(office: Office, theme: Theme, now: list[float]) -> Kiosk:
    """A kiosk without a camera, whose clock stands still until ``now[0]`` is moved."""
    parts = Parts(
        reception=office.reception(),
        terminal=SimulatedTerminal(),
        theme=theme,
        clinic=office.settings.name,
        language=office.settings.language,
        boot=boot_name(),
        windowed=True,
        clock=lambda: now[0],
    )
    kiosk = Kiosk(parts)
    kiosk.open()
    for _ in range(10):
        kiosk.frame()
    return kiosk


def _draw(kiosk: Kiosk) -> None:
    """One frame, until the graphics library has finished it not only taken it on."""
    kiosk.frame()
    finish_drawing()


def scans(kiosk: Kiosk, code: str, now: list[float]) -> list[float]:
    """Milliseconds from a picture of one of the ten bad kinds to the next screen, decoded, judged and drawn.

    A picture that was not read has no time in it.
    """
    taken = []
    for number in range(PICTURES):
        now[0] += MINUTE
        kind = tuple(Kind)[number % len(Kind)]
        frame = Frame.from_picture(photograph(code, kind=kind, seed=number))
        reader = CodeReader()
        begun = time.perf_counter()
        for found in reader.read(frame):
            kiosk.driver.scan(found.data)
        _draw(kiosk)
        took = (time.perf_counter() - begun) * 1000
        if kiosk.driver.screen.name == "birth-date":
            taken.append(took)
            kiosk.driver.press(Action.BACK, kiosk.driver.screen.serial)
            _draw(kiosk)
    return taken


def touches(kiosk: Kiosk, code: str, now: list[float]) -> list[float]:
    """Milliseconds from a finger on a key to the frame that shows it pressed."""
    now[0] += MINUTE
    kiosk.driver.scan(code.encode())
    _draw(kiosk)
    taken = []
    for number in range(400):
        now[0] += 1
        key = next(each for each in kiosk.face.targets() if each.name == f"key {number % 10}")
        finger = Finger(*key.center)
        begun = time.perf_counter()
        finger.down()
        _draw(kiosk)
        taken.append((time.perf_counter() - begun) * 1000)
        finger.up()
        _draw(kiosk)
        if len(kiosk.driver.screen.entry.text if kiosk.driver.screen.entry else "") == BIRTH_DATE_DIGITS:
            for _ in range(BIRTH_DATE_DIGITS):
                kiosk.driver.erase()
    return taken


if __name__ == "__main__":
    sys.exit(main())
