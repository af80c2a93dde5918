"""What the kiosk's tests share: an office in memory with a day of patients, and a world moved by hand."""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from kiosk.devices.simulated_terminal import SimulatedTerminal
from kiosk.driver import Driver, World
from kiosk.surroundings import prepare
from medoffice.adapters.ed25519 import Ed25519Signer, Ed25519Verifier
from medoffice.adapters.system import FixedClock
from medoffice.checkin.screen import Screen
from medoffice.core.people import Language
from medoffice.office.demo import DemoPatient, demo_office
from medoffice.office.office import Office
from medoffice.scheduling.appointments import Status

prepare()
NOON = datetime(2027, 3, 15, 17, 0, tzinfo=UTC)


class Lane:
    """Work waits here until a test lets it run."""

    def __init__(self) -> None:
        self.waiting: deque[Callable[[], None]] = deque()

    def put(self, work: Callable[[], None]) -> None:
        self.waiting.append(work)

    def run(self) -> None:
        while self.waiting:
            self.waiting.popleft()()


class Timers:
    """A clock and its alarms, moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._alarms: dict[int, tuple[float, Callable[[], None]]] = {}
        self._count = 0

    def clock(self) -> float:
        return self.now

    def after(self, seconds: float, call: Callable[[], None], /) -> Callable[[], None]:
        self._count += 1
        number = self._count
        self._alarms[number] = (self.now + seconds, call)
        return lambda: self._alarms.pop(number, None) and None

    def pass_by(self, seconds: float) -> None:
        """Let time pass, and ring what is due, in order."""
        end = self.now + seconds
        while due := [(at, number) for number, (at, _) in self._alarms.items() if at <= end]:
            at, number = min(due)
            self.now = at
            _, call = self._alarms.pop(number)
            call()
        self.now = end


class Troubled:
    """The real front of the office, behind a line that breaks when a test says so; it remembers what was sent."""

    def __init__(self, office: Office) -> None:
        self._real = office.reception()
        self.troubles: deque[Exception | None] = deque()
        self.sent: list[tuple[str, str]] = []

    def __getattr__(self, name: str) -> Callable[..., object]:
        real = getattr(self._real, name)

        def call(*given: object) -> object:
            self.sent.append((name, str(given[0]) if given and name != "judge_code" else ""))
            trouble = self.troubles.popleft() if self.troubles else None
            if trouble is not None:
                raise trouble
            return real(*given)

        return call

    def times(self, name: str) -> int:
        return sum(each == name for each, _ in self.sent)


class Bench:
    """One driver with everything round it in the test's hands."""

    def __init__(self, office: Office, people: tuple[DemoPatient, ...]) -> None:
        self.office = office
        self.reception = Troubled(office)
        front: Any = self.reception
        self.terminal = SimulatedTerminal()
        self.timers = Timers()
        self.office_lane, self.device_lane, self.call_off_lane = Lane(), Lane(), Lane()
        self.posted: deque[Callable[[], None]] = deque()
        self.screens: list[Screen] = []
        self.wiped = 0
        self.waited: list[float] = []
        visits = [each for each in people if _is_coming(office, each)]
        self.people = visits
        world = World(
            reception=front,
            terminal=self.terminal,
            office_name="Northside Family Medicine",
            boot="abcdefghij",
            clock=self.timers.clock,
            wait=self.waited.append,
            timers=self.timers,
            post=self.posted.append,
            office_lane=self.office_lane,
            device_lane=self.device_lane,
            call_off_lane=self.call_off_lane,
        )
        self.driver = Driver(world, language=Language("en"), on_screen=self.screens.append)
        self.driver.on_wipe(self._count_wipe)
        self.driver.start()

    def _count_wipe(self) -> None:
        self.wiped += 1

    @property
    def screen(self) -> Screen:
        return self.driver.screen

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self.call_off_lane, self.office_lane, self.device_lane

    def settle(self) -> None:
        """Let everything that waits be done."""
        while any(lane.waiting for lane in self.lanes) or self.posted:
            self.call_off_lane.run()
            self.office_lane.run()
            self.device_lane.run()
            while self.posted:
                self.posted.popleft()()

    def press(self, name: str) -> None:
        button = next(
            each for each in (*self.screen.buttons, *self.screen.fixed) if each.action.value == name
        )
        self.driver.press(button.action, self.screen.serial)

    def scan(self, person: DemoPatient) -> None:
        self.driver.scan(self.office.issue_code(person.appointment).text.encode())

    def identify(self, person: DemoPatient, *, settle: bool = True) -> None:
        """Scan the person's code and type their birth date."""
        self.scan(person)
        for digit in f"{person.patient.birth_date:%m%d%Y}":
            self.driver.key(digit)
        self.press("continue")
        if settle:
            self.settle()

    def paying(self) -> DemoPatient:
        """An insured patient who has something to pay."""
        return next(
            each
            for each in self.people
            if self.office.estimate(each.appointment).due_today.cents > 0 and _is_insured(self.office, each)
        )

    def to_due(self, person: DemoPatient) -> None:
        self.identify(person)
        self.press("yes")
        self.press("yes")


def _is_insured(office: Office, person: DemoPatient) -> bool:
    return bool(office.store.read(lambda tx: tx.coverages(person.patient.id)))


def _is_coming(office: Office, person: DemoPatient) -> bool:
    found = office.store.read(lambda tx: tx.appointment(person.appointment))
    return found.status is Status.BOOKED


def build_office() -> tuple[Office, tuple[DemoPatient, ...]]:
    """The demo office in memory, at noon of a fixed day, with a key for codes."""
    office, people = demo_office(FixedClock(NOON))
    signer = Ed25519Signer(bytes(range(32)), 1)
    return attrs.evolve(office, signer=signer, verifier=Ed25519Verifier.of(signer)), people


@pytest.fixture
def house() -> tuple[Office, tuple[DemoPatient, ...]]:
    return build_office()


@pytest.fixture
def bench(house: tuple[Office, tuple[DemoPatient, ...]]) -> Bench:
    return Bench(*house)


@pytest.fixture(scope="session")
def make_bench() -> Callable[[], Bench]:
    """Makes as many benches as a test wants."""
    return lambda: Bench(*build_office())


@pytest.fixture(scope="session")
def make_timers() -> type[Timers]:
    return Timers


@pytest.fixture(scope="session")
def make_office() -> Callable[[], tuple[Office, tuple[DemoPatient, ...]]]:
    return build_office
