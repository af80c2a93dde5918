"""What an estimate may turn out to be, whatever the payer answers to what it left open."""

from datetime import date
from typing import Any, Final, TypeVar

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CostShareOrder,
    FamilyLimit,
    PlannedLine,
    TierAccumulators,
    VerifiedCoverage,
    day_share,
    estimate,
)
from medoffice.billing.benefits import unknowns
from medoffice.core import DateRange, Money, Percent
from medoffice.testing import store_records as make

ON: Final = date(2026, 11, 24)
SERVICES: Final = ("office-visit", "lab")
TIERS: Final = ("in-network", "out-of-network")
cents = st.integers(0, 400).map(Money)
percents = st.sampled_from(("0%", "20%", "50%", "80%", "100%")).map(Percent.parse)


def covered(benefits: Benefits) -> VerifiedCoverage:
    """A coverage that runs on the day, with an answer."""
    cover = make.coverage()
    return attrs.evolve(
        cover, coverage=attrs.evolve(cover.coverage, effective=DateRange(ON)), benefits=benefits
    )


def accumulators(amount: st.SearchStrategy[Money | None]) -> st.SearchStrategy[Accumulators]:
    """Limits of every kind."""
    family = st.none() | st.sampled_from(FamilyLimit)
    return st.builds(
        Accumulators,
        deductible_remaining=amount,
        out_of_pocket_remaining=amount,
        family_deductible_remaining=amount,
        family_out_of_pocket_remaining=amount,
        family_deductible=family,
        family_out_of_pocket=family,
        self_only_limit_remaining=st.none() | cents,
    )


@st.composite
def answers(draw: st.DrawFn, *, known: bool = False) -> Benefits:
    """What a payer may answer: all of it, or any part left out."""

    def said(what: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        return what if known else st.none() | what

    keys = [(service, tier) for service in SERVICES for tier in TIERS]
    benefit = st.builds(
        Benefit,
        service=st.just("lab"),
        copay=said(cents),
        coinsurance=said(percents),
        deductible_applies=said(st.booleans()),
        is_preventive=st.sampled_from((False, False, False, True)),
        copay_to_deductible=st.booleans(),
        copay_to_out_of_pocket=st.booleans(),
        visits_remaining=st.none() | st.integers(0, 2),
        plan_pays_remaining=st.none() | cents,
    )
    chosen = keys if known else draw(st.lists(st.sampled_from(keys), unique=True))
    limits = accumulators(cents if known else st.none() | cents)
    own = draw(st.booleans())
    return Benefits(
        benefits=tuple(attrs.evolve(draw(benefit), service=service, tier=tier) for service, tier in chosen),
        remaining=draw(limits),
        order=draw(said(st.sampled_from(CostShareOrder))),  # type: ignore[arg-type]
        tier_limits=(TierAccumulators(TIERS[1], draw(limits)),) if own else (),
    )


def lines(*, known: bool = False) -> st.SearchStrategy[list[PlannedLine]]:
    """A day's lines, whose allowed amount is at most the charge."""
    one = st.builds(
        lambda charge, part, **rest: PlannedLine(
            charge=charge, allowed=None if part is None else charge.share(part), **rest
        ),
        cents,
        percents if known else st.none() | percents,
        service=st.sampled_from(SERVICES),
        tier=st.sampled_from(TIERS),
        balance_billed=st.sampled_from((False, False, True)),
    )
    return st.lists(one, max_size=4)


T = TypeVar("T", Benefit, Accumulators)


def filled(draw: st.DrawFn, value: T, **how: st.SearchStrategy[object]) -> T:
    """A value with each of the named fields that says nothing said."""
    said: dict[str, Any] = {name: draw(each) for name, each in how.items() if getattr(value, name) is None}
    return attrs.evolve(value, **said)


@st.composite
def silences(draw: st.DrawFn) -> tuple[list[PlannedLine], Benefits, list[PlannedLine], Benefits]:
    """Lines and an answer with gaps, and the same with every gap filled in with anything."""
    planned, answer = draw(lines()), draw(answers())
    amounts = dict.fromkeys(
        (
            "deductible_remaining",
            "out_of_pocket_remaining",
            "family_deductible_remaining",
            "family_out_of_pocket_remaining",
        ),
        cents | st.just(Money(10**9)),
    )
    keys = {(each.service, each.tier) for each in answer.benefits}
    missing = [
        Benefit(service=service, tier=tier)
        for service in SERVICES
        for tier in TIERS
        if (service, tier) not in keys
    ]
    whole = attrs.evolve(
        answer,
        benefits=tuple(
            filled(draw, each, copay=cents, coinsurance=percents, deductible_applies=st.booleans())
            for each in (*answer.benefits, *missing)
        ),
        remaining=filled(draw, answer.remaining, **amounts),
        order=answer.order or draw(st.sampled_from(CostShareOrder)),
        tier_limits=tuple(
            TierAccumulators(each.tier, filled(draw, each.remaining, **amounts))
            for each in answer.tier_limits
        ),
    )
    priced = [
        line
        if line.allowed is not None
        else attrs.evolve(line, allowed=Money(draw(st.integers(0, line.charge.cents))))
        for line in planned
    ]
    return planned, answer, priced, whole


@settings(max_examples=500)
@given(silences(), st.integers(-300, 300).map(Money))
def test_the_bounds_hold_whatever_the_silent_fields_turn_out_to_be(
    case: tuple[list[PlannedLine], Benefits, list[PlannedLine], Benefits], balance: Money
) -> None:
    """Fill every gap with anything: what is then owed lies within the bounds given before."""
    planned, answer, priced, whole = case
    made = estimate(lines=planned, cover=covered(answer), balance=balance, on=ON)
    truth = estimate(lines=priced, cover=covered(whole), balance=balance, on=ON)
    assert truth.is_certain
    assert made.lower <= truth.due_today <= made.upper
    assert Money.zero <= made.lower <= made.due_today <= made.upper


@given(lines(known=True), answers(known=True))
def test_bounds_of_what_is_known_are_the_amount_itself(planned: list[PlannedLine], answer: Benefits) -> None:
    """Nothing unknown: lower, due and upper are one."""
    made = estimate(lines=planned, cover=covered(answer), on=ON)
    assert made.is_certain
    assert made.lower == made.due_today == made.upper


@given(lines(), answers(), st.integers(-300, 300).map(Money))
def test_lines_and_balance_make_up_the_amount(
    planned: list[PlannedLine], answer: Benefits, balance: Money
) -> None:
    """And so do the steps."""
    made = estimate(lines=planned, cover=covered(answer), balance=balance, on=ON)
    assert made.trace.amount == made.due_today
    owed = Money.total(line.patient.value for line in made.lines)
    assert max(Money.zero, owed + balance) == made.due_today


@given(lines(), answers())
def test_patient_and_plan_make_up_the_allowed_amount(planned: list[PlannedLine], answer: Benefits) -> None:
    """For every line, balance bill apart; where the allowed amount is not known, what the plan pays is not."""
    made = estimate(lines=planned, cover=covered(answer), on=ON)
    for line in made.lines:
        if line.planned.allowed is None:
            assert line.plan is None
        else:
            assert line.plan is not None
            assert line.plan >= Money.zero
            assert line.patient.value - line.balance_bill + line.plan == line.planned.allowed


@settings(max_examples=300)
@given(lines(known=True), answers(known=True), st.data())
def test_a_larger_allowed_amount_never_costs_less(
    planned: list[PlannedLine], answer: Benefits, data: st.DataObject
) -> None:
    """Under limits of families, tiers and services too (a balance bill apart, which shrinks as it grows)."""
    same = [attrs.evolve(line, balance_billed=False) for line in planned]
    if not same:
        return
    at = data.draw(st.integers(0, len(same) - 1))
    more = data.draw(cents)
    dearer = [*same]
    dearer[at] = attrs.evolve(same[at], allowed=(same[at].allowed or Money.zero) + more)
    assert day_share(same, answer).owed.value <= day_share(dearer, answer).owed.value


@given(lines(known=True), answers(known=True), st.integers(0, 4))
def test_a_day_in_two_estimates_costs_the_same(
    planned: list[PlannedLine], answer: Benefits, cut: int
) -> None:
    """The second estimate begins where the first left the plan, also for lines of the same service."""
    first = day_share(planned[:cut], answer)
    second = day_share(planned[cut:], first.rest_of_day)
    whole = day_share(planned, answer)
    assert first.owed.value + second.owed.value == whole.owed.value
    assert second.rest_of_day == whole.rest_of_day


def test_a_silent_deductible_lies_between_nothing_and_the_allowed_amount() -> None:
    """$100.00 allowed, 20 % after a deductible of which nobody knows what is left: $20.00 to $100.00."""
    visit = Benefit(
        service="lab", copay=Money.zero, coinsurance=Percent.parse("20%"), deductible_applies=True
    )
    answer = Benefits(
        benefits=(visit,),
        remaining=Accumulators(out_of_pocket_remaining=Money(500_000)),
        order=CostShareOrder.COPAY_FIRST,
    )
    line = PlannedLine(service="lab", charge=Money(15_000), allowed=Money(10_000))
    made = estimate(lines=[line], cover=covered(answer), on=ON)
    assert tuple(map(str, (made.lower, made.due_today, made.upper))) == ("$20.00", "$20.00", "$100.00")
    assert made.unknowns == (unknowns.DEDUCTIBLE_NOT_RETURNED,)


def test_a_coverage_that_does_not_run_leaves_nothing_to_the_charge() -> None:
    """The charge is owed, and nothing may be when another coverage is found; without any the charge is sure."""
    cover = make.coverage()
    ended = attrs.evolve(
        cover,
        coverage=attrs.evolve(cover.coverage, effective=DateRange(date(2020, 1, 1), date(2020, 12, 31))),
    )
    line = PlannedLine(service="lab", charge=Money(15_000))
    made = estimate(lines=[line], cover=ended, on=ON)
    assert (made.lower, made.due_today, made.upper) == (Money.zero, Money(15_000), Money(15_000))
    sure = estimate(lines=[line], cover=None, balance=Money(500), on=ON)
    assert sure.lower == sure.due_today == sure.upper == Money(15_500)


FIRST: Final = Benefit(
    service="office-visit", copay=Money.zero, coinsurance=Percent.parse("80%"), deductible_applies=False
)
SECOND: Final = Benefit(
    service="lab", copay=Money.zero, coinsurance=Percent.parse("0%"), deductible_applies=True
)


FAR: Final = Money(10**8)


def span(first: Benefit, *, limit: Money | None = FAR, lines: int = 2) -> tuple[str, str]:
    """The bounds of a visit and a test, $100.00 allowed for each, with $100.00 left of the deductible."""
    answer = Benefits(
        benefits=(first, SECOND),
        remaining=Accumulators(deductible_remaining=Money(10_000), out_of_pocket_remaining=limit),
        order=CostShareOrder.COPAY_FIRST,
    )
    planned = [
        PlannedLine(service=service, charge=Money(10_000), allowed=Money(10_000))
        for service in ("office-visit", "lab")
    ]
    made = estimate(lines=planned[:lines], cover=covered(answer), on=ON)
    return str(made.lower), str(made.upper)


def test_a_silent_limit_may_be_reached_already() -> None:
    """80 % of $100.00, and perhaps nothing is left to the limit."""
    assert span(FIRST, limit=None, lines=1) == ("$0.00", "$80.00")


def test_an_open_deductible_rule_is_tried_both_ways() -> None:
    """Nothing said of the visit: it may cost all and leave the deductible to the test, or cost nothing."""
    assert span(attrs.evolve(FIRST, coinsurance=None, deductible_applies=None)) == ("$100.00", "$200.00")


def test_an_unknown_copay_may_use_up_the_deductible() -> None:
    """A co-pay of $100.00 that counts towards it leaves the test free: $100.00, where none makes it $180.00."""
    low, high = span(attrs.evolve(FIRST, copay=None, copay_to_deductible=True))
    assert Money.parse(low) <= Money(10_000)
    assert Money.parse(high) >= Money(18_000)


def test_the_dollars_of_a_plan_are_not_taken_from_what_the_patient_pays() -> None:
    """Co-pay $60.00, co-insurance unknown, $50.00 of the plan left: $60.00 are enough, $100.00 are the most."""
    visit = attrs.evolve(FIRST, copay=Money(6_000), coinsurance=None, plan_pays_remaining=Money(5_000))
    assert span(visit, lines=1) == ("$60.00", "$100.00")
