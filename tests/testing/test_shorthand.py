"""Coders' shorthand becomes a claim, and what cannot be read is pointed at."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.claims import Filing
from medoffice.billing.coding import GlobalDays
from medoffice.core import ICD10CM, Modifier, Money
from medoffice.rules import NotLoaded, Table
from medoffice.testing import ShorthandFault, read_example
from medoffice.testing.shorthand import Choice


def test_a_plain_word_is_a_whole_claim() -> None:
    """What is not said has its usual value."""
    example = read_example("VISIT")
    (line,) = example.claim.lines
    assert str(line.procedure) == "99213"
    assert line.pointers == (1,)
    assert line.units == 1
    assert line.charge == Money(100_00)
    assert line.day == example.context.filed_on == date(2026, 3, 2)
    assert str(line.place) == "11"
    assert example.claim.diagnoses == (ICD10CM("Z00.00"),)
    assert example.claim.filing is Filing.COMMERCIAL
    assert len(example.context.parameters) > 0


def test_everything_can_be_said() -> None:
    """Each option of a line and of the claim arrives."""
    example = read_example(
        "99214-25-59 ptr=2,1 day=+3 by=B pos=22 units=2.5 charge=$12.34 + G0439 global=YYY day=2026-01-09 ptr=none"
        " | dx=E11.9,Z23 on=2026-01-05 filed=+10 payer=MEDX pos=12 set=days:90 set=days@60054:60 set=strict:true"
    )
    first, second = example.claim.lines
    assert first.modifiers == (Modifier("25"), Modifier("59"))
    assert (first.pointers, first.units, first.charge) == ((2, 1), Decimal("2.5"), Money(12_34))
    assert (first.day, str(first.place)) == (date(2026, 1, 8), "22")
    assert first.rendering != second.rendering
    assert (second.day, second.pointers, str(second.place)) == (date(2026, 1, 9), (), "12")
    assert [str(code) for code in example.claim.diagnoses] == ["E11.9", "Z23"]
    assert example.context.filed_on == date(2026, 1, 15)
    assert str(example.claim.payer) == "MEDX"
    assert isinstance(example.context.global_days, Table)
    assert example.context.global_days.rows == {second.procedure: GlobalDays.CARRIER_DECIDES}
    assert example.choices == (
        Choice(param="days", value=90),
        Choice(param="days", value=60, key="60054"),
        Choice(param="strict", value=True),
    )


def test_medicare_is_a_payer_by_name() -> None:
    """The word stands for Medicare part B."""
    assert read_example("VISIT | payer=medicare").claim.filing is Filing.MEDICARE_B


def test_tables_can_be_left_out() -> None:
    """So that a rule's case can show that it is not checked."""
    example = read_example("VISIT | without=global_days without=parameters")
    assert isinstance(example.context.global_days, NotLoaded)
    assert len(example.context.parameters) == 0


@given(st.dates(date(2013, 1, 1), date(2090, 1, 1)), st.integers(0, 4000))
def test_days_are_said_by_name_or_by_distance(day: date, later: int) -> None:
    """``+N`` is so many days after the day of service."""
    example = read_example(f"VISIT + MINOR day=+{later} | filed=+{later}", on=day)
    assert example.claim.first_day == day
    assert example.claim.lines[1].day == example.context.filed_on == day + timedelta(days=later)
    assert read_example(f"VISIT | on={day}") == read_example("VISIT", on=day)


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", 1, "a service is missing"),
        ("VISIT +", 8, "a service is missing"),
        ("+ VISIT", 1, "no service before"),
        ("VISIT + | dx=Z23", 9, "no service before"),
        ("VISIT | dx=Z23 | dx=Z23", 16, "no service before"),
        ("VISTI", 1, "did you mean 'VISIT'?"),
        ("VISIT-255", 1, "modifier"),
        ("VISIT-1-2-3-4-5", 1, "modifier"),
        ("VISIT-25-26-27-57-59", 1, "four modifiers"),
        ("VISIT pos", 7, "is not an option"),
        ("VISIT pos=", 7, "is not an option"),
        ("VISIT pso=11", 7, "did you mean 'pos'?"),
        ("VISIT pos=11 pos=12", 14, "twice"),
        ("VISIT pos=1", 11, "place-of-service"),
        ("VISIT ptr=x", 11, "digits"),
        ("VISIT ptr=13", 1, "1 to 12"),
        ("VISIT units=many", 13, "digits"),
        ("VISIT charge=12.345", 14, "dollars"),
        ("VISIT day=+x", 11, "digits"),
        ("VISIT day=+99999 | on=9999-01-01", 11, "calendar ends"),
        ("VISIT | set=days:1234567", 13, "digits"),
        ("VISIT by=Z", 10, "no clinician"),
        ("VISIT global=042", 14, "global period"),
        ("VISIT | dx=E11.99999", 12, "ICD-10-CM"),
        ("VISIT | on=2026-02-30", 12, "no such day"),
        ("VISIT | without=globl_days", 17, "did you mean 'global_days'?"),
        ("VISIT | set=days", 13, "set=name:value"),
        ("VISIT | dx=" + ",".join(["Z23"] * 13), 1, "12 diagnoses"),
    ],
)
def test_what_cannot_be_read_is_pointed_at(text: str, column: int, says: str) -> None:
    """The message says what is wrong and shows the column in the text."""
    with pytest.raises(ShorthandFault) as caught:
        read_example(text)
    assert caught.value.column == column
    assert says in caught.value.reason
    assert str(caught.value).endswith(f"\n  {text}\n  {' ' * (column - 1)}^")


@given(st.text(alphabet="VISITMNOR 0123456789-+|=.,$:@dxptrbyaseufilg²", max_size=40))
def test_any_text_is_a_case_or_refused(text: str) -> None:
    """Whatever the text, reading it ends in a claim or in a fault that points into the text."""
    column = 1
    try:
        read_example(text)
    except ShorthandFault as fault:
        column = fault.column
    assert 1 <= column <= len(text) + 1
