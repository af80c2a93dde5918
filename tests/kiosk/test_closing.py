"""How the kiosk ends: nothing that was paid is forgotten."""

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.app import Kiosk, Parts
from kiosk.devices.simulated_terminal import SimulatedTerminal
from kiosk.theme import Panel, Theme
from medoffice.core.people import Language

pytestmark = pytest.mark.xdist_group("gui")


def test_what_is_owed_is_delivered_after_the_devices_have_ended(
    make_office: Callable[[], Any], make_timers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Charges are called off, then the devices end, then the office is told, then the office's lane ends."""
    office, _ = make_office()
    timers = make_timers()
    parts = Parts(
        reception=office.reception(),
        terminal=SimulatedTerminal(),
        theme=Theme(panel=Panel.of_inches(1080, 1920, 15.6)),
        clinic="Northside Family Medicine",
        language=Language("en"),
        boot="abcdefghij",
        windowed=True,
        clock=timers.clock,
        timers=timers,
    )
    kiosk = Kiosk(parts)
    order: list[str] = []

    def remember(name: str, real: Callable[[], object]) -> Callable[[], object]:
        def call() -> object:
            order.append(name)
            return real()

        return call

    monkeypatch.setattr(kiosk.driver, "close", remember("driver", kiosk.driver.close))
    monkeypatch.setattr(kiosk.driver, "deliver", remember("deliver", kiosk.driver.deliver))
    for name in ("_devices", "_calls_off", "_office"):
        lane = getattr(kiosk, name)
        monkeypatch.setattr(lane, "close", remember(name, lane.close))
    kiosk.open()
    kiosk.frame()
    order.clear()
    kiosk.close()
    assert order == ["driver", "_devices", "_calls_off", "deliver", "_office"]
