"""Scales of urgency: the Emergency Severity Index, or an office's own."""

from typing import Final

import attrs

from medoffice.core import Cite, InvalidValue
from medoffice.scheduling.names import slug


@attrs.frozen(kw_only=True)
class Level:
    """One level: its number (1 is the most urgent), what it means, and whether nobody less urgent may ever be
    called before it (``is_protected``), however long that other patient has waited.
    """

    number: int
    meaning: str
    is_protected: bool = False


@attrs.frozen(kw_only=True)
class Scale:
    """Levels from the most urgent to the least, numbered from 1; the protected ones come first, and one at least is not.

    Raises:
        InvalidValue: when numbers have gaps, or a protected level comes after one that is not.
    """

    code: str = attrs.field(validator=slug("scale", "its code"))
    levels: tuple[Level, ...]
    cites: tuple[Cite, ...] = ()

    def __attrs_post_init__(self) -> None:
        if [level.number for level in self.levels] != list(range(1, len(self.levels) + 1)):
            raise InvalidValue("scale", "its levels are numbered from 1 without gaps")
        flags = [level.is_protected for level in self.levels]
        if all(flags) or flags != sorted(flags, reverse=True):
            raise InvalidValue("scale", "its protected levels come first, and the last one is not protected")

    @property
    def first_open(self) -> int:
        """The most urgent level that is not protected: the highest that waiting can lift anybody to."""
        return next(level.number for level in self.levels if not level.is_protected)

    def level(self, number: int) -> Level:
        """The level of a number.

        Raises:
            InvalidValue: when the scale has no such level.
        """
        if not 1 <= number <= len(self.levels):
            raise InvalidValue("level", f"the scale has levels 1 to {len(self.levels)}")
        return self.levels[number - 1]


ESI: Final = Scale(
    code="esi",
    levels=(
        Level(number=1, meaning="needs a life-saving intervention at once", is_protected=True),
        Level(number=2, meaning="should not wait", is_protected=True),
        Level(number=3, meaning="stable; many resources expected"),
        Level(number=4, meaning="stable; one resource expected"),
        Level(number=5, meaning="stable; no resource expected"),
    ),
    cites=(
        Cite(
            "AHRQ, Emergency Severity Index (ESI) Implementation Handbook, 2012 edition",
            "chapter 2 and figure 2-1",
            url="http://www.ahrq.gov/professionals/systems/hospital/esi/esi2.html",
        ),
    ),
)
"""The Emergency Severity Index, version 4: five levels by acuity, then by the resources expected.

The index orders patients; it states no longest wait for levels 3 to 5, so that is the office's policy. Assigning a
level takes a nurse with triage training; this library only keeps the order.
"""
