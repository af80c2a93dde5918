"""Every rule, built in or brought by an installed extension, keeps its own cases."""

import pkgutil
from importlib import import_module
from typing import Any

import pytest

import medoffice.billing.coding.rules as rooms
from medoffice.plugins import load
from medoffice.rules import Case, Rule, rule_page
from medoffice.testing import failure, judge

EVERYTHING = load()
CASES = [
    pytest.param(rule, case, id=f"{rule.code}: {case.shorthand}")
    for rule in EVERYTHING.rules
    for case in rule.cases
]
FAMILIES = [name for _, name, is_folder in pkgutil.iter_modules(rooms.__path__) if is_folder]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_keeps_its_cases(rule: Rule[Any, Any], case: Case) -> None:
    """What a rule says it does with an example is what it does."""
    assert failure(rule, case, parameters=EVERYTHING.parameters) == ""


@pytest.mark.parametrize("rule", EVERYTHING.rules.rules, ids=lambda rule: rule.code)
def test_a_case_is_not_true_of_every_claim(rule: Rule[Any, Any]) -> None:
    """The plain claim with one visit makes no rule fire, so a firing case shows something."""
    report = judge(rule, "VISIT", parameters=EVERYTHING.parameters)
    assert not [finding for finding in report.findings if finding.code == rule.code]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_file_of_a_family_is_in_its_tuple(family: str) -> None:
    """A rule cannot be forgotten: the files of a family and its tuple hold the same rules, named like the files."""
    room = import_module(f"{rooms.__name__}.{family}")
    found = {}
    for _, name, _ in pkgutil.iter_modules(room.__path__):
        module = import_module(f"{room.__name__}.{name}")
        for value in vars(module).values():
            if isinstance(value, Rule):
                assert name == value.code.lower()
                found[value.code] = value
    assert found
    assert {rule.code: rule for rule in room.RULES} == found


def test_every_family_is_in_the_tuple_of_all() -> None:
    """The tuple of all rules is the tuples of its families, and each family has letters of its own."""
    by_family = {family: import_module(f"{rooms.__name__}.{family}").RULES for family in FAMILIES}
    assert sorted(rule.code for rules in by_family.values() for rule in rules) == sorted(
        r.code for r in rooms.RULES
    )
    assert all(len({rule.family for rule in rules}) == 1 for rules in by_family.values())


@pytest.mark.parametrize("rule", EVERYTHING.rules.rules, ids=lambda rule: rule.code)
def test_a_page_is_made_from_the_rule(rule: Rule[Any, Any]) -> None:
    """A rule's page shows its code, its reason, its fix, every case and every source."""
    page = rule_page(rule)
    assert page.startswith(f"# {rule.code}: ")
    for part in (rule.doc, rule.fix, *(case.shorthand for case in rule.cases), *map(str, rule.cites)):
        assert part in page
