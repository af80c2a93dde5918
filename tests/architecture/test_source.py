"""What must not stand in the source, told from its syntax: the floor under what the linters are asked to find."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOMAIN = (
    "core",
    "rules",
    "billing",
    "scheduling",
    "privacy",
    "cards",
    "records",
    "operations",
    "workflows",
    "checkin",
    "ports",
)
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc"}
WORLD_CALLS = {"breakpoint", "exec", "eval", "input", "open", "print"}
WORLD_MODULES = {
    "asyncio",
    "io",
    "logging",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "uuid",
}
CLOCKS = {"now", "today", "utcnow"}


def sources(*folders: str) -> list[Path]:
    """Every Python file below these folders of the checkout, other people's build folders left out."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "build" not in path.relative_to(ROOT).parts]


def domain() -> list[Path]:
    """Every file of the domain's rooms, as far as they exist."""
    return sources(*(f"medoffice/{room}" for room in DOMAIN))


def name_of(path: Path) -> str:
    """A file's path from the root of the checkout."""
    return str(path.relative_to(ROOT))


def imported(tree: ast.AST) -> Iterator[str]:
    """The dotted names that a file imports, each with the name taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def worldly(tree: ast.AST) -> Iterator[str]:
    """What in a file reaches out of it: a clock, randomness, the environment, a file, a log."""
    for module in imported(tree):
        if module.partition(".")[0] in WORLD_MODULES:
            yield f"import of {module}"
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in WORLD_CALLS:
                yield f"{name}() in line {node.lineno}"
            case ast.Call(func=ast.Attribute(value=ast.Name(id=("datetime" | "date")), attr=name)) if (
                name in CLOCKS
            ):
                yield f"{name}() in line {node.lineno}"
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr=("datetime" | "date")), attr=name)) if (
                name in CLOCKS
            ):
                yield f"{name}() in line {node.lineno}"
            case ast.Attribute(attr="environ"):
                yield f"environ in line {node.lineno}"
            case _:
                pass


def test_the_domain_is_not_empty() -> None:
    """The laws below range over something."""
    assert len(domain()) > len(DOMAIN)


@pytest.mark.parametrize("path", domain(), ids=name_of)
def test_the_domain_keeps_to_itself(path: Path) -> None:
    """No clock, randomness, environment, file, log or print in any file of the domain."""
    assert list(worldly(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize(
    "text",
    [
        "print('x')",
        "import datetime\nx = datetime.date.today()",
        "from datetime import datetime\nx = datetime.now(None)",
        "from os import environ",
        "import random",
        "import urllib.request",
        "x = open('f')",
        "def f(box):\n    return box.environ['HOME']",
    ],
)
def test_what_reaches_out_is_seen(text: str) -> None:
    """The law above would go red for each of these."""
    assert list(worldly(ast.parse(text)))


@pytest.mark.parametrize("path", sources("medoffice", "kiosk"), ids=name_of)
def test_no_import_is_for_types_only(path: Path) -> None:
    """No TYPE_CHECKING: needing one means that an arrow is wrong."""
    names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
    assert "TYPE_CHECKING" not in names
    assert not any(module.endswith("TYPE_CHECKING") for module in imported(ast.parse(path.read_text())))


@pytest.mark.parametrize("path", sources("medoffice", "kiosk"), ids=name_of)
def test_a_room_takes_names_from_rooms(path: Path) -> None:
    """No file inside imports the library's front door, which would be an arrow past every floor."""
    if path == ROOT / "medoffice/__init__.py":
        return
    tree = ast.parse(path.read_text())
    rooms = {child.stem for child in (ROOT / "medoffice").iterdir()}
    for module in imported(tree):
        package, _, rest = module.partition(".")
        assert package != "medoffice" or rest.partition(".")[0] in {*rooms, "__version__"}, module


@pytest.mark.parametrize(
    "path", sources("medoffice", "kiosk", "tests", "benchmarks", "examples"), ids=name_of
)
def test_names_say_what_is_inside(path: Path) -> None:
    """No file and no folder bears a name under which anything could lie."""
    parts = {part.removesuffix(".py").strip("_") for part in path.relative_to(ROOT).parts}
    assert not parts & VAGUE


@pytest.mark.parametrize("path", sources("tests"), ids=name_of)
def test_every_test_states_its_claim(path: Path) -> None:
    """Every test has a docstring whose first line says what holds."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            assert ast.get_docstring(node), f"{node.name} in line {node.lineno}"


def rooms_of_tests() -> set[str]:
    """The folders that tests may lie in: one for each room, and those about the house as a whole."""
    library = {
        child.stem for child in (ROOT / "medoffice").iterdir() if not child.name.startswith(("_", "."))
    }
    library |= {f"billing/{child.stem}" for child in (ROOT / "medoffice/billing").iterdir()}
    library |= {
        str(child.relative_to(ROOT / "medoffice"))
        for child in (ROOT / "medoffice").rglob("*")
        if child.is_dir()
    }
    kiosk = {str(child.relative_to(ROOT)) for child in (ROOT / "kiosk").rglob("*") if child.is_dir()}
    return library | kiosk | {"", "architecture", "docs", "examples", "kiosk", "packaging", "system"}


@pytest.mark.parametrize("path", sources("tests"), ids=name_of)
def test_tests_mirror_the_house(path: Path) -> None:
    """Every test file lies in the folder of the room that it is about, and is found by pytest."""
    assert str(path.parent.relative_to(ROOT / "tests")).removeprefix(".") in rooms_of_tests()
    tests = [
        n
        for n in ast.walk(ast.parse(path.read_text()))
        if isinstance(n, ast.FunctionDef) and n.name[:5] == "test_"
    ]
    assert not tests or path.name.startswith("test_")
