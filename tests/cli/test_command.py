"""The command as a whole: quick to ask, honest when it fails."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
import typer

from medoffice.cli import app as tree
from medoffice.cli.failures import sentence, trace_of
from medoffice.cli.opening import this_account
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import ActorId

COMMANDS = ((), ("office",), ("office", "init"), ("letter",), ("board",), ("version",))
HEAVY = {"PIL", "alembic", "cattrs", "cryptography", "kivy", "pypdfium2", "reportlab", "segno", "sqlalchemy"}


class SaidLike(Protocol):
    code: int
    out: str
    err: str


Run = Callable[..., SaidLike]


def fresh(program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a program in an interpreter of its own."""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_loads_nothing_heavy(command: tuple[str, ...]) -> None:
    """Asking for help loads no store, no font and no window."""
    program = (
        "import sys\nfrom medoffice.cli import main\n"
        "try:\n    main([*sys.argv[1:], '--help'])\n"
        "finally:\n    print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = fresh(program, *command)
    assert done.returncode == 0
    assert "Usage: medoffice" in done.stdout
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "typer" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize("command", COMMANDS[2:], ids=" ".join)
def test_help_teaches(command: tuple[str, ...], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command's help has an example that begins with the command, and stays within 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERMINAL_WIDTH", "80")
    said = run(*command, "--help", bare=True)
    assert said.code == 0
    assert f"Example: medoffice {' '.join(command)}" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    assert "`" not in said.out
    assert "**" not in said.out


@pytest.mark.parametrize("command", [("letter",), ("board",), ("office", "init")], ids=" ".join)
def test_help_says_what_is_written(command: tuple[str, ...], run: Run) -> None:
    """Who asks a command that touches patients learns what it writes."""
    assert "What it writes" in run(*command, "--help", bare=True).out


def test_version(run: Run) -> None:
    """The version is that of the installed distribution."""
    from importlib.metadata import version

    said = run("version", bare=True)
    assert said.out.startswith(f"medoffice {version('medoffice')} ")


@pytest.mark.parametrize("before", [(), ("--office", "nowhere")], ids=["alone", "beside another option"])
def test_version_as_an_option(before: tuple[str, ...], run: Run) -> None:
    """`--version` says what `version` says, ends with 0, and does nothing of what stands after it."""
    said = run(*before, "--version", "board", bare=True)
    assert (said.code, said.err) == (0, "")
    assert said.out == run("version", bare=True).out


def test_without_the_extra_it_says_which() -> None:
    """Where typer is missing, the command names the extra and ends with 2, without a traceback."""
    done = fresh("import sys; sys.modules['typer'] = None\nfrom medoffice.cli import main\nmain([])")
    assert done.returncode == 2
    assert done.stderr == "The medoffice command needs an extra: pip install 'medoffice[cli]'\n"


@pytest.mark.parametrize(("missing", "extra"), [("sqlalchemy", "store"), ("reportlab", "letters")])
def test_without_a_part_it_says_which(missing: str, extra: str, tmp_path: Path) -> None:
    """Where only the store or the letters are missing, that extra is named."""
    program = (
        f"import sys; sys.modules['{missing}'] = None\nfrom medoffice.cli import main\nmain(sys.argv[1:])"
    )
    done = fresh(program, "--office", str(tmp_path), "letter", "apt-1")
    assert done.returncode == 2
    assert done.stderr == f"medoffice: this needs an extra: pip install 'medoffice[{extra}]'\n"


def test_no_office_is_said_in_one_line(run: Run, tmp_path: Path) -> None:
    """An office that is not there, by option or by environment, is one line and exit code 1."""
    said = run("--office", str(tmp_path / "none"), "board", bare=True)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "medoffice office init" in said.err


def test_the_environment_names_the_office(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --office the folder is that of MEDOFFICE_OFFICE."""
    monkeypatch.setenv("MEDOFFICE_OFFICE", str(tmp_path / "elsewhere"))
    assert "elsewhere" in run("board", bare=True).err.replace("\n", "")


def failing(trouble: BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        secret = "Canarybird"  # noqa: S105, F841 -- a value that a traceback must not show
        raise trouble

    return fail


@pytest.mark.parametrize("debug", [False, True])
def test_a_failure_that_nobody_foresaw_shows_no_values(
    *,
    debug: bool,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a strange exception the kind is told, never its words or any value; --debug adds where it happened."""
    monkeypatch.setattr("medoffice.cli.watching.show_board", failing(RuntimeError("Canary" + "bird")))
    said = run(*(["--debug"] if debug else []), "board")
    assert (said.code, said.out) == (1, "")
    assert "RuntimeError" in said.err
    assert "Canary" + "bird" not in said.err.replace('secret = "Canarybird"', "")
    assert ("Traceback" in said.err) is debug


def test_a_chain_is_told_without_its_words() -> None:
    """What an exception came from is told too, each message only where it is known to be harmless."""
    trouble = InvalidValue("day", "write month/day/year")
    trouble.__cause__ = KeyError("Canarybird")
    told = "".join(trace_of(trouble))
    assert "KeyError" in told
    assert "not a valid day" in told
    assert "Canarybird" not in told


def test_the_system_s_reasons_are_told() -> None:
    """A file that cannot be written is named with the system's reason."""
    assert sentence(OSError(28, "No space left on device", "a.pdf")) == "a.pdf: No space left on device"


def test_the_account_is_an_actor() -> None:
    """The audit trail can name whoever runs the command."""
    assert ActorId(this_account()).value.startswith("cli-")


def test_no_traceback_ever_shows_locals() -> None:
    """Typer's own pretty tracebacks, which print the values of variables, are switched off."""
    assert isinstance(tree.app, typer.Typer)
    assert tree.app.pretty_exceptions_enable is False
    assert tree.app.pretty_exceptions_show_locals is False


def test_wrong_usage_is_two(run: Run) -> None:
    """An option or command that there is none of ends with 2 and shows where help is."""
    for arguments in (("--nonsense",), ("bored",), ("letter",)):
        said = run(*arguments, bare=True)
        assert said.code == 2
        assert said.err or said.out
