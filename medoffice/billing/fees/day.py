"""A day's procedures together: endoscopy families and the multiple-procedure reduction (100 %, then 50 %).

Within a family the dearest endoscopy is paid in full and each other by what it exceeds the base endoscopy; then
families and procedures of indicator 2 are ranked together. Beyond the fifth the payer decides by report; here
they count 50 %. Source: Medicare Claims Processing Manual, chapter 12, section 40.6, not opened here.
"""

from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Final

import attrs

from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.rows import Locality, Track
from medoffice.billing.fees.schedule import FeeSchedule, NotPayable, Price, Priced

_HALF: Final = Decimal("0.5")


@attrs.frozen
class DayLine:
    """A code and its modifiers, one unit."""

    code: str
    modifiers: tuple[str, ...] = ()


def price_day(
    schedule: FeeSchedule,
    lines: tuple[DayLine, ...],
    *,
    facility: bool,
    locality: Locality,
    on: date,
    track: Track = Track.ALL,
) -> tuple[Price, ...]:
    """The price of each line, in the order given, after the day's reductions."""

    def price(code: str, modifiers: tuple[str, ...] = ()) -> Price:
        return schedule.price(code, modifiers, facility=facility, locality=locality, on=on, track=track)

    prices = [price(line.code, line.modifiers) for line in lines]
    groups: dict[str, list[int]] = {}
    for place, each in enumerate(prices):
        if isinstance(each, Priced) and each.row.multiple in {"2", "3"}:
            family = each.row.endo_base or each.row.code if each.row.multiple == "3" else f"#{place}"
            groups.setdefault(family, []).append(place)
    for family, places in groups.items():
        base = price(family) if len(places) > 1 else None
        ranked = sorted(places, key=lambda place: _exact(prices[place]), reverse=True)
        for place in ranked[1:]:
            if not isinstance(base, Priced):
                prices[place] = NotPayable("the base endoscopy of its family has no price here")
            else:
                left = max(EXACT.subtract(_exact(prices[place]), base.exact), Decimal(0))
                prices[place] = _reduced(prices[place], left, "endoscopy")
    ranks = sorted(
        groups.values(),
        key=lambda places: reduce(EXACT.add, (_exact(prices[p]) for p in places)),
        reverse=True,
    )
    for places in ranks[1:]:
        for place in places:
            prices[place] = _reduced(prices[place], EXACT.multiply(_exact(prices[place]), _HALF), "51")
    return tuple(prices)


def _exact(price: Price) -> Decimal:
    return price.exact if isinstance(price, Priced) else Decimal(0)


def _reduced(price: Price, exact: Decimal, name: str) -> Price:
    if not isinstance(price, Priced) or not price.exact:
        return price
    return attrs.evolve(price, exact=exact, changes=(*price.changes, (name, exact)))
