"""The README's example says beside each `print` what comes out; a reader who runs it must see just that."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def examples() -> list[str]:
    """The blocks of Python in the README, each a program of its own."""
    text = (ROOT / "README.md").read_text("utf-8")
    return re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def promised(program: str) -> list[str]:
    """What the comment on the last line of each `print` says, in the order of the lines; "" where there is none."""
    comments = {
        token.start[0]: token.string.removeprefix("#").strip()
        for token in tokenize.generate_tokens(io.StringIO(program).readline)
        if token.type == tokenize.COMMENT
    }
    prints = [
        node.end_lineno or 0
        for node in ast.walk(ast.parse(program))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    return [comments.get(line, "") for line in sorted(prints)]


def test_the_readme_has_examples() -> None:
    """The law below ranges over something."""
    assert len(examples()) == 2


@pytest.mark.parametrize("program", examples(), ids=["office", "calendar"])
def test_the_readme_s_example_prints_what_it_says(program: str) -> None:
    """Each line that the example prints is the comment of the `print` that it comes from, to the letter."""
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert promised(program)
    assert ran.stdout.splitlines() == promised(program)


def test_a_print_without_a_comment_promises_nothing() -> None:
    """The law above would notice a `print` whose comment was dropped, and a comment that was changed."""
    assert promised("print(1)  # 1\nx = 2  # not printed\nprint(x)\n") == ["1", ""]
