"""What the repository as a whole must not hold: addresses of package indexes, lock files, paths of one machine."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT_OUT = {".git", ".venv", "__pycache__", "_build", "build", "dist", "var"}

# Put together here, so that this file does not hold what it looks for.
WORD = r"(?<![\w.])"
INDEX = "|".join(
    (
        WORD + r"(?:extra-)?index" + r"-url\b",
        WORD + r"find" + r"-links\b",
        WORD + r"--trusted" + r"-host\b",
        WORD + "PIP" + r"_(?:EXTRA_)?INDEX_URL\b",
        r"https?://[^\s\"'<>)]*/simple" + r"\b",
        r"https?://(?:test\.)?pypi" + r"\.(?:org|python\.org)",
        r"https?://files\.python" + r"hosted\.org",
    )
)
MACHINE = WORD + r"(?:/" + r"(?:work|root)/[\w.-]+|\.\./" + "shared" + r"\b|/opt/(?:wheels|pypi)\b)"
FORBIDDEN = re.compile(f"{INDEX}|{MACHINE}")


def files() -> list[Path]:
    """What is, or is about to be, in the repository: by git where this is a checkout, else by walking."""
    if (ROOT / ".git").exists():
        told = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        return sorted(
            path for name in os.fsdecode(told.stdout).split("\0") if (path := ROOT / name).is_file()
        )
    found: list[Path] = []
    for folder, names, leaves in os.walk(ROOT):
        names[:] = [name for name in names if name not in LEFT_OUT and not name.endswith("_cache")]
        found += (Path(folder, leaf) for leaf in leaves)
    return sorted(found)


def told_off(text: str) -> list[str]:
    """The places in a text that name a package index or one machine's folders."""
    return [f"line {text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}" for hit in FORBIDDEN.finditer(text)]


def test_the_repository_is_found() -> None:
    """The laws below range over the real files."""
    assert {ROOT / "pyproject.toml", ROOT / "medoffice/core/money.py", Path(__file__)} <= set(files())


def test_no_file_names_an_index_or_a_machine() -> None:
    """Packages come from wherever the machine's own pip is told to look; no file names a host or someone's folder."""
    found = {
        str(path.relative_to(ROOT)): hits
        for path in files()
        if (hits := told_off(path.read_bytes().decode("utf-8", "ignore")))
    }
    assert found == {}


def test_no_lock_file_with_addresses() -> None:
    """Versions are pinned by ranges in the two pyproject files, and nowhere else."""
    names = {"uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock", "requirements.txt"}
    assert [path for path in files() if path.name in names] == []


@pytest.mark.parametrize(
    "text",
    [
        "pip install --index" + "-url x",
        "find" + "-links = wheels",
        "https://mirror.example/pypi/" + "simple/attrs/",
        "PIP_" + "INDEX_URL=x",
        "read /" + "work/main/README.md",
        "see ../" + "shared/facts",
        "home is /root/" + "medoffice",
    ],
)
def test_each_of_these_would_be_found(text: str) -> None:
    """The law above goes red for what it is about."""
    assert told_off(text)


@pytest.mark.parametrize(
    "text", ["the workplace", "/var/lib/medoffice", "a simple thing", "home/office", "root/x"]
)
def test_plain_words_are_left_alone(text: str) -> None:
    """The law above does not go red for plain words."""
    assert not told_off(text)
