"""Distributions as pip would leave them: a folder of code and a ``.dist-info`` beside it, on the path."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Install = Callable[..., None]

RULE = '''
from collections.abc import Iterator
from medoffice.billing import Claim, CodingContext
from medoffice.core import Cite, Pack, Severity
from medoffice.rules import Fault, fires, quiet, rule

@rule(
    "{code}",
    name="{name}",
    severity=Severity.WARNING,
    cites=(Cite("Our own rule"),),
    fix="Mend it.",
    cases=(fires("VISIT + VISIT"), quiet("VISIT")),
)
def {function}(claim: Claim, _ctx: CodingContext) -> Iterator[Fault]:
    """Two lines are one too many."""
    if len(claim.lines) > 1:
        yield Fault("there are two lines")

PACK = Pack("{module}", ({function},))
'''
PARAMETER = """
code = "{code}"
description = "A limit."
unit = "count"
verified_through = 2099-12-31

[[values]]
since = 2020-01-01
value = 3
cites = [{{ source = "Our own rule" }}]
"""


def rule_module(module: str, code: str, name: str = "") -> str:
    """The source of a module with one rule in a pack."""
    return RULE.format(module=module, code=code, function=code.lower(), name=name or f"is-{code.lower()}")


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a distribution, before all others on the path: its name, files by path, entry points by group."""
    before = set(sys.modules)

    def put(name: str, files: dict[str, str], points: dict[str, str], *, version: str = "1.2.3") -> None:
        site = tmp_path / name
        site.mkdir()
        monkeypatch.syspath_prepend(str(site))
        for path, text in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
        info = site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8"
        )
        lines = [f"[{group}]\n{point}\n" for group, point in points.items()]
        (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")

    yield put
    for module in set(sys.modules) - before:
        if str(tmp_path) in (getattr(sys.modules[module], "__file__", None) or ""):
            del sys.modules[module]
