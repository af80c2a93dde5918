"""A claim has the shape of an 837P, and tells nobody whose it is."""

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.claims import MOST_DIAGNOSES, MOST_LINES, Claim, ClaimLine, Filing
from medoffice.core import (
    ICD10CM,
    NPI,
    CPTCode,
    InvalidValue,
    MemberId,
    Modifier,
    Money,
    PatientId,
    PayerId,
    PlaceOfService,
)

LINE = ClaimLine(
    procedure=CPTCode("99213"),
    pointers=(1,),
    charge=Money(100_00),
    day=date(2026, 3, 2),
    place=PlaceOfService("11"),
    rendering=NPI("1234567893"),
)
CLAIM = Claim(
    number="CANARY77",
    patient=PatientId("p-1"),
    member_id=MemberId("1EG4TE5MK73"),
    payer=PayerId("60054"),
    filing=Filing.COMMERCIAL,
    billing=NPI("1234567893"),
    diagnoses=(ICD10CM("E11.9"),),
    lines=(LINE,),
)


@pytest.mark.parametrize(
    "wrong",
    [
        {"modifiers": (Modifier("25"),) * 5},
        {"pointers": (1, 2, 3, 4, 5)},
        {"pointers": (0,)},
        {"pointers": (13,)},
        {"pointers": (True,)},
        {"units": 0},
        {"units": Decimal("NaN")},
        {"units": 1.5},
        {"charge": Money(-1)},
        {"through": date(2026, 3, 1)},
    ],
)
def test_a_line_that_no_claim_form_could_carry_is_refused(wrong: dict[str, Any]) -> None:
    """The limits are those of the 837P's loop 2400."""
    with pytest.raises(InvalidValue):
        attrs.evolve(LINE, **wrong)


def test_the_limits_themselves_fit() -> None:
    """Four modifiers, four pointers, half a unit and no charge are real."""
    line = attrs.evolve(
        LINE, modifiers=(Modifier("25"),) * 4, pointers=(1, 2, 3, 12), units=Decimal("0.5"), charge=Money(0)
    )
    assert line.has_modifier("25")
    assert not LINE.has_modifier("25")
    assert LINE.units == Decimal(1)
    assert LINE.through == LINE.day


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines": ()},
        {"lines": (LINE,) * (MOST_LINES + 1)},
        {"diagnoses": (ICD10CM("E11.9"),) * (MOST_DIAGNOSES + 1)},
        {"number": ""},
        {"number": "A" * 21},
        {"number": "A B"},
    ],
)
def test_a_claim_that_no_claim_form_could_carry_is_refused(wrong: dict[str, Any]) -> None:
    """1 to 50 lines, at most 12 diagnoses, a number of 1 to 20 letters and digits."""
    with pytest.raises(InvalidValue):
        attrs.evolve(CLAIM, **wrong)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=MOST_LINES))
def test_the_total_is_the_sum_of_the_lines(cents: list[int]) -> None:
    """To the cent."""
    claim = attrs.evolve(CLAIM, lines=tuple(attrs.evolve(LINE, charge=Money(amount)) for amount in cents))
    assert claim.total.cents == sum(cents)


@given(st.lists(st.dates(), min_size=1, max_size=MOST_LINES))
def test_the_first_day_is_the_earliest(days: list[date]) -> None:
    """Whatever the order of the lines."""
    claim = attrs.evolve(CLAIM, lines=tuple(attrs.evolve(LINE, day=day, through=day) for day in days))
    assert claim.first_day == min(days)
    assert [where for where, _ in claim.numbered()] == [f"line {n}" for n in range(1, len(days) + 1)]


def test_a_claim_hides_whose_it_is() -> None:
    """The repr of a claim shows no number, member id, diagnosis or day."""
    shown = repr(CLAIM)
    for secret in ("CANARY77", "1EG4", "E11", "2026", "datetime"):
        assert secret not in shown
