"""A range in words for a waiting room: kindly rounded, and never a promise."""

from datetime import timedelta
from typing import Final

import attrs

from medoffice.scheduling.flow.estimate import WaitRange

STEP: Final = 5
"""Minutes that words are rounded to: down at the lower end, up at the upper one, so that nothing true is cut off."""

_MINUTE: Final = timedelta(minutes=1)
_IN_HOURS: Final = 90
_HEDGE: Final = "This can change: whoever needs care at once goes first."


@attrs.frozen(kw_only=True)
class WaitWords:
    """What the kiosk says: ``key`` names the sentence for translation, ``low`` and ``high`` are its minutes.

    ``soon``: up to five minutes; ``up-to``: up to ``high``; ``about``: from ``low`` to ``high``; ``ask``: not known.
    """

    key: str
    low: int
    high: int
    text: str


def wait_words(found: WaitRange) -> WaitWords:
    """The range in five-minute steps; it holds the whole of the range that it was made from."""
    low = found.low // (STEP * _MINUTE) * STEP
    high = max(STEP, -(-found.high // (STEP * _MINUTE)) * STEP)
    if found.is_open:
        return WaitWords(
            key="ask", low=0, high=0, text="We cannot say how long it may take. Please ask at the desk."
        )
    if high == STEP:
        return WaitWords(key="soon", low=0, high=STEP, text=f"A few minutes. {_HEDGE}")
    if low == 0:
        return WaitWords(key="up-to", low=0, high=high, text=f"Perhaps up to {_said(high)}. {_HEDGE}")
    return WaitWords(key="about", low=low, high=high, text=f"Perhaps {_span(low, high)}. {_HEDGE}")


def _span(low: int, high: int) -> str:
    if high <= _IN_HOURS:
        return f"{low} to {high} minutes"
    return f"{_said(low)} to {_said(high)}"


def _said(minutes: int) -> str:
    if minutes <= _IN_HOURS:
        return f"{minutes} minutes"
    hours, rest = divmod(minutes, 60)
    whole = "1 hour" if hours == 1 else f"{hours} hours"
    return f"{whole} {rest} minutes" if rest else whole
