"""What is owed today, with its reasons."""

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import (
    STEPS,
    UNKNOWNS,
    Accumulators,
    Benefit,
    Benefits,
    CostShareOrder,
    Coverage,
    Estimate,
    Payer,
    PlannedLine,
    VerifiedCoverage,
    day_share,
    estimate,
)
from medoffice.billing.benefits import steps
from medoffice.billing.benefits.steps import a_step
from medoffice.core import (
    CoverageId,
    DateRange,
    InvalidValue,
    MemberId,
    Money,
    PatientId,
    PayerId,
    Percent,
    Trace,
)

ON = date(2026, 11, 24)
COVERAGE = Coverage(
    id=CoverageId("c1"),
    patient=PatientId("p1"),
    payer=Payer(PayerId("12345"), "Prairie Health"),
    plan="Silver 3000",
    member_id=MemberId("CANARY0042"),
    effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
)
amounts = st.integers(0, 40_000).map(Money)
balances = st.integers(-40_000, 40_000).map(Money)
lines = st.lists(
    st.builds(
        PlannedLine,
        service=st.sampled_from(["office-visit", "lab"]),
        charge=amounts,
        allowed=st.none() | amounts,
    ),
    max_size=4,
).map(tuple)
days = st.dates(date(2025, 12, 1), date(2027, 1, 31))


def cover(
    copay: str | None = "$30.00",
    coinsurance: str | None = "0%",
    *,
    deductible: str | None = "$0.00",
    limit: str | None = "$5,000.00",
    applies: bool | None = False,
) -> VerifiedCoverage:
    """A coverage whose payer answered about office visits."""
    visit = Benefit(
        service="office-visit",
        copay=None if copay is None else Money.parse(copay),
        coinsurance=None if coinsurance is None else Percent.parse(coinsurance),
        deductible_applies=applies,
    )
    remaining = Accumulators(
        deductible_remaining=None if deductible is None else Money.parse(deductible),
        out_of_pocket_remaining=None if limit is None else Money.parse(limit),
    )
    benefits = Benefits(benefits=(visit,), remaining=remaining, order=CostShareOrder.COPAY_FIRST)
    return VerifiedCoverage(coverage=COVERAGE, benefits=benefits, verified_on=ON)


def visit_at(allowed: str, charge: str = "$200.00") -> PlannedLine:
    """An office visit."""
    return PlannedLine(service="office-visit", charge=Money.parse(charge), allowed=Money.parse(allowed))


def read(owed: Estimate) -> list[tuple[str, str]]:
    """The steps as codes and amounts."""
    return [(step.code, str(step.amount)) for step in owed.trace.steps]


covers = st.none() | st.builds(
    cover,
    st.none() | amounts.map(str),
    st.none() | st.integers(0, 100).map(lambda percent: f"{percent}%"),
    deductible=st.none() | amounts.map(str),
    limit=st.none() | amounts.map(str),
    applies=st.none() | st.booleans(),
)


@given(lines, covers, balances, days)
def test_what_is_owed_adds_up_and_is_never_below_nothing(
    planned: tuple[PlannedLine, ...], covered: VerifiedCoverage | None, balance: Money, on: date
) -> None:
    """The steps add up to the amount, every code has its words, and a credit is never paid out."""
    owed = estimate(lines=planned, cover=covered, balance=balance, on=on)
    assert owed.due_today == owed.trace.amount >= Money.zero
    assert {step.code for step in owed.trace.steps} <= set(STEPS)
    assert set(owed.unknowns) <= set(UNKNOWNS)


@given(lines, covers, balances, days)
def test_a_balance_adds_to_the_share_and_a_credit_lowers_it(
    planned: tuple[PlannedLine, ...], covered: VerifiedCoverage | None, balance: Money, on: date
) -> None:
    """With a balance the answer is the share and the balance, or nothing when the credit is larger."""
    share = estimate(lines=planned, cover=covered, on=on)
    owed = estimate(lines=planned, cover=covered, balance=balance, on=on)
    assert owed.due_today == max(Money.zero, share.due_today + balance)
    assert owed.unknowns == share.unknowns


@given(lines, covers, days)
def test_the_office_s_charge_is_owed_exactly_when_no_coverage_runs(
    planned: tuple[PlannedLine, ...], covered: VerifiedCoverage | None, on: date
) -> None:
    """Without coverage on the day the charges are owed; a coverage that has run out is named."""
    owed = estimate(lines=planned, cover=covered, on=on)
    if covered is not None and covered.coverage.is_active(on):
        share = day_share(planned, covered.benefits).owed
        assert (owed.due_today, owed.trace, owed.unknowns) == (share.value, share.trace, share.unknowns)
        assert "self-pay" not in dict(read(owed))
    else:
        assert owed.due_today == Money.total(each.charge for each in planned)
        assert owed.unknowns == (() if covered is None else ("coverage-not-active",))


def test_a_copay() -> None:
    """The commonest visit: $30.00, because the plan says so."""
    owed = estimate(lines=(visit_at("$125.00"),), cover=cover(), on=ON)
    assert (str(owed.due_today), read(owed)) == ("$30.00", [("copay", "$30.00")])
    assert owed.is_certain


def test_a_copay_is_never_above_the_allowed_amount() -> None:
    """$30.00 on a service for which the plan allows $22.50 is $22.50, and the difference is shown."""
    owed = estimate(lines=(visit_at("$22.50"),), cover=cover(), on=ON)
    assert read(owed) == [("copay", "$30.00"), ("copay-cap", "-$7.50")]
    assert str(owed.due_today) == "$22.50"


def test_all_parts_of_a_share_in_their_order() -> None:
    """Co-pay, deductible and co-insurance in the plan's order, a limit that cuts them, and an old balance."""
    planned = (visit_at("$180.00"),)
    covered = cover("$30.00", "20%", deductible="$50.00", limit="$95.00", applies=True)
    owed = estimate(lines=planned, cover=covered, balance=Money.parse("$12.34"), on=ON)
    assert read(owed) == [
        ("copay", "$30.00"),
        ("deductible", "$50.00"),
        ("coinsurance", "$20.00"),
        ("out-of-pocket-cap", "-$5.00"),
        ("balance", "$12.34"),
    ]
    assert str(owed.due_today) == "$107.34"
    first = attrs.evolve(covered.benefits, order=CostShareOrder.DEDUCTIBLE_FIRST)
    other = estimate(lines=planned, cover=attrs.evolve(covered, benefits=first), on=ON)
    assert [code for code, _ in read(other)] == ["deductible", "copay", "coinsurance", "out-of-pocket-cap"]


@pytest.mark.parametrize(
    ("on", "value", "said"),
    [
        (date(2025, 12, 31), "$200.00", ("coverage-not-active",)),
        (date(2026, 1, 1), "$30.00", ()),
        (date(2026, 12, 31), "$30.00", ()),
        (date(2027, 1, 1), "$200.00", ("coverage-not-active",)),
    ],
)
def test_a_coverage_counts_on_its_days(on: date, value: str, said: tuple[str, ...]) -> None:
    """From its first to its last day the plan shares; a day outside costs the office's price."""
    owed = estimate(lines=(visit_at("$125.00"),), cover=cover(), on=on)
    assert (str(owed.due_today), owed.unknowns) == (value, said)


def test_a_credit_is_used_up_to_what_is_owed() -> None:
    """A credit of $50.00 pays a co-pay of $30.00; the rest stays where it is."""
    owed = estimate(lines=(visit_at("$125.00"),), cover=cover(), balance=Money.parse("-$50.00"), on=ON)
    assert read(owed) == [("copay", "$30.00"), ("credit", "-$30.00")]


def test_no_estimate_repeats_who_the_patient_is() -> None:
    """The member id is in no repr and no text of an explanation."""
    covered = cover()
    owed = estimate(lines=(visit_at("$125.00"),), cover=covered, on=ON)
    assert "CANARY" not in f"{covered!r} {owed!r} {owed.trace}"


@pytest.mark.parametrize(
    ("due", "lower", "upper", "reason"),
    [
        (501, 500, 501, "add up"),
        (499, 0, 500, "add up"),
        (500, 501, 502, "between"),
        (500, 0, 499, "between"),
    ],
)
def test_an_estimate_that_does_not_hold_cannot_be_made(due: int, lower: int, upper: int, reason: str) -> None:
    """Its steps add up to what is due, which lies between its bounds."""
    trace = Trace((a_step(steps.SELF_PAY, Money(500)),))
    with pytest.raises(InvalidValue, match=reason):
        Estimate(due_today=Money(due), lower=Money(lower), upper=Money(upper), lines=(), trace=trace)
