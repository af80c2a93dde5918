"""The example extension is built, installed beside medoffice into a fresh environment, and passes its own tests there."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "northside_rules"
ASK = """
import json
from medoffice.plugins import load
loaded = load(strict=True)
print(json.dumps({
    "rules": [rule.code for rule in loaded.rules],
    "parameters": [parameter.code for parameter in loaded.parameters.items],
    "packs": [[pack.group, pack.package, pack.version] for pack in loaded.packs],
    "where": __import__("medoffice").__file__,
}))
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program away from the checkout, with nothing of this environment on its path."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    ran = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    return ran.stdout


@pytest.mark.packaging
def test_the_example_is_built_installed_and_passes(tmp_path: Path) -> None:
    """What a stranger would do with the example works, with nothing of the checkout in sight."""
    wheels = tmp_path / "wheels"
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--quiet",
        "-w",
        wheels,
        ROOT,
        EXAMPLE,
        cwd=tmp_path,
    )
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    found = [str(wheel) for wheel in sorted(wheels.iterdir())]
    assert [wheel.name.split("-")[0] for wheel in sorted(wheels.iterdir())] == [
        "medoffice",
        "northside_rules",
    ]
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", *found, "pytest", cwd=tmp_path)
    seen = json.loads(run(python, "-c", ASK, cwd=tmp_path))
    assert str(home) in seen["where"]
    assert "NSR001" in seen["rules"]
    assert "northside.lines_a_day" in seen["parameters"]
    assert sorted(seen["packs"]) == [
        ["medoffice.parameters", "northside-rules", "1.0.0"],
        ["medoffice.rules", "northside-rules", "1.0.0"],
    ]
    said = run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", EXAMPLE, cwd=tmp_path)
    assert "4 passed" in said


def test_the_example_imports_only_from_the_public_rooms() -> None:
    """An author who copies the example learns no name that may move."""
    doors = (
        "medoffice.core",
        "medoffice.rules",
        "medoffice.billing",
        "medoffice.testing",
        "medoffice.plugins",
    )
    for file in EXAMPLE.rglob("*.py"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith(("from medoffice", "import medoffice")):
                assert line.split()[1].startswith(doors)
                assert line.split()[1].count(".") <= (2 if "billing" in line else 1)
