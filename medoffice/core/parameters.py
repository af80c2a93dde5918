"""Numbers that law and payers set: each with its days, its source, and how far somebody has checked it."""

import re
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

import attrs

from medoffice.core.errors import InvalidValue, NotInForce
from medoffice.core.findings import Cite, Finding, Severity
from medoffice.core.money import Money, Percent
from medoffice.core.timeline import Timeline

_CODE: Final = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*"

ParameterValue = Money | Percent | Decimal | int | bool | str


class Unit(Enum):
    """What a parameter's number counts."""

    MONEY = "money"
    PERCENT = "percent"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    COUNT = "count"
    FACTOR = "factor"
    SWITCH = "switch"
    TEXT = "text"


_TYPES: Final[dict[Unit, type]] = {
    Unit.MONEY: Money,
    Unit.PERCENT: Percent,
    Unit.DAYS: int,
    Unit.MONTHS: int,
    Unit.YEARS: int,
    Unit.COUNT: int,
    Unit.FACTOR: Decimal,
    Unit.SWITCH: bool,
    Unit.TEXT: str,
}


@attrs.frozen(kw_only=True)
class Cited:
    """One value of a parameter and where it is written."""

    value: ParameterValue
    cites: tuple[Cite, ...]

    def __attrs_post_init__(self) -> None:
        if not self.cites:
            raise InvalidValue("parameter", "each value names its source")


@attrs.frozen(kw_only=True)
class Reading:
    """What a parameter says on a day; ``is_stale`` when nobody has verified it as far as that day."""

    code: str
    value: ParameterValue
    unit: Unit
    since: date
    cites: tuple[Cite, ...]
    is_stale: bool

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A warning when the reading is stale; nothing otherwise."""
        if not self.is_stale:
            return ()
        return (
            Finding(
                code="PAR001",
                severity=Severity.WARNING,
                message=f"{self.code} has not been verified as far as the day it was used for",
                where=self.code,
                fix="Check the source again and move verified_through, or load a newer parameter file.",
                cites=self.cites,
            ),
        )


@attrs.frozen(kw_only=True)
class Parameter:
    """A number with a code (``filing.medicare_months``), a unit, its values by day, and ``verified_through``.

    After ``verified_through`` it still answers, marked stale: an office must not stop because a file aged.

    Raises:
        InvalidValue: when the code's shape is wrong or a value does not have the unit's type.
    """

    code: str
    description: str
    unit: Unit
    values: Timeline[Cited]
    verified_through: date

    def __attrs_post_init__(self) -> None:
        if re.fullmatch(_CODE, self.code, re.ASCII) is None:
            raise InvalidValue("parameter", "its code is lower-case words joined by dots")
        for entry in self.values:
            if type(entry.value.value) is not _TYPES[self.unit]:
                raise InvalidValue("parameter", f"a value of unit {self.unit.value} has another type")

    def at(self, on: date) -> Reading:
        """The value in force on a day.

        Raises:
            NotInForce: when the day is before the first value.
        """
        try:
            entry = self.values.at(on)
        except NotInForce as cause:
            raise NotInForce(self.code, cause.reason) from None
        return Reading(
            code=self.code,
            value=entry.value.value,
            unit=self.unit,
            since=entry.since,
            cites=entry.value.cites,
            is_stale=on > self.verified_through,
        )
