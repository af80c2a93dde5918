"""What holds for the whole run: the code in the README and the documentation are tests, and who runs beside whom."""

import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Each page from a clean start.
pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    excludes=["docs/_build/**"],
).pytest()

TOGETHER = {
    "tests/packaging/": "distributions",  # built and installed once
    "tests/kiosk/test_kiosk.py": "window",  # one window at a time
    "tests/kiosk/test_screens.py": "window",
}


class ByFile(LoadScopeScheduling):
    """The tests of a file run in one process, and so do the files that share something costly.

    By path, not by xdist's own groups: these are lost without a word where pytest (9.2) no longer keeps a test's id in
    the attribute that xdist (3.8) writes.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((group for start, group in TOGETHER.items() if file.startswith(start)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Schedule so, whatever the command line says."""
    return ByFile(config, log)
