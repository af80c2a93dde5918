"""Which payer is first."""

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.coordination import (
    UNKNOWNS,
    Custody,
    Entitlement,
    Family,
    PatientFacts,
    PlanFacts,
    PlanKind,
    Standing,
    order,
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
    said = payer_order(plans, TOGETHER)
    assert payer_order(plans[::-1], TOGETHER) == said
    names = {"a": "b", "b": "a"}
    renamed = tuple(tuple(sorted(names[key] for key in group)) for group in said.value)
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


WORK = PlanFacts(key="work", standing=Standing.ACTIVE, employees=5, since=date(2020, 1, 1))
AGED = PatientFacts(entitlements=frozenset({Entitlement.AGE}))


@pytest.mark.parametrize(
    ("plans", "patient", "groups"),
    [
        pytest.param(
            [PlanFacts(key="a", kind=PlanKind.MEDICAID), MEDICARE],
            AGED,
            (("medicare",), ("a",)),
            id="medicaid-last",
        ),
        pytest.param(
            [PlanFacts(key="a", standing=Standing.RETIRED, employees=500), MEDICARE],
            AGED,
            (("medicare",), ("a",)),
            id="retiree-plan-after-medicare",
        ),
        pytest.param(
            [evolve(WORK, multi_employer_from=20), MEDICARE],
            AGED,
            (("work",), ("medicare",)),
            id="multi-employer-plan",
        ),
        pytest.param(
            [PlanFacts(key="a", kind=PlanKind.VETERANS), MEDICARE],
            AGED,
            (("a", "medicare"),),
            id="veterans-never-guessed",
        ),
        pytest.param(
            [WORK, PlanFacts(key="a", kind=PlanKind.ACCIDENT)],
            PatientFacts(is_injury_claim=True),
            (("a",), ("work",)),
            id="accident-first",
        ),
        pytest.param(
            [WORK, PlanFacts(key="a", relation=Relation.SPOUSE)],
            PatientFacts(),
            (("work",), ("a",)),
            id="own-before-dependent",
        ),
        pytest.param(
            [WORK, PlanFacts(key="a", relation=Relation.SPOUSE, coordinates=False)],
            PatientFacts(),
            (("a",), ("work",)),
            id="no-cob-rules-first",
        ),
        pytest.param(
            [evolve(WORK, key="a", standing=Standing.CONTINUATION), WORK],
            PatientFacts(),
            (("work",), ("a",)),
            id="continuation-after-work",
        ),
        pytest.param(
            [WORK, evolve(WORK, key="a", since=date(2021, 1, 1))],
            PatientFacts(),
            (("work",), ("a",)),
            id="longer-cover-first",
        ),
        pytest.param(
            [
                PlanFacts(key="a", relation=Relation.CHILD, decree=True),
                PlanFacts(key="b", relation=Relation.CHILD, decree=False, custody=Custody.CUSTODIAL),
            ],
            PatientFacts(family=Family.APART),
            (("a",), ("b",)),
            id="decree-before-custody",
        ),
        pytest.param(
            [PlanFacts(key="a", relation=Relation.CHILD), PlanFacts(key="b", relation=Relation.CHILD)],
            PatientFacts(),
            (("a", "b"),),
            id="family-never-guessed",
        ),
    ],
)
def test_each_rule_has_its_order(
    plans: list[PlanFacts], patient: PatientFacts, groups: tuple[tuple[str, ...], ...]
) -> None:
    """One case a rule; an unsettled group comes with a named unknown."""
    said = payer_order(plans, patient)
    assert said.value == groups
    assert said.is_certain == (len(groups) == len(plans))


@pytest.mark.parametrize(("was_first", "first"), [(True, ("medicare",)), (False, ("work",))])
def test_dual_entitlement_keeps_medicare_first_where_it_was(was_first: bool, first: tuple[str, ...]) -> None:  # noqa: FBT001
    """Within the thirty months, Medicare stays first only where it was first by age or disability before."""
    patient = PatientFacts(
        entitlements=frozenset({Entitlement.AGE, Entitlement.ESRD}),
        esrd_month=3,
        medicare_was_first_before_esrd=was_first,
    )
    assert primary_payer([WORK, MEDICARE], patient).value == first


def test_every_unknown_has_its_words() -> None:
    """Each code that the order can leave behind has an English sentence, and no sentence is idle."""
    codes = {rule.unknown for rule in order._RULES if rule.unknown}
    assert codes | {"no-rule-settles-the-order"} == set(UNKNOWNS)
