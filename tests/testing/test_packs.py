"""What an extension must pass, each thing shown by one that does not."""

import importlib
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from medoffice.billing.coding.rules.modifiers.mod025 import mod025
from medoffice.core import Pack, PhiClass, Resource, phi
from medoffice.data import parameters
from medoffice.testing import check_pack
from medoffice.testing.packs import phi_texts

SOURCES = runpy.run_path(str(Path(__file__).parent.parent / "plugins" / "conftest.py"))
rule_module: Callable[..., str] = SOURCES["rule_module"]
PARAMETER: str = SOURCES["PARAMETER"]
Made = Callable[..., Pack[Any]]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A pack from the source of its module."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(source: str, **files: str) -> Pack[Any]:
        name = f"pack_{len(list(tmp_path.iterdir()))}_{abs(hash(source)) % 10**8}"
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(source.replace("PACKAGE", name), encoding="utf-8")
        for path, text in files.items():
            (tmp_path / name / f"{path}.toml").write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        module = importlib.import_module(name)
        monkeypatch.delitem(sys.modules, name)
        sys.modules[name] = module
        return module.PACK  # type: ignore[no-any-return]

    return make


GOOD = rule_module("good", "NSR001")


def found(pack: Pack[Any]) -> list[str]:
    return [finding.code for finding in check_pack(pack)]


def test_a_good_pack_of_rules_passes(made: Made) -> None:
    """Nothing is found, so nothing has to be explained away."""
    assert check_pack(made(GOOD)) == ()


def test_a_good_pack_of_parameters_passes(made: Made) -> None:
    """A file and a value alike."""
    pack = made(
        "from medoffice.core import Pack, Resource\nPACK = Pack('p', (Resource('PACKAGE', 'limit.toml'),))\n",
        limit=PARAMETER.format(code="northside.limit"),
    )
    assert check_pack(pack) == ()


@pytest.mark.parametrize(
    ("pack", "code"),
    [
        (Pack[Any]("empty", ()), "PCK001"),
        (Pack[Any]("odd", (5,)), "PCK001"),
        (Pack[Any]("clash", parameters().items[:1]), "PCK002"),
        (Pack[Any]("gone", (Resource("medoffice", "none.toml"),)), "PCK006"),
        (Pack[Any]("gone", (Resource("no_such_package", "none.toml"),)), "PCK006"),
        (Pack[Any]("wrong", (Resource("medoffice", "py.typed"),)), "PCK006"),
        (
            Pack[Any]("clash", (Resource("medoffice.data", "parameters/filing.medicare_months.toml"),)),
            "PCK002",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_pack_of_the_wrong_shape_is_told(pack: Pack[Any], code: str) -> None:
    """Empty, of something else, clashing, or naming a file that is not there or says nothing."""
    assert found(pack) == [code]


def test_a_built_in_rule_clashes_with_itself() -> None:
    """Code and name are taken; and it imports from deeper rooms than an extension may."""
    assert set(found(Pack("mine", (mod025,)))) == {"PCK002", "PCK007"}


def test_rules_and_parameters_do_not_share_a_pack(made: Made) -> None:
    """An entry point's group says what a pack holds."""
    pack = made(GOOD)
    assert "PCK001" in found(attrs.evolve(pack, items=(*pack.items, parameters().items[0])))


def test_the_same_rule_twice_is_told(made: Made) -> None:
    """By its code and by its name."""
    pack = made(GOOD)
    assert found(attrs.evolve(pack, items=pack.items * 2)) == ["PCK002", "PCK002"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('fires("VISIT + VISIT")', 'fires("VISIT")', "expected fires, was quiet"),
        ('quiet("VISIT")', 'quiet("VISIT + MINOR")', "expected quiet, was fires"),
        ('fires("VISIT + VISIT")', 'fires("VISTI")', "did you mean 'VISIT'"),
        (
            'fires("VISIT + VISIT")',
            'fires("VISIT + VISIT", where="line 2")',
            "expected at line 2, found at no place",
        ),
        ('quiet("VISIT")', 'quiet("VISIT | set=days:3")', "no parameter of NSR001"),
        ("if len(claim.lines) > 1:", "if claim.liens:", "failed with AttributeError"),
        (
            "if len(claim.lines) > 1:",
            "if ctx.parameters.at('filing.medicare_months', claim.first_day.replace(year=2000)):",
            "expected quiet, was not checked",
        ),
    ],
)
def test_a_case_that_does_not_hold_is_told(made: Made, old: str, new: str, says: str) -> None:
    """The finding shows the case and what became of it."""
    assert old in GOOD
    findings = check_pack(made(GOOD.replace(old, new).replace("_ctx", "ctx")))
    assert {finding.code for finding in findings} == {"PCK003"}
    assert any(says in finding.message for finding in findings)


@pytest.mark.parametrize(
    "leak",
    [
        "{claim.member_id}",
        "{claim.diagnoses[0]}",
        "on {claim.first_day}",
        "{claim.first_day:%m/%d/%Y}",
        "{claim.number}",
    ],
)
def test_a_finding_that_tells_phi_is_told(made: Made, leak: str) -> None:
    """Member id, diagnosis, day of service or number in a message fail the pack, and are not repeated."""
    pack = made(GOOD.replace('"there are two lines"', f'f"wrong: {leak}"'))
    findings = check_pack(pack)
    assert [finding.code for finding in findings] == ["PCK004"]
    assert "1EG4" not in str(findings)


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        ("open(__file__ + '.txt', 'w').close()", "opens"),
        ("open('/etc/hostname').close()", "opens hostname"),
        ("import socket; socket.socket().close()", "does socket."),
        ("import subprocess; subprocess.run(['true'], check=True)", "does subprocess.Popen"),
        ("import os; os.system('true')", "does os.system"),
    ],
)
def test_a_pack_that_does_something_on_import_is_told(made: Made, deed: str, says: str) -> None:
    """Files, sockets and programs are not touched by an import."""
    findings = check_pack(made(f"{deed}\n{GOOD}"))
    assert {finding.code for finding in findings} == {"PCK005"}
    assert any(says in finding.message for finding in findings)


def test_a_pack_that_imports_from_deeper_rooms_is_told(made: Made) -> None:
    """Only the public rooms keep their names."""
    pack = made(GOOD + "from medoffice.rules.model import Context\nimport medoffice.billing.coding.visits\n")
    findings = check_pack(pack)
    assert [finding.code for finding in findings] == ["PCK007", "PCK007"]
    assert "medoffice.billing.coding.visits" in findings[0].message


@attrs.frozen
class Inner:
    secret: str = attrs.field(**phi(PhiClass.NAME))
    plain: str


@attrs.frozen
class Outer:
    inner: tuple[Inner, ...]
    secrets: tuple[str, ...] = attrs.field(**phi(PhiClass.HEALTH))
    plain: str = "plain"


def test_phi_is_found_wherever_it_is_marked() -> None:
    """Inside values inside tuples, and nothing that is not marked."""
    value = Outer(inner=(Inner("Doe", "open"),), secrets=("E11.9", "J45"))
    assert set(phi_texts(value)) == {"Doe", "E11.9", "E119", "J45"}
