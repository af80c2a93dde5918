"""Every place in the order is explained, and the rarer rules of the order."""

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
    payer_order,
    primary_payer,
)
from medoffice.billing.coverage import Relation

BORN = date(1983, 4, 17)
MEDICARE = PlanFacts(key="medicare", kind=PlanKind.MEDICARE)
WORK = PlanFacts(key="work", standing=Standing.ACTIVE, employees=500, since=date(2020, 1, 1))
RETIREE = PlanFacts(key="retiree", standing=Standing.RETIRED, since=date(2021, 1, 1))
SPOUSE = evolve(WORK, key="spouse", relation=Relation.SPOUSE)
AGED = PatientFacts(entitlements=frozenset({Entitlement.AGE}))
DISABLED = PatientFacts(entitlements=frozenset({Entitlement.DISABILITY}))
RENAL = PatientFacts(entitlements=frozenset({Entitlement.ESRD}), esrd_month=5)
APART = PatientFacts(family=Family.APART)

days = st.dates(date(2000, 1, 1), date(2026, 1, 1))
facts = st.builds(
    PlanFacts,
    key=st.just("p"),
    kind=st.sampled_from(PlanKind),
    relation=st.sampled_from(Relation),
    standing=st.none() | st.sampled_from(Standing),
    coordinates=st.booleans(),
    since=st.none() | days,
    employees=st.none() | st.integers(1, 200),
    multi_employer_from=st.none() | st.integers(1, 200),
    excepts_small_employers=st.booleans(),
    holder_birth=st.none() | st.just(BORN) | days,
    custody=st.none() | st.sampled_from(Custody),
    decree=st.none() | st.booleans(),
    authorized=st.none() | st.booleans(),
)
plan_lists = st.lists(facts, min_size=1, max_size=4).map(
    lambda plans: [evolve(plan, key=f"plan-{place}") for place, plan in enumerate(plans)]
)
patients = st.builds(
    PatientFacts,
    family=st.none() | st.sampled_from(Family),
    is_of_age=st.booleans(),
    entitlements=st.frozensets(st.sampled_from(Entitlement)),
    esrd_month=st.none() | st.integers(1, 40),
    medicare_was_first_before_esrd=st.none() | st.booleans(),
    is_injury_claim=st.none() | st.booleans(),
)


def of_parent(
    key: str, *, since: date | None = None, born: date | None = None, decree: bool | None = None
) -> PlanFacts:
    """A parent's plan that covers the patient as a child."""
    return PlanFacts(key=key, relation=Relation.CHILD, since=since, holder_birth=born, decree=decree)


@given(plan_lists, patients)
def test_every_step_says_which_plan_why_and_by_which_source(
    plans: list[PlanFacts], patient: PatientFacts
) -> None:
    """Each plan that stands alone is explained with a source, and each group that is not settled is named."""
    said = payer_order(plans, patient)
    assert sorted(key for group in said.value for key in group) == sorted(plan.key for plan in plans)
    assert said.is_certain == all(len(group) == 1 for group in said.value)
    assert set(said.unknowns) <= set(UNKNOWNS)
    for step in said.trace.steps:
        key, why = step.why.split(": ", 1)
        assert key in {plan.key for plan in plans}
        assert why
        assert step.cites
    alone = {group[0] for group in said.value if len(group) == 1}
    assert len(plans) == 1 or alone <= {step.why.split(": ", 1)[0] for step in said.trace.steps}


@given(st.data(), plan_lists, patients)
def test_the_order_in_which_plans_are_given_makes_no_difference(
    data: st.DataObject, plans: list[PlanFacts], patient: PatientFacts
) -> None:
    """The same plans have the same order, the same reasons and the same unknowns, however they are shuffled."""
    said = payer_order(plans, patient)
    assert payer_order(plans[::-1], patient) == said
    assert payer_order(data.draw(st.permutations(plans)), patient) == said


@given(plan_lists, patients)
def test_every_plan_stands_in_one_place(plans: list[PlanFacts], patient: PatientFacts) -> None:
    """The order holds each plan once and nothing else, and no place of it is empty."""
    groups = payer_order(plans, patient).value
    assert all(groups)
    assert sorted(key for group in groups for key in group) == sorted(plan.key for plan in plans)


@given(plan_lists, patients)
def test_medicaid_waits_for_all_that_pay(plans: list[PlanFacts], patient: PatientFacts) -> None:
    """Where all is settled, nothing but what does not pay for the visit stands after Medicaid."""
    said = payer_order(plans, patient)
    if not said.is_certain:
        return
    of = {plan.key: plan.kind for plan in plans}
    order = [of[group[0]] for group in said.value]
    pays_nothing = {PlanKind.ACCIDENT, PlanKind.VETERANS, PlanKind.MEDICAID}
    if PlanKind.MEDICAID in order:
        assert set(order[order.index(PlanKind.MEDICAID) :]) <= pays_nothing


def test_no_reason_tells_a_birth_date_or_a_month_of_illness() -> None:
    """What is protected decides, and is in no reason and no repr."""
    plans = [of_parent("a", born=BORN), of_parent("b", born=date(1985, 11, 23))]
    said = payer_order(plans, PatientFacts(family=Family.TOGETHER))
    renal = payer_order([WORK, MEDICARE], evolve(RENAL, esrd_month=17))
    text = f"{said!r} {said.trace} {renal!r} {renal.trace} {plans!r}"
    assert not [word for word in ("1983", "1985", "17", "23", "renal", "ESRD") if word in text]


def keys(plans: list[PlanFacts], patient: PatientFacts) -> str:
    """The order as one word a payer; what is not settled is joined by a plus."""
    return " ".join("+".join(group) for group in payer_order(plans, patient).value)


@pytest.mark.parametrize(
    ("plans", "patient", "order"),
    [
        pytest.param(
            [SPOUSE, RETIREE, MEDICARE], AGED, "spouse medicare retiree", id="medicare-reverses-own-plan"
        ),
        pytest.param(
            [SPOUSE, RETIREE], PatientFacts(), "retiree spouse", id="without-medicare-own-plan-first"
        ),
        pytest.param(
            [evolve(WORK, relation=Relation.CHILD), MEDICARE],
            AGED,
            "medicare work",
            id="age-is-not-a-childs-work",
        ),
        pytest.param(
            [evolve(WORK, relation=Relation.CHILD), MEDICARE],
            DISABLED,
            "work medicare",
            id="disability-any-family",
        ),
        pytest.param(
            [evolve(WORK, employees=5, multi_employer_from=20, excepts_small_employers=True), MEDICARE],
            AGED,
            "medicare work",
            id="multi-employer-plan-that-elected-the-exception",
        ),
        pytest.param(
            [evolve(WORK, employees=5, multi_employer_from=100, excepts_small_employers=True), MEDICARE],
            DISABLED,
            "work medicare",
            id="the-exception-is-not-for-disability",
        ),
        pytest.param(
            [evolve(WORK, standing=Standing.CONTINUATION), MEDICARE],
            RENAL,
            "work medicare",
            id="cobra-in-the-30-months",
        ),
        pytest.param(
            [evolve(WORK, standing=Standing.CONTINUATION), MEDICARE], AGED, "medicare work", id="cobra-by-age"
        ),
        pytest.param(
            [evolve(WORK, kind=PlanKind.INDIVIDUAL), MEDICARE],
            AGED,
            "medicare work",
            id="individual-after-medicare",
        ),
        pytest.param(
            [evolve(WORK, key="own", kind=PlanKind.INDIVIDUAL, standing=None, since=date(2019, 1, 1)), WORK],
            PatientFacts(),
            "own work",
            id="individual-and-group-by-length",
        ),
        pytest.param(
            [PlanFacts(key="gap", kind=PlanKind.SUPPLEMENT), RETIREE, MEDICARE],
            AGED,
            "medicare retiree gap",
            id="medigap",
        ),
        pytest.param(
            [
                PlanFacts(key="medicaid", kind=PlanKind.MEDICAID),
                PlanFacts(key="tricare", kind=PlanKind.TRICARE),
                PlanFacts(key="gap", kind=PlanKind.SUPPLEMENT),
                MEDICARE,
            ],
            AGED,
            "medicare gap tricare medicaid",
            id="tricare-last-but-medicaid",
        ),
        pytest.param(
            [PlanFacts(key="va", kind=PlanKind.VETERANS, authorized=True), MEDICARE],
            AGED,
            "va medicare",
            id="va-yes",
        ),
        pytest.param(
            [PlanFacts(key="va", kind=PlanKind.VETERANS, authorized=False), MEDICARE],
            AGED,
            "medicare va",
            id="va-no",
        ),
        pytest.param(
            [PlanFacts(key="comp", kind=PlanKind.ACCIDENT), MEDICARE],
            evolve(AGED, is_injury_claim=False),
            "medicare comp",
            id="accident-cover-without-the-injury",
        ),
        pytest.param(
            [PlanFacts(key="comp", kind=PlanKind.ACCIDENT), MEDICARE],
            AGED,
            "comp+medicare",
            id="injury-not-known",
        ),
        pytest.param(
            [
                of_parent("a", born=date(1985, 9, 1), decree=True),
                of_parent("b", born=date(1985, 2, 1), decree=True),
            ],
            APART,
            "b a",
            id="decree-names-both",
        ),
        pytest.param(
            [
                of_parent("a", born=date(1985, 9, 1), decree=False),
                of_parent("b", born=date(1985, 2, 1), decree=False),
            ],
            PatientFacts(family=Family.JOINT),
            "b a",
            id="joint-custody-by-birthday",
        ),
        pytest.param(
            [
                of_parent("a", born=date(1985, 9, 1), decree=True),
                of_parent("b", born=date(1985, 2, 1), decree=False),
            ],
            PatientFacts(family=Family.JOINT),
            "a b",
            id="joint-custody-but-one-is-responsible",
        ),
        pytest.param(
            [of_parent("a", born=date(1985, 9, 1)), of_parent("b", born=date(1985, 2, 1))],
            PatientFacts(family=Family.JOINT),
            "a+b",
            id="joint-custody-asks-for-the-decree",
        ),
        pytest.param(
            [
                of_parent("a", born=date(1985, 9, 1), since=date(2015, 1, 1)),
                of_parent("b", born=date(1980, 9, 1), since=date(2010, 1, 1)),
            ],
            PatientFacts(family=Family.TOGETHER),
            "b a",
            id="same-birthday-by-length",
        ),
        pytest.param(
            [of_parent("a", born=date(1985, 9, 1)), of_parent("b", born=date(1980, 9, 1))],
            PatientFacts(family=Family.TOGETHER),
            "a+b",
            id="same-birthday-length-not-known",
        ),
        pytest.param(
            [
                evolve(
                    of_parent("a", decree=False, since=date(2015, 1, 1)),
                    custody=Custody.CUSTODIAL,
                    standing=Standing.ACTIVE,
                ),
                evolve(
                    of_parent("b", decree=False, since=date(2010, 1, 1)),
                    custody=Custody.NON_CUSTODIAL,
                    standing=Standing.ACTIVE,
                ),
            ],
            evolve(APART, is_of_age=True),
            "b a",
            id="of-age-custody-no-longer-counts",
        ),
        pytest.param(
            [of_parent("a", decree=True), of_parent("b", decree=False)],
            evolve(APART, is_of_age=True),
            "a b",
            id="of-age-but-a-decree-binds",
        ),
        pytest.param(
            [of_parent("mother", since=date(2010, 1, 1)), evolve(SPOUSE, since=date(2024, 1, 1))],
            PatientFacts(family=Family.TOGETHER),
            "mother spouse",
            id="own-spouse-and-parent-by-length",
        ),
        pytest.param(
            [
                of_parent("mother", since=date(2024, 1, 1), born=date(1970, 8, 1)),
                evolve(SPOUSE, since=date(2024, 1, 1), holder_birth=date(2001, 3, 1)),
            ],
            PatientFacts(),
            "spouse mother",
            id="own-spouse-and-parent-from-one-day",
        ),
        pytest.param(
            [
                evolve(of_parent("aunt", born=date(1985, 11, 1)), relation=Relation.OTHER),
                of_parent("b", born=date(1985, 10, 1)),
            ],
            PatientFacts(family=Family.TOGETHER),
            "b aunt",
            id="who-is-no-parent-counts-as-one",
        ),
        pytest.param([evolve(WORK, key="a"), WORK], PatientFacts(), "a+work", id="no-rule-settles"),
    ],
)
def test_the_rarer_rules(plans: list[PlanFacts], patient: PatientFacts, order: str) -> None:
    """One case a rule, the same from either end."""
    assert keys(plans, patient) == keys(plans[::-1], patient) == order


@pytest.mark.parametrize(
    ("family", "is_of_age"), [(Family.APART, True), (Family.APART, False), (Family.JOINT, True)]
)
def test_parents_apart_never_guess_a_decree(family: Family, is_of_age: bool) -> None:  # noqa: FBT001
    """Where nobody said whether there is a decree, the parents' plans stay together."""
    plans = [
        evolve(of_parent("a", born=BORN), custody=Custody.CUSTODIAL),
        of_parent("b", born=BORN, decree=False),
    ]
    said = primary_payer(plans, PatientFacts(family=family, is_of_age=is_of_age))
    assert (said.value, said.unknowns) == (("a", "b"), ("family-facts-not-known",))


def test_a_biller_can_read_the_reasons() -> None:
    """The trace is plan by plan, in the order of payment, each with its source."""
    said = payer_order([RETIREE, MEDICARE, SPOUSE], AGED)
    assert [(step.code, step.why) for step in said.trace.steps] == [
        ("medicare", "spouse: before Medicare: it is held by current work with an employer of 20 or more"),
        ("medicare", "medicare: Medicare pays after the plans that the law puts before it, else first"),
        ("medicare", "retiree: after Medicare: it is not held by anybody's current work"),
    ]
    assert str(said.trace.steps[0].cites[0]) == "42 U.S.C. 1395y, (b)(1)(A); 42 CFR 411.170, 411.172"
