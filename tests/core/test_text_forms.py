"""The texts that core values write, letter for letter: they stand in records, on letters and in rule tables."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from medoffice.core import (
    EIN,
    ICD10CM,
    MBI,
    NPI,
    Address,
    Cite,
    DateRange,
    Finding,
    Language,
    Money,
    Percent,
    PersonName,
    Phone,
    Severity,
    TimeSlot,
)

NOON, ONE = (datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (12, 13))
HOME = Address(street="1 Elm St", unit="Apt 2", city="Chicago", state="IL", zip_code="60601-1234")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money.zero, "$0.00"),
        (Money(5), "$0.05"),
        (Money(-5), "-$0.05"),
        (Money(123456), "$1,234.56"),
        (Money(-100_000_000), "-$1,000,000.00"),
        (Percent(Decimal(0)), "0%"),
        (Percent(Decimal(20)), "20%"),
        (Percent(Decimal("12.50")), "12.5%"),
        (Percent(Decimal("1E+2")), "100%"),
        (DateRange(date(2026, 1, 1), date(2026, 12, 31)), "2026-01-01/2026-12-31"),
        (DateRange(date(2026, 1, 1)), "2026-01-01/.."),
        (TimeSlot(NOON, ONE), "2026-11-24T12:00:00Z/2026-11-24T13:00:00Z"),
        (NPI("1234567893"), "1234567893"),
        (EIN("123456789"), "12-3456789"),
        (MBI("1EG4TE5MK73"), "1EG4-TE5-MK73"),
        (ICD10CM("E11.9"), "E11.9"),
        (Phone("3125550123"), "(312) 555-0123"),
        (Language("zh-Hans"), "zh-Hans"),
        (PersonName(family="Ng"), "Ng"),
        (PersonName(family="Rivera", given="Jordan", middle="Q"), "Rivera, Jordan Q"),
        (PersonName(family="Rivera", given="Jordan", suffix="Jr"), "Rivera, Jordan, Jr"),
        (HOME, "1 Elm St Apt 2, Chicago, IL 60601-1234"),
        (Cite("42 CFR", "424.44(a)"), "42 CFR, 424.44(a)"),
        (
            Finding(code="MOD025", severity=Severity.WARNING, message="look again", where="line 2"),
            "MOD025 warning: look again (line 2)",
        ),
    ],
    ids=str,
)
def test_the_text_of_a_value(value: object, text: str) -> None:
    """A value writes itself in this form and no other; a zero has no sign."""
    assert str(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money(-5), "Money.parse('-$0.05')"),
        (Money.zero, "Money.parse('$0.00')"),
        (Percent(Decimal("12.50")), "Percent.parse('12.5%')"),
        (NPI("1234567893"), "NPI(value='1234567893')"),
        (MBI("1EG4TE5MK73"), "MBI(value=***)"),
        (
            PersonName(family="Rivera", given="Jordan"),
            "PersonName(family=***, given=***, middle=***, suffix=***)",
        ),
        (HOME, "Address(street=***, unit=***, city=***, state='IL', zip_code=***)"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_repr_of_a_value(value: object, text: str) -> None:
    """A repr can be typed in where the value is no secret, and shows the fields but not their content where it is."""
    assert repr(value) == text
