"""The numbers that a rule lets a practice set, and the ones in force while it runs."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

import attrs

from medoffice.core import InvalidValue, Money, NotInForce, Parameter, Percent, Reading, Unit
from medoffice.core.parameters import ParameterValue
from medoffice.rules.nearest import unknown
from medoffice.rules.tables import CannotCheck

_NAME: Final = r"[a-z][a-z0-9_]*"
Chosen = tuple[tuple[str, str, ParameterValue], ...]
"""Values that a policy set for one rule: parameter, key (a payer's id, or nothing), value."""
_COUNTED: Final = (Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.COUNT)


def read_value(unit: Unit, raw: object) -> ParameterValue:
    """What a plain value of a file or a policy means in a unit.

    Money is written ``"$1,234.56"``, a percentage ``"20%"``, a factor ``"32.3465"``; days, months, years and
    counts are whole numbers from 0, a switch is true or false. Values that already have the unit's type pass.

    Raises:
        InvalidValue: for anything else. A float is never read: it may not be the number that was written.
    """
    match unit, raw:
        case (
            (Unit.MONEY, Money() as value) | (Unit.PERCENT, Percent() as value) | (Unit.TEXT, str() as value)
        ):
            return value
        case (Unit.SWITCH, bool() as value) | (Unit.FACTOR, Decimal() as value):
            return value
        case Unit.MONEY, str() as text:
            return Money.parse(text)
        case Unit.PERCENT, str() as text:
            return Percent.parse(text)
        case Unit.FACTOR, str() as text:
            return _factor(text)
        case ((Unit.DAYS | Unit.MONTHS | Unit.YEARS | Unit.COUNT), int(number)) if (
            type(raw) is int and number >= 0
        ):
            return number
    hint = "a whole number from 0" if unit in _COUNTED else f"a value of {unit.value}"
    raise InvalidValue("value", f"its unit is {unit.value}, so {hint} is wanted")


def _factor(text: str) -> Decimal:
    try:
        factor = Decimal(text)
    except InvalidOperation:
        raise InvalidValue("value", "a factor is written as digits with a decimal point") from None
    if not factor.is_finite():
        raise InvalidValue("value", "a factor is a finite number")
    return factor


@attrs.frozen(kw_only=True)
class Param:
    """A number that a rule lets the practice set.

    Its usual value is either ``default``, or the dated parameter whose code is ``parameter``, or neither:
    then the rule asks :meth:`Settings.is_set` first. With ``per="payer"`` a policy may set it for one payer
    as well as for all.

    Raises:
        InvalidValue: when the name's shape is wrong, both or a wrong default are given, or ``doc`` is empty.
    """

    name: str
    unit: Unit
    doc: str
    default: ParameterValue | None = None
    parameter: str = ""
    per: str = ""

    def __attrs_post_init__(self) -> None:
        if re.fullmatch(_NAME, self.name, re.ASCII) is None or (self.per and self.per == self.name):
            raise InvalidValue("rule parameter", "its name is lower-case words joined by underscores")
        if not self.doc.strip():
            raise InvalidValue("rule parameter", "it says what it means")
        if self.default is not None and self.parameter:
            raise InvalidValue("rule parameter", "it has a default or a dated parameter, not both")
        if self.default is not None:
            read_value(self.unit, self.default)


@attrs.frozen(init=False)
class Parameters:
    """Dated parameters by their code.

    Raises:
        InvalidValue: when two have the same code.
    """

    items: tuple[Parameter, ...]
    _by_code: dict[str, Parameter] = attrs.field(eq=False, repr=False)

    def __init__(self, items: tuple[Parameter, ...] = ()) -> None:
        by_code = {item.code: item for item in items}
        if len(by_code) != len(items):
            raise InvalidValue("set of parameters", "two parameters have the same code")
        self.__attrs_init__(tuple(sorted(items, key=lambda item: item.code)), by_code)

    def __getitem__(self, code: str) -> Parameter:
        """The parameter of that code.

        Raises:
            UnknownName: when there is none; it suggests the nearest.
        """
        if code not in self._by_code:
            raise unknown("parameter", code, self._by_code)
        return self._by_code[code]

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self.items)

    def __add__(self, other: "Parameters") -> "Parameters":
        return Parameters(self.items + other.items)

    def at(self, code: str, on: date) -> Reading:
        """What the parameter says on a day.

        Raises:
            UnknownName: when no parameter has that code.
            CannotCheck: when the day is before the parameter's first value.
        """
        try:
            return self[code].at(on)
        except NotInForce as cause:
            raise CannotCheck(str(cause)) from None


def _forget(_: Reading) -> None:
    """For settings that nobody watches."""


@attrs.frozen
class Settings:
    """The numbers in force for one rule in one run: what the policy set, else what the rule declares.

    ``chosen`` holds the policy's values by parameter name and key (a payer's id, or nothing for everybody).
    """

    params: tuple[Param, ...] = ()
    chosen: Chosen = ()
    parameters: Parameters = Parameters()
    on: date = date.min
    record: Callable[[Reading], object] = attrs.field(default=_forget, eq=False, repr=False)
    """Told of each dated parameter that is read, so that the engine can say which are stale."""

    def is_set(self, name: str, *, key: str = "") -> bool:
        """Whether there is a value at all, from the policy or from the rule.

        Raises:
            UnknownName: when the rule declares no such parameter.
        """
        param = self._declared(name)
        return self._choice(name, key) is not None or param.default is not None or bool(param.parameter)

    def reading(self, name: str, *, key: str = "") -> Reading:
        """The value with its unit, its source and whether it is stale.

        Raises:
            UnknownName: when the rule declares no such parameter.
            CannotCheck: when nobody has set it, or the dated one behind it is not loaded or begins later.
        """
        param = self._declared(name)
        value = self._choice(name, key)
        value = param.default if value is None else value
        if value is not None:
            return Reading(code=name, value=value, unit=param.unit, since=date.min, cites=(), is_stale=False)
        if not param.parameter:
            raise CannotCheck(f"{name} is not set")
        if param.parameter not in self.parameters:
            raise CannotCheck(f"the parameter {param.parameter} is not loaded")
        reading = self.parameters.at(param.parameter, self.on)
        self.record(reading)
        return reading

    def count(self, name: str, *, key: str = "") -> int:
        """The value of a parameter that counts days, months, years or things.

        Raises:
            UnknownName, CannotCheck: as :meth:`reading`.
            InvalidValue: when the parameter does not count anything.
        """
        value = self.reading(name, key=key).value
        if type(value) is not int:
            raise InvalidValue("rule parameter", f"{name} does not count anything")
        return value

    def _declared(self, name: str) -> Param:
        for param in self.params:
            if param.name == name:
                return param
        raise unknown("parameter of this rule", name, [param.name for param in self.params])

    def _choice(self, name: str, key: str) -> ParameterValue | None:
        values = {chosen_key: value for chosen, chosen_key, value in self.chosen if chosen == name}
        return values.get(key, values.get(""))
