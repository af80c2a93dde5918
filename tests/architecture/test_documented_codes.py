"""Codes that an office meets stand in the docs: none is left out, and none stands there that is no more."""

import re
from pathlib import Path

from medoffice.billing import UNKNOWNS
from medoffice.billing.coordination import UNKNOWNS as OF_ORDER

ROOT = Path(__file__).parent.parent.parent
ELIGIBILITY = (ROOT / "docs/eligibility.md").read_text(encoding="utf-8")


def codes_in_source(prefix: str) -> set[str]:
    """The codes of a family that stand as text anywhere in the library."""
    pattern = re.compile(rf'"({prefix}\d{{3}})"')
    files = (ROOT / "medoffice").rglob("*.py")
    return {code for file in files for code in pattern.findall(file.read_text(encoding="utf-8"))}


def test_what_an_estimate_did_not_know_is_told_word_by_word() -> None:
    """Each code with the words that a patient hears."""
    told = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", ELIGIBILITY, re.MULTILINE))
    assert {code: told.get(code) for code in UNKNOWNS} == dict(UNKNOWNS)
    assert set(told) == set(UNKNOWNS)


def test_every_finding_of_a_coverage_is_told() -> None:
    """ELG001 to ELG054."""
    told = {
        code
        for row in re.findall(r"^\| (ELG[^|]+) \|", ELIGIBILITY, re.MULTILINE)
        for code in row.split(", ")
    }
    assert told == codes_in_source("ELG")


def test_every_reason_why_payers_have_no_order_says_what_to_ask() -> None:
    """The desk is never left with a reason alone."""
    from medoffice.office.coverage.ordering import _ASK

    assert set(_ASK) == set(OF_ORDER)
