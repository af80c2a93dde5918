"""The distributions, each built once: the sdist from a copy of the checkout, the wheel from the sdist.

The build uses the hatchling of the environment that the tests run in, which the build requirement's range admits: it
is what a build in isolation would install, without the download.
"""

import shutil
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

import attrs
import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program to its good end, and give what it printed; what it printed at a bad one is the test's message."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def build(source: Path, out: Path, what: str) -> Path:
    """Build one archive from a source tree."""
    run(sys.executable, "-m", "build", "--no-isolation", f"--{what}", "--outdir", out, source, cwd=source)
    (archive,) = out.iterdir()
    return archive


def unpacked(sdist: Path, into: Path) -> Path:
    """The source tree in an sdist."""
    with tarfile.open(sdist) as archive:
        archive.extractall(into, filter="data")
    (tree,) = into.iterdir()
    return tree


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the distributions are built from, so that building leaves nothing in the checkout."""
    copy = tmp_path_factory.mktemp("checkout") / "copy"
    copy.mkdir()
    left_out = shutil.ignore_patterns("__pycache__", "build", "dist")
    for package in ("medoffice", "kiosk"):
        shutil.copytree(ROOT / package, copy / package, ignore=left_out)
    for file in (".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / file, copy)
    return copy


@pytest.fixture(scope="session")
def library_sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """medoffice-*.tar.gz."""
    return build(checkout, tmp_path_factory.mktemp("library-sdist"), "sdist")


@pytest.fixture(scope="session")
def kiosk_sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """medoffice_kiosk-*.tar.gz."""
    return build(checkout / "kiosk", tmp_path_factory.mktemp("kiosk-sdist"), "sdist")


@pytest.fixture(scope="session")
def library_wheel(library_sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """medoffice-*.whl, from the sdist."""
    tree = unpacked(library_sdist, tmp_path_factory.mktemp("library-tree"))
    return build(tree, tmp_path_factory.mktemp("library-wheel"), "wheel")


@pytest.fixture(scope="session")
def kiosk_wheel(kiosk_sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """medoffice_kiosk-*.whl, from the sdist."""
    tree = unpacked(kiosk_sdist, tmp_path_factory.mktemp("kiosk-tree"))
    return build(tree, tmp_path_factory.mktemp("kiosk-wheel"), "wheel")


@pytest.fixture(scope="session")
def kiosk_wheel_of_the_checkout(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """medoffice_kiosk-*.whl, straight from the folder `kiosk`."""
    return build(checkout / "kiosk", tmp_path_factory.mktemp("kiosk-straight"), "wheel")


@attrs.frozen
class Fresh:
    """A fresh environment, with nothing in it but pip."""

    folder: Path

    def python(self, *arguments: str | Path) -> str:
        """Run its Python, away from the checkout and from everybody's own settings."""
        return run(self.folder / "bin/python", "-I", *arguments, cwd=self.folder)

    def install(self, *what: str | Path) -> None:
        """Install by its pip, from wherever this machine's pip is told to look."""
        self.python("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *what)

    def packages(self) -> set[str]:
        """What is installed, besides what a new environment comes with."""
        listed = self.python("-m", "pip", "list", "--format=freeze", "--disable-pip-version-check")
        return {line.partition("==")[0].lower() for line in listed.splitlines()} - {"pip", "setuptools"}


def fresh(folder: Path) -> Fresh:
    """Make one."""
    venv.create(folder, with_pip=True)
    return Fresh(folder)


@pytest.fixture(scope="session")
def bare(library_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """An environment with the bare library."""
    environment = fresh(tmp_path_factory.mktemp("bare") / "venv")
    environment.install(library_wheel)
    return environment


@pytest.fixture(scope="session")
def full(library_wheel: Path, kiosk_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """An environment with the kiosk and all that it needs."""
    environment = fresh(tmp_path_factory.mktemp("full") / "venv")
    environment.install(library_wheel, kiosk_wheel)
    return environment
