"""Dated parameters: in force, stale, or not in force yet."""

from datetime import date
from decimal import Decimal

import attrs
import pytest
from hypothesis import given

from medoffice.core import (
    Cite,
    Cited,
    Dated,
    InvalidValue,
    Money,
    NotInForce,
    Parameter,
    Percent,
    Severity,
    Timeline,
    Unit,
)
from medoffice.core.parameters import ParameterValue
from medoffice.testing.strategies import days, parameters

VALUES: dict[Unit, ParameterValue] = {
    Unit.MONEY: Money(1),
    Unit.PERCENT: Percent(Decimal(1)),
    Unit.DAYS: 1,
    Unit.MONTHS: 1,
    Unit.YEARS: 1,
    Unit.COUNT: 1,
    Unit.FACTOR: Decimal(1),
    Unit.SWITCH: True,
    Unit.TEXT: "1",
}


def parameter(unit: Unit, value: ParameterValue, code: str = "filing.limit") -> Parameter:
    entry = Dated(date(2020, 1, 1), Cited(value=value, cites=(Cite("42 CFR", "424.44"),)))
    return Parameter(
        code=code,
        description="A limit",
        unit=unit,
        values=Timeline((entry,)),
        verified_through=date(2026, 12, 31),
    )


@given(parameters(), days())
def test_a_reading_is_the_value_in_force_and_stale_after_its_check(of: Parameter, on: date) -> None:
    """From its first day on a parameter answers for ever; past its last check the answer is marked, not refused."""
    if on < of.values.entries[0].since:
        with pytest.raises(NotInForce, match=of.code):
            of.at(on)
        return
    reading, entry = of.at(on), of.values.at(on)
    assert (reading.value, reading.cites, reading.since) == (
        entry.value.value,
        entry.value.cites,
        entry.since,
    )
    assert (reading.code, reading.unit) == (of.code, of.unit)
    assert reading.is_stale is (on > of.verified_through)


@given(parameters(), days())
def test_a_stale_reading_is_one_warning(of: Parameter, on: date) -> None:
    """A stale reading gives exactly one warning, with its code and sources; a fresh one gives none."""
    try:
        reading = of.at(on)
    except NotInForce:
        return
    found = [(each.severity, each.where, each.cites) for each in reading.findings]
    assert found == [(Severity.WARNING, of.code, reading.cites)] * reading.is_stale


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("value", VALUES.values(), ids=repr)
def test_a_value_has_the_type_of_its_unit(unit: Unit, value: ParameterValue) -> None:
    """Each unit takes its own type and no other; a switch is no count."""
    if type(value) is type(VALUES[unit]):
        assert parameter(unit, value).at(date(2020, 1, 1)).value == value
    else:
        with pytest.raises(InvalidValue):
            parameter(unit, value)


@pytest.mark.parametrize(
    "code", ["", "Filing", "filing.", ".filing", "filing..limit", "1a", "a-b", "a.1b", "a\n"]
)
def test_a_code_is_lower_case_words_with_dots(code: str) -> None:
    """Anything else is no code for a parameter."""
    with pytest.raises(InvalidValue):
        parameter(Unit.DAYS, 1, code)


def test_each_value_names_its_source() -> None:
    """A value without a citation is refused."""
    cited = Cited(value=1, cites=(Cite("42 CFR"),))
    with pytest.raises(InvalidValue):
        attrs.evolve(cited, cites=())
