"""Which payer is first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.coordination import (
    Custody,
    Entitlement,
    Family,
    PatientFacts,
    PlanFacts,
    PlanKind,
    Standing,
    payer_order,
    primary_payer,
)
from medoffice.billing.coverage import Relation

days = st.dates(date(1950, 1, 1), date(2020, 1, 1))
MEDICARE = PlanFacts(key="medicare", kind=PlanKind.MEDICARE)
TOGETHER = PatientFacts(family=Family.TOGETHER)


def of_parent(key: str, birth: date, since: date | None = None) -> PlanFacts:
    return PlanFacts(key=key, relation=Relation.CHILD, holder_birth=birth, since=since)


def test_the_birthday_rule_ignores_the_year() -> None:
    """COB06: born on March 15, 1990, the mother is before the father of July 2, 1985."""
    plans = [of_parent("father", date(1985, 7, 2)), of_parent("mother", date(1990, 3, 15))]
    assert primary_payer(plans, TOGETHER).value == ("mother",)


@given(days, days, days, days)
def test_the_birthday_rule_is_symmetric(one: date, other: date, since: date, later: date) -> None:
    """Swapping the parents swaps the answer, and the order in which plans are given makes no difference."""
    plans = [of_parent("a", one, since), of_parent("b", other, later)]
    swapped = [of_parent("b", one, since), of_parent("a", other, later)]
    order = payer_order(plans, TOGETHER)
    assert payer_order(plans[::-1], TOGETHER) == order
    names = {"a": "b", "b": "a"}
    renamed = tuple(tuple(sorted(names[key] for key in group)) for group in order.value)
    assert payer_order(swapped, TOGETHER).value == renamed


@pytest.mark.parametrize(
    ("why", "size", "first"),
    [
        (Entitlement.AGE, 20, ("work",)),
        (Entitlement.AGE, 19, ("medicare",)),
        (Entitlement.DISABILITY, 99, ("medicare",)),
        (Entitlement.DISABILITY, 100, ("work",)),
        (Entitlement.AGE, None, ("medicare", "work")),
    ],
)
def test_the_employers_size_decides(why: Entitlement, size: int | None, first: tuple[str, ...]) -> None:
    """COB11: a plan of work is before Medicare from 20 (age) or 100 (disability) employees; never guessed."""
    work = PlanFacts(key="work", standing=Standing.ACTIVE, employees=size)
    said = primary_payer([work, MEDICARE], PatientFacts(entitlements=frozenset({why})))
    assert said.value == first
    assert said.is_certain == (size is not None)


@pytest.mark.parametrize(("month", "first"), [(30, "work"), (31, "medicare")])
def test_esrd_has_thirty_months(month: int, first: str) -> None:
    """The group plan pays first through the thirtieth month, whatever the employer's size."""
    patient = PatientFacts(entitlements=frozenset({Entitlement.ESRD}), esrd_month=month)
    assert primary_payer([PlanFacts(key="work"), MEDICARE], patient).value == (first,)


def test_custody_decides_when_parents_live_apart() -> None:
    """Custodial parent, that parent's spouse, the other parent, the other's spouse."""
    plans = [
        PlanFacts(key=custody.name, relation=Relation.CHILD, custody=custody, decree=False)
        for custody in Custody
    ]
    said = payer_order(plans[::-1], PatientFacts(family=Family.APART))
    assert said.value == tuple((custody.name,) for custody in Custody)
