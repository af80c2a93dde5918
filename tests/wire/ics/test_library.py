"""Without the extra for calendars, the room can be imported and says what it needs."""

import subprocess
import sys

PROGRAM = """
import sys
sys.modules["icalendar"] = None  # as if it were not installed
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
from medoffice.core import MedofficeError
from medoffice.wire.ics import rules_of
now = datetime(2027, 1, 1, tzinfo=UTC)
try:
    rules_of(ZoneInfo("America/New_York"), now, now)
except MedofficeError as missing:
    assert isinstance(missing, ImportError)
    print(missing)
"""


def test_the_extra_is_named_when_it_is_missing() -> None:
    """Not at import, which a bare installation must survive, but at the first use."""
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "icalendar is not installed; run: pip install 'medoffice[calendar]'"
