"""The estimate as a value, and the test of $400."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.good_faith import (
    DISCLAIMERS,
    Bill,
    Disputable,
    ExpectedItem,
    ExpectedProvider,
    GoodFaithEstimate,
    NotEstimated,
    Recurrence,
    WithinEstimate,
    judge_bill,
)
from medoffice.core import EIN, ICD10CM, NPI, HCPCSCode, InvalidValue, Money, PersonName
from medoffice.data import parameters

OURS, LAB, OTHER = NPI("1234567893"), NPI("1245319599"), NPI("1992999874")
BILLED = date(2026, 2, 2)
cents = st.integers(0, 300_000).map(Money)


def provider(npi: NPI, *charges: Money) -> ExpectedProvider:
    """A provider with one item for each charge."""
    items = tuple(
        ExpectedItem(service=HCPCSCode("G0439"), words="Visit", diagnoses=(ICD10CM("Z00.00"),), charge=charge)
        for charge in charges
    )
    return ExpectedProvider(name="Office", npi=npi, tax_id=EIN("123456789"), state="TX", items=items)


def estimate_of(*providers: ExpectedProvider) -> GoodFaithEstimate:
    """An estimate of made-up people."""
    return GoodFaithEstimate(
        patient=PersonName(family="Canary", given="Ann"),
        birth_date=date(1980, 5, 6),
        issued_on=date(2026, 1, 6),
        service_on=date(2026, 1, 20),
        primary="Yearly visit",
        providers=providers,
    )


def bill(total: Money, npi: NPI = OURS, instead_of: NPI | None = None) -> Bill:
    """A first bill."""
    return Bill(provider=npi, total=total, received_on=BILLED, instead_of=instead_of)


def judged(one: Bill, estimate: GoodFaithEstimate, on: date = BILLED) -> object:
    """The answer with the numbers that come with medoffice."""
    return judge_bill(one, estimate, on=on, parameters=parameters())


@given(st.lists(cents, min_size=1, max_size=5), cents)
def test_a_bill_is_disputable_from_four_hundred_dollars_above(charges: list[Money], total: Money) -> None:
    """Exactly when the total billed less the total expected of that provider is $400.00 or more."""
    answer = judged(bill(total), estimate_of(provider(OURS, *charges)))
    excess = total - Money.total(charges)
    assert isinstance(answer, Disputable) is (excess >= Money.parse("$400.00"))
    assert isinstance(answer, Disputable | WithinEstimate)
    assert answer.excess == excess


@given(cents, cents, cents)
def test_a_larger_bill_is_never_less_disputable(expected: Money, one: Money, two: Money) -> None:
    """The test is monotone in the billed amount."""
    less, more = sorted((one, two))
    estimate = estimate_of(provider(OURS, expected))
    if isinstance(judged(bill(less), estimate), Disputable):
        assert isinstance(judged(bill(more), estimate), Disputable)


@given(cents, cents, cents)
def test_each_provider_is_judged_alone(ours: Money, labs: Money, total: Money) -> None:
    """What another provider was expected to charge changes nothing."""
    alone = judged(bill(total), estimate_of(provider(OURS, ours)))
    assert judged(bill(total), estimate_of(provider(LAB, labs), provider(OURS, ours))) == alone


@given(st.integers(0, 400))
def test_a_dispute_opens_for_120_days(wait: int) -> None:
    """The last day is the 120th after the bill; after it the bill could have been disputed."""
    estimate = estimate_of(provider(OURS, Money.parse("$800.00")))
    answer = judged(bill(Money.parse("$1,200.00")), estimate, BILLED + timedelta(days=wait))
    assert isinstance(answer, Disputable)
    assert answer.is_in_time is (wait <= 120)
    assert answer.last_day == BILLED + timedelta(days=120)


def test_the_published_example() -> None:
    """$800 estimated and $1,200 billed is just disputable (katelrod.com/nosurprises); a cent less is not."""
    estimate = estimate_of(provider(OURS, Money.parse("$800.00")))
    assert isinstance(judged(bill(Money.parse("$1,200.00")), estimate), Disputable)
    assert isinstance(judged(bill(Money.parse("$1,199.99")), estimate), WithinEstimate)


def test_all_times_of_a_service_that_recurs_are_no_answer_for_one() -> None:
    """Ten times were estimated together; a bill within that says that it was compared with all ten."""
    once = estimate_of(provider(OURS, Money.parse("$1,000.00")))
    again = attrs.evolve(
        once, recurrence=Recurrence(every="weekly", times=10, last_on=BILLED + timedelta(days=63))
    )
    answer = judged(bill(Money.parse("$600.00")), again)
    assert isinstance(answer, WithinEstimate)
    assert [each.code for each in answer.findings] == ["GFE005"]
    plain = judged(bill(Money.parse("$600.00")), once)
    assert isinstance(plain, WithinEstimate)
    assert plain.findings == ()


def test_a_provider_who_is_not_in_the_estimate_is_not_guessed() -> None:
    """Unless it came in place of one who is."""
    estimate = estimate_of(provider(LAB, Money.parse("$100.00")))
    assert judged(bill(Money.parse("$900.00"), OTHER), estimate) == NotEstimated(OTHER)
    instead = judged(bill(Money.parse("$900.00"), OTHER, instead_of=LAB), estimate)
    assert isinstance(instead, Disputable)


@given(st.lists(cents, min_size=1, max_size=4), st.lists(cents, min_size=1, max_size=4))
def test_an_estimate_adds_up_by_item_and_by_provider(ours: list[Money], labs: list[Money]) -> None:
    """The total is the providers' and its trace has a step for each item."""
    estimate = estimate_of(provider(OURS, *ours), provider(LAB, *labs))
    assert estimate.total.value == Money.total(each.expected for each in estimate.providers)
    assert len(estimate.total.trace.steps) == len(ours) + len(labs)


def test_an_estimate_shows_no_patient() -> None:
    """Neither name nor birth date, diagnosis or reason of the visit stands in its repr."""
    shown = repr(estimate_of(provider(OURS, Money(1))))
    assert not [word for word in ("Canary", "1980", "Z00", "Yearly", "Visit") if word in shown]


def test_every_disclaimer_is_said() -> None:
    """All four, each with its English."""
    estimate = estimate_of(provider(OURS, Money(1)))
    assert len(estimate.disclaimers) == 4
    assert all(DISCLAIMERS[code].endswith(".") for code in estimate.disclaimers)


def test_what_cannot_be_is_refused() -> None:
    """A provider named twice or with nothing to do, no provider, an item below zero or without units, and a bill below."""
    one = provider(OURS, Money(1))
    item = one.items[0]
    for attempt in (
        lambda: estimate_of(one, one),
        estimate_of,
        lambda: provider(OURS),
        lambda: attrs.evolve(item, charge=Money(-1)),
        lambda: attrs.evolve(item, units=0),
        lambda: attrs.evolve(item, words=" "),
        lambda: bill(Money(-1)),
    ):
        with pytest.raises(InvalidValue):
            attempt()
