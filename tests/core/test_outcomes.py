"""The outcome that every decision shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, Refused
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
