"""What Medicare, its supplements, TRICARE and Medicaid pay after others, and what the patient may then be asked."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.coordination import (
    ChargeRule,
    Method,
    PayerLine,
    coordinate,
    medicare_secondary,
    medicare_secondary_other_basis,
)
from medoffice.core import InvalidValue, Money

amounts = st.integers(0, 60_000).map(Money)


def dollars(text: str) -> Money:
    """An amount as it is written."""
    return Money.parse(text)


def payer(allowed: str, pays: str, method: Method = Method.STANDARD) -> PayerLine:
    """One payer's line."""
    return PayerLine(allowed=dollars(allowed), as_primary=dollars(pays), method=method)


def amounts_of(charge: str, *payers: PayerLine, rule: ChargeRule = ChargeRule.PRIMARY_ALLOWED) -> list[str]:
    """The payments, the patient's share and the write-off."""
    done = coordinate(dollars(charge), payers, rule=rule)
    return [str(each.value) for each in (*done.payments, done.patient, done.write_off)]


@pytest.mark.parametrize(
    ("charge", "paid", "gross", "cost_sharing", "pays"),
    [
        pytest.param("$2,800.00", "$2,360.00", "$2,700.00", "$520.00", "$340.00", id="gross-less-paid"),
        pytest.param("$750.00", "$450.00", "$850.00", "$520.00", "$230.00", id="charge-less-deductible"),
        pytest.param("$2,800.00", "$100.00", "$2,700.00", "$520.00", "$2,180.00", id="gross-less-deductible"),
        pytest.param("$750.00", "$600.00", "$850.00", "$520.00", "$150.00", id="charge-less-paid"),
        pytest.param("$750.00", "$800.00", "$850.00", "$520.00", "$0.00", id="never-below-nothing"),
    ],
)
def test_four_amounts_where_there_is_no_fee_schedule(
    charge: str, paid: str, gross: str, cost_sharing: str, pays: str
) -> None:
    """42 CFR 411.33 (e): the lowest of the four; the first two cases are its (f)(1) and (f)(2) as remembered."""
    said = medicare_secondary_other_basis(
        charge=dollars(charge),
        primary_paid=dollars(paid),
        gross_payable=dollars(gross),
        cost_sharing=dollars(cost_sharing),
    )
    assert str(said.value) == pays
    assert "411.33, (e)" in str(said.trace.steps[0].cites[0])


@given(amounts, amounts, amounts, amounts, st.none() | amounts)
def test_the_lowest_of_four_is_the_lowest_of_four(
    charge: Money, paid: Money, gross: Money, cost_sharing: Money, obliged: Money | None
) -> None:
    """The four amounts as the paragraph lists them, each by itself."""
    full = charge if obliged is None else min(charge, obliged)
    four = (gross - cost_sharing, gross - paid, full - paid, full - cost_sharing)
    said = medicare_secondary_other_basis(
        charge=charge,
        primary_paid=paid,
        gross_payable=gross,
        cost_sharing=cost_sharing,
        obliged_to_accept=obliged,
    )
    assert said.value == max(Money.zero, *[min(four)])


@given(amounts, amounts, amounts, amounts, amounts)
def test_medicare_pays_nothing_beside_a_payment_in_full(
    charge: Money, allowed: Money, schedule: Money, obliged: Money, more: Money
) -> None:
    """42 CFR 411.32 (b): once the primary payment is what the office must accept in full, Medicare adds nothing."""
    paid = obliged + more
    said = medicare_secondary(
        charge=charge,
        primary_allowed=allowed,
        primary_paid=paid,
        fee_schedule=schedule,
        obliged_to_accept=obliged,
    )
    other = medicare_secondary_other_basis(
        charge=charge,
        primary_paid=paid,
        gross_payable=schedule,
        cost_sharing=Money.zero,
        obliged_to_accept=obliged,
    )
    assert said.value == other.value == Money.zero


def test_what_the_office_must_accept_lowers_all_that_is_collected() -> None:
    """Obliged to take $130 for a charge of $175, the office has $10 of Medicare after $120, and nothing of the patient."""
    first, medicare = payer("$150.00", "$120.00"), payer("$125.00", "$100.00", Method.MEDICARE)
    done = coordinate(
        dollars("$175.00"), [first, medicare], rule=ChargeRule.CHARGE, obliged_to_accept=dollars("$130.00")
    )
    assert [str(each.value) for each in done.payments] == ["$120.00", "$10.00"]
    assert (str(done.patient.value), str(done.write_off.value)) == ("$0.00", "$45.00")
    assert "$10.00 (charge)" in done.payments[1].trace.steps[0].why
    without = coordinate(dollars("$175.00"), [first, medicare], rule=ChargeRule.CHARGE)
    assert "$55.00 (charge)" in without.payments[1].trace.steps[0].why
    assert [str(each.value) for each in without.payments] == ["$120.00", "$30.00"]
    with pytest.raises(InvalidValue):
        coordinate(dollars("$175.00"), [first], obliged_to_accept=dollars("-$0.01"))


@given(amounts, amounts, st.integers(0, 100), amounts, st.sampled_from(ChargeRule))
def test_nobody_pays_beyond_what_the_office_must_accept(
    charge: Money, allowed: Money, part: int, obliged: Money, rule: ChargeRule
) -> None:
    """Whatever the charge rule, payers and patient together give no more than the payment in full."""
    line = PayerLine(allowed=allowed, as_primary=Money(allowed.cents * part // 100))
    done = coordinate(charge, [line, line], rule=rule, obliged_to_accept=obliged)
    free = coordinate(charge, [line, line], rule=rule)
    collected = charge - done.write_off.value
    assert collected == min(obliged, charge - free.write_off.value)
    assert collected == done.patient.value + Money.total(each.value for each in done.payments)


def test_medicare_counts_what_it_would_pay_itself() -> None:
    """A service that Medicare pays in full counts in full, and one within its deductible as nothing."""
    first = payer("$150.00", "$20.00")
    assert amounts_of("$150.00", first, payer("$80.00", "$80.00", Method.MEDICARE))[1] == "$80.00"
    assert amounts_of("$150.00", first, payer("$80.00", "$0.00", Method.MEDICARE))[1] == "$0.00"


def test_medicare_on_another_basis_uses_four_amounts() -> None:
    """The second case of 411.33 (f) as a line: $230 of Medicare, and $70 of the deductible left."""
    medicare = attrs.evolve(payer("$850.00", "$330.00", Method.MEDICARE), is_on_fee_schedule=False)
    assert amounts_of("$750.00", payer("$750.00", "$450.00"), medicare) == [
        "$450.00",
        "$230.00",
        "$70.00",
        "$0.00",
    ]


def test_a_supplement_pays_what_medicare_leaves_of_its_own_amount() -> None:
    """Of $125 that Medicare allows, the $25 of co-insurance; an excess charge beyond that stays outside its terms."""
    medicare, gap = payer("$125.00", "$100.00"), payer("$125.00", "$25.00", Method.SUPPLEMENT)
    assert amounts_of("$140.00", medicare, gap) == ["$100.00", "$25.00", "$0.00", "$15.00"]
    assert amounts_of("$140.00", medicare, gap, rule=ChargeRule.CHARGE) == [
        "$100.00",
        "$25.00",
        "$15.00",
        "$0.00",
    ]
    more = attrs.evolve(gap, as_primary=dollars("$40.00"))
    assert amounts_of("$140.00", medicare, more, rule=ChargeRule.CHARGE)[1] == "$25.00"


def test_tricare_pays_what_is_left_up_to_its_own_payment() -> None:
    """10 U.S.C. 1086 (d)(3): the costs beyond what others paid, never more than if it paid alone."""
    assert amounts_of("$200.00", payer("$150.00", "$120.00"), payer("$140.00", "$105.00"))[1] == "$30.00"
    assert amounts_of("$200.00", payer("$150.00", "$20.00"), payer("$140.00", "$105.00"))[1] == "$105.00"


@pytest.mark.parametrize(
    ("first", "parts"),
    [
        pytest.param(("$150.00", "$120.00"), ["$120.00", "$0.00", "$0.00", "$80.00"], id="others-paid-more"),
        pytest.param(
            ("$150.00", "$50.00"), ["$50.00", "$26.00", "$4.00", "$120.00"], id="what-its-schedule-has-above"
        ),
        pytest.param(
            ("$150.00", "$78.00"), ["$78.00", "$0.00", "$2.00", "$120.00"], id="the-rest-of-its-schedule"
        ),
        pytest.param(("$150.00", "$80.00"), ["$80.00", "$0.00", "$0.00", "$120.00"], id="just-its-schedule"),
        pytest.param(
            ("$60.00", "$40.00"), ["$40.00", "$20.00", "$0.00", "$140.00"], id="the-first-allows-less"
        ),
    ],
)
def test_medicaid_is_last_and_payment_in_full(first: tuple[str, str], parts: list[str]) -> None:
    """With a schedule of $80 and a co-pay of $4 the patient never owes more, whatever the first payer leaves."""
    assert amounts_of("$200.00", payer(*first), payer("$80.00", "$76.00", Method.MEDICAID)) == parts


@given(amounts, st.lists(st.tuples(amounts, st.integers(0, 100)), min_size=1, max_size=3), amounts, amounts)
def test_nobody_is_billed_beyond_medicaid(
    charge: Money, others: list[tuple[Money, int]], allowed: Money, sharing: Money
) -> None:
    """Beside Medicaid the patient owes its cost sharing at most, and nothing once others paid its amount; all adds up."""
    sharing = min(sharing, allowed)
    lines = [PayerLine(allowed=each, as_primary=Money(each.cents * part // 100)) for each, part in others]
    lines.append(PayerLine(allowed=allowed, as_primary=allowed - sharing, method=Method.MEDICAID))
    for rule in ChargeRule:
        done = coordinate(charge, lines, rule=rule)
        paid = Money.total(payment.value for payment in done.payments)
        assert done.patient.value <= sharing
        assert paid + done.patient.value + done.write_off.value == charge
        assert done.write_off.value >= Money.zero
        before = paid - done.payments[-1].value
        assert before < allowed or done.patient.value == Money.zero
        assert paid + done.patient.value <= max(before, allowed)


@given(amounts, amounts, st.integers(0, 100), amounts, amounts, st.sampled_from(ChargeRule))
def test_beside_medicare_no_more_than_its_cost_sharing_is_asked(
    charge: Money, allowed: Money, part: int, schedule: Money, sharing: Money, rule: ChargeRule
) -> None:
    """What others paid meets Medicare's deductible and co-insurance first; the rest of it is all that is asked."""
    sharing = min(sharing, schedule)
    first = PayerLine(allowed=allowed, as_primary=Money(allowed.cents * part // 100))
    medicare = PayerLine(allowed=schedule, as_primary=schedule - sharing, method=Method.MEDICARE)
    done = coordinate(charge, [first, medicare], rule=rule)
    open_bill = coordinate(charge, [first, attrs.evolve(medicare, is_assigned=False)], rule=rule)
    most = max(Money.zero, sharing - done.payments[0].value)
    assert done.payments == open_bill.payments
    assert done.patient.value == min(open_bill.patient.value, most)
    alone = coordinate(charge, [medicare], rule=ChargeRule.CHARGE)
    assert alone.patient.value == charge - min(charge, medicare.as_primary)
