"""What `import medoffice` brings along, in an interpreter that has imported nothing else."""

import subprocess
import sys

import pytest

HEAVY = (
    "alembic", "cattrs", "cryptography", "hypothesis", "kivy", "psycopg", "rich", "sqlalchemy", "sqlcipher3",
    "tomllib", "typer",
)  # fmt: skip


def loaded_by(statement: str) -> set[str]:
    """The names of all modules that are loaded once a fresh interpreter has run a statement."""
    program = f"{statement}\nimport sys\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_the_front_door_is_light() -> None:
    """`import medoffice` loads no heavy package, no rule, and no room above the values that all parts share."""
    loaded = loaded_by("import medoffice")
    assert "medoffice.core.money" in loaded
    assert not loaded & set(HEAVY)
    rooms = {name.split(".")[1] for name in loaded if name.startswith("medoffice.")}
    assert rooms == {"core"}


def test_a_wire_format_brings_no_other() -> None:
    """Who reads X12 loads neither the JSON documents of the stores with all their types, nor the calendar's."""
    loaded = loaded_by("import medoffice.wire.x12")
    assert not loaded & {*HEAVY, "medoffice.wire.json", "medoffice.wire.fhir", "medoffice.scheduling"}


@pytest.mark.parametrize("heavy", HEAVY)
def test_a_heavy_package_would_be_seen(heavy: str) -> None:
    """Each of them can be loaded here and is seen when it is, so that the law above is not empty."""
    quiet = "import os; os.environ.update(KIVY_NO_ARGS='1', KIVY_NO_CONSOLELOG='1', KIVY_NO_FILELOG='1')"
    assert heavy in loaded_by(f"{quiet}\nimport {heavy}")
