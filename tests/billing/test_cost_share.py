"""The arithmetic of a patient's share, by its laws."""

from decimal import Decimal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CostShareOrder,
    PlannedLine,
    day_share,
    line_share,
)
from medoffice.billing.benefits import STEPS, UNKNOWNS, steps, unknowns
from medoffice.core import InvalidValue, Money, Percent

CHARGE, ALLOWED = Money(99_999), Money(10_000)
cents = st.integers(0, 60_000).map(Money)
percents = st.integers(0, 10_000).map(lambda hundredths: Percent(Decimal(hundredths) / 100))
orders = st.sampled_from(CostShareOrder)
services = st.sampled_from(["office-visit", "lab", "x-ray"])
accumulators = st.builds(Accumulators, deductible_remaining=cents, out_of_pocket_remaining=cents)
known_benefits = st.builds(
    Benefit,
    service=st.just("office-visit"),
    copay=cents,
    coinsurance=percents,
    deductible_applies=st.booleans(),
)
some_benefits = st.builds(
    Benefit,
    service=st.just("office-visit"),
    copay=st.none() | cents,
    coinsurance=st.none() | percents,
    deductible_applies=st.none() | st.booleans(),
    is_preventive=st.booleans(),
)
some_accumulators = st.builds(
    Accumulators, deductible_remaining=st.none() | cents, out_of_pocket_remaining=st.none() | cents
)
known_lines = st.builds(PlannedLine, service=services, charge=cents, allowed=cents)
some_lines = st.builds(PlannedLine, service=services, charge=cents, allowed=st.none() | cents)


@st.composite
def answers(draw: st.DrawFn, *, known: bool = False) -> Benefits:
    """What a payer may answer about a few services: all of it, or (by default) any part left out."""
    benefit, remaining = (known_benefits, accumulators) if known else (some_benefits, some_accumulators)
    return Benefits(
        benefits=tuple(
            attrs.evolve(draw(benefit), service=service) for service in sorted(draw(st.sets(services)))
        ),
        remaining=draw(remaining),
        order=draw(orders if known else st.none() | orders),
    )


def line(allowed: Money | None, charge: Money = CHARGE) -> PlannedLine:
    """An office visit."""
    return PlannedLine(service="office-visit", charge=charge, allowed=allowed)


@given(cents, some_benefits, some_accumulators, orders)
def test_a_share_lies_between_nothing_and_what_is_allowed_and_left(
    allowed: Money, benefit: Benefit, remaining: Accumulators, order: CostShareOrder
) -> None:
    """0 <= share <= allowed, and share <= what is left of the out-of-pocket limit, whatever was said."""
    owed = line_share(line(allowed), benefit=benefit, remaining=remaining, order=order).owed.value
    assert Money.zero <= owed <= allowed
    if remaining.out_of_pocket_remaining is not None:
        assert owed <= remaining.out_of_pocket_remaining


@given(some_lines, some_benefits, some_accumulators, orders)
def test_the_limits_fall_by_what_is_paid(
    planned: PlannedLine, benefit: Benefit, remaining: Accumulators, order: CostShareOrder
) -> None:
    """The limit falls by the share, the deductible by no more than that; the unknown stays unknown."""
    share = line_share(planned, benefit=benefit, remaining=remaining, order=order)
    before, after = remaining, share.remaining
    assert (after.deductible_remaining is None) == (before.deductible_remaining is None)
    assert (after.out_of_pocket_remaining is None) == (before.out_of_pocket_remaining is None)
    if before.out_of_pocket_remaining is not None and after.out_of_pocket_remaining is not None:
        assert before.out_of_pocket_remaining - after.out_of_pocket_remaining == share.owed.value
    if before.deductible_remaining is not None and after.deductible_remaining is not None:
        assert Money.zero <= before.deductible_remaining - after.deductible_remaining <= share.owed.value
        if before.out_of_pocket_remaining is None or after.out_of_pocket_remaining != Money.zero:
            said = [step.amount for step in share.owed.trace.steps if step.code == steps.DEDUCTIBLE]
            fell = before.deductible_remaining - after.deductible_remaining
            assert said == ([fell] if fell else [])


@given(cents, cents, known_benefits, accumulators, orders)
def test_a_larger_allowed_amount_never_costs_the_patient_less(
    one: Money, other: Money, benefit: Benefit, remaining: Accumulators, order: CostShareOrder
) -> None:
    """The share of a line rises with its allowed amount."""
    smaller, larger = (
        line_share(line(each), benefit=benefit, remaining=remaining, order=order).owed.value
        for each in sorted((one, other))
    )
    assert smaller <= larger


@given(cents, known_benefits, accumulators, orders)
def test_what_is_known_whole_is_certain(
    allowed: Money, benefit: Benefit, remaining: Accumulators, order: CostShareOrder
) -> None:
    """When the payer has answered everything, nothing is unknown."""
    share = line_share(line(allowed), benefit=benefit, remaining=remaining, order=order)
    assert share.owed.is_certain


@given(cents, known_benefits, accumulators)
def test_the_order_moves_the_deductible_but_not_the_share_of_a_line(
    allowed: Money, benefit: Benefit, remaining: Accumulators
) -> None:
    """Either order gives the same share of one line; the deductible is met sooner when it comes first."""
    copay_first, deductible_first = (
        line_share(line(allowed), benefit=benefit, remaining=remaining, order=order)
        for order in CostShareOrder
    )
    assert copay_first.owed.value == deductible_first.owed.value
    left = [share.remaining.deductible_remaining for share in (copay_first, deductible_first)]
    assert left[0] is not None
    assert left[1] is not None
    assert left[1] <= left[0]


@given(st.lists(some_lines, max_size=5), answers())
def test_a_day_adds_up_and_stays_within_its_limits(planned: list[PlannedLine], answer: Benefits) -> None:
    """The day's share is the sum of its lines and of its steps, from nothing up to the limit."""
    day = day_share(planned, answer)
    assert day.owed.value == Money.total(share.owed.value for share in day.lines) == day.owed.trace.amount
    assert day.owed.value >= Money.zero
    if answer.remaining.out_of_pocket_remaining is not None:
        assert day.owed.value <= answer.remaining.out_of_pocket_remaining
    assert {step.code for step in day.owed.trace.steps} <= set(STEPS)
    assert set(day.owed.unknowns) <= set(UNKNOWNS)
    assert len(set(day.owed.unknowns)) == len(day.owed.unknowns)


@given(st.lists(known_lines, max_size=5), answers(known=True), st.data())
def test_a_larger_bill_never_costs_less(
    planned: list[PlannedLine], answer: Benefits, data: st.DataObject
) -> None:
    """Raising the allowed amount of one line of a day never lowers what the day costs."""
    assume(planned)
    at = data.draw(st.integers(0, len(planned) - 1))
    allowed = planned[at].allowed
    assert allowed is not None
    dearer = [*planned]
    dearer[at] = attrs.evolve(planned[at], allowed=allowed + data.draw(st.integers(0, 300).map(Money)))
    assert day_share(planned, answer).owed.value <= day_share(dearer, answer).owed.value


@given(
    st.lists(known_lines, max_size=5, unique_by=lambda each: each.service),
    answers(known=True),
    st.integers(0, 5),
)
def test_a_day_in_two_parts_costs_the_same(planned: list[PlannedLine], answer: Benefits, cut: int) -> None:
    """Two estimates, the second with the limits that the first left, add up to that of the whole day."""
    first = day_share(planned[:cut], answer)
    second = day_share(planned[cut:], attrs.evolve(answer, remaining=first.remaining))
    whole = day_share(planned, answer)
    assert first.owed.value + second.owed.value == whole.owed.value
    assert second.remaining == whole.remaining


@given(st.lists(known_lines, max_size=5), answers(known=True))
def test_an_order_that_nobody_knows_is_never_held_against_the_patient(
    planned: list[PlannedLine], answer: Benefits
) -> None:
    """The lower of both orders is owed, and the order is named unknown exactly when the orders differ."""
    either = [day_share(planned, attrs.evolve(answer, order=order)).owed.value for order in CostShareOrder]
    owed = day_share(planned, attrs.evolve(answer, order=None)).owed
    assert owed.value == min(either)
    assert (unknowns.ORDER_NOT_KNOWN in owed.unknowns) == (either[0] != either[1])


def test_an_order_can_matter_to_a_second_line() -> None:
    """Co-pay and deductible on one line, co-insurance on the next: the order is worth $4, and is said."""
    answer = Benefits(
        benefits=(
            Benefit(
                service="office-visit",
                copay=Money.parse("$20.00"),
                coinsurance=Percent.parse("0%"),
                deductible_applies=True,
            ),
            Benefit(
                service="lab", copay=Money.zero, coinsurance=Percent.parse("80%"), deductible_applies=True
            ),
        ),
        remaining=Accumulators(
            deductible_remaining=Money.parse("$100.00"), out_of_pocket_remaining=Money.parse("$5,000.00")
        ),
    )
    planned = [
        PlannedLine(service="office-visit", charge=Money.parse("$150.00"), allowed=Money.parse("$100.00")),
        PlannedLine(service="lab", charge=Money.parse("$150.00"), allowed=Money.parse("$50.00")),
    ]
    copay_first, deductible_first = (
        day_share(planned, attrs.evolve(answer, order=order)).owed.value for order in CostShareOrder
    )
    assert (str(copay_first), str(deductible_first)) == ("$144.00", "$140.00")
    day = day_share(planned, answer)
    assert (str(day.owed.value), day.owed.unknowns) == ("$140.00", (unknowns.ORDER_NOT_KNOWN,))
    assert day.remaining.deductible_remaining == Money.zero
    assert day.remaining.out_of_pocket_remaining is None


COPAY_AND_DEDUCTIBLE = Benefit(
    service="office-visit",
    copay=Money.parse("$30.00"),
    coinsurance=Percent.parse("20%"),
    deductible_applies=True,
)


@pytest.mark.parametrize(
    ("order", "left"),
    [(CostShareOrder.COPAY_FIRST, "$230.00"), (CostShareOrder.DEDUCTIBLE_FIRST, "$200.00")],
)
def test_a_limit_cuts_off_what_is_taken_last(order: CostShareOrder, left: str) -> None:
    """Of $100.00 that may still be paid, the deductible is credited with what the co-pay before it leaves."""
    remaining = Accumulators(
        deductible_remaining=Money.parse("$300.00"), out_of_pocket_remaining=Money.parse("$100.00")
    )
    share = line_share(
        line(Money.parse("$500.00")), benefit=COPAY_AND_DEDUCTIBLE, remaining=remaining, order=order
    )
    assert str(share.owed.value) == "$100.00"
    assert str(share.remaining.deductible_remaining) == left
    assert share.remaining.out_of_pocket_remaining == Money.zero


def test_what_the_orders_disagree_about_is_not_known_after() -> None:
    """The share is the same in both orders and so is certain; the deductible that is left is not."""
    remaining = Accumulators(
        deductible_remaining=Money.parse("$100.00"), out_of_pocket_remaining=Money.parse("$500.00")
    )
    day = day_share(
        [line(Money.parse("$100.00"))], Benefits(benefits=(COPAY_AND_DEDUCTIBLE,), remaining=remaining)
    )
    assert str(day.owed.value) == "$100.00"
    assert day.owed.is_certain
    assert day.remaining.deductible_remaining is None
    assert str(day.remaining.out_of_pocket_remaining) == "$400.00"


@given(st.lists(cents, min_size=1, max_size=4), cents)
def test_a_copay_is_taken_once_for_a_service(allowed: list[Money], copay: Money) -> None:
    """Lines of one service share one co-pay: it is taken once, or all that is allowed if that is less."""
    visit = Benefit(
        service="office-visit", copay=copay, coinsurance=Percent.parse("0%"), deductible_applies=False
    )
    remaining = Accumulators(deductible_remaining=Money.zero, out_of_pocket_remaining=Money(10**9))
    answer = Benefits(benefits=(visit,), remaining=remaining, order=CostShareOrder.COPAY_FIRST)
    owed = day_share([line(each) for each in allowed], answer).owed.value
    assert owed == min(copay, Money.total(allowed))


def test_what_the_payer_left_open_is_said_where_it_matters() -> None:
    """Each silence has its code; a silence that changes nothing is not mentioned."""
    nothing = Accumulators()
    full = Benefit(
        service="office-visit",
        copay=Money(3000),
        coinsurance=Percent.parse("20%"),
        deductible_applies=True,
    )
    used_up = Accumulators(deductible_remaining=Money.zero, out_of_pocket_remaining=Money(10**9))

    def said(benefit: Benefit, remaining: Accumulators, allowed: Money | None = ALLOWED) -> set[str]:
        order = CostShareOrder.COPAY_FIRST
        return set(line_share(line(allowed), benefit=benefit, remaining=remaining, order=order).owed.unknowns)

    assert said(full, used_up) == set()
    assert said(full, nothing) == {unknowns.DEDUCTIBLE_NOT_RETURNED, unknowns.OUT_OF_POCKET_NOT_RETURNED}
    assert said(attrs.evolve(full, copay=None), used_up) == {unknowns.COPAY_NOT_RETURNED}
    assert said(attrs.evolve(full, coinsurance=None), used_up) == {unknowns.COINSURANCE_NOT_RETURNED}
    assert said(attrs.evolve(full, coinsurance=None), used_up, Money(3000)) == set()
    open_rule = attrs.evolve(full, deductible_applies=None)
    assert said(open_rule, used_up) == set()
    assert unknowns.DEDUCTIBLE_RULE_NOT_RETURNED in said(open_rule, nothing)
    assert said(Benefit(service="office-visit"), nothing) == {unknowns.SERVICE_NOT_RETURNED}
    assert said(full, used_up, None) == {unknowns.ALLOWED_NOT_KNOWN}
    assert said(attrs.evolve(full, is_preventive=True), nothing, None) == set()


@given(cents, cents, accumulators, orders)
def test_without_an_allowed_amount_only_a_copay_up_to_the_charge_is_owed(
    charge: Money, copay: Money, remaining: Accumulators, order: CostShareOrder
) -> None:
    """Nothing is computed from an allowed amount that nobody knows."""
    visit = Benefit(
        service="office-visit", copay=copay, coinsurance=Percent.parse("50%"), deductible_applies=True
    )
    share = line_share(line(None, charge), benefit=visit, remaining=remaining, order=order)
    assert remaining.out_of_pocket_remaining is not None
    assert share.owed.value == min(copay, charge, remaining.out_of_pocket_remaining)
    assert unknowns.ALLOWED_NOT_KNOWN in share.owed.unknowns


def test_a_service_that_the_plan_pays_says_so() -> None:
    """A share of nothing has its reason too: paid in full, or preventive with the regulation."""
    free = Benefit(
        service="office-visit",
        copay=Money.zero,
        coinsurance=Percent.parse("0%"),
        deductible_applies=False,
    )
    preventive = Benefit(service="office-visit", is_preventive=True)
    for benefit, code in ((free, steps.COVERED), (preventive, steps.PREVENTIVE)):
        share = line_share(
            line(Money(18_000)),
            benefit=benefit,
            remaining=Accumulators(deductible_remaining=Money(150_000)),
            order=CostShareOrder.COPAY_FIRST,
        )
        (step,) = share.owed.trace.steps
        assert (share.owed.value, step.code, share.owed.unknowns) == (Money.zero, code, ())
        assert bool(step.cites) == (code == steps.PREVENTIVE)


def test_every_code_has_its_words() -> None:
    """Step codes and unknown codes are slugs, each with English that is not empty."""
    for words in (STEPS, UNKNOWNS):
        assert all(code == code.lower() and " " not in code and text for code, text in words.items())
    named = {value for name, value in vars(steps).items() if name.isupper() and isinstance(value, str)}
    assert named == set(STEPS)
    named = {value for name, value in vars(unknowns).items() if name.isupper() and isinstance(value, str)}
    assert named == set(UNKNOWNS)


def test_limits_copays_and_benefits_cannot_be_impossible() -> None:
    """No negative limit or co-pay, and one benefit for each service."""
    for broken in (
        lambda: Accumulators(deductible_remaining=Money(-1)),
        lambda: Accumulators(out_of_pocket_remaining=Money(-1)),
        lambda: Accumulators(deductible_remaining=Money(1)).after(deductible=Money(2), share=Money(2)),
        lambda: Benefit(service="lab", copay=Money(-1)),
        lambda: Benefit(service="A Lab"),
        lambda: Benefits(benefits=(Benefit(service="lab"),) * 2, remaining=Accumulators()),
    ):
        with pytest.raises(InvalidValue):
            broken()
