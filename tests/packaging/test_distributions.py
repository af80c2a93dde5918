"""Both distributions are built as anyone would build them, and hold what they should and nothing else."""

import tarfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def members(archive: Path) -> set[str]:
    """The files in a wheel, or in an sdist without its outermost folder."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return set(wheel.namelist())
    with tarfile.open(archive) as sdist:
        return {name.partition("/")[2] for name in sdist.getnames()}


def code(folder: Path) -> set[str]:
    """The Python files below a folder of the checkout, named from beside it."""
    return {
        str(path.relative_to(folder.parent))
        for path in folder.rglob("*.py")
        if not {"build", "dist"} & set(path.relative_to(folder).parts)
    }


def metadata(wheel: Path) -> dict[str, list[str]]:
    """The headers of a wheel's METADATA, each with all its values."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        message = HeaderParser().parsestr(archive.read(name).decode())
    return {key: message.get_all(key, []) for key in message}


def test_the_library_holds_the_library(library_wheel: Path) -> None:
    """Every file of `medoffice` is in its wheel, the mark of its types too, and no other top-level package."""
    held = members(library_wheel)
    assert code(ROOT / "medoffice") <= held
    assert "medoffice/py.typed" in held
    assert {name.partition("/")[0] for name in held if ".dist-info/" not in name} == {"medoffice"}
    data = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "medoffice").rglob("*")
        if path.suffix in {".json", ".toml", ".txt", ".mako", ".xz", ".gz"}
    }
    assert data
    assert data <= held


def test_the_kiosk_holds_the_kiosk(kiosk_wheel: Path) -> None:
    """Every file of `kiosk` is in its wheel, the mark of its types too, and no other top-level package."""
    held = members(kiosk_wheel)
    assert code(ROOT / "kiosk") <= held
    assert "kiosk/py.typed" in held
    assert {name.partition("/")[0] for name in held if ".dist-info/" not in name} == {"kiosk"}
    assert not {"kiosk/pyproject.toml", "kiosk/README.md", "kiosk/LICENSE"} & held


def test_the_librarys_source_holds_no_kiosk(library_sdist: Path) -> None:
    """Nor tests, tools or pictures: what it takes to build and use the library."""
    assert {name.partition("/")[0] for name in members(library_sdist) if name} == {
        ".gitignore",
        "CHANGELOG.md",
        "LICENSE",
        "PKG-INFO",
        "README.md",
        "medoffice",
        "pyproject.toml",
    }


def test_a_wheel_from_the_source_is_the_wheel(
    kiosk_sdist: Path, kiosk_wheel: Path, kiosk_wheel_of_the_checkout: Path
) -> None:
    """The kiosk's package gets its prefix from the sdist as it does from the checkout."""
    assert "app.py" in members(kiosk_sdist)
    assert members(kiosk_wheel) == members(kiosk_wheel_of_the_checkout)


def test_the_bare_library_needs_two_packages(library_wheel: Path) -> None:
    """Only attrs and cattrs; everything else is asked for by name."""
    needed = [line for line in metadata(library_wheel)["Requires-Dist"] if "extra ==" not in line]
    assert sorted(line.partition("<")[0].partition(">")[0] for line in needed) == ["attrs", "cattrs"]


def test_both_have_the_same_version(library_wheel: Path, kiosk_wheel: Path) -> None:
    """They are built, tested and released together."""
    assert metadata(library_wheel)["Version"] == metadata(kiosk_wheel)["Version"]


@pytest.mark.parametrize("which", ["library_wheel", "kiosk_wheel"])
def test_the_licence_travels_along(which: str, request: pytest.FixtureRequest) -> None:
    """By its SPDX name and as the text (PEP 639)."""
    wheel: Path = request.getfixturevalue(which)
    assert metadata(wheel)["License-Expression"] == ["Apache-2.0"]
    assert metadata(wheel)["License-File"] == ["LICENSE"]
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE"))
        assert archive.read(name) == (ROOT / "LICENSE").read_bytes()
