"""Extensions load alone: a broken one is one finding, and everything else is there."""

import runpy
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from medoffice.plugins import BrokenPlugins, load

Install = Callable[..., None]
SOURCES = runpy.run_path(str(Path(__file__).with_name("conftest.py")))
rule_module: Callable[..., str] = SOURCES["rule_module"]
PARAMETER: str = SOURCES["PARAMETER"]
BUILT_IN = ("DXP001", "FIL001", "MOD025")


def codes() -> tuple[str, ...]:
    return tuple(rule.code for rule in load().rules)


def test_without_extensions_there_is_what_medoffice_brings() -> None:
    """No extension, no finding."""
    loaded = load()
    assert codes() == BUILT_IN
    assert "filing.medicare_months" in loaded.parameters
    assert loaded.packs == ()
    assert loaded.findings == ()


def test_a_rule_of_an_extension_is_there(install: Install) -> None:
    """A real entry point of an installed package adds its rule, and the pack tells whence it came."""
    install(
        "northside",
        {"northside.py": rule_module("northside", "NSR001")},
        {"medoffice.rules": "ours = northside:PACK"},
    )
    loaded = load(strict=True)
    assert codes() == (*BUILT_IN, "NSR001")
    (pack,) = loaded.packs
    assert (pack.group, pack.package, pack.version) == ("medoffice.rules", "northside", "1.2.3")
    assert loaded.of("medoffice.rules") == (pack.pack,)
    assert loaded.of("medoffice.payers") == ()


def test_a_parameter_file_of_an_extension_is_there(install: Install) -> None:
    """A resource is read from the package that holds it."""
    install(
        "northside",
        {
            "northside/__init__.py": (
                "from medoffice.core import Pack, Resource\n"
                "PACK = Pack('northside', (Resource('northside', 'data/limit.toml'),))\n"
            ),
            "northside/data/limit.toml": PARAMETER.format(code="northside.limit"),
        },
        {"medoffice.parameters": "ours = northside:PACK"},
    )
    loaded = load(strict=True)
    assert loaded.parameters["northside.limit"].at(date(2026, 3, 2)).value == 3
    assert "filing.medicare_months" in loaded.parameters


@pytest.mark.parametrize("group", ["medoffice.payers", "medoffice.detectors", "medoffice.cards"])
def test_packs_of_other_kinds_are_kept_for_their_room(install: Install, group: str) -> None:
    """Groups that another room reads are loaded and handed on as they are."""
    install(
        "northside",
        {"northside.py": "from medoffice.core import Pack\nPACK = Pack('northside', ('anything',))\n"},
        {group: "ours = northside:PACK"},
    )
    loaded = load(strict=True)
    assert loaded.of(group)[0].items == ("anything",)


PACK_OF = "from medoffice.core import Pack, Resource\nPACK = Pack('broken', ({},))\n"


@pytest.mark.parametrize(
    ("group", "source", "point", "cause"),
    [
        ("medoffice.rules", "import nothing_like_this", "broken:PACK", "ModuleNotFoundError"),
        ("medoffice.rules", "1 / 0", "broken:PACK", "ZeroDivisionError"),
        ("medoffice.rules", "raise SystemExit(3)", "broken:PACK", "SystemExit"),
        ("medoffice.rules", "def", "broken:PACK", "SyntaxError"),
        ("medoffice.rules", "", "broken:PACK", "AttributeError"),
        ("medoffice.rules", "", "not_there:PACK", "ModuleNotFoundError"),
        ("medoffice.rules", "PACK = 5", "broken:PACK", "is a int, not a Pack"),
        ("medoffice.rules", PACK_OF.format("5"), "broken:PACK", "is a int, not a Rule"),
        (
            "medoffice.rules",
            rule_module("broken", "MOD025"),
            "broken:PACK",
            "MOD025 is already there, from medoffice",
        ),
        (
            "medoffice.rules",
            rule_module("broken", "BRK001", "line-points-to-no-diagnosis"),
            "broken:PACK",
            "line-points-to-no-diagnosis is already there",
        ),
        (
            "medoffice.rules",
            rule_module("broken", "BRK001") + "PACK = Pack('broken', (brk001, brk001))\n",
            "broken:PACK",
            "holds BRK001 twice",
        ),
        ("medoffice.rules", rule_module("broken", "BRK001", "bad"), "broken:PACK", "rule BRK001: its name"),
        ("medoffice.parameters", PACK_OF.format("5"), "broken:PACK", "is a int, not a Resource"),
        (
            "medoffice.parameters",
            PACK_OF.format("Resource('broken', 'none.toml')"),
            "broken:PACK",
            "none.toml",
        ),
        (
            "medoffice.parameters",
            PACK_OF.format("Resource('no_such', 'a.toml')"),
            "broken:PACK",
            "no_such has no readable file",
        ),
        (
            "medoffice.parameters",
            PACK_OF.format("Resource('medoffice', 'py.typed')"),
            "broken:PACK",
            "unit: it is missing",
        ),
        ("medoffice.ruls", rule_module("broken", "BRK001"), "broken:PACK", "did it mean medoffice.rules?"),
    ],
)
def test_a_broken_extension_is_one_finding_and_the_others_load(
    install: Install, group: str, source: str, point: str, cause: str
) -> None:
    """The finding names package, version and cause; nothing of the broken one is taken; strict raises."""
    install("a-broken-one", {"broken.py": source}, {group: f"it = {point}"}, version="0.9")
    install(
        "northside",
        {"northside.py": rule_module("northside", "NSR001")},
        {"medoffice.rules": "ours = northside:PACK"},
    )
    loaded = load()
    (finding,) = loaded.findings
    assert finding.code == "PLG001"
    assert "a-broken-one 0.9" in finding.message
    assert cause in finding.message
    assert "\n" not in finding.message
    assert finding.where == f"{group} it"
    assert codes() == (*BUILT_IN, "NSR001")
    assert [pack.package for pack in loaded.packs] == ["northside"]
    with pytest.raises(BrokenPlugins, match=r"a-broken-one 0\.9"):
        load(strict=True)


def test_a_parameter_cannot_take_the_place_of_a_built_in_one(install: Install) -> None:
    """An extension adds numbers and never changes those that rules of medoffice read."""
    install(
        "northside",
        {
            "northside/__init__.py": PACK_OF.format("Resource('northside', 'a.toml')"),
            "northside/a.toml": PARAMETER.format(code="filing.medicare_months"),
        },
        {"medoffice.parameters": "ours = northside:PACK"},
    )
    loaded = load()
    assert "filing.medicare_months is already there, from medoffice itself" in loaded.findings[0].message
    assert loaded.parameters["filing.medicare_months"].at(date(2025, 1, 1)).value == 12


def test_of_two_extensions_with_one_code_the_first_by_name_is_taken(install: Install) -> None:
    """Which of two wins does not depend on the order of installation, and the loser is named with the winner."""
    install("alpha", {"alpha.py": rule_module("alpha", "TWO001")}, {"medoffice.rules": "a = alpha:PACK"})
    install("zeta", {"zeta.py": rule_module("zeta", "TWO001")}, {"medoffice.rules": "z = zeta:PACK"})
    loaded = load()
    assert [pack.package for pack in loaded.packs] == ["alpha"]
    (finding,) = loaded.findings
    assert "zeta 1.2.3" in finding.message
    assert "from alpha" in finding.message


def test_a_pack_is_taken_whole_or_not_at_all(install: Install) -> None:
    """A pack with one clash leaves none of its rules behind."""
    both = (
        rule_module("broken", "BRK001")
        + rule_module("broken", "MOD025")
        + "PACK = Pack('broken', (brk001, mod025))\n"
    )
    install("broken", {"broken.py": both}, {"medoffice.rules": "it = broken:PACK"})
    assert codes() == BUILT_IN


def test_two_entry_points_of_one_package_load_alone(install: Install) -> None:
    """A package with one good and one broken pack still brings the good one."""
    install(
        "northside",
        {"good.py": rule_module("good", "NSR001"), "bad.py": "1 / 0"},
        {"medoffice.rules": "bad = bad:PACK\ngood = good:PACK"},
    )
    assert codes() == (*BUILT_IN, "NSR001")
    assert [finding.where for finding in load().findings] == ["medoffice.rules bad"]
