"""Looking a claim over with the office's own rules and policy."""

from datetime import date

import attrs
import pytest

from medoffice.core import Severity, UnknownName
from medoffice.office import Office
from medoffice.rules import Ignore, Policy, Regrade
from medoffice.testing.shorthand import read_example

CLAIM = read_example("VISIT ptr=none").claim


def codes(office: Office) -> set[str]:
    return {finding.code for finding in office.scrub(CLAIM, filed_on=date(2026, 11, 24)).findings}


@pytest.mark.parametrize("store", ["memory"], indirect=True)
class TestScrub:
    """One store is enough: nothing is read from it."""

    def test_a_line_without_a_diagnosis_is_found(self, office: Office) -> None:
        """The rules that medoffice brings run without anything being said."""
        assert "DXP001" in codes(office)

    def test_a_table_that_is_not_loaded_is_not_a_pass(self, office: Office) -> None:
        """Rules that rest on licensed tables say that they could not judge."""
        report = office.scrub(read_example("VISIT + MINOR").claim, filed_on=date(2026, 11, 24))
        assert "MOD025" in {each.code for each in report.not_checked}
        assert "MOD025" not in report.checked

    def test_the_policy_is_the_office_s(self, office: Office) -> None:
        """Ignored with a reason, graded anew, or misspelt."""
        ignoring = Policy(ignore=(Ignore("DXP001", because="the clearing-house adds them"),))
        assert "DXP001" not in codes(attrs.evolve(office, policy=ignoring))
        graded = attrs.evolve(office, policy=Policy(severity=(Regrade("DXP", Severity.INFO),)))
        report = graded.scrub(CLAIM, filed_on=date(2026, 11, 24))
        assert {f.severity for f in report.findings if f.code == "DXP001"} == {Severity.INFO}
        misspelt = attrs.evolve(office, policy=Policy(ignore=(Ignore("DXP01", because="no reason"),)))
        with pytest.raises(UnknownName, match="DXP001"):
            codes(misspelt)
