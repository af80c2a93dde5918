"""Therapy of one day: the practice expense of the second and each further unit counts half.

The unit with the highest practice expense is paid in full, the work and malpractice of all are, since 1 April 2013.
Units count as procedures do, so each is a line here. Sources, opened as they are stored publicly: CMS's record layout
of the relative value file of 2026, field Multiple Procedure, indicator 5; National Government Services, "Physical
Therapy/Occupational Therapy/Speech Therapy", Multiple Procedure Payment Reduction (units; the day); Novitas Solutions
(ranked by relative value units of practice expense). Before that day the cut is another one: the price says so.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.notes import NOT_REDUCED
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.schedule import Price
from medoffice.billing.fees.session import Session

_HALF: Final = Decimal("0.5")
_SINCE: Final = date(2013, 4, 1)


def reduce_therapy(session: Session, prices: list[Price]) -> None:
    """Take half of the practice expense off all but one, in place."""
    places = [
        place for place, each in enumerate(prices) if isinstance(each, Priced) and each.row.multiple == "5"
    ]
    found = {place: price for place in places if isinstance(price := prices[place], Priced)}
    parts = {place: session.practice_part(price) for place, price in found.items()}
    ranked = sorted(places, key=lambda place: (parts[place], found[place].exact), reverse=True)
    for place in ranked[1:]:
        price = found[place]
        # Of a price that a modifier has changed, nobody says which part of it is practice expense.
        if price.changes or session.on < _SINCE:
            prices[place] = price.noted(NOT_REDUCED)
        else:
            off = EXACT.multiply(parts[place], _HALF)
            prices[place] = price.changed("second-therapy", EXACT.subtract(price.exact, off))
