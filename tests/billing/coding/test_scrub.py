"""A claim is looked over by all rules at once, and nobody is named."""

from datetime import date

import pytest

from medoffice.billing.coding import GlobalDays, is_visit, scrub
from medoffice.billing.coding.rules import builtin_rules
from medoffice.core import CPTCode, HCPCSCode, Severity
from medoffice.rules import Ignore, Policy, Setting
from medoffice.testing import read_example
from medoffice.testing.packs import phi_texts

BAD = "VISIT ptr=none + MINOR + OTHER ptr=9 | dx=E11.9 on=2024-02-29 filed=2025-03-03 payer=medicare"


def test_a_claim_with_many_faults_shows_them_all() -> None:
    """Every fault is shown, in the order of the lines, each with its fix and its source."""
    example = read_example(BAD)
    report = scrub(example.claim, example.context, catalog=builtin_rules(), policy=Policy())
    assert [(finding.where, finding.code) for finding in report.findings] == [
        ("line 1", "DXP001"),
        ("line 1", "FIL001"),
        ("line 1", "MOD025"),
        ("line 2", "FIL001"),
        ("line 3", "DXP001"),
        ("line 3", "FIL001"),
    ]
    assert all(finding.fix and finding.cites for finding in report.findings)
    assert [f.edition for f in report.findings if f.code == "MOD025"] == ["shorthand"]
    assert report.severity is Severity.ERROR
    assert report.checked == ("DXP001", "FIL001", "MOD025")


def test_findings_tell_nothing_of_the_patient() -> None:
    """No identifier, diagnosis or day of the claim stands in the report."""
    example = read_example(BAD)
    report = scrub(example.claim, example.context, catalog=builtin_rules(), policy=Policy())
    secrets = set(phi_texts(example.claim))
    assert {"SHORTHAND1", "1EG4-TE5-MK73", "E11.9", "2024-02-29"} & secrets == {
        "SHORTHAND1",
        "E11.9",
        "2024-02-29",
    }
    assert not [secret for secret in secrets if secret in repr(report)]


def test_a_clean_claim_with_nothing_loaded_is_not_called_clean() -> None:
    """Without the table of global periods and without a limit for the payer, two rules say not checked."""
    example = read_example("VISIT + MINOR | without=global_days")
    report = scrub(example.claim, example.context, catalog=builtin_rules(), policy=Policy())
    assert not report.findings
    assert [missed.code for missed in report.not_checked] == ["FIL001", "MOD025"]
    assert not report.is_clean


def test_a_policy_decides_what_is_checked() -> None:
    """A limit for the payer and an ignored rule make the same claim clean."""
    example = read_example("VISIT + MINOR | without=global_days")
    policy = Policy(
        ignore=(Ignore("MOD", because="our coder looks at these"),),
        settings=(Setting(rule="FIL001", param="days", value=90, per="payer", key="60054"),),
    )
    report = scrub(example.claim, example.context, catalog=builtin_rules(), policy=policy)
    assert report.is_clean
    assert report.checked == ("DXP001", "FIL001")


@pytest.mark.parametrize(
    ("code", "visit"),
    [
        ("99213", True),
        ("99202", True),
        ("99201", False),
        ("99215", True),
        ("99216", False),
        ("92014", True),
        ("99490", False),
        ("11102", False),
        ("0001F", False),
    ],
)
def test_a_visit_is_known_by_its_number(code: str, *, visit: bool) -> None:
    """Ranges of bare code numbers, both ends included; codes with a letter are no visits."""
    assert is_visit(CPTCode(code)) is visit
    assert not is_visit(HCPCSCode("G0439"))


def test_a_minor_procedure_has_no_or_ten_days() -> None:
    """NCCI's two minor periods, and none of the others."""
    assert {days.value for days in GlobalDays if days.is_minor} == {"000", "010"}


def test_the_day_of_the_first_line_decides_which_rules_hold() -> None:
    """A claim from before a rule's first day is not judged by it."""
    example = read_example("VISIT + MINOR", on=date(2012, 12, 31))
    report = scrub(example.claim, example.context, catalog=builtin_rules(), policy=Policy(select=("MOD",)))
    assert report.checked == ()
    assert not report.findings
