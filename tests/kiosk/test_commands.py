"""The command: what it refuses, before it writes anything, and how it says so."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import attrs
import pytest
from typer.testing import CliRunner

from kiosk import commands
from kiosk.commands import app
from kiosk.theme import Panel
from medoffice.core.errors import InvalidValue
from medoffice.office.office import Office

CANARY = "Zzyzx-Canary"


@attrs.frozen(kw_only=True)
class Ended:
    code: int
    out: str
    said: str


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Runs the command in an empty folder, where there is no display."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SDL_VIDEODRIVER", "offscreen")

    def call(*arguments: str) -> Ended:
        result = CliRunner().invoke(app, arguments, prog_name="medoffice-kiosk")
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return Ended(code=result.exit_code, out=result.stdout, said=result.stderr)

    return call


def raising(trouble: Exception) -> Callable[[Path], AbstractContextManager[Office]]:
    def opened(_: Path) -> AbstractContextManager[Office]:
        raise trouble

    return opened


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("demo", "--inches", "0"), "inches above zero"),
        (("demo", "--inches", "nan"), "inches above zero"),
        (("demo", "--inches", "inf"), "inches above zero"),
        (("demo", "--language", "zz"), "the kiosk speaks en, es"),
        (("demo", "--language", "not a tag"), "write a tag"),
        (("demo", "--language", ""), "write a tag"),
        (("demo", "--camera", "0"), "there is no display"),
        (("demo", "--pictures", "here"), "there is no display"),
        (("demo", "--windowed"), "there is no display"),
        (("demo", "--screens-to", "/proc/x"), "/proc/x: "),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_written(
    run: Callable[..., Ended], tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    """One sentence on the standard error, exit code 1, no traceback, and no demo office left behind."""
    ended = run(*arguments, "--office", "new")
    assert (ended.code, ended.out, ended.said.count("\n")) == (1, "", 1)
    assert ended.said.startswith("medoffice-kiosk: ")
    assert told in ended.said
    assert not list(tmp_path.iterdir())


def test_two_sources_are_one_too_many(run: Callable[..., Ended]) -> None:
    """A camera and a folder of pictures together are refused, whatever office is named."""
    ended = run("run", "nowhere", "--camera", "0", "--pictures", "here")
    assert ended.code == 1
    assert "not both" in ended.said


@pytest.mark.parametrize("folder", ["[red]/x", "[/]", "[bold]x[/bold]"])
def test_brackets_in_a_folder_are_no_markup(run: Callable[..., Ended], folder: str) -> None:
    """A path is shown as it was written, and on the standard error."""
    ended = run("run", folder)
    assert (ended.code, ended.out) == (1, "")
    assert f"there is no office in {folder};" in ended.said


@pytest.mark.parametrize("kind", [LookupError, KeyError, ValueError, RuntimeError, ZeroDivisionError])
def test_the_unforeseen_is_told_by_its_kind_only(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    """What an exception quotes may be a patient's: only its kind is said."""
    monkeypatch.setattr(commands, "opened", raising(kind(CANARY)))
    ended = run("run", "here")
    assert (ended.code, ended.out) == (1, "")
    assert kind.__name__ in ended.said
    assert CANARY not in ended.said


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (InvalidValue("office.toml", "it is not\nTOML"), "not a valid office.toml: it is not TOML"),
        (PermissionError(13, "Permission denied", "[red]/x"), "[red]/x: Permission denied"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (
            ModuleNotFoundError("x", name="zxingcpp"),
            "no module named zxingcpp; install medoffice-kiosk again",
        ),
    ],
)
def test_what_is_foreseen_is_one_line(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, trouble: Exception, told: str
) -> None:
    """Our own exceptions and the operating system's reasons are told in words."""
    monkeypatch.setattr(commands, "opened", raising(trouble))
    ended = run("run", "here")
    assert (ended.code, ended.out, ended.said) == (1, "", f"medoffice-kiosk: {told}\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run",), "office"),
        (("run", "x", "--inches", "[red]"), "--inches"),
        (("demo", "--no-such"), "--no-such"),
        (("fly",), "fly"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(
    run: Callable[..., Ended], arguments: tuple[str, ...], told: str
) -> None:
    """What typer refuses is said the same way; the exit code is its own."""
    ended = run(*arguments)
    assert (ended.code, ended.out, ended.said.count("\n")) == (2, "", 1)
    assert ended.said.startswith("medoffice-kiosk: ")
    assert told in ended.said


@pytest.mark.parametrize("inches", [0.0, -1.0, float("nan"), float("inf")])
def test_a_panel_has_a_diagonal(inches: float) -> None:
    """A panel of no size, or of no end, is refused by name."""
    with pytest.raises(InvalidValue, match="diagonal"):
        Panel.of_inches(1080, 1920, inches)
