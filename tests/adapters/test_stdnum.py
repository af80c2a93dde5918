"""EINs against python-stdnum."""

import subprocess
import sys
from string import digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.us import ein as oracle

from medoffice.adapters.stdnum import NEVER_ISSUED, check_ein
from medoffice.core import EIN, Severity
from medoffice.testing.strategies import eins

NEVER = ("00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97")
"""Prefixes that no campus issues, as python-stdnum 2.2 has them."""


@given(eins())
def test_the_answer_is_the_oracles(ein: EIN) -> None:
    """A finding comes exactly when python-stdnum refuses the number."""
    assert bool(check_ein(ein)) is not oracle.is_valid(str(ein))


@given(st.sampled_from([a + b for a in digits for b in digits]), st.text(digits, min_size=7, max_size=7))
def test_only_the_prefix_decides(prefix: str, rest: str) -> None:
    """A prefix that was never issued is warned about whatever follows, and no other is."""
    assert bool(check_ein(EIN(prefix + rest))) is (prefix in NEVER)


def test_the_finding_says_who_judged_and_hides_the_number() -> None:
    """It is a warning with the edition of the table, and it does not repeat the number."""
    (finding,) = check_ein(EIN.parse("07-1144442"))
    assert (finding.code, finding.severity) == (NEVER_ISSUED, Severity.WARNING)
    assert finding.edition.startswith("python-stdnum ")
    assert "1144442" not in repr(finding)


@pytest.mark.parametrize("known", ["91-1144442", "04-2103594"])
def test_numbers_of_known_firms_pass(known: str) -> None:
    """Numbers that were given out raise no finding."""
    assert check_ein(EIN.parse(known)) == ()


def test_without_stdnum_the_error_names_the_extra() -> None:
    """Where python-stdnum is missing, importing the adapter says what to install."""
    program = (
        "import sys\n"
        "sys.modules['stdnum'] = None\n"
        "try:\n"
        "    import medoffice.adapters.stdnum\n"
        "except ImportError as missing:\n"
        "    from medoffice import MedofficeError\n"
        "    assert isinstance(missing, MedofficeError)\n"
        "    print(missing)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "medoffice[identifiers]" in run.stdout
