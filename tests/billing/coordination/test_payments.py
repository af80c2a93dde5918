"""What several payers pay for one line, by its laws."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.coordination import ChargeRule, Method, PayerLine, coordinate, medicare_secondary
from medoffice.core import InvalidValue, Money, Percent

amounts = st.integers(0, 60_000).map(Money)


@st.composite
def payer_lines(draw: st.DrawFn) -> PayerLine:
    allowed = draw(st.integers(0, 60_000))
    return PayerLine(
        allowed=Money(allowed),
        as_primary=Money(draw(st.integers(0, allowed))),
        method=draw(st.sampled_from(Method)),
        deductible=draw(amounts),
        coinsurance=Percent.parse("20%"),
    )


@given(amounts, st.lists(payer_lines(), min_size=1, max_size=4), st.sampled_from(ChargeRule))
def test_payers_patient_and_write_off_are_the_charge(
    charge: Money, payers: list[PayerLine], rule: ChargeRule
) -> None:
    """Nothing is negative, and all parts together are the charge to the cent."""
    done = coordinate(charge, payers, rule=rule)
    parts = [*(payment.value for payment in done.payments), done.patient.value, done.write_off.value]
    assert min(parts) >= Money.zero
    assert Money.total(parts) == charge


@given(amounts, payer_lines(), payer_lines())
def test_the_methods_are_ordered(charge: Money, first: PayerLine, second: PayerLine) -> None:
    """Non-duplication is carve-out, and both pay no more than standard; nor does maintenance of benefits."""
    pays = {
        method: coordinate(charge, [first, attrs.evolve(second, method=method)]).payments[1].value
        for method in Method
    }
    assert pays[Method.NON_DUPLICATION] == pays[Method.CARVE_OUT] <= pays[Method.STANDARD]
    assert pays[Method.MAINTENANCE_OF_BENEFITS] <= pays[Method.STANDARD]


def test_the_regulations_own_example() -> None:
    """COB01: $175 charged, $150 allowed, $120 paid, $125 on the schedule: Medicare pays $30."""
    first = PayerLine(allowed=Money(15_000), as_primary=Money(12_000))
    medicare = PayerLine(allowed=Money(12_500), as_primary=Money(10_000), method=Method.MEDICARE)
    done = coordinate(Money(17_500), [first, medicare])
    assert done.payments[1].value == Money(3_000)
    assert (done.patient.value, done.write_off.value) == (Money.zero, Money(2_500))


def test_a_deductible_partly_unmet_lowers_what_medicare_pays_alone() -> None:
    """COB02: with $100 of the deductible left, 80 % of $25 is the lowest amount: $20."""
    pays = medicare_secondary(
        charge=Money(17_500),
        primary_allowed=Money(15_000),
        primary_paid=Money(12_000),
        fee_schedule=Money(12_500),
        deductible_left=Money(10_000),
    )
    assert pays.value == Money(2_000)


@given(amounts, st.lists(payer_lines(), min_size=1, max_size=4))
def test_payments_stay_under_each_charge_rule(charge: Money, payers: list[PayerLine]) -> None:
    """All payers together pay no more than the primary allowed, the higher allowed or the charge, as it says."""
    most = {
        ChargeRule.PRIMARY_ALLOWED: payers[0].allowed,
        ChargeRule.HIGHER_ALLOWED: max(payer.allowed for payer in payers),
        ChargeRule.CHARGE: charge,
    }
    for rule, limit in most.items():
        paid = Money.total(payment.value for payment in coordinate(charge, payers, rule=rule).payments)
        assert paid <= min(charge, limit)


def test_what_was_paid_counts_and_too_much_is_refused() -> None:
    """A payment that the payer has told replaces the arithmetic; above the charge rule it is refused."""
    second = PayerLine(allowed=Money(10_000), as_primary=Money(8_000))
    first = attrs.evolve(second, paid=Money(3_000))
    assert coordinate(Money(12_000), [first, second]).payments[1].value == Money(7_000)
    with pytest.raises(InvalidValue):
        coordinate(Money(12_000), [attrs.evolve(second, paid=Money(10_001)), second])
