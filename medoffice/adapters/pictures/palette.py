"""Colours and patterns: those of the kiosk, so that whoever cannot tell two colours still tells two kinds of visit."""

from typing import Final

import attrs

GROUND: Final = "#FBFAF7"
INK: Final = "#14213D"
QUIET: Final = "#44506A"
EDGE: Final = "#5B6B85"
LINE: Final = "#D5D8DE"
OPEN: Final = "#FFFFFF"
CLOSED: Final = "#ECEEF1"
CLOSED_MARK: Final = "#C3C9D2"
CLOSED_PATTERN: Final = "."
NOW: Final = "#8E1B1B"
HELD: Final = "#0B4F6C"


@attrs.frozen(kw_only=True)
class Look:
    """How one kind of visit looks: the light ground of its text, its strong colour, and the pattern on that."""

    ground: str
    strong: str
    pattern: str


LOOKS: Final = (
    Look(ground="#DCEAF1", strong="#0B4F6C", pattern=""),
    Look(ground="#DDEEE3", strong="#0B5A32", pattern="/////"),
    Look(ground="#F6E8CF", strong="#6B4300", pattern="++++"),
    Look(ground="#F5DFDF", strong="#8E1B1B", pattern="xxxx"),
    Look(ground="#E7E1F2", strong="#4A2F7E", pattern="-----"),
    Look(ground="#E4E6EA", strong="#14213D", pattern="\\\\\\\\\\"),
    Look(ground="#D9EFEF", strong="#0A5C5C", pattern="|||||"),
    Look(ground="#F3E0EC", strong="#7A1F5C", pattern="---///"),
)
"""In the order in which kinds of visit get them; a ninth kind begins again, and its name still tells it."""


def look(number: int) -> Look:
    """The look of the kind of that number."""
    return LOOKS[number % len(LOOKS)]
