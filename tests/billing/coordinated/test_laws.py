"""The estimate with several coverages, by its laws."""

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
    LaterCover,
    Payer,
    PlannedLine,
    VerifiedCoverage,
    estimate,
    estimate_coordinated,
)
from medoffice.billing.coordination import ChargeRule, Method
from medoffice.billing.fees.notes import FLAT_ALONE
from medoffice.core import (
    CoverageId,
    DateRange,
    InvalidValue,
    MemberId,
    Money,
    PatientId,
    PayerId,
    Percent,
)

ON = date(2026, 11, 25)
SERVICES = ("visit", "lab", "injection")
COVERAGE = Coverage(
    id=CoverageId("cov-1"),
    patient=PatientId("pat-1"),
    payer=Payer(PayerId("P1"), "Prairie Health Plan"),
    plan="",
    member_id=MemberId("CANARY1"),
    effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
)
ENDED = attrs.evolve(COVERAGE, effective=DateRange(date(2025, 1, 1), date(2025, 12, 31)))
amounts = st.integers(0, 30_000).map(Money)
shares = st.sampled_from(["0%", "20%", "50%", "100%"]).map(Percent.parse)
balances = st.integers(-20_000, 20_000).map(Money)


def planned_lines(*, is_known: bool) -> st.SearchStrategy[tuple[PlannedLine, ...]]:
    """One to three lines, with allowed amounts that may be above the charge, and may be unknown."""
    known = st.integers(0, 40_000).map(Money)
    line = st.builds(
        PlannedLine,
        service=st.sampled_from(SERVICES),
        charge=st.integers(0, 40_000).map(Money),
        allowed=known if is_known else st.none() | known,
        balance_billed=st.booleans(),
    )
    return st.lists(line, min_size=1, max_size=3).map(tuple)


@st.composite
def covers(draw: st.DrawFn, *, is_known: bool, coverage: Coverage = COVERAGE) -> VerifiedCoverage:
    """A coverage whose payer said everything, or left some things open."""

    def maybe(said: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        return said if is_known else st.none() | said

    benefits = tuple(
        draw(
            st.builds(
                Benefit,
                service=st.just(service),
                copay=maybe(amounts),
                coinsurance=maybe(shares),
                deductible_applies=maybe(st.booleans()),
                is_preventive=st.booleans() if service == "lab" else st.just(value=False),
                visits_remaining=st.none() | st.integers(0, 1),
                plan_pays_remaining=st.none() | amounts,
            )
        )
        for service in SERVICES
    )
    remaining = draw(
        st.builds(Accumulators, deductible_remaining=maybe(amounts), out_of_pocket_remaining=maybe(amounts))
    )
    order = draw(maybe(st.sampled_from(CostShareOrder)))
    return VerifiedCoverage(
        coverage=coverage,
        benefits=Benefits(benefits=benefits, remaining=remaining, order=order),  # type: ignore[arg-type]
        verified_on=ON,
    )


@st.composite
def later_covers(draw: st.DrawFn, *, lines: int, is_known: bool) -> LaterCover:
    """A later coverage, with what its payer allows for each line."""
    methods: st.SearchStrategy[Method | None] = st.sampled_from(Method)
    known: st.SearchStrategy[Money | None] = st.integers(0, 50_000).map(Money)
    deductibles: st.SearchStrategy[bool | None] = st.booleans()
    if not is_known:
        methods, known, deductibles = st.none() | methods, st.none() | known, st.none() | deductibles
    return LaterCover(
        cover=draw(covers(is_known=is_known)),
        method=draw(methods),
        allowed=tuple(draw(known) for _ in range(lines)),
        pays_deductible=draw(deductibles),
        is_on_fee_schedule=draw(st.booleans()),
    )


@st.composite
def days(
    draw: st.DrawFn, *, is_known: bool, most: int = 2
) -> tuple[tuple[PlannedLine, ...], VerifiedCoverage, tuple[LaterCover, ...]]:
    """The lines of a day, the first coverage and one or two later ones."""
    lines = draw(planned_lines(is_known=is_known))
    later = st.lists(later_covers(lines=len(lines), is_known=is_known), min_size=1, max_size=most)
    return lines, draw(covers(is_known=is_known)), tuple(draw(later))


Day = tuple[tuple[PlannedLine, ...], VerifiedCoverage, tuple[LaterCover, ...]]


@given(
    planned_lines(is_known=False), st.none() | covers(is_known=False), balances, st.sampled_from(ChargeRule)
)
def test_with_one_coverage_it_is_the_estimate_with_one(
    lines: tuple[PlannedLine, ...], cover: VerifiedCoverage | None, balance: Money, rule: ChargeRule
) -> None:
    """Without a later coverage nothing is different, to the last step."""
    made = estimate_coordinated(lines=lines, cover=cover, balance=balance, rule=rule, on=ON)
    assert made.estimate == estimate(lines=lines, cover=cover, balance=balance, on=ON)


@given(days(is_known=False), balances, st.sampled_from(ChargeRule))
def test_each_line_adds_up_and_nobody_is_paid_twice(day: Day, balance: Money, rule: ChargeRule) -> None:
    """Payments, the patient's share and the write-off are the charge; nothing is negative; the reasons add up."""
    lines, cover, later = day
    made = estimate_coordinated(lines=lines, cover=cover, later=later, rule=rule, balance=balance, on=ON)
    said = made.estimate
    assert said.lower <= said.due_today <= said.upper
    assert said.due_today >= Money.zero
    assert {step.code for step in said.trace.steps} <= set(STEPS)
    assert set(said.unknowns) <= set(UNKNOWNS)
    assert made.payers == tuple(range(len(later) + 1))
    assert len(made.splits) == len(lines)
    for line, split, part in zip(lines, made.splits, said.lines, strict=True):
        assert part.patient.value >= part.balance_bill >= Money.zero
        if split is None:
            assert (line.allowed is None, part.plan) == (True, None)
            continue
        parts = [*(payment.value for payment in split.payments), split.patient.value, split.write_off.value]
        assert min(parts) >= Money.zero
        assert Money.total(parts) == line.charge
        assert (part.patient.value, part.plan) == (split.patient.value, Money.total(parts[:-2]))
        if rule is ChargeRule.PRIMARY_ALLOWED and not line.balance_billed and line.allowed is not None:
            assert Money.total(parts[:-1]) <= min(line.charge, line.allowed)
    owed = Money.total(part.patient.value for part in said.lines)
    assert said.due_today == max(Money.zero, owed + balance)
    assert not said.is_certain or said.lower == said.upper


@given(days(is_known=False))
def test_a_later_coverage_never_makes_the_patient_owe_more(day: Day) -> None:
    """Under the first payer's charge rule each line costs no more than with the first payer alone, at every end."""
    lines, cover, later = day
    alone = estimate(lines=lines, cover=cover, on=ON)
    made = estimate_coordinated(lines=lines, cover=cover, later=later, on=ON).estimate
    assert made.due_today <= alone.due_today
    assert made.upper <= alone.upper
    assert made.lower <= alone.lower
    for part, single in zip(made.lines, alone.lines, strict=True):
        assert part.patient.value <= single.patient.value


@given(days(is_known=True), st.sampled_from(ChargeRule))
def test_when_all_is_said_there_is_one_answer(day: Day, rule: ChargeRule) -> None:
    """Where every payer said everything the bounds are the amount, and nothing is unknown."""
    lines, cover, later = day
    made = estimate_coordinated(lines=lines, cover=cover, later=later, rule=rule, on=ON).estimate
    assert (made.lower, made.upper, made.unknowns) == (made.due_today, made.due_today, ())


@st.composite
def answers(draw: st.DrawFn, day: Day) -> Day:
    """The same day when everybody has answered what was open."""
    lines, cover, later = day

    def amount(value: Money | None) -> Money:
        return draw(amounts) if value is None else value

    def told(one: Benefit) -> Benefit:
        applies = one.deductible_applies
        return attrs.evolve(
            one,
            copay=amount(one.copay),
            coinsurance=draw(shares) if one.coinsurance is None else one.coinsurance,
            deductible_applies=draw(st.booleans()) if applies is None else applies,
        )

    def answered(each: VerifiedCoverage) -> VerifiedCoverage:
        benefits = each.benefits
        left = benefits.remaining
        whole = attrs.evolve(
            benefits,
            benefits=tuple(told(one) for one in benefits.benefits),
            remaining=attrs.evolve(
                left,
                deductible_remaining=amount(left.deductible_remaining),
                out_of_pocket_remaining=amount(left.out_of_pocket_remaining),
            ),
            order=benefits.order or draw(st.sampled_from(CostShareOrder)),
        )
        return attrs.evolve(each, benefits=whole)

    def of_plan(each: LaterCover) -> LaterCover:
        usual = [Method.STANDARD, Method.NON_DUPLICATION, Method.CARVE_OUT, Method.MAINTENANCE_OF_BENEFITS]
        pays = each.pays_deductible
        return attrs.evolve(
            each,
            cover=answered(each.cover),
            method=each.method or draw(st.sampled_from(usual)),
            allowed=tuple(
                draw(st.integers(0, 50_000).map(Money)) if one is None else one for one in each.allowed
            ),
            pays_deductible=draw(st.booleans()) if pays is None else pays,
        )

    known = tuple(
        line
        if line.allowed is not None
        else attrs.evolve(line, allowed=Money(draw(st.integers(0, line.charge.cents))))
        for line in lines
    )
    return known, answered(cover), tuple(of_plan(each) for each in later)


@given(st.data(), st.sampled_from(ChargeRule))
def test_the_bounds_hold_whatever_turns_out(data: st.DataObject, rule: ChargeRule) -> None:
    """However the payers answer what was open, the amount was within the bounds."""
    day = data.draw(days(is_known=False))
    lines, cover, later = day
    made = estimate_coordinated(lines=lines, cover=cover, later=later, rule=rule, on=ON).estimate
    lines, cover, later = data.draw(answers(day))
    then = estimate_coordinated(lines=lines, cover=cover, later=later, rule=rule, on=ON).estimate
    assert then.is_certain
    assert made.lower <= then.due_today <= made.upper


@given(days(is_known=True, most=1))
def test_the_methods_are_ordered_for_a_whole_day(day: Day) -> None:
    """The standard method costs the patient least; non-duplication and carve-out cost the same."""
    lines, cover, (other,) = day
    due = {
        method: estimate_coordinated(
            lines=lines, cover=cover, later=(attrs.evolve(other, method=method),), on=ON
        ).estimate.due_today
        for method in (
            Method.STANDARD,
            Method.NON_DUPLICATION,
            Method.CARVE_OUT,
            Method.MAINTENANCE_OF_BENEFITS,
        )
    }
    assert due[Method.STANDARD] <= min(due.values())
    assert due[Method.NON_DUPLICATION] == due[Method.CARVE_OUT]
    unknown = estimate_coordinated(
        lines=lines, cover=cover, later=(attrs.evolve(other, method=None),), on=ON
    ).estimate
    assert (unknown.lower, unknown.upper) == (min(due.values()), max(due.values()))
    assert unknown.due_today == unknown.lower
    assert (unknown.unknowns == ("coordination-not-known",)) == (unknown.lower != unknown.upper)


SILENT = VerifiedCoverage(
    coverage=COVERAGE, benefits=Benefits(benefits=(), remaining=Accumulators()), verified_on=ON
)


@given(planned_lines(is_known=True), covers(is_known=True))
def test_a_second_coverage_that_says_nothing_leaves_all_open(
    lines: tuple[PlannedLine, ...], cover: VerifiedCoverage
) -> None:
    """From nothing to what the first payer leaves, with the silence named; certain only where nothing is left."""
    made = estimate_coordinated(lines=lines, cover=cover, later=(LaterCover(cover=SILENT),), on=ON).estimate
    dear = attrs.evolve(
        SILENT,
        benefits=Benefits(
            benefits=tuple(Benefit(service=each, visits_remaining=0) for each in SERVICES),
            remaining=Accumulators(),
            order=CostShareOrder.COPAY_FIRST,
        ),
    )
    nothing = LaterCover(cover=dear, method=Method.STANDARD, allowed=tuple(line.allowed for line in lines))
    most = estimate_coordinated(lines=lines, cover=cover, later=(nothing,), on=ON).estimate
    assert (made.lower, made.upper) == (Money.zero, most.due_today)
    assert made.is_certain == (made.upper == Money.zero)
    assert made.is_certain or "other-plan-not-known" in made.unknowns
    if all(line.allowed is not None and line.allowed <= line.charge for line in lines):
        assert made.upper == estimate(lines=lines, cover=cover, on=ON).due_today


@given(days(is_known=True), balances)
def test_a_balance_is_added_and_a_credit_used(day: Day, balance: Money) -> None:
    """The balance moves the amount and both bounds alike, and a credit is never paid out."""
    lines, cover, later = day
    plain = estimate_coordinated(lines=lines, cover=cover, later=later, on=ON).estimate
    made = estimate_coordinated(lines=lines, cover=cover, later=later, balance=balance, on=ON).estimate
    assert made.due_today == max(Money.zero, plain.due_today + balance)
    assert (made.lower, made.upper) == (made.due_today, made.due_today)


@given(days(is_known=True, most=1), st.booleans())
def test_a_coverage_that_does_not_run_pays_nothing_and_is_named(day: Day, is_first: bool) -> None:  # noqa: FBT001
    """A later one that ended leaves the first alone; when the first ended, the next is first, with wide bounds."""
    lines, cover, (other,) = day
    if is_first:
        cover = attrs.evolve(cover, coverage=ENDED)
    else:
        other = attrs.evolve(other, cover=attrs.evolve(other.cover, coverage=ENDED))
    made = estimate_coordinated(lines=lines, cover=cover, later=(other,), on=ON)
    said = made.estimate
    assert said.unknowns == ("coverage-not-active",)
    assert said.lower == Money.zero
    charges = Money.total(line.charge for line in lines)
    if not is_first:
        alone = estimate(lines=lines, cover=cover, on=ON)
        assert (made.payers, said.due_today, said.upper) == ((0,), alone.due_today, alone.upper)
    elif other.method is Method.SUPPLEMENT:
        assert (made.payers, said.due_today, said.upper) == ((), charges, charges)
    else:
        assert made.payers == (1,)
        alone = estimate(lines=other.lines_of(lines), cover=other.cover, on=ON)
        assert (said.due_today, said.lines) == (alone.due_today, alone.lines)
        assert said.upper == max(charges, alone.upper)


def test_what_cannot_be_is_refused() -> None:
    """A later coverage without a first one, and allowed amounts for other lines."""
    line = PlannedLine(service="visit", charge=Money(100), allowed=Money(100))
    with pytest.raises(InvalidValue, match="later only where one is first"):
        estimate_coordinated(lines=(line,), cover=None, later=(LaterCover(cover=SILENT),), on=ON)
    with pytest.raises(InvalidValue, match="for each line"):
        estimate_coordinated(
            lines=(line,), cover=SILENT, later=(LaterCover(cover=SILENT, allowed=(None, None)),), on=ON
        )


@given(days(is_known=False))
def test_no_estimate_repeats_who_the_patient_is(day: Day) -> None:
    """The member number is in no repr and no reason."""
    lines, cover, later = day
    made = estimate_coordinated(lines=lines, cover=cover, later=later, on=ON)
    assert "CANARY" not in f"{made!r} {made.estimate.trace} {cover!r} {later!r}"


@given(days(is_known=True), st.data())
def test_an_unsettled_amount_of_the_first_payer_stays_within_the_bounds(
    day: Day, data: st.DataObject
) -> None:
    """Whatever the first payer decides below it, with all that later ones then pay."""
    lines, cover, later = day
    is_open = [data.draw(st.booleans()) for _ in lines]
    asked = tuple(
        attrs.evolve(line, unsettled=(FLAT_ALONE,)) if each else line
        for line, each in zip(lines, is_open, strict=True)
    )
    made = estimate_coordinated(lines=asked, cover=cover, later=later, on=ON).estimate
    decided = tuple(
        attrs.evolve(line, allowed=Money(data.draw(st.integers(0, line.allowed.cents))))
        if each and line.allowed is not None
        else line
        for line, each in zip(lines, is_open, strict=True)
    )
    after = estimate_coordinated(lines=decided, cover=cover, later=later, on=ON).estimate
    assert made.lower <= after.due_today <= made.upper
    assert made.unknowns or made.lower == made.upper


def test_a_limit_that_goes_to_another_line_is_within_the_bounds() -> None:
    """The last cent to the limit falls on the line that may be asked for it, once the first line is decided at nothing."""
    benefit = Benefit(
        service="visit", copay=Money(1), coinsurance=Percent.parse("0%"), deductible_applies=False
    )
    left = Accumulators(deductible_remaining=Money.zero, out_of_pocket_remaining=Money(1))
    cover = VerifiedCoverage(
        coverage=COVERAGE,
        benefits=Benefits(benefits=(benefit,), remaining=left, order=CostShareOrder.COPAY_FIRST),
        verified_on=ON,
    )
    later = LaterCover(cover=cover, method=Method.STANDARD, allowed=(Money.zero, Money.zero))
    lines = (
        PlannedLine(service="visit", charge=Money.zero, allowed=Money(1), unsettled=(FLAT_ALONE,)),
        PlannedLine(service="visit", charge=Money(1), allowed=Money(1)),
    )
    made = estimate_coordinated(lines=lines, cover=cover, later=(later,), on=ON).estimate
    assert (made.due_today, made.lower, made.upper) == (Money.zero, Money.zero, Money(1))
    assert made.unknowns == ("allowed-not-settled",)
