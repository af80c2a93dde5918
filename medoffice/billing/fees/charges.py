"""The charge master: the office's own price of each code, by day."""

from collections.abc import Mapping
from datetime import date

import attrs

from medoffice.core import DateRange, InvalidValue, Money, Refused


@attrs.frozen
class ChargeMaster:
    """Charges by code for a range of days; ``because`` says where they come from, such as a price list's date.

    A key is a code, or a code and the modifiers that have a price of their own: ``70450``, ``70450-26``.

    Raises:
        InvalidValue: when a charge is below zero.
    """

    days: DateRange
    charges: Mapping[str, Money] = attrs.field(repr=False)
    because: str = ""

    def __attrs_post_init__(self) -> None:
        if any(charge < Money.zero for charge in self.charges.values()):
            raise InvalidValue("charge master", "no charge is below zero")

    def charge(self, code: str, *, on: date) -> Money | Refused:
        """The charge of a code on a day; refused when the day is outside or the code has none."""
        if on not in self.days:
            return Refused.because(
                "CHG001",
                "The charge master is not for this day",
                fix="Load the charges of that day.",
                where=code,
            )
        if code not in self.charges:
            return Refused.because(
                "CHG001",
                "The charge master has no charge for this code",
                fix="Give the code a charge, or look whether it is right.",
                where=code,
            )
        return self.charges[code]
