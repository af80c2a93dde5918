"""Surgery of one session: both sides given as two lines, endoscopy families, then 100 % and 50 %.

Within a family the dearest endoscopy is paid in full and each other by what it exceeds the base endoscopy, so that
the base itself is paid by the others; then families and procedures of indicator 2 are ranked together, dearest
first, by the amounts of the schedule and not by charges or a contract's rates. After the fifth the payer decides by
report: that is a note, and 50 % meanwhile. One code as two lines, LT and RT, is both sides, and is worked out before
the rest. Source: CMS's record layout of the relative value file of 2026, fields Multiple Procedure and Bilateral
Surgery; that the schedule's amounts rank: CGS Administrators, "Billing Multiple Procedures Performed on the Same Date
of Service", 7 August 2018, opened as it is stored publicly (it points to the Medicare Claims Processing Manual,
chapter 12, section 40.6, not opened here).
"""

from decimal import Decimal
from functools import reduce
from typing import Final

import attrs

from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.modifiers import NotPayable
from medoffice.billing.fees.notes import BY_REPORT, DAY_DECIDES
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.schedule import Price
from medoffice.billing.fees.session import Session, exact

_HALF: Final = Decimal("0.5")
_BEFORE_REPORT: Final = 5
_OTHER_SIDE: Final = {"0": Decimal(0), "1": _HALF, "2": Decimal(0)}
"""What of the price the second side is paid, by the bilateral indicator; in full by the others."""


def reduce_surgery(session: Session, prices: list[Price]) -> None:
    """Take off what the rules of surgery take off, in place."""
    partners = _other_sides(session, prices)
    groups: dict[str, list[int]] = {}
    for place, each in enumerate(prices):
        if isinstance(each, Priced) and each.row.multiple in {"2", "3"}:
            first = partners.get(place, place)
            family = each.row.endo_base or each.row.code if each.row.multiple == "3" else f"#{first}"
            groups.setdefault(family, []).append(place)
    for family, places in groups.items():
        if not family.startswith("#") and len(places) > 1:
            _within_family(session.price(family), places, prices)
    ranks = sorted(
        groups.values(),
        key=lambda places: reduce(EXACT.add, (exact(prices[p]) for p in places)),
        reverse=True,
    )
    is_second = all("51" in session.lines[place].modifiers for places in ranks for place in places)
    for rank, places in enumerate(ranks, 2 if is_second else 1):
        for place in places:
            prices[place] = _ranked(prices[place], rank)


def _other_sides(session: Session, prices: list[Price]) -> dict[int, int]:
    """The second of two lines that are both sides, with the first: reduced by the code's bilateral indicator."""
    waiting: dict[tuple[str, str, frozenset[str]], list[int]] = {}
    found = {}
    for place, (line, price) in enumerate(zip(session.lines, prices, strict=True)):
        sides = {"LT", "RT"}.intersection(line.modifiers)
        if len(sides) != 1 or "50" in line.modifiers or not isinstance(price, Priced):
            continue
        side = sides.pop()
        rest = frozenset(line.modifiers) - {side, "51"}
        others = waiting.get((line.code, "RT" if side == "LT" else "LT", rest))
        if not others:
            waiting.setdefault((line.code, side, rest), []).append(place)
            continue
        found[place] = others.pop()
        share = _OTHER_SIDE.get(price.row.bilateral, Decimal(1))
        prices[place] = price.changed("sides", EXACT.multiply(price.exact, share))
    return found


def _within_family(base: Price, places: list[int], prices: list[Price]) -> None:
    ranked = sorted(places, key=lambda place: exact(prices[place]), reverse=True)
    for place in ranked[1:]:
        price = prices[place]
        if not isinstance(base, Priced):
            prices[place] = NotPayable("the base endoscopy of its family has no price here")
        elif isinstance(price, Priced):
            left = max(EXACT.subtract(price.exact, base.exact), Decimal(0))
            prices[place] = price.changed("endoscopy", left)


def _ranked(price: Price, rank: int) -> Price:
    if not isinstance(price, Priced):
        return price
    # The day has decided now.
    price = attrs.evolve(price, notes=tuple(each for each in price.notes if each != DAY_DECIDES))
    if rank == 1:
        return price
    price = price.changed("51", EXACT.multiply(price.exact, _HALF))
    return price.noted(BY_REPORT) if rank > _BEFORE_REPORT else price
