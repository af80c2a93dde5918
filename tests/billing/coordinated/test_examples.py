"""The estimates with several coverages that people at a desk expect."""

from datetime import date

import attrs
import pytest

from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CoordinatedEstimate,
    CostShareOrder,
    Coverage,
    LaterCover,
    Payer,
    PlannedLine,
    VerifiedCoverage,
    estimate_coordinated,
)
from medoffice.billing.coordination import ChargeRule, Method
from medoffice.core import CoverageId, DateRange, MemberId, Money, PatientId, PayerId, Percent

ON = date(2026, 11, 25)


def dollars(text: str | None) -> Money | None:
    """An amount as it is written."""
    return None if text is None else Money.parse(text)


def cover(
    copay: str | None = "$0.00",
    coinsurance: str | None = "20%",
    *,
    deductible: str | None = "$0.00",
    limit: str = "$5,000.00",
    visits: int | None = None,
) -> VerifiedCoverage:
    """A coverage whose payer answered about office visits."""
    visit = Benefit(
        service="visit",
        copay=dollars(copay),
        coinsurance=None if coinsurance is None else Percent.parse(coinsurance),
        deductible_applies=True,
        visits_remaining=visits,
    )
    left = Accumulators(deductible_remaining=dollars(deductible), out_of_pocket_remaining=dollars(limit))
    return VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId("cov-1"),
            patient=PatientId("pat-1"),
            payer=Payer(PayerId("P1"), "Prairie Health Plan"),
            plan="",
            member_id=MemberId("M1"),
            effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
        ),
        benefits=Benefits(benefits=(visit,), remaining=left, order=CostShareOrder.COPAY_FIRST),
        verified_on=ON,
    )


def visit(allowed: str | None = "$150.00", charge: str = "$200.00") -> PlannedLine:
    """An office visit."""
    return PlannedLine(service="visit", charge=Money.parse(charge), allowed=dollars(allowed))


def later(
    each: VerifiedCoverage, method: Method | None, *allowed: str | None, pays: bool | None = None
) -> LaterCover:
    """A coverage that pays after the first."""
    return LaterCover(
        cover=each, method=method, allowed=tuple(dollars(one) for one in allowed), pays_deductible=pays
    )


def made(
    *others: LaterCover, first: VerifiedCoverage | None = None, lines: int = 1, **rest: object
) -> CoordinatedEstimate:
    """The estimate for some visits at $150.00 allowed of $200.00."""
    return estimate_coordinated(
        lines=(visit(),) * lines,
        cover=first or cover(),
        later=others,
        on=ON,
        **rest,  # type: ignore[arg-type]
    )


def read(estimated: CoordinatedEstimate) -> list[tuple[str, str]]:
    """The steps as codes and amounts."""
    return [(step.code, str(step.amount)) for step in estimated.estimate.trace.steps]


def test_two_plans_of_the_usual_kind_leave_nothing() -> None:
    """Of $150 allowed the first leaves $30, and the second would have paid $128: the patient owes nothing."""
    both = made(later(cover(), Method.STANDARD, "$160.00"))
    assert read(both) == [("coinsurance", "$30.00"), ("other-plan", "-$30.00")]
    (split,) = both.splits
    assert split is not None
    assert [str(each.value) for each in split.payments] == ["$120.00", "$30.00"]
    assert (both.payers, str(split.write_off.value)) == ((0, 1), "$50.00")


@pytest.mark.parametrize(
    ("method", "due"),
    [
        (Method.STANDARD, "$0.00"),
        (Method.NON_DUPLICATION, "$22.00"),
        (Method.CARVE_OUT, "$22.00"),
        (Method.MAINTENANCE_OF_BENEFITS, "$0.00"),
    ],
)
def test_each_method_to_the_cent(method: Method, due: str) -> None:
    """A second plan of $160 allowed and 20 %: $128 alone, so $8 beyond the $120 paid, or 80 % of the $40 left."""
    assert str(made(later(cover(), method, "$160.00")).estimate.due_today) == due


def test_maintenance_of_benefits_asks_the_plan_for_what_is_left() -> None:
    """Of $160 less $120, $40: a co-pay of $15 and 20 % of the $25 left, so the plan pays $20 and the patient $10."""
    assert (
        str(made(later(cover("$15.00"), Method.MAINTENANCE_OF_BENEFITS, "$160.00")).estimate.due_today)
        == "$10.00"
    )


def test_a_plan_of_which_nobody_knows_how_it_coordinates_has_bounds_over_the_methods() -> None:
    """From the standard method to non-duplication, with what is not known named."""
    said = made(later(cover(), None, "$160.00")).estimate
    assert (str(said.due_today), str(said.lower), str(said.upper)) == ("$0.00", "$0.00", "$22.00")
    assert said.unknowns == said.lines[0].patient.unknowns == ("coordination-not-known",)


def test_a_second_plan_that_says_nothing_asks_nothing_today() -> None:
    """The first leaves $30: nobody knows what the second pays of it, so nothing is surely owed."""
    silent = attrs.evolve(cover(), benefits=Benefits(benefits=(), remaining=Accumulators()))
    said = made(later(silent, Method.STANDARD, "$160.00")).estimate
    assert (str(said.due_today), str(said.lower), str(said.upper)) == ("$0.00", "$0.00", "$30.00")
    assert said.unknowns == ("other-plan-not-known",)
    assert not said.is_certain


def test_what_cannot_change_the_answer_is_not_named() -> None:
    """Where the first plan leaves nothing, a second that is silent is not asked."""
    silent = attrs.evolve(cover(), benefits=Benefits(benefits=(), remaining=Accumulators()))
    assert made(later(silent, None), first=cover(coinsurance="0%")).estimate.is_certain


def test_both_plans_use_what_is_left_of_their_own_year() -> None:
    """Two visits: each plan has $200 of deductible left, so each pays nothing of the first and 80 % of $100 of the second."""
    both = made(
        later(cover(deductible="$200.00"), Method.STANDARD, "$150.00", "$150.00"),
        first=cover(deductible="$200.00"),
        lines=2,
    )
    assert [str(part.patient.value) for part in both.estimate.lines] == ["$150.00", "$0.00"]
    payments = [[str(each.value) for each in split.payments] for split in both.splits if split is not None]
    assert payments == [["$0.00", "$0.00"], ["$80.00", "$70.00"]]


def test_medicare_second_by_the_regulations_example() -> None:
    """COB01: $175 charged, $150 allowed, $120 paid, $125 on the schedule: Medicare pays $30, the patient nothing."""
    both = estimate_coordinated(
        lines=(visit(charge="$175.00"),),
        cover=cover(),
        later=(later(cover(), Method.MEDICARE, "$125.00"),),
        on=ON,
    )
    (split,) = both.splits
    assert split is not None
    assert [str(each.value) for each in split.payments] == ["$120.00", "$30.00"]
    assert (str(split.patient.value), str(split.write_off.value)) == ("$0.00", "$25.00")
    assert "411.33" in str(split.payments[1].trace.steps[0].cites[0])


def test_medicare_within_its_deductible_by_the_same_example() -> None:
    """COB02: with $100 of the Part B deductible left Medicare alone pays $20 of $125, which is the lowest amount.

    The $120 paid before it met the $105 of Medicare's cost sharing, so the $10 left may not be asked.
    """
    medicare = later(cover(deductible="$100.00"), Method.MEDICARE, "$125.00")
    both = made(medicare)
    assert read(both) == [("coinsurance", "$30.00"), ("written-off", "-$10.00"), ("other-plan", "-$20.00")]
    assert [str(cite) for cite in both.estimate.trace.steps[1].cites] == ["42 CFR 411.35, (c)"]
    unassigned = made(attrs.evolve(medicare, is_assigned=False))
    assert read(unassigned) == [("coinsurance", "$30.00"), ("other-plan", "-$20.00")]


@pytest.mark.parametrize(("pays", "due"), [(True, "$0.00"), (False, "$25.00")])
def test_a_supplement_behind_medicare_that_pays_second(pays: bool, due: str) -> None:  # noqa: FBT001
    """Work pays nothing within its deductible; Medicare pays $80 of $125, and of its $45 the supplement $20 or all."""
    medicare = later(cover(deductible="$25.00"), Method.MEDICARE, "$125.00")
    both = made(medicare, later(cover(), Method.SUPPLEMENT, pays=pays), first=cover(deductible="$500.00"))
    assert str(both.estimate.due_today) == due
    (split,) = both.splits
    assert split is not None
    assert [str(each.value) for each in split.payments] == ["$0.00", "$80.00", "$45.00" if pays else "$20.00"]


def test_a_supplement_behind_medicare_of_which_something_is_open() -> None:
    """Where nobody knows what Medicare pays, nobody knows what its supplement pays."""
    medicare = later(cover("$10.00", None), Method.MEDICARE, "$125.00")
    both = made(medicare, later(cover(), Method.SUPPLEMENT, pays=True), first=cover(deductible="$500.00"))
    assert (str(both.estimate.lower), str(both.estimate.upper)) == ("$0.00", "$150.00")
    assert both.estimate.unknowns == ("other-plan-not-known",)


@pytest.mark.parametrize(
    ("pays", "due", "bounds"),
    [
        (True, "$0.00", ("$0.00", "$0.00")),
        (False, "$100.00", ("$100.00", "$100.00")),
        (None, "$0.00", ("$0.00", "$100.00")),
    ],
)
def test_a_supplement_pays_what_medicare_leaves(pays: bool | None, due: str, bounds: tuple[str, str]) -> None:  # noqa: FBT001
    """Of $150 Medicare leaves $100 of its deductible and $10: the supplement pays the $10, and the $100 by its terms."""
    said = made(later(cover(), Method.SUPPLEMENT, pays=pays), first=cover(deductible="$100.00")).estimate
    assert (str(said.due_today), (str(said.lower), str(said.upper))) == (due, bounds)
    assert said.unknowns == (() if pays is not None else ("other-plan-not-known",))


def test_a_supplement_does_not_pay_what_medicare_does_not_cover() -> None:
    """A visit beyond the plan's limit is not cost sharing, so all of it stays with the patient."""
    said = made(later(cover(), Method.SUPPLEMENT, pays=True), first=cover(visits=0)).estimate
    assert str(said.due_today) == "$150.00"


def test_medicaid_last_leaves_its_own_cost_sharing() -> None:
    """The first plan leaves $150 of deductible; Medicaid has $80 payable with $4 of the patient: that is all that is asked."""
    medicaid = later(cover("$4.00", "0%"), Method.MEDICAID, "$80.00")
    both = made(medicaid, first=cover(deductible="$500.00"))
    assert read(both) == [("deductible", "$150.00"), ("written-off", "-$70.00"), ("other-plan", "-$76.00")]
    assert [str(cite) for cite in both.estimate.trace.steps[1].cites] == ["42 CFR 447.15, with 447.20 (a)"]
    assert str(both.estimate.due_today) == "$4.00"


def test_medicaid_bounds_what_a_silent_first_plan_leaves_open() -> None:
    """Whatever the first plan says in the end, no more than Medicaid's co-pay of $4 is owed."""
    silent = attrs.evolve(cover(), benefits=Benefits(benefits=(), remaining=Accumulators()))
    said = made(later(cover("$4.00", "0%"), Method.MEDICAID, "$80.00"), first=silent).estimate
    assert (str(said.lower), str(said.upper)) == ("$0.00", "$4.00")
    free = made(later(cover("$0.00", "0%"), Method.MEDICAID, "$80.00"), first=silent).estimate
    assert (str(free.due_today), free.is_certain) == ("$0.00", True)


def test_three_payers_in_a_row() -> None:
    """Work, Medicare second, Medicaid last: $120, then $20, and the last $10 are written off but for nothing."""
    payers = (
        later(cover(deductible="$100.00"), Method.MEDICARE, "$125.00"),
        later(cover("$0.00", "0%"), Method.MEDICAID, "$80.00"),
    )
    both = made(*payers)
    assert read(both) == [("coinsurance", "$30.00"), ("written-off", "-$10.00"), ("other-plan", "-$20.00")]
    assert both.payers == (0, 1, 2)


def test_without_the_first_payers_allowed_amount_only_what_is_sure_is_asked() -> None:
    """Nobody knows what the first allows, only its co-pay of $30: the second, which would pay $20, may pay that of it."""
    some = later(cover("$130.00", "0%"), Method.STANDARD, "$150.00")
    both = estimate_coordinated(lines=(visit(None),), cover=cover("$30.00", "0%"), later=(some,), on=ON)
    assert read(both) == [("copay", "$30.00"), ("other-plan", "-$20.00")]
    assert (both.splits, both.estimate.lines[0].plan) == ((None,), None)
    assert "allowed-not-known" in both.estimate.unknowns
    silent = later(cover(), Method.STANDARD)
    nothing = estimate_coordinated(lines=(visit(None),), cover=cover("$30.00", "0%"), later=(silent,), on=ON)
    assert str(nothing.estimate.due_today) == "$0.00"


def either(coinsurance: str | None) -> VerifiedCoverage:
    """A plan with $30 left of its limit: a laboratory test at a share that may be open, then a visit at $30."""
    plan = cover("$30.00", "0%", limit="$30.00")
    lab = attrs.evolve(
        plan.benefits.benefits[0],
        service="lab",
        copay=Money.zero,
        coinsurance=None if coinsurance is None else Percent.parse(coinsurance),
    )
    return attrs.evolve(plan, benefits=attrs.evolve(plan.benefits, benefits=(lab, *plan.benefits.benefits)))


@pytest.mark.parametrize(("charge", "lab_copay"), [("$200.00", "$50.00"), ("$100.00", "$150.00")])
def test_the_least_holds_when_the_same_limit_falls_on_another_line(charge: str, lab_copay: str) -> None:
    """$30 in any case, but of the test it is another payer's $100, or falls away where less is charged than allowed."""
    lines = (attrs.evolve(visit(charge=charge), service="lab"), visit())
    second = cover("$150.00", "0%")
    lab = attrs.evolve(second.benefits.benefits[0], service="lab", copay=Money.parse(lab_copay))
    benefits = attrs.evolve(second.benefits, benefits=(lab, *second.benefits.benefits))
    others = (later(attrs.evolve(second, benefits=benefits), Method.STANDARD, "$150.00", "$150.00"),)
    opened = estimate_coordinated(lines=lines, cover=either(None), later=others, on=ON).estimate
    settled = estimate_coordinated(lines=lines, cover=either("20%"), later=others, on=ON).estimate
    assert str(opened.due_today) == "$30.00"
    assert str(settled.due_today) == "$0.00"
    assert opened.lower == Money.zero


def test_a_charge_below_the_allowed_amount_is_the_most() -> None:
    """An office that charges $100 for what the plan allows $150 for gets no more than $100 of all together."""
    both = estimate_coordinated(
        lines=(visit(charge="$100.00"),),
        cover=cover(),
        later=(later(cover(), Method.NON_DUPLICATION, "$10.00"),),
        on=ON,
    )
    assert read(both) == [("coinsurance", "$30.00"), ("charge-rule", "-$30.00")]


def test_an_office_outside_the_network_passes_its_own_charge_rule() -> None:
    """Up to the higher allowed amount, or the charge, what the payers leave is the patient's, and the step says so."""
    other = later(cover(), Method.NON_DUPLICATION, "$160.00")
    assert read(made(other, rule=ChargeRule.HIGHER_ALLOWED)) == [
        ("coinsurance", "$30.00"),
        ("charge-rule", "$10.00"),
        ("other-plan", "-$8.00"),
    ]
    assert str(made(other, rule=ChargeRule.CHARGE).estimate.due_today) == "$72.00"
    billed = attrs.evolve(visit(), balance_billed=True)
    both = estimate_coordinated(lines=(billed,), cover=cover(), later=(other,), on=ON)
    assert read(both) == [("coinsurance", "$30.00"), ("balance-bill", "$50.00"), ("other-plan", "-$8.00")]
    assert str(both.estimate.lines[0].balance_bill) == "$50.00"


def test_a_preventive_service_without_an_allowed_amount_is_open_for_a_later_plan() -> None:
    """A later plan that pays a service in full, nobody knows of how much, leaves open what it pays."""
    free = attrs.evolve(
        cover(),
        benefits=attrs.evolve(cover().benefits, benefits=(Benefit(service="visit", is_preventive=True),)),
    )
    said = made(later(free, Method.NON_DUPLICATION)).estimate
    assert (str(said.lower), str(said.upper), said.unknowns) == ("$0.00", "$30.00", ("other-plan-not-known",))


def test_a_free_service_of_unknown_price_is_open_where_more_than_the_first_allows_may_be_asked() -> None:
    """Paid in full by the first plan, nobody knows of how much: under the charge as the rule, up to the charge."""
    free = attrs.evolve(
        cover(),
        benefits=attrs.evolve(cover().benefits, benefits=(Benefit(service="visit", is_preventive=True),)),
    )
    other = later(cover(), Method.STANDARD, "$50.00")
    for rule, upper in ((ChargeRule.PRIMARY_ALLOWED, "$0.00"), (ChargeRule.CHARGE, "$200.00")):
        said = estimate_coordinated(
            lines=(visit(None),), cover=free, later=(other,), rule=rule, on=ON
        ).estimate
        assert (str(said.due_today), str(said.upper)) == ("$0.00", upper)
        assert said.is_certain == (rule is ChargeRule.PRIMARY_ALLOWED)


def test_when_the_first_plan_has_ended_the_next_is_asked_by_its_own_terms() -> None:
    """The second plan is first now: 20 % of its $160, and what the first did not protect from is no matter of it."""
    ended = attrs.evolve(
        cover(),
        coverage=attrs.evolve(cover().coverage, effective=DateRange(date(2025, 1, 1), date(2025, 12, 31))),
    )
    line = attrs.evolve(visit(), balance_billed=True)
    other = later(cover(), Method.NON_DUPLICATION, "$160.00")
    both = estimate_coordinated(lines=(line,), cover=ended, later=(other,), on=ON)
    assert (read(both), both.payers) == ([("coinsurance", "$32.00")], (1,))
    assert (str(both.estimate.lower), str(both.estimate.upper)) == ("$0.00", "$200.00")
    assert both.estimate.unknowns == ("coverage-not-active",)


def test_medicaid_bounds_a_line_of_which_nobody_knows_the_first_plans_price() -> None:
    """The first asks a co-pay of $30 and allows nobody knows what; Medicaid has $10 payable with $4 of the patient."""
    both = estimate_coordinated(
        lines=(visit(None),),
        cover=cover("$30.00", "0%"),
        later=(later(cover("$4.00", "0%"), Method.MEDICAID, "$10.00"),),
        on=ON,
    )
    assert (str(both.estimate.due_today), str(both.estimate.upper)) == ("$4.00", "$4.00")
