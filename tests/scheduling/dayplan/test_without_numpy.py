"""The room where numpy is not installed: it can be imported, and says what a search needs."""

import subprocess
import sys

BLOCKED = """
import sys

class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"numpy", "scipy"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Nothing())
"""


def said(program: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_import_loads_neither_numpy_nor_scipy() -> None:
    """Whoever imports the room does not pay for numpy."""
    program = (
        "import sys, medoffice.scheduling.dayplan;"
        "print([name for name in ('numpy', 'scipy') if name in sys.modules])"
    )
    assert said(program) == "[]"


def test_a_plan_is_evaluated_without_numpy() -> None:
    """Costs need none."""
    program = """
from medoffice.scheduling.dayplan import Exponential, evaluate, evaluate_gaps
print(evaluate([1, 1], slot=10, service=Exponential(10)).wait, evaluate_gaps([1.0], omega=0.5))
"""
    wait, gaps = said(BLOCKED + program).split()
    assert wait.startswith("3.67879441171442")
    assert gaps.startswith("0.36787944117144")


def test_a_search_says_which_extra_it_needs() -> None:
    """The error is one line that names the extra, and one of ours."""
    program = """
from medoffice.core import MedofficeError
from medoffice.scheduling.dayplan import Exponential, optimal_day
try:
    optimal_day(n=2, slots=2, slot=10, service=Exponential(10))
except MedofficeError as missing:
    print(missing)
"""
    assert "pip install 'medoffice[optimise]'" in said(BLOCKED + program)
