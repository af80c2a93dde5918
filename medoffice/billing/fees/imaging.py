"""Tests of one session: what is taken off the second and each further image, heart test and eye test.

Ranked by the fee of the technical part (TC), the dearest is paid in full and the TC of each other is cut: images
(indicator 4, of one family) by half since July 2010, heart tests (6) by a quarter and eye tests (7) by a fifth since
2013. Of images the reading (26) is ranked apart and each other cut by 5 % since 2017. A whole service is cut in
both of its parts. Before those days the cut is another one and is not worked out: the price says so. Source: CMS's
record layout of the relative value file of 2026, fields Multiple Procedure and Diagnostic Imaging Family; that a
whole service is cut by its parts: AAPC's table out of MLN Matters MM9647 ("Multiple Diagnostic Imaging Procedures
Pay More in 2017"). Both opened as they are stored publicly.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.notes import NOT_REDUCED
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.schedule import Price
from medoffice.billing.fees.session import Session

_NO_FAMILY: Final = frozenset({"", "99"})


@attrs.frozen(kw_only=True)
class _Cut:
    """What is taken off a part, as a share of it, and since when the rule is this one."""

    name: str
    part: str
    share: Decimal
    since: date


_IMAGES: Final = (
    _Cut(name="second-image", part="TC", share=Decimal("0.5"), since=date(2010, 7, 1)),
    _Cut(name="second-reading", part="26", share=Decimal("0.05"), since=date(2017, 1, 1)),
)
_CUTS: Final[Mapping[str, tuple[_Cut, ...]]] = MappingProxyType(
    {
        "4": _IMAGES,
        "6": (_Cut(name="second-heart-test", part="TC", share=Decimal("0.25"), since=date(2013, 1, 1)),),
        "7": (_Cut(name="second-eye-test", part="TC", share=Decimal("0.2"), since=date(2013, 1, 1)),),
    }
)
_WHOLE_IS: Final = {"2": "26", "3": "TC"}
"""The one part that a code of this PC/TC indicator consists of."""


def reduce_tests(session: Session, prices: list[Price]) -> None:
    """Take off what the rules of tests take off, in place."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, each in enumerate(prices):
        if not isinstance(each, Priced) or each.row.multiple not in _CUTS:
            continue
        family = each.row.imaging if each.row.multiple == "4" else "88"
        if family in _NO_FAMILY:
            prices[place] = each.noted(NOT_REDUCED)
        else:
            groups.setdefault((each.row.multiple, family), []).append(place)
    for (indicator, _), places in groups.items():
        if len(places) > 1:
            _cut(session, prices, places, _CUTS[indicator])


def _cut(session: Session, prices: list[Price], places: list[int], cuts: tuple[_Cut, ...]) -> None:
    # All parts are asked for before anything is cut: a cut of one part must not change what another is of.
    parts = {cut: {place: _part(session, prices[place], place, cut.part) for place in places} for cut in cuts}
    for cut, found in parts.items():
        known = {place: dollars for place, dollars in found.items() if dollars is not None}
        if session.on < cut.since or len(known) < len(places):
            for place in places:
                prices[place] = _noted(prices[place])
            continue
        ranked = sorted(
            (place for place in known if known[place]), key=lambda place: known[place], reverse=True
        )
        for place in ranked[1:]:
            price = prices[place]
            if isinstance(price, Priced):
                off = EXACT.multiply(known[place], cut.share)
                prices[place] = price.changed(cut.name, max(EXACT.subtract(price.exact, off), Decimal(0)))


def _part(session: Session, price: Price, place: int, part: str) -> Decimal | None:
    """The dollars of a part within a line's price; ``None`` when the schedule does not tell it."""
    line = session.lines[place]
    if not isinstance(price, Priced) or "53" in line.modifiers:
        return None
    own = price.row.modifier or _WHOLE_IS.get(price.row.pctc, "")
    if own:
        return price.exact if own == part else Decimal(0)
    found = session.price(line.code, (part, *line.modifiers))
    return found.exact if isinstance(found, Priced) else None


def _noted(price: Price) -> Price:
    return price.noted(NOT_REDUCED) if isinstance(price, Priced) else price
