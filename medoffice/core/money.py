"""Money in whole US cents, and percentages that share it.

There is no float and no ``*``: a product of money and a rate would need rounding, and rounding is a decision that
must be visible. :meth:`Money.share` and :meth:`Money.allocate` are the two places where cents are divided, and
:meth:`Money.from_dollars` is the one place where a ``Decimal`` amount (a fee, an RVU product) becomes money.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import ClassVar, Final, Self

import attrs

from medoffice.core.errors import InvalidValue

_MONEY: Final = r"(-)?\$?(\d{1,3}(?:,\d{3}){1,4}|\d{1,13})(?:\.(\d{2}))?"
_PERCENT: Final = r"(\d{1,3}(?:\.\d{1,40})?)\s?%"
_PLACES: Final = 40
_LIMIT: Final = 10**15
# Room for all digits of an amount times a percentage: nothing is rounded but where it is said, and whatever decimal
# context the caller has set makes no difference to a cent.
_EXACT: Final = Context(prec=64)
_set: Final = object.__setattr__


@attrs.frozen(repr=False, init=False)
class Money:
    """An amount of US dollars, held in whole cents; may be negative (a credit).

    It is less than ten trillion dollars either way, so that JSON numbers and 64-bit columns hold it exactly.
    """

    # The four comparisons are written out because attrs would make two tuples for each, and so is the beginning, in
    # which attrs would call a validator: a patient's share is full of them.

    cents: int

    zero: ClassVar["Money"]

    def __init__(self, cents: int) -> None:
        if type(cents) is not int:
            raise InvalidValue("amount of money", "cents are a whole number (int)")
        if not -_LIMIT < cents < _LIMIT:
            raise InvalidValue("amount of money", "it is less than ten trillion dollars")
        _set(self, "cents", cents)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"$1,234.56"``, ``"1234.56"``, ``"$5"`` or ``"-$2.00"``.

        Raises:
            InvalidValue: for anything else; a third decimal place is refused, never rounded.
        """
        found = re.fullmatch(_MONEY, text.strip(), re.ASCII)
        if found is None:
            raise InvalidValue("amount of money", "write dollars and cents, for example $1,234.56")
        sign, dollars, cents = found.groups()
        amount = int(dollars.replace(",", "")) * 100 + int(cents or 0)
        return cls(-amount if sign else amount)

    @classmethod
    def from_dollars(cls, dollars: Decimal) -> Self:
        """Turn a ``Decimal`` number of dollars into money, rounded half away from zero to the cent.

        Raises:
            InvalidValue: when the number is not finite, not a ``Decimal``, or too large for money.
        """
        if not isinstance(dollars, Decimal) or not dollars.is_finite():
            raise InvalidValue("amount of money", "dollars are given as a finite Decimal")
        if not -_LIMIT < dollars < _LIMIT:
            raise InvalidValue("amount of money", "it is less than ten trillion dollars")
        rounded = dollars.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP, context=_EXACT)
        return cls(int(rounded.scaleb(2, context=_EXACT)))

    @classmethod
    def total(cls, amounts: Iterable["Money"]) -> Self:
        """The sum of any number of amounts; zero for none."""
        return cls(sum(amount.cents for amount in amounts))

    def __str__(self) -> str:
        dollars, cents = divmod(abs(self.cents), 100)
        return f"{'-' if self.cents < 0 else ''}${dollars:,}.{cents:02d}"

    def __repr__(self) -> str:
        return f"Money.parse({str(self)!r})"

    def __lt__(self, other: "Money") -> bool:
        return self.cents < other.cents if isinstance(other, Money) else NotImplemented

    def __le__(self, other: "Money") -> bool:
        return self.cents <= other.cents if isinstance(other, Money) else NotImplemented

    def __gt__(self, other: "Money") -> bool:
        return self.cents > other.cents if isinstance(other, Money) else NotImplemented

    def __ge__(self, other: "Money") -> bool:
        return self.cents >= other.cents if isinstance(other, Money) else NotImplemented

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - other.cents) if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> "Money":
        return Money(-self.cents)

    def __abs__(self) -> "Money":
        return Money(abs(self.cents))

    def __bool__(self) -> bool:
        return self.cents != 0

    def share(self, percent: "Percent") -> "Money":
        """``percent`` of this amount, rounded half away from zero to the cent.

        ``m.share(p)`` and ``m - m.share(p)`` always add up to ``m``; two shares rounded apart may not.
        """
        exact = _EXACT.multiply(Decimal(self.cents), percent.value).scaleb(-2, context=_EXACT)
        return Money(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP, context=_EXACT)))

    def allocate(self, weights: Sequence[int]) -> tuple["Money", ...]:
        """Split into parts proportional to ``weights``, one a weight, which sum to the whole.

        Cents left over by rounding down go to the parts with the largest remainders, earlier parts first
        (largest-remainder method), so no part is off its exact share by a cent or more.

        Raises:
            InvalidValue: when there is no weight, one is negative, or all are zero.
        """
        whole = sum(weights)
        if not weights or min(weights) < 0 or whole == 0:
            raise InvalidValue("list of weights", "weights are not negative, and one at least is above zero")
        amount = abs(self.cents)
        floors = [amount * weight // whole for weight in weights]
        remainders = [amount * weight % whole for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda part: -remainders[part])
        for part in by_remainder[: amount - sum(floors)]:
            floors[part] += 1
        sign = -1 if self.cents < 0 else 1
        return tuple(Money(sign * part) for part in floors)


Money.zero = Money(0)


def _from_0_to_100(_: object, __: object, value: Decimal) -> None:
    if not isinstance(value, Decimal) or not value.is_finite() or not 0 <= value <= 100:  # noqa: PLR2004
        raise InvalidValue("percentage", "it is a Decimal from 0 to 100")
    exponent = value.as_tuple().exponent
    if value.is_signed() or not isinstance(exponent, int) or exponent < -_PLACES:
        raise InvalidValue("percentage", f"it has no sign, and at most {_PLACES} decimal places")


@attrs.frozen(order=True, repr=False)
class Percent:
    """A part of a hundred, from 0 to 100, as a ``Decimal`` (``Percent(Decimal(20))`` is 20 %)."""

    value: Decimal = attrs.field(validator=_from_0_to_100)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"20%"`` or ``"12.5 %"``; the sign is required, so that 0.2 is never taken for 20 %.

        Raises:
            InvalidValue: when the text is not a number from 0 to 100 with its ``%``.
        """
        found = re.fullmatch(_PERCENT, text.strip(), re.ASCII)
        if found is None:
            raise InvalidValue("percentage", "write a number from 0 to 100 with its sign, for example 20%")
        return cls(Decimal(found.group(1)))

    def __str__(self) -> str:
        text = f"{self.value:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"

    def __repr__(self) -> str:
        return f"Percent.parse({str(self)!r})"
