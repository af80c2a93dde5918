"""Whoever does not choose a charge rule never asks a patient for too much."""

from medoffice.billing.coordination import ChargeRule, PayerLine, coordinate
from medoffice.core import Money


def test_the_first_payers_allowed_amount_is_the_most_by_default() -> None:
    """A dearer second plan does not raise what the office may collect."""
    first = PayerLine(allowed=Money(15000), as_primary=Money(5000))
    second = PayerLine(allowed=Money(18000), as_primary=Money(2000))
    usual = coordinate(Money(20000), [first, second])
    assert (usual.patient.value, usual.write_off.value) == (Money(8000), Money(5000))
    assert usual == coordinate(Money(20000), [first, second], rule=ChargeRule.PRIMARY_ALLOWED)
    assert coordinate(Money(20000), [first, second], rule=ChargeRule.CHARGE).patient.value == Money(13000)
