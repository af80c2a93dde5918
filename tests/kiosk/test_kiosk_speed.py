"""What the measurement of the kiosk's speed makes of its figures."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parents[2] / "benchmarks" / "kiosk_speed.py"


@pytest.fixture(scope="module")
def speed() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kiosk_speed_under_test", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("read", "status"), [(0, 1), (1, 1), (44, 1), (45, 0), (50, 0)])
def test_too_few_pictures_read_is_a_failure(
    speed: ModuleType, capsys: pytest.CaptureFixture[str], read: int, status: int
) -> None:
    """How many of the fifty were read is told; below forty-five it fails, and none at all breaks nothing."""
    assert speed.judge(cold=[1.0], touched=[1.0], scanned=[1.0] * read, taps=4) == status
    assert f"{read} of 50 read" in capsys.readouterr().out


def test_a_figure_beyond_its_limit_is_a_failure(
    speed: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """Enough pictures read excuse nothing."""
    assert speed.judge(cold=[1.0], touched=[1.0], scanned=[1000.0] * 50, taps=4) == 1
    assert "OVER" in capsys.readouterr().out
