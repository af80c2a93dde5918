"""How many codes one kiosk judges: enough for every patient, too few to try codes out."""

from typing import Final

import attrs

SCANS_AT_ONCE: Final = 10
"""Scans that may come in a row."""
SECONDS_A_SCAN: Final = 3.0
"""After these many seconds there is one more: 20 a minute in the long run."""


@attrs.frozen(kw_only=True)
class Allowance:
    """A bucket of ``most`` that fills by one every ``every`` seconds of a steady clock."""

    most: int = SCANS_AT_ONCE
    every: float = SECONDS_A_SCAN
    _left: float = float(SCANS_AT_ONCE)
    _at: float = float("-inf")

    def take(self, at: float) -> tuple["Allowance", bool]:
        """The allowance after one was wanted ``at`` this time, and whether there was one."""
        filled = min(float(self.most), self._left + max(0.0, at - self._at) / self.every)
        is_granted = filled >= 1
        return attrs.evolve(self, left=filled - is_granted, at=max(at, self._at)), is_granted
