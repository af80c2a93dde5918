"""Anaesthesia: (base units + minutes / 15) x the locality's factor, rounded once, half up.

Time units are exact to a tenth, as Medicare counts them (Claims Processing Manual, chapter 12, section 50, not opened here).
The factor comes out of an :class:`~medoffice.billing.fees.OfficialTable`, which says when it is not for the day.
"""

from decimal import Decimal

import attrs

from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.rows import Locality
from medoffice.core import Explained, InvalidValue, Money, Step, Trace


@attrs.frozen
class AnesthesiaFactor:
    """Dollars a unit in a locality."""

    locality: Locality
    dollars: Decimal


def anesthesia_price(factor: AnesthesiaFactor, *, base_units: int, minutes: int) -> Explained[Money]:
    """The amount for base units and minutes.

    Raises:
        InvalidValue: when units or minutes are below zero.
    """
    if base_units < 0 or minutes < 0:
        raise InvalidValue("anaesthesia time", "units and minutes are not below zero")
    time = EXACT.divide(Decimal(minutes), Decimal(15)).quantize(Decimal("0.1"), context=EXACT)
    amount = Money.from_dollars(EXACT.multiply(EXACT.add(Decimal(base_units), time), factor.dollars))
    why = f"{base_units} base + {time} time units x {factor.dollars}"
    return Explained(amount, trace=Trace((Step("anesthesia", "Anaesthesia units", amount=amount, why=why),)))
