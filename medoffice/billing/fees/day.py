"""A day's procedures together: both sides, endoscopy families, the surgical reduction, and those of tests and therapy.

A line is one unit of a session of one practice; two units are two lines. Which rule a code follows is its payment
indicator for multiple procedures: 2 and 3 in :mod:`medoffice.billing.fees.surgery`, 4, 6 and 7 in ``imaging``, 5 in
``therapy``. What is paid only alone (status T) is bundled. A rule that cannot be applied leaves a note on the price
(:data:`medoffice.billing.fees.NOTES`) and never a full price that looks certain. Source: CMS's record layout of the
relative value file of 2026, fields Multiple Procedure and Status Code, opened as it is stored publicly; the Medicare
Claims Processing Manual, chapter 12, section 40.6, is not opened here.
"""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Final

from medoffice.billing.fees.imaging import reduce_tests
from medoffice.billing.fees.notes import BOTH_SIDES_UNCLEAR, NOT_REDUCED
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.rows import Locality, Track
from medoffice.billing.fees.schedule import FeeSchedule, Price
from medoffice.billing.fees.session import DayLine, Session
from medoffice.billing.fees.surgery import reduce_surgery
from medoffice.billing.fees.therapy import reduce_therapy

_RULES: Final = (reduce_surgery, reduce_tests, reduce_therapy)
_ONLY_ALONE: Final = "T"
_RULED: Final = frozenset({"0", "2", "3", "4", "5", "6", "7", "9", ""})


def price_day(
    schedule: FeeSchedule,
    lines: tuple[DayLine, ...],
    *,
    facility: bool,
    locality: Locality,
    on: date,
    track: Track = Track.ALL,
) -> tuple[Price, ...]:
    """The price of each line, in the order given, after the day's reductions.

    Modifier 51 says that another procedure of the day is the first. The fee decides which one that is, so a line
    that has it is reduced once like any other; only when every surgical line bears it, the first is not among them
    and none is paid in full.
    """
    session = Session(
        schedule=schedule, lines=lines, facility=facility, locality=locality, on=on, track=track
    )
    prices = [session.price(line.code, line.modifiers) for line in lines]
    for rule in _RULES:
        rule(session, prices)
    _bundle(prices)
    times = Counter(line.code for line in lines)
    return tuple(_noted(each, times) for each in prices)


def _bundle(prices: list[Price]) -> None:
    """Nothing for what is paid only alone (status T, injections) beside another service of the schedule."""
    if not any(isinstance(each, Priced) and each.row.status != _ONLY_ALONE for each in prices):
        return
    for place, each in enumerate(prices):
        if isinstance(each, Priced) and each.row.status == _ONLY_ALONE:
            prices[place] = each.changed("bundled", Decimal(0))


def _noted(price: Price, times: Counter[str]) -> Price:
    if not isinstance(price, Priced):
        return price
    row = price.row
    if row.multiple not in _RULED:
        price = price.noted(NOT_REDUCED)
    is_said = any(name in {"50", "sides"} for name, _ in price.changes)
    if times[row.code] > 1 and row.bilateral == "1" and row.multiple not in {"2", "3"} and not is_said:
        price = price.noted(BOTH_SIDES_UNCLEAR)
    return price
