"""The outcome that every decision shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, NotGranted, Refused, granted
from medoffice.testing.strategies import refusals


@given(refusals(), st.from_regex(r"[A-Z]{3}[0-9]{3}", fullmatch=True))
def test_a_refusal_knows_its_reasons(refused: Refused, other: str) -> None:
    """A refusal has the codes of its findings and no others."""
    codes = {finding.code for finding in refused.findings}
    assert all(refused.has(code) for code in codes)
    assert refused.has(other) is (other in codes)


def test_a_refusal_gives_a_reason() -> None:
    """Being refused without a reason is not possible."""
    with pytest.raises(InvalidValue):
        Refused(())


@given(refusals())
def test_what_was_taken_for_granted_and_refused_says_why(refused: Refused) -> None:
    """With every reason; what was granted comes through as it is."""
    assert granted("booked") == "booked"
    with pytest.raises(NotGranted) as trouble:
        granted(refused)
    assert trouble.value.findings == refused.findings
    assert all(finding.code in str(trouble.value) for finding in refused.findings)
