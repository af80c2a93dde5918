"""Findings, their severity and their citations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import Cite, Finding, InvalidValue, Severity, worst
from medoffice.testing.strategies import cites, findings


@given(st.sampled_from(Severity), st.sampled_from((str.lower, str.upper, str.title)))
def test_severity_round_trip(severity: Severity, written: type[str]) -> None:
    """A severity reads back from its word in any case."""
    assert Severity.parse(f" {written(str(severity))} ") is severity


@given(st.text())
def test_any_other_word_is_no_severity(text: str) -> None:
    """Whatever the text, it is one of the three words, or it is refused."""
    try:
        severity = Severity.parse(text)
    except InvalidValue:
        return
    assert str(severity) == text.strip().lower()


def test_severities_rise() -> None:
    """Information is less than a warning, a warning less than an error."""
    assert Severity.INFO < Severity.WARNING < Severity.ERROR


@given(st.lists(findings(), max_size=6).map(tuple))
def test_the_worst_is_not_below_any(found: tuple[Finding, ...]) -> None:
    """The worst severity is one of those that occur, and none is above it; without findings it is INFO."""
    assert all(finding.severity <= worst(found) for finding in found)
    assert worst(found) in {finding.severity for finding in found} or (
        not found and worst(found) is Severity.INFO
    )


@given(findings())
def test_a_finding_says_code_severity_message_and_place(finding: Finding) -> None:
    """A finding's line begins with its code and severity, has its message, and its place where there is one."""
    line = str(finding)
    assert line.startswith(f"{finding.code} {finding.severity}: {finding.message}")
    assert line.endswith(f"({finding.where})" if finding.where else finding.message)


@given(cites())
def test_a_citation_says_source_and_place(cite: Cite) -> None:
    """A citation's line is its source, and the place in it where there is one."""
    assert str(cite) == ", ".join(filter(None, (cite.source, cite.place)))


@pytest.mark.parametrize("source", ["", " ", "\n"])
def test_a_citation_has_a_source(source: str) -> None:
    """A citation of nothing is refused."""
    with pytest.raises(InvalidValue):
        Cite(source)
