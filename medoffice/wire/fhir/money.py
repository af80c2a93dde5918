"""FHIR's Money (https://hl7.org/fhir/R4/datatypes.html#Money): dollars as a JSON number, and the currency."""

import re
from decimal import Decimal
from typing import Any, Final

from medoffice.core import Money
from medoffice.wire.fhir.element import Element
from medoffice.wire.json import WireError

_NUMBER: Final = re.compile(r"-?\d{1,13}(\.\d{1,2}0{0,20})?", re.ASCII)

_MOST: Final = 10**15


def write_money(amount: Money) -> dict[str, Any]:
    """Dollars and cents. A JSON number with fifteen digits keeps each cent of any amount of Money."""
    dollars, cents = divmod(abs(amount.cents), 100)
    value = float(f"{dollars}.{cents:02d}") if cents else dollars
    return {"value": -value if amount.cents < 0 else value, "currency": "USD"}


def read_money(element: Element) -> Money:
    """US dollars to the cent; a number with a point may come as text, see ``from_bytes``.

    Raises:
        WireError: when it is no number, has parts of a cent, or is of another currency.
    """
    value = element.values.get("value")
    if type(value) is int and abs(value) >= _MOST:
        value = None  # Python would refuse to write out a number of thousands of digits
    text = str(value) if type(value) in {int, float, str} else ""
    if _NUMBER.fullmatch(text) is None:
        raise WireError("it is an amount in dollars and cents", element.below("value"))
    if element.text("currency") not in {"", "USD"}:
        raise WireError("it is in US dollars", element.below("currency"))
    return Money.from_dollars(Decimal(text))
