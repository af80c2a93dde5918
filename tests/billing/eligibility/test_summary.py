"""Amounts and visits so far are no limits and no co-pay."""

from decimal import Decimal
from typing import Any

import attrs
import pytest

from medoffice.billing.eligibility import (
    About,
    EligibilityAnswer,
    Level,
    Network,
    Period,
    Statement,
    summarise,
)
from medoffice.billing.eligibility.answer import Party, Quantity
from medoffice.core import Money


def stated(about: About, period: Period, **more: object) -> Statement:
    """One statement about an office visit in the network."""
    return Statement(
        about=about,
        code=about.value,
        service_types=("98",),
        period=period,
        network=Network.IN,
        **more,  # type: ignore[arg-type]
    )


def visits(number: int, period: Period) -> Statement:
    """A limit on visits, or how many were made or are left."""
    quantity = Quantity(unit="VS", number=Decimal(number), period=period)
    return stated(About.LIMITATIONS, Period.NOT_SAID, quantities=(quantity,))


def test_visits_made_are_no_limit_and_those_left_of_a_lifetime_are_left() -> None:
    """Of 30 a year 4 were made and 26 are left, and 90 of a lifetime."""
    answer = EligibilityAnswer(
        payer=Party(role="PR"),
        statements=(
            visits(30, Period.CALENDAR_YEAR),
            visits(4, Period.YEAR_TO_DATE),
            visits(26, Period.REMAINING),
            visits(90, Period.LIFETIME_REMAINING),
        ),
    )
    said = summarise(answer, "98", network=Network.IN)
    assert [each.number for each in said.visits] == [30]
    assert [each.number for each in said.visits_remaining] == [26, 90]


def test_co_pays_paid_so_far_are_no_co_pay() -> None:
    """$30 a visit, and $120 paid this year: the co-pay is $30, and nothing contradicts itself."""
    answer = EligibilityAnswer(
        payer=Party(role="PR"),
        statements=(
            stated(About.COPAYMENT, Period.VISIT, amount=Money(3000)),
            stated(About.COPAYMENT, Period.YEAR_TO_DATE, amount=Money(12000)),
        ),
    )
    said = summarise(answer, "98", network=Network.IN)
    assert (said.copay, said.conflicts) == (Money(3000), ())


def test_visits_that_are_left_are_worked_out_where_only_the_limit_and_those_made_are_stated() -> None:
    """Twenty a year less eighteen; never below none; two limits, or none made, leave it open."""
    year, made = visits(20, Period.CALENDAR_YEAR), visits(18, Period.YEAR_TO_DATE)

    def left(*statements: Statement) -> list[int]:
        said = summarise(EligibilityAnswer(payer=Party(role="PR"), statements=statements), "98")
        return [int(each.number) for each in said.visits_remaining]

    assert left(year, made) == [2]
    assert left(year, visits(25, Period.YEAR_TO_DATE)) == [0]
    assert left(year) == left(made) == []
    assert left(year, visits(30, Period.SERVICE_YEAR), made) == []
    assert left(year, made, visits(5, Period.REMAINING)) == [5]


@pytest.mark.parametrize(
    "other",
    [
        {"level": Level.FAMILY},
        {"service_types": ("98", "50")},
        {"network": Network.NOT_SAID},
        {"plan": "ANOTHER"},
        {"places": ("11",)},
    ],
)
def test_visits_made_under_another_limit_are_not_taken_off_this_one(other: dict[str, Any]) -> None:
    """Of a family, of more services, of any network, of another plan or of one place: what is left stays open."""
    year, made = visits(20, Period.CALENDAR_YEAR), visits(18, Period.YEAR_TO_DATE)

    def left(*statements: Statement) -> tuple[Quantity, ...]:
        answer = EligibilityAnswer(payer=Party(role="PR"), statements=statements)
        return summarise(answer, "98", network=Network.IN).visits_remaining

    assert left(year, made)
    assert left(year, attrs.evolve(made, **other)) == ()
    assert left(attrs.evolve(year, **other), made) == ()
