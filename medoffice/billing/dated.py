"""Reading a dated parameter as the kind of value that a calculation needs."""

from datetime import date

from medoffice.core import Finding, InvalidValue, Money, Percent
from medoffice.rules import Parameters


def money_at(parameters: Parameters, code: str, on: date) -> tuple[Money, tuple[Finding, ...]]:
    """An amount of money in force on a day, and a warning when nobody has verified it as far as that day.

    Raises:
        UnknownName: when no parameter has that code.
        CannotCheck: when the day is before the parameter's first value.
        InvalidValue: when the parameter is not money.
    """
    reading = parameters.at(code, on)
    if not isinstance(reading.value, Money):
        raise InvalidValue("parameter", f"{code} is an amount of money")
    return reading.value, reading.findings


def percent_at(parameters: Parameters, code: str, on: date) -> tuple[Percent, tuple[Finding, ...]]:
    """A percentage in force on a day, with the same warning.

    Raises:
        UnknownName: when no parameter has that code.
        CannotCheck: when the day is before the parameter's first value.
        InvalidValue: when the parameter is not a percentage.
    """
    reading = parameters.at(code, on)
    if not isinstance(reading.value, Percent):
        raise InvalidValue("parameter", f"{code} is a percentage")
    return reading.value, reading.findings


def count_at(parameters: Parameters, code: str, on: date) -> tuple[int, tuple[Finding, ...]]:
    """A number of days or months in force on a day, with the same warning.

    Raises:
        UnknownName: when no parameter has that code.
        CannotCheck: when the day is before the parameter's first value.
        InvalidValue: when the parameter is not a whole number.
    """
    reading = parameters.at(code, on)
    if type(reading.value) is not int:
        raise InvalidValue("parameter", f"{code} is a whole number")
    return reading.value, reading.findings
