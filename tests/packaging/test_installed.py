"""Each distribution, installed from its wheel into a fresh environment, does what it is there for."""

import sys
from typing import Protocol

import pytest


class Environment(Protocol):
    """A fresh environment (see conftest.py)."""

    def python(self, *arguments: str) -> str:
        """Run its Python and give what it printed."""

    def packages(self) -> set[str]:
        """What is installed."""


def test_the_bare_library_brings_two_packages(bare: Environment) -> None:
    """Only attrs and cattrs, with nothing behind them but typing_extensions on an old Python."""
    assert bare.packages() - {"typing_extensions", "typing-extensions"} == {"medoffice", "attrs", "cattrs"}


def test_the_bare_library_works(bare: Environment) -> None:
    """Every room of the domain and the wire can be imported and used."""
    program = """
import importlib, pkgutil
import medoffice
from medoffice import Money
rooms = {"billing", "checkin", "core", "ports", "privacy", "rules", "scheduling", "wire"}
for module in pkgutil.walk_packages(medoffice.__path__, "medoffice."):
    if module.name.split(".")[1] in rooms:
        importlib.import_module(module.name)
print(str(Money.parse("12.34")), medoffice.__file__)
"""
    printed = bare.python("-c", program)
    assert "12.34" in printed
    assert "site-packages" in printed


def test_an_embedder_gets_no_kiosk(bare: Environment) -> None:
    """Where only medoffice is installed, there is no package `kiosk` and no command of its."""
    assert "None" in bare.python("-c", "import importlib.util; print(importlib.util.find_spec('kiosk'))")


def test_the_command_says_which_extra_it_needs(bare: Environment) -> None:
    """Without the extra `cli` the command ends with one line that names it, not with a traceback."""
    program = (
        "import pathlib, subprocess, sys;"
        "done = subprocess.run([pathlib.Path(sys.executable).parent / 'medoffice', '--help'],"
        " capture_output=True, text=True);"
        "print(done.returncode, done.stderr)"
    )
    printed = bare.python("-c", program)
    assert not printed.startswith("0 ")
    assert "medoffice[cli]" in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("command", [("medoffice",), ("medoffice", "board"), ("medoffice-kiosk",)])
def test_the_commands_answer(full: Environment, command: tuple[str, ...]) -> None:
    """With the kiosk's wheel installed, both commands are there and explain themselves."""
    program = (
        "import pathlib, subprocess, sys;"
        f"command = {command!r};"
        "done = subprocess.run([pathlib.Path(sys.executable).parent / command[0], *command[1:], '--help'],"
        " capture_output=True, text=True);"
        "print(done.returncode, done.stdout, done.stderr)"
    )
    printed = full.python("-c", program)
    assert printed.startswith("0 ")
    assert "usage" in printed.lower()


def test_everything_installed_fits_together(full: Environment) -> None:
    """No package asks for a version of another that is not there, and the kiosk is the installed one."""
    full.python("-m", "pip", "check", "--disable-pip-version-check")
    printed = full.python("-c", "import kiosk.driver; print(kiosk.driver.__file__)")
    assert f"python{sys.version_info[0]}.{sys.version_info[1]}/site-packages/kiosk" in printed
