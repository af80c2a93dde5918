"""The whole of what an extension must pass."""

from northside_rules import PARAMETERS, RULES

from medoffice.core import Pack, Resource
from medoffice.plugins import load
from medoffice.testing import check_pack


def test_the_rules_pass() -> None:
    """Shape, documents, cases, names, PHI and imports: nothing is found."""
    assert check_pack(RULES, parameters=load(strict=True).parameters) == ()


def test_the_parameters_pass() -> None:
    """The file is read, is cited, and clashes with nothing."""
    assert check_pack(PARAMETERS) == ()


def test_a_broken_pack_would_not_pass() -> None:
    """The check can fail: a file that is not there is found."""
    assert check_pack(Pack("northside", (Resource("northside_rules", "limits/none.toml"),)))


def test_medoffice_finds_both() -> None:
    """Installed, the rule and its number are there beside those of medoffice."""
    loaded = load(strict=True)
    assert "NSR001" in {rule.code for rule in loaded.rules}
    assert "northside.lines_a_day" in loaded.parameters
    assert {pack.package for pack in loaded.packs} == {"northside-rules"}
